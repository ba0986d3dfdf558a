"""Tasks: one's own, those one gave, those of a component; one in full; given, moved on, several at once, taken back."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.framework.queries import today
from primacy.work.forms import MoveForm, TaskForm, TaskList
from primacy.work.pages import SECTION, about_or_404, enter_look
from primacy.work.queries import tasks as queries
from primacy.work.queries.subjects import is_staff
from primacy.work.queries.tasks import SeenTask
from primacy.work.services import tasks as services
from primacy.work.states import GOES_ON

ROWS = 50
MOST_AT_ONCE = 200


def _one(request: SignedIn, id: UUID) -> SeenTask:
    try:
        return queries.task(viewer=request.user, id=id)
    except LookupError as error:
        raise Http404 from error


@require_safe
@require("work.read")
def tasks(request: SignedIn) -> HttpResponse:
    """The list, what is overdue first."""
    form = TaskList(request.GET, viewer=request.user)
    which, ended = form.asked()
    found = queries.listed(viewer=request.user, which=which, ended=ended)
    page, day = Paginator(found, ROWS).get_page(request.GET.get("page")), today()
    keep = request.GET.copy()
    keep.pop("page", None)
    context = {
        "form": form, "page": page, "keep_asked": keep.urlencode(), 
        "rows": [(each, each.overdue(day)) for each in page],
        "overdue": sum(each.overdue(day) for each in found), "may_give": is_staff(request.user), "ended": ended,
        "undo": request.session.pop("batch", None), "section": SECTION,
    }  # fmt: skip
    return render(request, "work/tasks.html", context)


@require_http_methods(["GET", "POST"])
@require("work.write")
def new(request: SignedIn) -> HttpResponse:
    """Give a task, about something or by itself."""
    reference = request.POST.get("about", "") or request.GET.get("about", "")
    about = about_or_404(request, reference, detail=True) if reference else None
    if about is None and not is_staff(request.user):
        raise Http404
    form = TaskForm(request.POST if request.method == "POST" else None, about=about)
    if form.is_bound and form.is_valid():
        task = services.give_task(by=request.user, about=about, values=form.cleaned_data)
        messages.success(request, _("The task is given."))
        return redirect(about.address + "#tasks") if about else redirect("work:task", task_id=task.pk)
    return render(request, "work/task_form.html", {"form": form, "about": about, "section": SECTION})


@require_safe
@require("work.read")
def task(request: SignedIn, task_id: UUID) -> HttpResponse:
    """One task, its steps, and what may be done with it."""
    seen = _one(request, task_id)
    enter_look(request, seen.about)
    return _task_page(request, seen)


def _task_page(request: SignedIn, seen: SeenTask, move: MoveForm | None = None) -> HttpResponse:
    initial = {"version": seen.task.version, "state": seen.task.state}
    steps = queries.steps(seen_task=seen)
    told = [(step, steps[n + 1] if n + 1 < len(steps) else None) for n, step in enumerate(steps)]
    context = {
        "seen": seen, "steps": told, "move": move or MoveForm(initial=initial), "section": SECTION,
        "overdue": seen.overdue(today()),
        "last": steps[0] if len(steps) > 1 and steps[0].by_id == request.user.pk and seen.may else None,
    }  # fmt: skip
    return render(request, "work/task.html", context)


@require_http_methods(["GET", "POST"])
@require("work.write")
def change(request: SignedIn, task_id: UUID) -> HttpResponse:
    """What a task asks for, of whom, until when."""
    seen = _one(request, task_id)
    if not seen.may or not seen.detail:
        raise Http404
    now = seen.task
    initial = {"action": now.action, "note": now.note, "owner": now.owner.username if now.owner else "",
               "component": now.component, "due": now.due}  # fmt: skip
    form = TaskForm(request.POST if request.method == "POST" else None, about=seen.about, initial=initial)
    if form.is_bound and form.is_valid():
        version = request.POST.get("version", "")
        try:
            services.change_task(
                by=request.user,
                id=task_id,
                version=int(version) if version.isdecimal() else -1,
                values=form.cleaned_data,
            )
        except services.Moved:
            messages.error(request, _("It was changed meanwhile; look again first."))
        return redirect("work:task", task_id=task_id)
    enter_look(request, seen.about)
    return render(request, "work/task_form.html", {"form": form, "about": seen.about, "seen": seen, "section": SECTION})


@require_POST
@require("work.write")
def move(request: SignedIn, task_id: UUID) -> HttpResponse:
    """Begin it, end it, drop it with a reason."""
    seen = _one(request, task_id)
    if not seen.may:
        raise Http404
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _task_page(request, seen, form)
    told = form.cleaned_data
    try:
        services.move_on(
            by=request.user, ids=[task_id], state=told["state"], because=told["because"], version=told["version"]
        )
    except services.Moved:
        messages.error(request, _("It was changed meanwhile; look again first."))
    return redirect("work:task", task_id=task_id)


@require_POST
@require("work.write")
def several(request: SignedIn) -> HttpResponse:
    """Give the tasks that are ticked one state. Done by mistake, they are taken back together."""
    state = request.POST.get("state", "")
    if state not in (*GOES_ON, "done"):
        raise Http404
    ids = [each for text in request.POST.getlist("task")[:MOST_AT_ONCE] if (each := _id(text)) is not None]
    batch, count = services.move_on(by=request.user, ids=ids, state=state)
    if count:
        request.session["batch"] = [str(batch), count]
    return redirect(_list_address(request))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _list_address(request: SignedIn) -> str:
    asked = request.POST.get("asked", "")
    return reverse("work:tasks") + (f"?{asked}" if asked else "")


@require_POST
@require("work.write")
def undo(request: SignedIn, batch_id: UUID) -> HttpResponse:
    """Take one's own last step back."""
    if not queries.is_own_batch(viewer=request.user, batch=batch_id):
        raise Http404
    count = services.undo(by=request.user, batch=batch_id)
    if count:
        told = ngettext("%(n)s task is as it was before.", "%(n)s tasks are as they were before.", count)
        messages.success(request, told % {"n": count})
    else:
        messages.error(request, _("Nothing could be taken back: it was changed meanwhile."))
    task_id = _id(request.POST.get("task", ""))
    return redirect("work:task", task_id=task_id) if task_id else redirect(_list_address(request))
