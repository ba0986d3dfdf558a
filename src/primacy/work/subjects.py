"""What a comment, a task or a notice is about. Pure: the rooms are asked by `queries/subjects.py`."""

from dataclasses import dataclass

ENTRIES = ("benchmark", "trade-off", "risk")  # of the framework; their ids are those of its files
GAP = "gap"  # a kind of evidence that is missing


@dataclass(frozen=True)
class Subject:
    """A record, finding, choice, risk or gap as one person sees it. Who does not see it is told nothing.

    kind       the type of a record, or one of the others
    title      what lists may call it: of a protected record its type alone
    address    where it is shown
    detail     this person sees its details, so also what is said about it
    protected  it stands in no feed and on no list by its own title
    veiled     its author may not be named
    """

    kind: str
    id: str
    title: str
    address: str
    detail: bool = True
    protected: bool = False
    veiled: int | None = None

    @property
    def reference(self) -> str:
        return f"{self.kind}/{self.id}"

    @property
    def is_record(self) -> bool:
        return self.kind not in (*ENTRIES, GAP)


def parts_of(reference: str) -> tuple[str, str]:
    """Kind and id of a reference such as `contact/…` or `benchmark/O2.M2`; two empty ones for nothing."""
    kind, _slash, id = reference.partition("/")
    return kind, id
