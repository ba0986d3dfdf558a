"""The relations of a record: all of them page by page, a new one, and one that ends."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from primacy.access.queries import SignedIn
from primacy.access.readers import reader_of
from primacy.access.record_rights import reads_at_all
from primacy.access.requiring import require
from primacy.records import queries
from primacy.records.forms import day_input
from primacy.records.pages.found import context, the_exact, the_one, the_type
from primacy.records.queries import relations as asked
from primacy.records.relating import offered
from primacy.records.services import relations as services
from primacy.records.showing import Shown

ROWS = 25


class Look(forms.Form):
    """For which record to look."""

    of = forms.ChoiceField(label=gettext_lazy("Kind of record"))
    text = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=100)

    def __init__(self, *given: Any, offered: list[tuple[str, Any]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["of"].choices = offered  # type: ignore[attr-defined]


class Relate(forms.Form):
    """`to`: `type/id` of one of the records that were found."""

    kind = forms.ChoiceField(label=gettext_lazy("This record …"))
    to = forms.CharField(max_length=90)
    since = forms.DateField(label=gettext_lazy("Since"), required=False, widget=day_input())
    until = forms.DateField(label=gettext_lazy("Until"), required=False, widget=day_input())

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["kind"].choices = offered((get_language() or "en").split("-")[0])  # type: ignore[attr-defined]

    def clean_to(self) -> tuple[str, UUID]:
        key, _slash, id = self.cleaned_data["to"].partition("/")
        try:
            return key, UUID(id)
        except ValueError as error:
            raise forms.ValidationError(_("Choose a record.")) from error


@require_safe
@require("records.read")
def listed(request: SignedIn, record_type: str, record_id: UUID) -> HttpResponse:
    """Every relation that this person may know of, and of no other even the number."""
    seen = the_one(request, the_type(request, record_type), record_id, "detail")
    page = Paginator(asked.relations(viewer=request.user, seen=seen), ROWS).get_page(request.GET.get("page"))
    rows = asked.as_said(viewer=request.user, seen=seen, rows=page.object_list)
    may = queries.allowed(viewer=request.user, seen=seen)
    return render(request, "records/relations.html", context(seen.type, seen=seen, rows=rows, page=page, may=may))


@require_http_methods(["GET", "POST"])
@require("records.write")
def relate(request: SignedIn, record_type: str, record_id: UUID) -> HttpResponse:
    """Look for a record that one sees in full, and say what this one is to it."""
    seen = the_exact(request, the_type(request, record_type), record_id, "write")
    form = Relate(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _kept(request, seen, form):
        return redirect("records:record", record_type, record_id)
    reader = reader_of(request.user)
    readable = [each for each in queries.record_types().values() if reads_at_all(reader, each.key)]
    look = Look(
        {"of": request.GET.get("of", readable[0].key), "text": request.GET.get("text", "")},
        offered=[(each.key, each.many) for each in readable],
    )
    found = []
    if look.is_valid():
        type_ = queries.type_for(request.user, look.cleaned_data["of"])
        found = asked.candidates(viewer=request.user, seen=seen, type_=type_, text=look.cleaned_data["text"].strip())
    return render(request, "records/relate.html", context(seen.type, seen=seen, form=form, look=look, found=found))


def _kept(request: SignedIn, seen: Shown, form: Relate) -> bool:
    """Whether it was kept; what hinders it is told in the form."""
    told = form.cleaned_data
    key, to = told["to"]
    try:
        services.relate(
            by=request.user, type_=seen.type, id=seen.id, kind=told["kind"], to=to, since=told["since"],
            to_type=queries.type_for(request.user, key), until=told["until"],
        )  # fmt: skip
    except services.Already:
        form.add_error("kind", _("The two stand in this relation already."))
    except ValueError:
        form.add_error("until", _("It ends before it begins."))
    except LookupError as error:
        raise Http404 from error
    else:
        messages.success(request, _("They are related."))
        return True
    return False


@require_POST
@require("records.write")
def end(request: SignedIn, record_type: str, record_id: UUID, relation_id: UUID) -> HttpResponse:
    """A relation that was a mistake, or is no more."""
    type_ = the_type(request, record_type)
    try:
        services.end_relation(by=request.user, type_=type_, id=record_id, relation=relation_id)
    except LookupError as error:
        raise Http404 from error
    messages.success(request, _("They are no longer related."))
    return redirect("records:record", record_type, record_id)
