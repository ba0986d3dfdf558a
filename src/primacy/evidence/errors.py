"""The one error of this room: input that cannot be used."""

from primacy.places.errors import BadInput, shortened

__all__ = ["BadInput", "shortened"]
