"""The front page as plain data, and the pictures of findings."""
