"""Where Django finds the store of sessions (settings.SESSION_ENGINE)."""

from primacy.access.sign_ins import SessionStore as SessionStore
