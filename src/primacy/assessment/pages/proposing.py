"""Changes of the framework by form: proposed by one person, checked while they are written, signed by another.

No page here says what a change would do to a status: nobody may set a bar while looking at the result.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.assessment import pages
from primacy.assessment.proposing import proposals
from primacy.assessment.proposing.proposal_fields import Field, Tree, fields, laid_over
from primacy.assessment.proposing.proposal_form import Form
from primacy.assessment.proposing.proposals import Overlapping, Proposal
from primacy.assessment.services import proposing
from primacy.framework import Framework, FrameworkError, Instance, Problem, load
from primacy.framework.overlay import next_round
from primacy.framework.queries import today
from primacy.ui.templatetags.ui import day

SECTION = "framework"
LONGEST = 2000
NUMBER = re.compile(r"\d+$")


@require_http_methods(["GET", "POST"])
@require("framework.propose")
@vary_on_headers("HX-Request")
def propose(request: SignedIn, entry_id: str) -> HttpResponse:
    """Change an entry: numbers, lengths of time, days, words; or set it aside."""
    return _page(request, _opened(entry_id, entry_id))


@require_http_methods(["GET", "POST"])
@require("framework.propose")
@vary_on_headers("HX-Request")
def copy(request: SignedIn, entry_id: str) -> HttpResponse:
    """Add an entry of the mission's own, beginning with what another one says."""
    overlay = Instance.here().overlay
    form = _opened(entry_id, _next_id(load(overlay), [each.entry for each in proposals.proposals(overlay)], entry_id))
    form.new = True
    return _page(request, form)


def _opened(of: str, entry: str) -> Form:
    """The form as it is before anybody types; with what is proposed already. 404 where there is no such entry."""
    overlay = Instance.here().overlay
    framework = load(overlay)
    tree = _tree(framework, of)
    waiting = proposals.read_proposal(proposals.path_of(overlay, entry)) if of == entry else None
    seen = laid_over(tree, waiting.content) if waiting else tree
    return Form(
        entry, tree, {each.path: each.value for each in fields(seen)}, retired=bool(seen.get("retired")),
        because=waiting.because if waiting else "", token=proposals.token(overlay, entry),
        start=waiting.start.isoformat() if waiting and waiting.start else "",
    )  # fmt: skip


def _tree(framework: Framework, entry: str) -> Tree:
    for listed in framework.as_dict().values():
        for each in listed:
            if each["id"] == entry and entry in framework.entries:
                return dict(each)
    raise Http404


def _next_id(framework: Framework, waiting: list[str], like: str) -> str:
    """The first number that no entry of this sort has, in the standard, here, or proposed."""
    stem = NUMBER.sub("", like)
    taken = [each for each in (*load().entries, *framework.entries, *waiting) if NUMBER.sub("", each) == stem]
    return f"{stem}{1 + max((int(NUMBER.search(each)[0]) for each in taken), default=0)}"  # type: ignore[index]


def _page(request: SignedIn, form: Form) -> HttpResponse:
    if request.method == "POST":
        _fill(form, request)
        if request.htmx:
            return _checked(request, form)
        answer = _keep(request, form)
        if answer is not None:
            return answer
    waiting = proposals.read_proposal(proposals.path_of(Instance.here().overlay, form.entry))
    context = _context(form) | {"waiting": waiting}
    status = 409 if form.conflict else 400 if form.faults or form.told else 200
    return render(request, "assessment/propose.html", context, status=status if request.method == "POST" else 200)


def _context(form: Form) -> dict[str, object]:
    framework, _mission = pages.here(Instance.here())
    counts = next_round(today())
    return {"section": SECTION, "framework": framework, "form": form, "counts_from": counts, "checked": False}


def _fill(form: Form, request: SignedIn) -> None:
    given = request.POST
    form.values = {path: given.get(f"f:{path}", value)[:LONGEST] for path, value in form.values.items()}
    form.retired, form.token = "retired" in given, given.get("token", "")
    form.because, form.start = given.get("because", "").strip()[:LONGEST], given.get("start", "").strip()


def _checked(request: SignedIn, form: Form) -> HttpResponse:
    """Only the faults, each beside its field, while somebody types."""
    content, overlay = form.content, Instance.here().overlay
    if content:
        form.faults = _faults(overlay, form, content)
    return render(request, "assessment/_propose_faults.html", _context(form) | {"checked": True, "content": content})


def _faults(overlay: Path, form: Form, content: Tree) -> list[Problem]:
    try:
        return proposals.faults_of(overlay, form.entry, content, proposing.mission_here(), today())
    except Overlapping:
        return []


