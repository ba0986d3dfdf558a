"""Random numbers that depend on what they are for: a decision in one place changes nothing of the luck of another."""

import zlib
from functools import lru_cache

import numpy as np

MOST_KEPT = 50_000  # words: most come again


def luck(seed: int, *words: str | int) -> np.random.Generator:
    """The random numbers of a subsystem (and a month): the same words give the same numbers on every machine.

    Words    hashed as text, numbers too: numpy cannot tell entropy that ends in zeros from shorter entropy
    Raises   ValueError where the seed is negative
    """
    parts = [*_parts(seed), *map(_hashed, words)]
    # As an array: of a list numpy makes the same numbers, one by one and ten times as slowly.
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(np.array(parts, dtype=np.uint32))))


@lru_cache(MOST_KEPT)
def _hashed(word: str | int) -> int:
    return zlib.crc32(f"/{word}".encode())


@lru_cache(MOST_KEPT)
def _parts(seed: int) -> tuple[int, ...]:
    """A seed as numpy takes it apart: 32 bits each, the lowest first."""
    if seed < 0:
        raise ValueError(f"a seed is non-negative, not {seed}")
    words = max(1, -(-seed.bit_length() // 32))
    return tuple((seed >> 32 * place) & 0xFFFFFFFF for place in range(words))
