"""The different texts of columns: of many rows few say something new, and what is asked of a text is asked once."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import DTypeLike, NDArray

APART = "\x1f"  # a letter that no table has


class Distinct:
    """The different combinations of texts in some columns.

    texts   each combination once, as it was met first
    which   the number of that of each row
    """

    def __init__(self, *columns: pa.Array) -> None:
        joined = columns[0] if len(columns) == 1 else pc.binary_join_element_wise(*columns, APART)
        coded = joined.dictionary_encode()
        self.which: NDArray[np.int32] = coded.indices.to_numpy(zero_copy_only=False)
        listed = coded.dictionary.to_pylist()
        self.texts: list[tuple[str, ...]] = [
            (each,) if len(columns) == 1 else tuple(each.split(APART)) for each in listed
        ]

    def each(self, told: Callable[..., Any], kind: DTypeLike) -> NDArray[Any]:
        """What is told of the texts of each row."""
        return np.array([told(*texts) for texts in self.texts], dtype=kind)[self.which]

    def texts_of(self, told: Callable[..., str]) -> pa.Array:
        """The same, of texts."""
        return pa.array([told(*texts) for texts in self.texts], pa.string()).take(pa.array(self.which))

    def among(self, rows: NDArray[np.bool_]) -> Sequence[int]:
        """The numbers of the combinations that some of the rows have, in the order in which they are met first."""
        found, first = np.unique(self.which[rows], return_index=True)
        listed: list[int] = found[np.argsort(first)].tolist()
        return listed