def _keep(request: SignedIn, form: Form) -> HttpResponse | None:
    """Keep what was filled in; None where it must be corrected, with its faults in the form."""
    content, start = form.content, _day(form.start)
    if not content:
        form.told["form"] = _("Nothing differs from what is in force.")
    elif proposals.decides(Instance.here().overlay, form.entry, content) and not form.because:
        form.told["because"] = _("Say why: whoever signs next reads it.")
    if form.start and start is None:
        form.told["start"] = _("This is no day. Write it as 2026-06-30.")
    if form.told:
        return None
    try:
        made = proposing.propose(
            by=request.user, entry=form.entry, content=content, because=form.because, start=start,
            opened_on=form.token,
        )  # fmt: skip
    except proposing.Outdated:
        _tell_conflict(form)
        return None
    except FrameworkError as error:
        form.faults = error.problems
        return None
    except Overlapping:
        form.told["form"] = _overlapping()
        return None
    if made is None:
        messages.success(request, _("The words are changed; they count at once."))
        return redirect("framework:entry", entry_id=form.entry)
    messages.success(request, _("The proposal is kept. It has no effect until another person signs it."))
    return redirect("assessment:proposals")


def _overlapping() -> str:
    return _(
        "The mission changed this entry today or has an unsigned change of it in a file. Wait a day, or mend the file."
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _tell_conflict(form: Form) -> None:
    """Both versions, and the form filled in as it was typed, on what is there now."""
    now = _opened(form.entry, form.entry) if not form.new else form
    theirs = now.values
    form.conflict = [
        (each, theirs.get(each.path, ""), form.values.get(each.path, ""))
        for each in fields(form.tree)
        if theirs.get(each.path, "").split() != form.values.get(each.path, "").split()
    ]
    form.token = proposals.token(Instance.here().overlay, form.entry)
    form.told["form"] = _("Somebody changed this entry while you were writing. Nothing of yours was kept yet.")


# ---- what waits for a signature


@dataclass(frozen=True)
class Waiting:
    """A proposal on the page: what it would read instead of what; `mine`: it needs somebody else."""

    proposal: Proposal
    changes: tuple[tuple[Field, str, str], ...]
    new: bool
    retires: bool
    token: str
    mine: bool


@require_safe
@require("framework.read")
def listed(request: SignedIn) -> HttpResponse:
    """Every proposal with old and new, for the second signature."""
    framework, _mission = pages.here(Instance.here())
    overlay = Instance.here().overlay
    waiting = [_waiting(each, request.user.username) for each in proposals.proposals(overlay)]
    context = {
        "section": SECTION, "framework": framework, "waiting": waiting, "counts_from": next_round(today()),
    }  # fmt: skip
    return render(request, "assessment/proposals.html", context)


def _waiting(proposal: Proposal, viewer: str) -> Waiting:
    overlay = Instance.here().overlay
    framework = load(overlay)
    new = proposal.entry not in framework.entries
    before = {} if new else _tree(framework, proposal.entry)
    old = {each.path: each.value for each in fields(before)}
    after = fields(laid_over(before, proposal.content))
    changes = tuple((each, old.get(each.path, ""), each.value) for each in after if old.get(each.path) != each.value)
    return Waiting(
        proposal, changes, new, bool(proposal.content.get("retired")), proposals.token(overlay, proposal.entry),
        proposal.person == viewer.casefold(),
    )  # fmt: skip


@require_POST
@require("framework.sign")
def sign(request: SignedIn, entry_id: str) -> HttpResponse:
    """The second signature, with a reason of its own."""
    because = request.POST.get("because", "").strip()[:LONGEST]
    if proposals.read_proposal(proposals.path_of(Instance.here().overlay, entry_id)) is None:
        raise Http404
    if not because:
        messages.error(request, _("Say why you agree; the reason is kept with your name."))
        return redirect("assessment:proposals")
    try:
        counts = proposing.sign(
            by=request.user, entry=entry_id, because=because, opened_on=request.POST.get("token", "")
        )
    except LookupError as error:
        raise Http404 from error
    except proposing.SamePerson:
        messages.error(request, _("You proposed it yourself: another person must sign."))
    except proposing.Outdated:
        messages.error(request, _("It was changed since you read it. Read it again before you sign."))
    except Overlapping:
        messages.error(request, _overlapping())
    except FrameworkError as error:
        messages.error(request, _("It has faults by now: %(faults)s") % {"faults": error.told(get_language() or "en")})
    else:
        messages.success(request, _("Signed by two people. It counts from %(day)s.") % {"day": day(counts)})
    return redirect("assessment:proposals")


@require_POST
@require("framework.propose")
def withdraw(request: SignedIn, entry_id: str) -> HttpResponse:
    """Take a proposal back."""
    try:
        proposing.withdraw(by=request.user, entry=entry_id)
    except LookupError as error:
        raise Http404 from error
    messages.success(request, _("The proposal is withdrawn."))
    return redirect("assessment:proposals")
