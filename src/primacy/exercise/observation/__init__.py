"""What monitors, registers, coders, pollsters and the press make of what is so: late, in part, not without errors."""
