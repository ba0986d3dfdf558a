"""Every table of this folder in one page, docs/benchmarks.md.

python bench/report.py [NAME...]

A table is a module here with a docstring, whose first line becomes the heading, and `table()`, which returns Markdown
or, where what it needs is absent, a sentence that says so. With names only those are measured again; the rest stays.
With PRIMACY_BENCH_SMALL=1 the tables of evidence, crashes, hostile and folders are made of the smallest sizes, to see
that they can be made at all; PRIMACY_BENCH_PAGE names another page for that, so that no such figure is ever published.
The page opens with the targets that its tables name, and whether their figures reach them (page/targets.py).
"""

import importlib
import os
import platform
import re
import sys
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from page import targets  # noqa: E402  after the folder is on the path

PAGE = Path(os.environ.get("PRIMACY_BENCH_PAGE", HERE.parent / "docs" / "benchmarks.md"))
HEAD = """# Measured: error rates and speed

<!-- Written by `make bench`. -->

Ours and the peers run in the same run on the same data; figures of time are to be compared within one table only.
"""

AIMS = """<!-- targets -->
## Targets and where they stand

Read from the tables below, which say what was measured and how. A target with several seeds is reached if all reach it.

"""


def section(name: str) -> str:
    """The heading, what is measured and how, and the table."""
    module = importlib.import_module(name)
    title, _, about = (module.__doc__ or name).partition("\n")
    told = "\n".join(line for line in about.strip().splitlines() if not line.strip().startswith("python bench/"))
    return f"## {title.rstrip('.')}\n\n{told.strip()}\n\n{module.table()}\n"


def names() -> list[str]:
    """The tables of this folder, in the order of their names."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem != Path(__file__).stem)


def standing() -> dict[str, str]:
    """The sections of the page as it stands, by the name in their mark."""
    if not PAGE.is_file():
        return {}
    return dict(re.findall(r"<!-- (\w+) -->\n(.*?)(?=<!-- \w+ -->|\Z)", PAGE.read_text(encoding="utf-8"), re.DOTALL))


def main(wanted: list[str]) -> None:
    """Measure and write the page."""
    if os.environ.get("PRIMACY_BENCH_SMALL") and "PRIMACY_BENCH_PAGE" not in os.environ:
        sys.exit("Small sizes say nothing: name a page of your own with PRIMACY_BENCH_PAGE")
    sections = {} if not wanted else standing()
    for name in wanted or names():
        print(f"measuring {name}")
        sections[name] = section(name)
        if wanted or name == names()[-1]:  # what was measured is kept should a later one fail; a whole page is new
            write({each: sections[each] for each in names() if each in sections})


def write(sections: Mapping[str, str]) -> None:
    """The page: the targets, then every section under its mark."""
    machine = f"Python {platform.python_version()}, {os.cpu_count()} processors, {platform.machine()}."
    parts = [f"<!-- {name} -->\n{text.strip()}\n" for name, text in sections.items()]
    PAGE.write_text("\n".join([HEAD, f"{machine}\n", f"{AIMS}{targets.told(sections)}\n", *parts]), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
