import re

import polib
import pytest

from primacy.ui.extraction import texts
from primacy.ui.messages import catalogues

PATHS = {path.parts[-3]: path for path in catalogues()}
NAMED = re.compile(r"%\((\w+)\)s")


@pytest.mark.parametrize("language", PATHS)
def test_every_text_of_the_interface_is_translated_and_nothing_else(language):
    entries = polib.pofile(str(PATHS[language]))
    assert {(each.msgid, each.msgid_plural or None) for each in entries} == set(texts())
    assert [each.msgid for each in entries if not each.translated() or each.fuzzy] == []


@pytest.mark.parametrize("language", PATHS)
def test_translations_fill_in_what_the_text_fills_in(language):
    for entry in polib.pofile(str(PATHS[language])):
        wanted = set(NAMED.findall(entry.msgid_plural or entry.msgid))
        for said in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            named = set(NAMED.findall(said))
            assert named <= wanted, entry.msgid
            if not entry.msgid_plural:
                assert named == wanted, entry.msgid


@pytest.mark.parametrize("language", PATHS)
def test_every_plural_form_is_given(language):
    forms = {"fr": 2, "ar": 6}[language]
    for entry in polib.pofile(str(PATHS[language])):
        if entry.msgid_plural:
            assert len(entry.msgstr_plural) == forms
            assert all(entry.msgstr_plural.values()), entry.msgid
