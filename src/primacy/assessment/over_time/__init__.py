"""Two assessments compared, months replayed, what is to come projected."""
