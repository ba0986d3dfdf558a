"""Pages of an open compartment: its entries, people, members and judged scores."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from primacy.access.queries import SignedIn
from primacy.compartments import queries, services, writing
from primacy.compartments.custody import Refused
from primacy.compartments.forms import AddMember, EntryForm, Erase, JudgedScore
from primacy.compartments.kinds import Kind, table
from primacy.compartments.pages import Around, inside, keep_secret, refused, shown
from primacy.compartments.scores import rubrics
from primacy.framework import Instance, load
from primacy.framework.queries import today

LOGGED = 60  # deeds shown


def _today() -> Any:
    return today()


@inside("GET")
def contents(request: SignedIn, around: Around) -> HttpResponse:
    """Everything in it: entries newest first, people, members, and what was done."""
    content = around.inside.content
    more: dict[str, Any] = {
        "entries": writing.entries(around.inside, today=_today()), "kinds": table().classes[content.class_].kinds,
        "people": list(writing.people(around.inside)), "log": content.log[: -LOGGED - 1 : -1],
    }  # fmt: skip
    return shown(request, "compartments/contents.html", around, **more)


def _kind(around: Around, key: str) -> Kind:
    if key not in table().classes[around.inside.content.class_].kinds:
        raise Http404
    return table().kinds[key]


@inside("GET", "POST", typed=True)
def write(request: SignedIn, around: Around, kind: str) -> HttpResponse:
    of = _kind(around, kind)
    form = EntryForm(request.POST if request.method == "POST" else None, kind=of, new=True)
    if request.method == "POST" and form.is_valid():
        services.write_entry(
            by=request.user, opened=around.opened, kind=of, fields=form.values, people=form.cleaned_data["people"]
        )
        messages.success(request, _("It is kept."))
        return redirect("compartments:inside", box=around.id)
    return shown(request, "compartments/form.html", around, form=form, kind=kind)


@inside("GET")
def entry(request: SignedIn, around: Around, entry: str) -> HttpResponse:
    """One entry with every version that can still be read."""
    found = _entry(around, entry)
    numbers = range(len(found.versions), 0, -1)
    versions = [writing.version(around.inside, found, number, today=_today()) for number in numbers]
    return shown(request, "compartments/entry.html", around, entry=versions[0], versions=versions)


@inside("GET", "POST", typed=True)
def change(request: SignedIn, around: Around, entry: str) -> HttpResponse:
    """Another version; where somebody saved one meanwhile, nothing is written over."""
    found = _entry(around, entry)
    newest = writing.version(around.inside, found, len(found.versions), today=_today())
    if newest.state != "kept":
        raise Http404
    given = request.POST if request.method == "POST" else None
    initial = {**newest.fields, "seen": newest.number}
    form = EntryForm(given, kind=_kind(around, found.kind), initial=initial, new=False)
    status = 200
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        try:
            services.change_entry(by=request.user, opened=around.opened, id=entry, seen=seen, fields=form.values)
        except writing.Collision:
            form.add_error(None, _("Somebody saved it meanwhile. Look at it in another window before you keep yours."))
            status = 409
            again = request.POST.copy()
            again["seen"] = str(newest.number)
            form.data = again
        except LookupError as error:
            raise Http404 from error
        else:
            messages.success(request, _("It is kept."))
            return redirect("compartments:entry", box=around.id, entry=entry)
    return shown(request, "compartments/form.html", around, status=status, form=form, kind=found.kind, newest=newest)


def _entry(around: Around, id: str) -> Any:
    try:
        return around.inside.content.entry(id)
    except LookupError as error:
        raise Http404 from error


@inside("GET", "POST", typed=True)
def erase(request: SignedIn, around: Around, person: str) -> HttpResponse:
    """Destroy the key of a person, after saying that one knows what it means."""
    name = next((name for each, name in writing.people(around.inside) if each.key == person), None)
    if name is None:
        raise Http404
    form = Erase(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.erase_person(by=request.user, opened=around.opened, key=person)
        messages.success(request, _("It is erased. Nobody can read it any more, here or in a copy."))
        return redirect("compartments:inside", box=around.id)
    count = sum(person in each.keys for each in around.inside.content.entries)
    return shown(request, "compartments/erase.html", around, form=form, name=name, count=count)


@inside("GET", "POST", typed=True)
def members(request: SignedIn, around: Around) -> HttpResponse:
    """Who opens it, and what a second member has to decide."""
    form = AddMember(request.POST if request.method == "POST" and "name" in request.POST else None)
    if request.method == "POST":
        done = _propose(request, around, form)
        if done is not None:
            return done
    return shown(request, "compartments/members.html", around, form=form, me=request.user.pk)


def _propose(request: SignedIn, around: Around, form: AddMember) -> HttpResponse | None:
    if "remove" in request.POST:
        gone = around.inside.content.member(_number(request.POST["remove"]))
        person = next(queries.people_by_name([gone.name]), None) if gone else None
        if person is None:
            raise Http404
        deed, mark = "remove", ""
    elif form.is_valid():
        deed, person, mark = "add", form.cleaned_data["name"], form.cleaned_data["mark"]
    else:
        return None
    try:
        services.propose_member(by=request.user, opened=around.opened, deed=deed, person=person, mark=mark)
    except Refused as error:
        if form.is_bound:
            refused(form, error)
            return None
        messages.error(request, _("A compartment has two members at least."))
    else:
        messages.success(request, _("It is proposed. Another member must confirm it."))
    return redirect("compartments:members", box=around.id)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


@inside("POST")
def decide(request: SignedIn, around: Around, proposal: str) -> HttpResponse:
    """A second member confirms or declines."""
    response = redirect("compartments:members", box=around.id)
    try:
        secret = services.decide_member(
            by=request.user, opened=around.opened, proposal=proposal, agreed="agree" in request.POST,
            secret=around.secret, until=around.until,
        )  # fmt: skip
    except Refused:
        messages.error(request, _("Somebody else must confirm it."))
    except LookupError as error:
        raise Http404 from error
    else:
        if secret != around.secret:
            keep_secret(response, secret)
    return response


@inside("GET", "POST", typed=True)
def score(request: SignedIn, around: Around) -> HttpResponse:
    """Give the evidence a score without names."""
    framework, language = load(Instance.here().overlay, _today()), get_language() or "en"
    categories = [
        (category, framework.text(benchmark, f"labels.{indicator}", language)[0])
        for category, benchmark, indicator in rubrics(framework)
    ]
    form = JudgedScore(request.POST if request.method == "POST" else None, categories=categories)
    if request.method == "POST" and form.is_valid():
        services.give_score(by=request.user, opened=around.opened, **form.cleaned_data)
        messages.success(request, _("The score is given. It says nothing of where it comes from."))
        return redirect("compartments:inside", box=around.id)
    return shown(request, "compartments/score.html", around, form=form)
