"""Who signed a package, what breaks its signature, and what it never tells: of people, of secrets, of the key."""

import base64
import getpass
import hashlib
import json
import re
import shutil
import stat
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from primacy.assessment.assessing import assess
from primacy.assessment.packages import package
from primacy.assessment.packages.sharing import share
from primacy.assessment.packages.signing import SigningKey, from_pem, key_of
from primacy.assessment.tests.building import AS_OF, KNOWN, Setting
from primacy.assessment.views import View
from primacy.cli import primacy
from primacy.evidence.store.columns import TEXT
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance

LAW = {
    "indicators": {"law": {"kind": "law", "measure": "stage", "aggregate": "distinct", "pass": {"stage": "adopted"}}},
    "rule": {"exists": {"indicator": "law", "min": 1}},
    "thresholds": {"bound": {"value": 1, "unit": "laws", "confirmed": {"by": "Dede Confirmer", "on": "2024-02-01", "because": "she said so"}}},
}  # fmt: skip
SCORES = {
    "indicators": {"consent": {"kind": "rubric", "measure": "score", "aggregate": "mean"}},
    "rule": {"scored": {"indicator": "consent", "at_least": 2}},
}
MISSION = {
    "name": "Mission of the tests",
    "political_line": {"stage": "implementation", "objectives": ["Split the northern front"]},
    "agreed_with": "the cousin of the president",
    "baselines": [{"name": "calm", "from": "2021-01-01", "to": "2021-12-31", "signed": ["Aminata Signer", "Boris Signer"],
                   "because": "quiet year"}],
    "changes": [{"norm": "cost", "to": 2.0, "by": ["Fatou Changer", "Gaston Changer"], "on": "2024-01-01", "because": "agreed"}],
    "set_aside": [{"benchmark": "O2.S3", "by": "Carla Decider", "on": "2024-01-01", "because": "decided by law"}],
}  # fmt: skip
EVIDENCE = [
    {"kind": "law", "data": "Gazette", "points": ["2026-03-01 L stage=4 grade=A1 source=gazette"]},
    {"kind": "rubric", "data": "scores", "points": [
        "2026-05-01 cabinet score=3 source=desk-one confidentiality=1",
        "2026-05-03 garrison-nine score=1.73125 source=mole-in-the-barracks origin=mole-origin confidentiality=3 note=red-line",
        "2026-05-04 cabinet score=2.34375 source=mole-in-the-cabinet origin=dinner-origin confidentiality=2 note=over-dinner"]},
    {"kind": "incident", "data": "quiet talks", "points": [
        "2026-04-17 hidden-item events=7919 actor=hidden-actor target=hidden-target source=hidden-source confidentiality=2"]},
]  # fmt: skip
STAFF = (
    "Aminata Signer", "Boris Signer", "Carla Decider", "Dede Confirmer", "she said so", "Fatou Changer", "Gaston Changer",
    "esther.importer", "srsg.tests", "The barracks say otherwise", "Split the northern front", "cousin of the president",
    "table-of-esther.csv", "remark of the importer", "quiet talks",
)  # fmt: skip


@pytest.fixture(scope="module")
def inputs(model):
    """What a mission knows, and who worked on it."""
    made = Setting(model, {"O2.S1": LAW, "O2.S2": SCORES, "O2.S3": LAW}, EVIDENCE, mission=MISSION).inputs()
    who = {"imported_by": "esther.importer", "file": "table-of-esther.csv", "notes": ("remark of the importer",)}
    versions = [each.model_copy(update=who) for each in made.store.versions()]
    return replace(made, store=Store.in_memory(made.store._given, versions))


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    made = Instance(tmp_path_factory.mktemp("signed") / "instance")
    made.folder.mkdir()
    return made


@pytest.fixture(scope="module")
def packages(inputs, instance):
    """A full package with a view of the leadership, and one for sharing."""
    key, assessment = key_of(instance.signing_key), assess(inputs, as_of=AS_OF, known=KNOWN)
    view = View(
        assessment=assessment.id, as_of=AS_OF, benchmark="O2.S1", by="srsg.tests", role="leader",
        at=datetime(2026, 7, 2, tzinfo=UTC), status="not met", reason="The barracks say otherwise", computed="met",
        blind=True, seen="0" * 64,
    ).signed_by(key)  # fmt: skip
    full, shared = instance.folder / "full.zip", instance.folder / "shared.zip"
    package.write(full, inputs, assessment, key=key, views=[view])
    package.write(shared, *share(inputs, assessment, level=1), key=key, views=[view])
    return full, shared


@pytest.fixture
def full(packages, tmp_path):
    return shutil.copy(packages[0], tmp_path / "full.zip")


@pytest.fixture
def shared(packages, tmp_path):
    return shutil.copy(packages[1], tmp_path / "shared.zip")


