"""Findings, rules and changes in the words of a language."""
