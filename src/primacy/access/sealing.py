"""What a one-time code is computed from lies encrypted in the database, so that a copy of it makes no codes."""

import base64
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NEUTRAL = "Work"  # what a phone shows: it says nothing of a mission to whoever takes the phone


class Sealed(DefaultMFAAdapter):
    """Encrypts with a key that comes from the instance's secret key, which is kept outside of the database."""

    def encrypt(self, text: str) -> str:
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises cryptography.fernet.InvalidToken where the secret key is another one."""
        return _lock().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return NEUTRAL

    def get_totp_label(self, user: Any) -> str:
        return NEUTRAL

    def _get_site_name(self) -> str:
        return NEUTRAL


def _lock() -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"one-time codes").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
