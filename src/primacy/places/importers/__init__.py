"""Formats that say where things are: boundaries and population. One module for each."""
