"""A rule judged over the grid of month ends, and the status that follows."""