def run(instance, *words):
    done = CliRunner().invoke(primacy, ["--data", str(instance.folder), *map(str, words)])
    return done.exit_code, done.output


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(path, change):
    copy = path.with_name("rewritten.zip")
    files = parts(path)
    change(files)
    with zipfile.ZipFile(copy, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return copy


# ---- who signed


def test_a_package_says_who_signed_it(instance, shared, full):
    for path in (shared, full):
        code, output = run(instance, "verify", path)
        assert code == 0, output
        assert "the signer gives the name “Mission of the tests”" in output
        assert "It is the key of this instance." in output


def test_elsewhere_the_key_is_unknown_until_it_is_given(instance, shared, tmp_path):
    elsewhere = Instance(tmp_path / "elsewhere")
    _code, output = run(elsewhere, "verify", shared)
    assert "ask the mission by another way" in output
    code, shown = run(instance, "key", "--out", tmp_path / "mission.pem")
    fingerprint = re.search("Fingerprint: (.*)", shown)[1]
    assert fingerprint in output
    code, output = run(elsewhere, "verify", shared, "--key", tmp_path / "mission.pem", "--json")
    told = json.loads(output)["signature"]
    assert (code, told["state"], told["known"], told["accepted"]) == (0, "sound", "given", True)
    assert told["fingerprint"] == fingerprint


def test_another_key_than_the_one_given_is_refused(instance, shared, tmp_path):
    other = Instance(tmp_path / "other")
    other.folder.mkdir()
    assert run(other, "key", "--out", tmp_path / "other.pem")[0] == 0
    code, output = run(instance, "verify", shared, "--key", tmp_path / "other.pem")
    assert (code, "NOT the key that you gave" in output) == (1, True)
    (tmp_path / "no.pem").write_text("hello")
    assert run(instance, "verify", shared, "--key", tmp_path / "no.pem")[0] == 2


def test_an_unsigned_package_is_said_to_be_so_and_does_not_pass_for_a_key(instance, shared, tmp_path):
    bare = rewritten(shared, lambda files: files.pop("signature.json"))
    code, output = run(instance, "verify", bare)
    assert (code, "Not signed" in output) == (0, True)
    run(instance, "key", "--out", tmp_path / "mission.pem")
    assert run(instance, "verify", bare, "--key", tmp_path / "mission.pem")[0] == 1


def test_others_check_it_with_their_own_tools(instance, shared, tmp_path):
    """The public key is one that OpenSSL reads, the hashes are those of sha256sum, the signature fits both."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    run(instance, "key", "--out", tmp_path / "mission.pem")
    told = json.loads(parts(shared)["signature.json"])
    said = json.dumps(
        {"by": told["by"], "signs": told["signs"]}, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    (tmp_path / "said").write_bytes(b"primacy package\n" + said.encode())
    (tmp_path / "signature").write_bytes(bytes.fromhex(told["signature"]))
    command = [
        "openssl",
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        "mission.pem",
        "-rawin",
        "-in",
        "said",
        "-sigfile",
        "signature",
    ]
    assert b"Verified Successfully" in subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout


# ---- what breaks it


def replaced(name, old, new):
    def change(files):
        assert re.search(old, files[name])
        files[name] = re.sub(old, new, files[name], count=1)

    return change


def removed(name):
    return lambda files: files.pop(name)


def added(files):
    files["appendix.html"] = b"<p>All is well."


def signed_by_another(files):
    told = json.loads(files["signature.json"])
    other = SigningKey(bytes(range(32)))
    files["signature.json"] = json.dumps({**told, "key": other.public}).encode()


FORGED = [
    ("a finding", replaced("findings.json", b'"status":"met"', b'"status":"not met"')),
    ("a data point", replaced("inputs.csv", b"desk-one", b"desk-two")),
    ("the page for people", replaced("index.html", b"met", b"not met")),
    ("the list of hashes", replaced("package.json", b'"as_of":"2026-06-30"', b'"as_of":"2026-06-29"')),
    ("the version of the code", replaced("about.json", b'"code":"', b'"code":"9')),
    ("a view of the leadership", replaced("views.json", b'"status":"not met"', b'"status":"met"')),
    ("who signs", replaced("signature.json", b"Mission of the tests", b"Ministry of the tests")),
    ("the key", signed_by_another),
    ("the signature", replaced("signature.json", b'"signature":"[0-9a-f]{2}', b'"signature":"00')),
    ("a file taken out", removed("watches.json")),
    ("a file put in", added),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "change"), FORGED, ids=[each[0] for each in FORGED])
def test_every_change_breaks_the_signature(full, shows, change):
    if shows == "a file taken out":
        with pytest.raises(package.NotAPackage):
            package.read(rewritten(full, change))
        return
    seal = package.read(rewritten(full, change)).seal
    assert (seal.state, seal.fingerprint) == ("broken", "")
    assert seal.why


def test_a_broken_signature_is_said_aloud(instance, full):
    code, output = run(instance, "verify", "--quiet", rewritten(full, FORGED[5][1]))
    assert (code, "SIGNATURE BROKEN: " in output) == (1, True)


def test_a_file_that_is_there_twice_is_refused(full, tmp_path):
    """Two readers would see two pages, and the signature would fit one of them."""
    twice = shutil.copy(full, tmp_path / "twice.zip")
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(twice, "a") as archive:
        archive.writestr("index.html", "<p>All is well.")
    with pytest.raises(package.NotAPackage, match="two files of one name"):
        package.read(twice)


# ---- the key


def test_the_key_is_for_its_owner_alone(instance, full):
    assert stat.S_IMODE(instance.signing_key.stat().st_mode) == 0o600
    assert [each.name for each in instance.folder.glob(".signing*")] == []


def test_the_secret_leaves_in_no_package_no_word_and_no_error(instance, full, shared, tmp_path):
    secret = key_of(instance.signing_key).secret
    forms = [secret, secret.hex().encode(), secret.hex().upper().encode(), base64.b64encode(secret).rstrip(b"=")]
    said = [run(instance, *words)[1].encode() for words in (["key"], ["key", "--json"], ["verify", full])]
    said += [repr(key_of(instance.signing_key)).encode(), *parts(full).values(), *parts(shared).values()]
    assert [form for form in forms for each in said if form in each] == []
    _code, pem = run(instance, "key")
    assert from_pem(pem.split("Fingerprint")[0]) == key_of(instance.signing_key).public
    damaged = Instance(tmp_path)
    damaged.signing_key.write_text(secret.hex()[:-1])
    code, output = run(damaged, "key")
    assert (code, secret.hex()[:-1] in output, "damaged" in output) == (2, False, True)


# ---- what a package for sharing never tells


def hidden_values(inputs):
    """Every text and number of the hidden rows that no open row has too."""
    rows = inputs.store.fetch(inputs.store.rows(as_of=AS_OF, known=KNOWN)).to_pylist()
    told = lambda row: {str(row[name]) for name in (*TEXT, "value") if row[name] not in (None, "")}  # noqa: E731
    open_values = set().union(*(told(row) for row in rows if row["confidentiality"] <= 1))
    hidden = set().union(*(told(row) for row in rows if row["confidentiality"] > 1))
    return {each for each in hidden - open_values if len(each) > 3}


KNOWN_TO_ALL = ("incident", "events")  # words of the framework itself


def test_no_byte_of_it_tells_a_hidden_value_or_who_worked_on_it(inputs, full, shared):
    names = {*STAFF, getpass.getuser() + " at the terminal", *hidden_values(inputs)} - set(KNOWN_TO_ALL)
    assert {"mole-in-the-barracks", "red-line", "1.73125", "7919.0", "hidden-actor"} <= names
    content, raw = parts(shared), shared.read_bytes()
    found = [(name, file) for name in sorted(names) for file, text in content.items() if name.encode() in text]
    assert found == []
    assert [name for name in names if name.encode() in raw] == []
    assert b"rubric,cabinet" in content["inputs.csv"]
    assert b"desk-one" not in content["inputs.csv"]
    whole = full.read_bytes()  # what is searched for is really there where everything is
    assert {name for name in STAFF if name.encode() not in whole} <= {"quiet talks"}


def test_the_full_package_carries_the_views_and_the_one_for_sharing_their_share_alone(full, shared):
    views = json.loads(parts(full)["views.json"])
    assert [each["reason"] for each in views["views"]] == ["The barracks say otherwise"]
    assert "The barracks say otherwise" in parts(full)["index.html"].decode()
    assert json.loads(parts(shared)["views.json"]) == {"given": 1, "differing": None, "views": []}


# ---- the page for people


def test_the_page_opens_offline_in_three_languages_and_says_who_signed(instance, full, shared):
    _code, shown = run(instance, "key")
    for path in (full, shared):
        page = parts(path)["index.html"].decode()
        assert re.findall(r'<section class="language" id="(\w+)" lang="\w+" dir="(\w+)"', page) == [
            ("en", "ltr"), ("fr", "ltr"), ("ar", "rtl"),
        ]  # fmt: skip
        assert page.count("<article>") == 3 * 3
        assert re.search("Fingerprint: (.*)", shown)[1] in page
        assert hashlib.sha256(parts(path)["package.json"]).hexdigest() in page
        assert re.findall(r'(?:src|href|url)\s*[=(]\s*"?(?!#)[^"#]', page) == []
        assert "<script" not in page


def test_the_page_for_sharing_carries_words_and_no_probabilities(full, shared):
    chance = re.compile(r'class="status">[^<]*\(\d')
    assert not chance.search(parts(shared)["index.html"].decode())
