"""The way of a file into the evidence: chosen, looked at, mapped, corrected, imported, and what came of it.

A file that was chosen is held for its owner; each step is a form of its own, so that nothing is lost on a mistake and
all of it works without JavaScript.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.evidence import queries, services, tasks
from primacy.evidence.bringing.previewing import Preview, preview
from primacy.evidence.bringing.unrecognised import no_table
from primacy.evidence.errors import BadInput
from primacy.evidence.forms import Answers, Entered, Held, MappingName, Replacement, Upload
from primacy.evidence.kinds import KINDS
from primacy.evidence.mapped.answering import answered, entered_of, questions, with_entered
from primacy.evidence.mapped.drafts import column_texts, draft, entered_lines
from primacy.evidence.mapped.mapping import Mapping
from primacy.evidence.mapped.mapping_files import FOLDER, parse, shipped
from primacy.evidence.mapped.retelling import retold
from primacy.evidence.queries import HeldFile
from primacy.framework import Instance
from primacy.framework import load as load_framework
from primacy.framework.queries import today
from primacy.framework.saying import said
from primacy.jobs.queries import job as job_of
from primacy.jobs.services import enqueue
from primacy.places.at_hand import areas_of
from primacy.places.decisions import ask
from primacy.places.files.files import Source, sources
from primacy.places.files.opening import columns, header_lines, open_table, text_head

SECTION = "evidence"
CELL = re.compile(r"cell\.(\d{1,8})\.(\d{1,4})", re.ASCII)
LARGEST_MAPPING = 200_000


@require_http_methods(["GET", "POST"])
@require("evidence.load")
def load(request: SignedIn) -> HttpResponse:
    """Take a file, and show what of one's own waits: files not imported yet, and mappings."""
    services.discard_old_files(instance=Instance.here(), now=timezone.now())
    form = Upload(request.POST or None, request.FILES or None, initial={"name": request.GET.get("name", "")})
    if request.method == "POST" and form.is_valid():
        file, name = form.cleaned_data["file"], form.cleaned_data["name"]
        held = services.hold_file(
            by=request.user, instance=Instance.here(), name=file.name, size=file.size, chunks=file.chunks(), called=name
        )
        return redirect("evidence:held", held_id=held.pk)
    context = {
        "section": SECTION, "form": form, "waiting": queries.held_files(viewer=request.user),
        "mappings": queries.own_mappings(viewer=request.user), "kinds": sorted(KINDS),
    }  # fmt: skip
    return render(request, "evidence/load.html", context)


@require_http_methods(["GET", "POST"])
@require("evidence.load")
def held(request: SignedIn, held_id: str) -> HttpResponse:
    """One held file: its format and why, its first lines as they would be understood, what is wrong, and its import."""
    file = _held(request, held_id)
    if request.method != "POST":
        return _show(request, file)
    deed = DEEDS.get(request.POST.get("do", ""))
    if deed is None:
        raise Http404
    return deed(request, file)


def _held(request: SignedIn, held_id: str) -> HeldFile:
    found = queries.held_file(viewer=request.user, held_id=held_id)
    if found is None or not services.held_path(Instance.here(), found).is_file():
        raise Http404
    return found


def _show(request: SignedIn, file: HeldFile, *, form: Held | None = None, text: str | None = None,
          naming: MappingName | None = None, problem: BadInput | None = None) -> HttpResponse:  # fmt: skip
    instance = Instance.here()
    path = services.held_path(instance, file)
    text = retold(file.mapping if text is None else text, get_language() or "en")  # whoever drafted it spoke theirs
    mapping, faulty = _parsed(text) if problem is None else (None, problem)
    seen = Preview(error=faulty) if faulty else preview(
        path, instance=instance, format=file.format, mapping=mapping, today=today()
    )  # fmt: skip
    named = _columns(path)
    stated = {"name": file.name, "format": file.format, "known": file.known}
    asked = questions(text, named, categories_read(text)) if text else []
    context = {
        "section": SECTION, "file": file, "seen": seen, "text": text, "faulty": faulty, "columns": named,
        "form": form or Held(initial=stated, viewer=request.user),
        "replacement": Replacement(), "naming": naming or MappingName(),
        "answers": Answers(asked) if text else None,
        "entered": Entered(named, entered_of(text)) if text else None, "names": areas_of(instance.places).names("en"),
        "mappable": bool(named) and not seen.places,
    }  # fmt: skip
    return render(request, "evidence/held.html", context)


def _parsed(text: str) -> tuple[Mapping | None, BadInput | None]:
    """(the mapping that a text is, why it is none); both None without a text."""
    if not text.strip():
        return None, None
    try:
        return parse(text, _("mapping")), None
    except BadInput as error:
        return None, error


