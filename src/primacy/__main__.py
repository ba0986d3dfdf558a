"""`python -m primacy`: the same as the command `primacy`."""

from primacy.cli import main

main()
