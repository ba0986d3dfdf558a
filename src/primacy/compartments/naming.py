"""What a compartment is called where its title may not stand."""

import hashlib


def number_of(id: str) -> str:
    """For members, before it is open: four digits that say nothing."""
    return str(int(hashlib.sha256(id.encode()).hexdigest(), 16) % 9000 + 1000)


def name_in_trail(id: str) -> str:
    """For the audit trail: always the same, and no way back to its address."""
    return f"compartment/{hashlib.sha256(b'trail ' + id.encode()).hexdigest()[:20]}"
