"""What happened: field reports, graded, with their sources kept hidden."""
