"""Where the exercise takes place: a land made from a seed."""
