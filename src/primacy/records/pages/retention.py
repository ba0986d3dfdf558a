"""What is due, what somebody asked to let go, legal holds, and what is left of what went."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from primacy.access.queries import SignedIn
from primacy.access.readers import reader_of
from primacy.access.record_rights import reads_at_all
from primacy.access.requiring import require
from primacy.jobs.services import enqueue
from primacy.records import queries
from primacy.records.declaring import RecordType
from primacy.records.forms import unfit
from primacy.records.pages.found import SECTION, context, the_exact, the_type
from primacy.records.queries import retention as asked
from primacy.records.services import disposing, holds
from primacy.records.tasks import sweep_disposals

GROUNDS = (
    (disposing.SCHEDULE, gettext_lazy("Its period is over: evidence stays by district and week")),
    (disposing.PROTECTION, gettext_lazy("To protect somebody: evidence of it goes too")),
)


class Because(forms.Form):
    """A reason, which says nothing of what the record said: it outlives the record."""

    because = forms.CharField(
        label=gettext_lazy("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("This stays. Say nothing of what was written, and name nobody."),
    )  # fmt: skip

    def clean_because(self) -> str:
        because: str = self.cleaned_data["because"].strip()
        if fault := unfit(because):
            raise forms.ValidationError(fault)
        return because


class Dispose(Because):
    field = forms.ChoiceField(label=gettext_lazy("What goes"), required=False)
    ground = forms.ChoiceField(label=gettext_lazy("On what ground"), choices=GROUNDS, initial=disposing.PROTECTION)

    field_order = ("field", "ground", "because")

    def __init__(self, *given: Any, type_: RecordType, **named: Any) -> None:
        super().__init__(*given, **named)
        words = [(name, _("the words of “%(field)s”") % {"field": label}) for name, label in asked.redactable(type_)]
        self.fields["field"].choices = [("", _("the whole record")), *words]  # type: ignore[attr-defined]


def because_form() -> Because:
    return Because()


@require_safe
@require("records.write")
def overview(request: SignedIn) -> HttpResponse:
    """The periods of all types that one reads; what is due and asked for, of what one may archive."""
    reader = reader_of(request.user)
    types = [each for each in queries.record_types().values() if reads_at_all(reader, each.key)]
    context = {
        "section": SECTION, "due": asked.due(viewer=request.user), "asked": asked.asked(viewer=request.user),
        "holds": asked.held_records(viewer=request.user), "gone": asked.tombstones(viewer=request.user),
        "periods": [(each, asked.period_of(each)) for each in types],
    }  # fmt: skip
    return render(request, "records/retention.html", context)


@require_http_methods(["GET", "POST"])
@require("records.write")
def dispose(request: SignedIn, record_type: str, record_id: UUID) -> HttpResponse:
    """Ask that a record, or the words of a field, goes for good. Somebody else must agree."""
    seen = the_exact(request, the_type(request, record_type), record_id, "archive")
    form = Dispose(request.POST if request.method == "POST" else None, type_=seen.type)
    if request.method == "POST" and form.is_valid():
        try:
            disposing.ask_disposal(by=request.user, type_=seen.type, id=record_id, **form.cleaned_data)
        except disposing.Held:
            form.add_error(None, _("There is a legal hold on this record: nothing of it may go."))
        except disposing.NotDue:
            form.add_error("ground", _("Its period is not over."))
        except ValueError:
            form.add_error("field", _("Somebody asked for this already."))
        else:
            messages.success(request, _("It is asked for. Somebody else who may archive the record must agree."))
            return redirect("records:retention")
    shows = context(seen.type, seen=seen, form=form, period=asked.period_of(seen.type), hold=asked.hold_on(seen),
                       holding=Because(), due=asked.is_over(seen.type, seen.id))  # fmt: skip
    return render(request, "records/dispose.html", shows)


@require_POST
@require("records.write")
def decide(request: SignedIn, disposal_id: UUID) -> HttpResponse:
    """Agree, or not. It cannot be taken back."""
    agree = request.POST.get("agree") == "yes"
    try:
        disposing.decide_disposal(by=request.user, disposal=disposal_id, agree=agree)
    except disposing.Held:
        messages.error(request, _("There is a legal hold on this record: nothing of it may go."))
    except LookupError as error:
        raise Http404 from error
    else:
        if agree:
            enqueue(sweep_disposals, kind="sweeping", by=request.user)
        messages.success(request, _("It went for good.") if agree else _("It stays."))
    return redirect("records:retention")


@require_POST
@require("records.write")
def hold(request: SignedIn, record_type: str, record_id: UUID) -> HttpResponse:
    """Place a legal hold, or lift the one of somebody else."""
    seen = the_exact(request, the_type(request, record_type), record_id, "archive")
    form = Because(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(each) for errors in form.errors.values() for each in errors))
        return redirect("records:dispose", record_type, record_id)
    lifting = bool(request.POST.get("lift"))
    deed = holds.lift_hold if lifting else holds.place_hold
    try:
        deed(by=request.user, type_=seen.type, id=record_id, because=form.cleaned_data["because"])
    except holds.Held:
        messages.error(request, _("There is a legal hold on it already."))
    except LookupError:
        messages.error(request, _("Somebody else must lift it: not who placed it."))
    else:
        messages.success(request, _("The legal hold is lifted.") if lifting else _("The legal hold is placed."))
    return redirect("records:record", record_type, record_id)


def tombstone(request: SignedIn, type_: RecordType, record_id: UUID) -> HttpResponse:
    """What is left of a record that went, for those who would see it. Raises Http404 for all others."""
    try:
        found = asked.tombstone(viewer=request.user, type_=type_, id=record_id)
    except LookupError as error:
        raise Http404 from error
    return render(request, "records/tombstone.html", context(type_, gone=found.disposal))
