"""How a task stands. Pure."""

GOES_ON = ("open", "doing")
