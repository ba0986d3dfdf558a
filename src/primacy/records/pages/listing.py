"""The list of a type: searched, narrowed, ordered, and begun with a view that somebody saved."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from primacy.access.queries import SignedIn
from primacy.access.readers import reader_of
from primacy.access.record_rights import writes_at_all
from primacy.access.requiring import require
from primacy.records import queries
from primacy.records.declaring import RecordType
from primacy.records.forms import ListForm, SaveView
from primacy.records.pages.found import context, list_address, the_type
from primacy.records.queries import views
from primacy.records.queries.counting import Pages
from primacy.records.queries.narrowing import sortable
from primacy.records.services import views as saving
from primacy.records.services.looking import note_list
from primacy.records.showing import Shown
from primacy.records.tables import ENDINGS

ROWS = 50


@dataclass(frozen=True)
class Column:
    """A column of the list. `ordered` as in aria-sort, `link` the question that orders by it; empty for one that has
    no order."""

    name: str
    label: Any
    link: str = ""
    ordered: str = ""


@require_safe
@require("records.read")
def listed(request: SignedIn, record_type: str) -> HttpResponse:
    """The records of a type that this person sees, searched and ordered by what they see of them."""
    type_ = the_type(request, record_type)
    if not request.GET and (begun := views.first_view(viewer=request.user, type_=type_)):
        return redirect(f"{reverse('records:list', args=[type_.key])}?{begun.address}")
    form = ListForm(request.GET, type_=type_, viewer=request.user)
    if form.not_understood:
        messages.warning(request, form.not_understood)
    page = Pages(queries.listed(viewer=request.user, type_=type_, asked=form.asked()), ROWS).get_page(
        request.GET.get("page")
    )
    shown = [queries.shown(type_, each) for each in page.object_list]
    note_list(by=request.user, type_=type_, shown=shown)
    question, chosen = form.question(), _chosen_view(request, type_, form)
    shows = context(
        type_, form=form, rows=shown, page=page, question=question, keep_asked=question, columns=_columns(type_, form),
        narrowed=bool(question), may_write=writes_at_all(reader_of(request.user), type_.key),
        views=views.views(viewer=request.user, type_=type_), view=chosen,
        first=views.first_view(viewer=request.user, type_=type_), removed=_removed(request),
        save=SaveView(viewer=request.user, initial={"name": chosen.name} if chosen and chosen.own else None),
        pointed_at=_pointed_at(request, type_, form),
        exports=[(ending, name) for ending, (name, _kind) in ENDINGS.items()],
    )  # fmt: skip
    return render(request, "records/list.html", shows)


def _chosen_view(request: SignedIn, type_: RecordType, form: ListForm) -> views.View | None:
    number = form.cleaned_data.get("view")
    try:
        return views.view(viewer=request.user, type_=type_, number=number) if number else None
    except LookupError:
        return None


def _removed(request: SignedIn) -> str:
    number = request.GET.get("removed", "")
    return number if number.isascii() and number.isdigit() else ""


def _pointed_at(request: SignedIn, type_: RecordType, form: ListForm) -> list[tuple[str, Shown | None]]:
    """Related records that the list is narrowed by, each as the person sees it; None for hidden and missing alike."""
    found: list[tuple[str, Shown | None]] = []
    for field in queries.fields_of(type_):
        if field.kind == "record" and (id := form.cleaned_data.get(field.name)):
            try:
                of = queries.record_types()[field.of]
                found.append((field.label, queries.one(viewer=request.user, type_=of, id=id)))
            except LookupError:
                found.append((field.label, None))
    return found


def _columns(type_: RecordType, form: ListForm) -> list[Column]:
    """The columns of the list with the questions that order by them; asked again, the other way round."""
    sort, able = form.cleaned_data.get("sort") or ("-day" if type_.placed else type_.title_open), sortable(type_)
    names = [(each, type_.model._meta.get_field(each).verbose_name) for each in type_.listed]
    if type_.placed:
        named = [("day", _("Day")), ("", type_.one), ("area", _("Place")), *names]
        able |= {"day", "area"}
    else:
        named = [(type_.title_open, type_.one), *names]
    asked, found = form.question(), []
    for name, label in (*named, ("confidentiality", _("Confidentiality"))):
        if name not in able:
            found.append(Column(name, label))
            continue
        ordered = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
        again = QueryDict(asked, mutable=True)
        again["sort"] = f"-{name}" if ordered == "ascending" or (name == "day" and not ordered) else name
        found.append(Column(name, label, f"?{again.urlencode()}", ordered))
    return found


# ---- saved views


@require_POST
@require("records.read")
def save_view(request: SignedIn, record_type: str) -> HttpResponse:
    """Keep the question of the list under a name, for oneself or for a component of one's own."""
    type_ = the_type(request, record_type)
    asked = ListForm(QueryDict(request.POST.get("asked", "")), type_=type_, viewer=request.user).question()
    form, back = SaveView(request.POST, viewer=request.user), reverse("records:list", args=[type_.key])
    if not form.is_valid():
        for fault in form.errors.values():
            messages.error(request, str(fault[0]))
        return redirect(list_address(type_, asked))
    try:
        kept = saving.save_view(by=request.user, type_=type_, asked=asked, **form.cleaned_data)
    except ValueError:
        messages.error(request, _("You have as many views as one can have; remove one first."))
        return redirect(list_address(type_, asked))
    messages.success(request, _("The view is saved."))
    return redirect(f"{back}?{asked}&view={kept.pk}" if asked else f"{back}?view={kept.pk}")


@require_POST
@require("records.read")
def change_view(request: SignedIn, record_type: str, view_id: int) -> HttpResponse:
    """Begin the list with a view or no more, remove one's own, bring it back."""
    type_ = the_type(request, record_type)
    back, do = reverse("records:list", args=[type_.key]), request.POST.get("do", "")
    try:
        if do in ("first", "not-first"):
            asked = views.view(viewer=request.user, type_=type_, number=view_id)
            saving.begin_with(by=request.user, type_=type_, number=view_id if do == "first" else None)
            return redirect(f"{back}?{asked.address}")
        if do == "remove":
            saving.remove_view(by=request.user, type_=type_, number=view_id)
            return redirect(f"{back}?all=1&removed={view_id}")
        saving.bring_view_back(by=request.user, type_=type_, number=view_id)
        asked = views.view(viewer=request.user, type_=type_, number=view_id)
    except LookupError as error:
        raise Http404 from error
    messages.success(request, _("The view is back."))
    return redirect(f"{back}?{asked.address}")
