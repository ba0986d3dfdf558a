"""Coming in and going out: name and password, the second step, passkeys, the people of an exercise, the first start."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from primacy.access import demonstration, entering, factors, services
from primacy.access.entering import address_of
from primacy.access.forms import SignIn
from primacy.access.queries import SignedIn
from primacy.access.sign_in_forms import Answer, SecondStep, SetUpAdministrator

AGAIN = "again"


def wants_json(request: SignedIn) -> bool:
    """A script asks what to ask the device; a reader who opens the address meant the page."""
    return "application/json" in request.headers.get("Accept", "")


def _too_many() -> str:
    return _("Too many failed tries. Wait a quarter of an hour, or ask an administrator.")


@sensitive_post_parameters("password")
@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: SignedIn) -> HttpResponse:
    """One answer for a wrong password, an unknown name and somebody switched off.

    With `again`, also whoever is signed in shows once more who they are.
    """
    given = request.POST if request.method == "POST" else request.GET
    onward = entering.safe(request, given.get("next"))
    if request.user.is_authenticated and AGAIN not in given:
        return redirect(onward)
    form, status = SignIn(request.POST or None, initial={"name": request.user.username}), 200
    if request.method == "POST" and form.is_valid():
        name, address = form.cleaned_data["name"], address_of(request)
        if services.too_many_failures(name=name, address=address):
            form.add_error(None, _too_many())
            status = 429
        elif (person := form.person(request)) and entering.is_welcome(person):
            services.renew_hash(person=person, password=form.cleaned_data["password"])
            return entering.begin(request, person, how=entering.PASSWORD, onward=onward)
        else:
            services.record_failed_sign_in(name=name, address=address)
            form.add_error(None, _("Name and password do not belong together."))
    return _door(request, form, onward=onward, status=status)


def _door(request: SignedIn, form: SignIn, *, onward: str, refused: str = "", status: int = 200) -> HttpResponse:
    """The page with all ways in; `refused` says why the last try was none."""
    again = request.user.is_authenticated
    context = {
        "form": form, "next": onward, "again": again, "provider": settings.OPENID, "refused": refused,
        "demonstration": [each for each in demonstration.people() if not again or each == request.user],
    }  # fmt: skip
    return render(request, "access/sign_in.html", context, status=status)


@sensitive_post_parameters("code")
@login_not_required
@require_http_methods(["GET", "POST"])
def second_step(request: SignedIn) -> HttpResponse:
    """For whoever gave the right password some minutes ago: a one-time code or a recovery code, or else a passkey."""
    took = entering.half(request)
    if took is None:
        return redirect("access:sign-in")
    person, how, onward = took
    form, status = SecondStep(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        name, address = person.username, address_of(request)
        if services.too_many_failures(name=name, address=address):
            form.add_error(None, _too_many())
            status = 429
        elif kind := factors.accepts(person=person, given=form.cleaned_data["code"]):
            return entering.enter(request, person, how=entering.SECOND_STEP[how, kind], onward=onward)
        else:
            services.record_failed_sign_in(name=name, address=address, step="code")
            form.add_error("code", _("This code is not right, or was used already."))
    context = {"form": form, "next": onward, "codes": factors.has_codes(person)}
    return render(request, "access/second_step.html", context, status=status)


@login_not_required
@require_http_methods(["GET", "POST"])
def passkey(request: SignedIn) -> HttpResponse:
    """What the browser is asked, and its answer: a passkey verifies its owner, so it is both steps at once."""
    if request.method == "GET":
        return JsonResponse(factors.ask_for_passkey()) if wants_json(request) else redirect("access:sign-in")
    onward, address = entering.safe(request, request.POST.get("next")), address_of(request)
    if services.too_many_failures(name="", address=address):
        return _door(request, SignIn(), onward=onward, refused=_too_many(), status=429)
    form = Answer(request.POST)
    person = factors.person_of(form.cleaned_data["answer"]) if form.is_valid() else None
    if person is None or not entering.is_welcome(person):
        services.record_failed_sign_in(name="", address=address, step="passkey")
        return _door(request, SignIn(), onward=onward, refused=_("This passkey opens nothing here."))
    return entering.enter(request, person, how=entering.PASSKEY, onward=onward)


@login_not_required
@require_POST
def demonstrate(request: SignedIn) -> HttpResponse:
    """In an exercise, and nowhere else, its invented people are there to be tried out. With no password to ask for, the
    same click is how one of them shows again who they are."""
    person = demonstration.person(request.POST.get("name", ""))
    if person is None:
        raise Http404
    return entering.enter(
        request, person, how=entering.DEMONSTRATION, onward=entering.safe(request, request.POST.get("next"))
    )


@login_not_required
@require_POST
def sign_out(request: SignedIn) -> HttpResponse:
    if request.user.is_authenticated:
        services.record(request.user, "signed out", request.user.username)
    logout(request)
    response = redirect("access:sign-in")
    response["Clear-Site-Data"] = '"cache"'  # what a browser holds in memory to go back to, too
    return response


@sensitive_post_parameters("new", "again")
@login_not_required
@require_http_methods(["GET", "POST"])
def set_up(request: SignedIn, code: str) -> HttpResponse:
    """The administrator is made by whoever has the code of the terminal, on the same machine; for all others, and
    afterwards, there is no such page."""
    if not entering.is_near(request) or not services.is_set_up_code(code):
        raise Http404
    form = SetUpAdministrator(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given, language = form.cleaned_data, get_language() or "en"
        try:
            person = services.set_up(code=code, name=given["name"], password=given["new"], language=language)
        except ValueError as error:  # somebody else was faster
            raise Http404 from error
        return entering.enter(request, person, how=entering.PASSWORD, onward="/")
    return render(request, "access/set_up.html", {"form": form})
