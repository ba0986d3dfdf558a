"""The areas of the instance as the pages of this room ask for them."""

from primacy.places.at_hand import areas_of, place_names

__all__ = ["areas_of", "place_names"]
