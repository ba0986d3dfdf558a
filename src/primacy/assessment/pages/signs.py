"""Reversal signs of a benchmark: what was reported, reporting one, confirming one that two origins saw."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.assessment import pages, queries, services
from primacy.assessment.forms import SignConfirmation, SignReport
from primacy.framework import Instance


@require_safe
@require("evidence.read")
def signs(request: SignedIn, benchmark_id: str) -> HttpResponse:
    """Each sign with its reports of the last year, and the forms for those who may use them."""
    return _page(request, benchmark_id, {})


def _page(request: SignedIn, benchmark_id: str, typed: dict[str, Form]) -> HttpResponse:
    """`typed`: the form of one sign as somebody filled it in, by the item of the sign."""
    try:
        found = queries.signs(viewer=request.user, benchmark_id=benchmark_id)
    except LookupError as error:
        raise Http404 from error
    framework, _mission = pages.here(Instance.here())
    told = [(each, _form(typed, each.item, SignReport), _form(typed, each.item, SignConfirmation)) for each in found]
    benchmark = framework.benchmarks[benchmark_id]
    context = {"framework": framework, "benchmark": benchmark, "signs": told, "section": "front"}
    return render(request, "assessment/signs.html", context)


def _form(typed: dict[str, Form], item: str, kind: type[Form]) -> Form:
    form = typed.get(item)
    return form if isinstance(form, kind) else kind(auto_id=f"{item.replace('/', '-')}-%s")


@require_POST
@require("sign.report")
def report(request: SignedIn, benchmark_id: str, sign_id: str) -> HttpResponse:
    """Keep a report as a data point."""
    return _keep(
        request, benchmark_id, sign_id, SignReport(request.POST), _("The report is kept."),
        lambda item, given: services.report_sign(by=request.user, benchmark_id=benchmark_id, item=item, **given),
    )  # fmt: skip


@require_POST
@require("sign.confirm")
def confirm(request: SignedIn, benchmark_id: str, sign_id: str) -> HttpResponse:
    """Keep a confirmation as a data point, where two origins saw the sign."""
    return _keep(
        request, benchmark_id, sign_id, SignConfirmation(request.POST),
        _("The sign is confirmed; it counts from the next assessment on."),
        lambda item, given: services.confirm_sign(by=request.user, benchmark_id=benchmark_id, item=item, **given),
    )  # fmt: skip


def _keep(
    request: SignedIn, benchmark_id: str, sign_id: str, form: Form, done: str, deed: Callable[..., object]
) -> HttpResponse:
    item = f"{benchmark_id}/{sign_id}"
    if not form.is_valid():
        return _page(request, benchmark_id, {item: form})
    try:
        deed(item, form.cleaned_data)
    except LookupError as error:
        raise Http404 from error
    except services.OneOrigin:
        messages.error(request, _(
            "You reported this sign under another label. What one person writes counts as one origin: somebody else "
            "must report what another one saw."
        ))  # fmt: skip
    except ValueError:
        messages.error(request, _(
            "Two independent origins must have seen it, reported by two people, and not all reports may be your own."
        ))  # fmt: skip
    else:
        messages.success(request, done)
    return redirect("assessment:signs", benchmark_id=benchmark_id)
