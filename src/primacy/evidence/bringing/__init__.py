"""From a file of anybody to a stored version, or to the one reason why not."""
