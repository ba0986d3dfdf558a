"""An assessment with all that it read: kept, computed again, handed out, signed."""
