"""What planners expect of rules, tried on a few lines of invented evidence."""
