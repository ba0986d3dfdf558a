"""Reads: what is said, asked for, told and due, each for one person and by what that person may see today."""
