"""What people ask of each other, and by when: comments, tasks, notices, the calendar of all rooms."""
