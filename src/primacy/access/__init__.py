"""Who may: people, roles, rights, sign-in, and the trail of what was done and looked at."""
