"""How field reports are written and shown."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from primacy.incidents.evidence import ReportFacts, report_points
from primacy.incidents.models import FieldReport
from primacy.records.declaring import RecordType
from primacy.records.forms import RecordForm


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
