"""Files from outside, whatever they are: opened without trusting what they say, read as rows, kept as tables."""
