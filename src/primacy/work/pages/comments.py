"""Comments: written under a record or a finding, worded anew, removed; names completed while they are typed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.work.forms import CommentForm
from primacy.work.naming import NAMED
from primacy.work.pages import SECTION, about_or_404, enter_look
from primacy.work.queries import comments as queries
from primacy.work.queries.comments import SeenComment
from primacy.work.services import comments as services
from primacy.work.subjects import Subject


@require_POST
@require("work.write")
def add(request: SignedIn) -> HttpResponse:
    """Keep a comment; one that cannot be kept stands in the form again."""
    about = about_or_404(request, request.POST.get("about", ""), detail=True)
    form = CommentForm(request.POST, about=about)
    if not form.is_valid():
        return render(request, "work/comment.html", {"form": form, "about": about, "section": SECTION})
    services.add_comment(
        by=request.user, about=about, text=form.cleaned_data["text"], hidden=form.cleaned_data["hidden"]
    )
    return redirect(f"{about.address}#talk")


def _own(request: SignedIn, id: UUID) -> tuple[SeenComment, Subject]:
    try:
        seen, about = queries.comment(viewer=request.user, id=id)
    except LookupError as error:
        raise Http404 from error
    if not seen.own or seen.comment.removed is not None:
        raise Http404
    return seen, about


@require_http_methods(["GET", "POST"])
@require("work.write")
def change(request: SignedIn, comment_id: UUID) -> HttpResponse:
    """Word one's own comment anew."""
    seen, about = _own(request, comment_id)
    given = request.POST if request.method == "POST" else None
    form = CommentForm(given, about=about, new=False, initial={"text": seen.comment.text})
    if form.is_bound and form.is_valid():
        version = request.POST.get("version", "")
        try:
            services.word_anew(
                by=request.user, id=comment_id, version=int(version) if version.isdecimal() else -1,
                text=form.cleaned_data["text"],
            )  # fmt: skip
        except LookupError:
            messages.error(request, _("It was changed meanwhile; look again first."))
        return redirect(f"{about.address}#talk")
    enter_look(request, about)
    context = {"form": form, "about": about, "seen": seen, "section": SECTION}
    return render(request, "work/comment.html", context)


@require_POST
@require("work.write")
def remove(request: SignedIn, comment_id: UUID) -> HttpResponse:
    """Take one's own comment off the page."""
    _seen, about = _own(request, comment_id)
    services.remove_comment(by=request.user, id=comment_id)
    messages.success(request, _("It is removed from the page."))
    return redirect(f"{about.address}#talk")


@require_safe
@require("work.read")
def history(request: SignedIn, comment_id: UUID) -> HttpResponse:
    """How a comment was worded, for those who read it."""
    try:
        seen, about = queries.comment(viewer=request.user, id=comment_id)
    except LookupError as error:
        raise Http404 from error
    found = queries.wordings(viewer=request.user, seen=seen, about=about)
    if not found:
        raise Http404
    enter_look(request, about, past=True)
    return render(request, "work/wordings.html", {"seen": seen, "about": about, "wordings": found, "section": SECTION})


@require_safe
@require("work.read")
def names(request: SignedIn) -> HttpResponse:
    """The names that end what is being typed: of those who read it here."""
    about = about_or_404(request, request.GET.get("about", ""), detail=True)
    last = [*NAMED.finditer(request.GET.get("text", ""))]
    ends = bool(last) and last[-1].end() == len(request.GET.get("text", ""))
    found = queries.nameable(viewer=request.user, about=about, begins=last[-1][1]) if ends else []
    return render(request, "work/_names.html", {"names": found})
