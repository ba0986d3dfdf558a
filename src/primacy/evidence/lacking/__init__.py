"""What is missing, too old or late: by kind, area and month."""
