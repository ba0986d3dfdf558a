"""Random numbers that depend on what they are for: a decision in one place changes nothing of the luck of another."""

import zlib

import numpy as np


def luck(seed: int, *words: str | int) -> np.random.Generator:
    """The random numbers of a subsystem (and a month): the same words give the same numbers on every machine.

    Words    hashed as text, numbers too: numpy cannot tell entropy that ends in zeros from shorter entropy
    Raises   ValueError where the seed is negative
    """
    hashed = (zlib.crc32(f"/{word}".encode()) for word in words)
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *hashed])))
