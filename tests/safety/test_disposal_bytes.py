"""After a disposal no byte of the words is left: in the database's file, its journal, the files and the evidence."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parents[2]
LETTERS = ("abcdefghijklmnopqrstuvwxyz", "éèàùçœêïôû", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي")


def test_no_byte_of_words_that_went_is_left_in_any_file(tmp_path) -> None:
    """Every field of words of every type, in Latin and Arabic script, alone and with the whole record."""
    drawn = random.Random(7)
    words = ["".join(drawn.choices(LETTERS[n % 3], k=14)) for n in range(40)]
    (tmp_path / "mission.yaml").write_text("country: OST\n", "utf-8")
    environment = {
        **os.environ, "PRIMACY_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "primacy.web.settings",
        "PYTHONPATH": os.pathsep.join([str(HERE / "src"), str(HERE)]),
    }  # fmt: skip
    environment.pop("PRIMACY_DATABASE_URL", None)
    program = Path(__file__).with_name("disposed_words.py")
    done = subprocess.run([sys.executable, str(program), str(tmp_path), *words], env=environment, capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert len(told["words"]) >= 10
    assert len(told["whole"]) == 3, "of every type one record went whole"
    assert told["before"] > 0, "before the file is cleaned something is still there, so the search finds what there is"
    assert told["left"] == []
