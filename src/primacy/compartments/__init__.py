"""What must never be ordinary: compartments, each one sealed file with its own key, opened by name, for a time."""