def _columns(path: Path) -> tuple[str, ...]:
    """The columns of the first table of a file; none where it holds no table."""
    try:
        table = _table(path)
        if table is None or no_table(table):
            return ()
        lines = header_lines(table, text_head(table))
        return (
            open_table(table, lines=lines).columns if lines != (0, 0) or table.sheet else columns(text_head(table), "")
        )
    except BadInput:
        return ()


def _texts(path: Path) -> dict[str, list[str]]:
    """By column what stands in it; nothing where the file holds no table."""
    try:
        table = _table(path)
        return column_texts(table) if table else {}
    except BadInput:
        return {}


def _table(path: Path) -> Source | None:
    return next((each for each in sources(path) if not each.hidden), None)


# ---- deeds on a held file


def _look(request: SignedIn, file: HeldFile) -> HttpResponse:
    """Keep what was said of the file and look again."""
    form = Held(request.POST, viewer=request.user)
    if not form.is_valid():
        return _show(request, file, form=form)
    given = form.cleaned_data
    text = _chosen_mapping(request, given["mapping"]) if given["mapping"] else file.mapping
    if given["format"] and given["format"] != "mapping" and not given["mapping"]:
        text = ""
    services.set_held(file, name=given["name"], format=given["format"], known=given["known"], mapping=text)
    return _back(file)


def _chosen_mapping(request: SignedIn, named: str) -> str:
    kind, _dot, name = named.partition(":")
    if kind == "shipped" and name in shipped():
        return (FOLDER / f"{name}.yaml").read_text("utf-8")
    own = queries.own_mapping(viewer=request.user, name=name) if kind == "own" else None
    if own is None:
        raise Http404
    return own.text


def _draft(request: SignedIn, file: HeldFile) -> HttpResponse:
    """Draft a mapping from a look at the columns."""
    kind = request.POST.get("kind", "")
    instance = Instance.here()
    table = _table(services.held_path(instance, file))
    try:
        if table is None:
            raise BadInput(said("evidence/no-table"), file.file)
        text, _questions = draft(
            table, areas_of(instance.places), kind if kind in KINDS else "", get_language() or "en"
        )  # fmt: skip
    except BadInput as error:
        return _show(request, file, problem=error)
    services.set_held(file, name=file.name, format="", known=file.known, mapping=text)
    return _back(file, "#mapping")


def _answer(request: SignedIn, file: HeldFile) -> HttpResponse:
    """Put answers in the place of questions, or take the mapping as it was edited."""
    text = request.POST.get("text", file.mapping).replace("\r\n", "\n")
    if len(text) > LARGEST_MAPPING:
        return _show(request, file, problem=BadInput(said("evidence/mapping.too-large")))
    answers = {n: request.POST.get(f"answer-{n}", "") for n in range(len(questions(text)))}
    if any(answers.values()):
        text = answered(text, answers, _texts(services.held_path(Instance.here(), file)))
    services.set_held(file, name=file.name, format="", known=file.known, mapping=text)
    return _back(file, "#mapping")


def _entered(request: SignedIn, file: HeldFile) -> HttpResponse:
    """Name the column that says from when on a line was known, or none."""
    table, column = _table(services.held_path(Instance.here(), file)), request.POST.get("column", "")
    lines = entered_lines(table, column, get_language() or "en") if table and column else []
    services.set_held(
        file, name=file.name, format="", known=file.known, mapping=with_entered(file.mapping, lines)
    )  # fmt: skip
    return _back(file, "#mapping")


def _without(request: SignedIn, file: HeldFile) -> HttpResponse:
    services.set_held(file, name=file.name, format="", known=file.known, mapping="")
    return _back(file)


def _keep(request: SignedIn, file: HeldFile) -> HttpResponse:
    """Save the mapping under a name, to be used again."""
    form = MappingName(request.POST)
    if not form.is_valid():
        return _show(request, file, naming=form)
    services.save_mapping(by=request.user, name=form.cleaned_data["called"], text=file.mapping)
    messages.success(request, _("The mapping is saved. It can be chosen for the next file."))
    return _back(file, "#mapping")


def _correct(request: SignedIn, file: HeldFile) -> HttpResponse:
    """Correct single cells of the copy that is held here."""
    found = ((CELL.fullmatch(name), value) for name, value in request.POST.items())
    cells = {(int(match[1]), int(match[2])): str(value) for match, value in found if match}
    changed = services.correct_held(instance=Instance.here(), held=file, cells=cells)
    stated = ngettext("%(count)s cell was corrected.", "%(count)s cells were corrected.", changed) % {"count": changed}
    messages.success(request, stated)
    return _back(file)


