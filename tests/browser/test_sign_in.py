"""Coming in as people do it: the first start, a passkey made by a (virtual) device, and signing in with it alone."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GOOD = "correct-horse-battery"


def with_device(browser, width=1280):
    """A new page in a browser whose device verifies its owner and keeps passkeys."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    device = devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return context, page, devices, device


def test_from_the_first_start_to_a_sign_in_by_passkey_alone(browser, live_server, country, faults, db):
    from primacy.access import services
    from primacy.access.models import AuditEntry, User

    code = services.offer_set_up()
    context, page, devices, device = with_device(browser, width=390)
    complaints = []
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.goto(f"{live_server.url}/set-up/{code}/")
    assert faults(page) == []
    page.fill("[name=new]", GOOD)
    page.fill("[name=again]", GOOD)
    page.click("main button")
    assert page.url.endswith("/second-factor/")  # the role needs one: nothing else opens
    page.goto(f"{live_server.url}/people/")
    assert page.url.endswith("/second-factor/")
    assert faults(page) == []
    page.fill("[name=name]", "laptop at the office")
    page.click("text=Add a passkey >> visible=true >> nth=-1")
    page.wait_for_selector(".recovery")
    codes = [re.sub(r"\s", "", each) for each in page.locator(".recovery li").all_inner_texts()]
    assert len(set(codes)) == 10
    assert faults(page) == []
    page.click("text=I have written them down")
    assert "second-factor" not in page.url

    page.click("header >> text=Sign out")
    page.click("text=Sign in with a passkey")
    page.wait_for_url(f"{live_server.url}/")
    page.goto(f"{live_server.url}/sessions/")
    assert "passkey" in page.inner_text("main table")

    devices.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.click("header >> text=Sign out")
    page.click("text=Sign in with a passkey")
    page.wait_for_selector("text=No passkey answered")
    assert page.locator("text=Sign in with a passkey").is_enabled()

    page.fill(
        "[name=name]", "admin"
    )  # with the password alone the door stays half closed; a code on paper opens it once
    page.fill("[name=password]", GOOD)
    page.click("main form >> text=Sign in >> nth=0")
    assert page.url.endswith("/sign-in/second/")
    assert faults(page) == []
    page.fill("[name=code]", codes[3])
    page.click("main form.stacked button")
    page.wait_for_url(f"{live_server.url}/")
    assert complaints == []
    context.close()

    deeds = [each.deed for each in AuditEntry.objects.exclude(deed="looked at evidence")]
    assert deeds == [
        "offered to make an administrator", "added a person", "signed in", "added a passkey", "made recovery codes",
        "signed out", "signed in", "signed out", "used a recovery code", "signed in",
    ]  # fmt: skip
    assert User.objects.get().username == "admin"


def test_a_passkey_of_another_place_opens_nothing(browser, live_server, people, country):
    """The answer of a device that the site never saw is refused, without a word of whose it might be."""
    from primacy.access.models import AuditEntry

    context, page, _devices, _device = with_device(browser)
    page.goto(f"{live_server.url}/sign-in/")
    page.evaluate("""async () => {
        const bytes = (n) => crypto.getRandomValues(new Uint8Array(n));
        await navigator.credentials.create({publicKey: {challenge: bytes(32), rp: {name: "x"},
            user: {id: new TextEncoder().encode("1"), name: "x", displayName: "x"},
            pubKeyCredParams: [{type: "public-key", alg: -7}],
            authenticatorSelection: {residentKey: "required", userVerification: "required"}}});
    }""")
    page.click("text=Sign in with a passkey")
    page.wait_for_selector("text=This passkey opens nothing here")
    assert AuditEntry.objects.get().detail["step"] == "passkey"
    context.close()
