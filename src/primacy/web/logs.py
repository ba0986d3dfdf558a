"""What the log says of an error: where it came about and of which kind it is, not its own words.

Those may be what somebody typed about somebody: a database names the value that it refused, a check the text.
"""

import logging
import traceback
from types import TracebackType

from django.db import OperationalError

SAY_NOTHING_OF_PEOPLE = (OSError, OperationalError, ImportError, MemoryError)
"""Errors of the machine, whose words its keeper needs."""
Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutWords(logging.Formatter):
    def formatException(self, ei: Raised) -> str:  # noqa: N802 - the name is that of the library
        told: list[str] = []
        error = ei[1]
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            words = f": {error}" if isinstance(error, SAY_NOTHING_OF_PEOPLE) else ""
            lines = [f"  {each.filename}:{each.lineno} {each.name}" for each in frames]
            told.insert(0, "\n".join([*lines, f"{type(error).__module__}.{type(error).__qualname__}{words}"]))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(told)
