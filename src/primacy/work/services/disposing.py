"""What becomes of comments, tasks and notices when a record, or the words of one of its fields, goes for good."""

from collections.abc import Collection
from uuid import UUID

from primacy.records.retaining import tells
from primacy.work.models import Comment, Notice, Step, Task, Wording

FORGETS = (Comment, Wording, Task, Step, Notice)


def after_disposal(*, type_: str, record: UUID, whole: bool, said: Collection[str]) -> None:
    """With the record all goes that was about it; of a field, what holds its words."""
    about = f"{type_}/{record}"
    for comment in Comment.objects.filter(about=about):
        wordings = Wording.objects.filter(comment=comment)
        if whole or tells(comment.text, said) or any(tells(each.text, said) for each in wordings):
            wordings.delete()
            comment.delete()
    for task in Task.objects.filter(about=about):
        steps = Step.objects.filter(task=task)
        if whole or tells(f"{task.note} {task.because}", said) or any(tells(str(each.facts), said) for each in steps):
            steps.delete()
            Notice.objects.filter(about=f"task/{task.pk}").delete()
            task.delete()
    if whole:
        Notice.objects.filter(about=about).delete()
