"""What is known: data points, where they come from, and when they became known."""

from primacy.evidence.store.store import Store

__all__ = ["Store"]
