"""Who may: people, roles, rights, sign-in, and the trail of what was done and looked at."""

from primacy.access.requiring import may, require

__all__ = ["may", "require"]
