"""The examples of docs/how-to/api.md are run as they stand, against a site with a small mission."""

import io
import os
import re
import subprocess
from contextlib import redirect_stdout
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs/how-to/api.md"
PRINTED = "http://127.0.0.1:8000"


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


@pytest.fixture
def site(transactional_db, live_server, mission, monkeypatch):
    monkeypatch.setenv("PRIMACY_TOKEN", mission.tokens["analyst"])
    return live_server.url


def test_the_commands_answer(site, tmp_path):
    answers = [
        subprocess.run(["bash", "-c", each.replace(PRINTED, site)], capture_output=True, cwd=tmp_path, timeout=60, check=True)
        for each in blocks("sh")
    ]  # fmt: skip
    assert b'"name":"a-analyst"' in answers[0].stdout
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "incidents.parquet").read_bytes().startswith(b"PAR1")


def test_the_script_answers(site):
    said = io.StringIO()
    with redirect_stdout(said):
        exec("\n".join(blocks("python")).replace(PRINTED, site), {})
    printed = said.getvalue()
    for part in ("O2.M2 ", "data points", "waiting", "422 query/limit The number is too large. Give at most 1000."):
        assert part in printed
    assert "PRIMACY_TOKEN" in os.environ
