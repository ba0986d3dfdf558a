"""Who: organisations and offices that count in the process, and contacts with them. Never files on people."""
