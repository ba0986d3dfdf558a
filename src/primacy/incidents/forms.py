"""How field reports are written and shown."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from primacy.incidents.evidence import ReportFacts, report_points
from primacy.incidents.models import FieldReport
from primacy.records.declaring import RecordType
from primacy.records.forms import RecordForm

CONFIDENTIAL = 2


class FieldReportForm(RecordForm):
    class Meta:
        model = FieldReport
        fields = (
            "day", "area", "category", "actor", "target", "summary", "killed", "civilians_killed", "injured",
            "abducted", "displaced", "account", "source_type", "origin", "source_protected", "use_forbidden",
            "reliability", "credibility", "asked", "confidentiality", "group",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        killed, civilians = cleaned.get("killed"), cleaned.get("civilians_killed")
        if killed is not None and civilians is not None and civilians > killed:
            self.add_error("civilians_killed", _("More civilians than people were killed."))
        if cleaned.get("source_protected") and (cleaned.get("confidentiality") or 0) < CONFIDENTIAL:
            self.add_error("confidentiality", _(
                "A source that must be protected asks for Confidential or more: below it, others read where, when and "
                "from whom."
            ))  # fmt: skip
        return cleaned


TYPES = (
    RecordType(
        key="field-report", model=FieldReport, form=FieldReportForm, one=gettext_lazy("Field report"),
        many=gettext_lazy("Field reports"),
        about=gettext_lazy("What was seen or heard in the field. Sources, victims and witnesses are never named here."),
        open=("category", "actor", "target", "killed", "civilians_killed", "injured", "abducted", "displaced",
              "reliability", "credibility"),
        listed=("category", "actor"), filters=("category", "actor"), title="summary", title_open="category",
        same=("day", "area", "category"), facts=ReportFacts, points=report_points,
    ),
)  # fmt: skip
