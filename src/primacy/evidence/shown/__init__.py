"""Data points as a viewer or a script may have them."""
