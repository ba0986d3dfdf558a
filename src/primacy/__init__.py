"""Primacy: where a political process stands, how sure that is, and the evidence behind every word."""

__version__ = "0.1.0"