def _undo(request: SignedIn, file: HeldFile) -> HttpResponse:
    services.undo_corrections(instance=Instance.here(), held=file)
    return _back(file)


def _replace(request: SignedIn, file: HeldFile) -> HttpResponse:
    """Take a corrected file in the place of this one; its name, date and mapping stay."""
    form = Replacement(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["file"])))
        return _back(file)
    given = form.cleaned_data["file"]
    services.replace_held(instance=Instance.here(), held=file, name=given.name, size=given.size, chunks=given.chunks())
    return _back(file)


def _names(request: SignedIn, file: HeldFile) -> HttpResponse:
    """Put the names that mean no area for sure on the list of those to decide on, and go there."""
    instance = Instance.here()
    mapping, faulty = _parsed(file.mapping)
    if faulty is None:
        seen = preview(
            services.held_path(instance, file), instance=instance, format=file.format, mapping=mapping,
            today=today(),
        )  # fmt: skip
        ask(instance.places, seen.unsure, file=file.file, at=timezone.now())
    return redirect("places:review")


def _import(request: SignedIn, file: HeldFile) -> HttpResponse:
    """Import it in the background."""
    job = enqueue(
        tasks.load_file, kind="import", by=request.user, path=str(services.held_path(Instance.here(), file)),
        name=file.name, format=file.format if file.format != "mapping" else "", mapping=file.mapping, held=str(file.pk),
        known=file.known.isoformat() if file.known else None,
    )  # fmt: skip
    return redirect("jobs:job", job_id=job.pk)


def _discard(request: SignedIn, file: HeldFile) -> HttpResponse:
    services.discard_held(instance=Instance.here(), held=file)
    messages.success(request, _("The file is removed. Nothing was imported from it."))
    return redirect("evidence:load")


def _back(file: HeldFile, part: str = "") -> HttpResponse:
    response = redirect("evidence:held", held_id=file.pk)
    response["Location"] += part
    return response


DEEDS: dict[str, Callable[[SignedIn, HeldFile], HttpResponse]] = {
    "look": _look, "draft": _draft, "answer": _answer, "entered": _entered, "without": _without, "keep": _keep,
    "correct": _correct, "undo": _undo, "names": _names, "replace": _replace, "import": _import, "discard": _discard,
}  # fmt: skip


# ---- afterwards


@require_safe
@require("evidence.load")
def imported(request: SignedIn, job_id: str) -> HttpResponse:
    """What an import brought, which lines were not taken, what it changed, and which findings may move."""
    job = job_of(viewer=request.user, job_id=str(job_id))
    if job is None or job.kind != "import":
        raise Http404
    if job.state != "done" or "imported" not in job.result:
        return redirect("jobs:job", job_id=job_id)
    done: list[dict[str, Any]] = job.result["imported"]
    kinds = {kind for each in done for kind in each["kinds"]}
    framework = load_framework(Instance.here().overlay, today())
    context = {
        "section": SECTION, "done": done, "held": job.result.get("held", ""), "framework": framework,
        "rejected": sum(each["rejected"] for each in done), "read_by": framework_reads(framework, kinds),
        "new": any(each["new"] for each in done),
    }  # fmt: skip
    return render(request, "evidence/imported.html", context)


def categories_read(text: str) -> list[str]:
    """The categories that indicators read of the kind that a mapping is of."""
    kind = re.search(r"(?m)^kind: ([\w-]+)", text)
    if kind is None or kind[1] not in KINDS:
        return []
    framework = load_framework(Instance.here().overlay, today())
    indicators = [each for entry in framework.measured for each in entry.indicators.values() if each.kind == kind[1]]
    asked = [each.where.get("category", "") for each in indicators]
    return [
        path for each in asked for path in ([each] if isinstance(each, str) else each) if isinstance(path, str) and path
    ]


def framework_reads(framework: Any, kinds: set[str]) -> list[str]:
    """The benchmarks of which an indicator reads one of the kinds, in the framework's order."""
    return [
        id for id, each in framework.benchmarks.items()
        if any(indicator.kind in kinds for indicator in each.indicators.values())
    ]  # fmt: skip


@require_POST
@require("evidence.load")
def remove_mapping(request: SignedIn, mapping_id: int) -> HttpResponse:
    if all(each.pk != mapping_id for each in queries.own_mappings(viewer=request.user)):
        raise Http404
    services.remove_mapping(by=request.user, mapping_id=mapping_id)
    messages.success(request, _("The mapping is removed."))
    return redirect("evidence:load")
