"""What is looked for in the framework."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from primacy.framework.in_force import Framework
from primacy.framework.searching import LONGEST

STANDINGS = {
    "default": _("default"), "confirmed": _("confirmed"), "own": _("set by the mission"), "published": _("published"),
}  # fmt: skip
"""How a number stands: as shipped, with somebody who stands for it, set by two people, or published by somebody."""


class ThresholdsAsked(forms.Form):
    """Numbers of rules by words, output and standing; all of them where nothing is asked."""

    q = forms.CharField(
        label=_("Words"), required=False, max_length=LONGEST, widget=forms.TextInput(attrs={"type": "search"})
    )
    output = forms.ChoiceField(label=_("Output"), required=False)
    standing = forms.ChoiceField(label=_("Standing"), required=False, choices=[("", _("All")), *STANDINGS.items()])

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        named = [(each.id, framework.text(each.id, "short", language)[0]) for each in framework.outputs]
        output = self.fields["output"]
        assert isinstance(output, forms.ChoiceField)
        output.choices = [("", _("All")), *named]
