"""Where people may sign in besides: the mission's provider of OpenID Connect, if it has one.

It is told in `sign-in.yaml` of the instance folder (or in the file that PRIMACY_SIGN_IN_FILE names), never in the
mission file, which many read: it holds a secret and must be for its owner alone. Without it, no other host is asked.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from primacy.framework.instance import Instance
from primacy.framework.yaml_files import read_yaml
from primacy.places.errors import BadInput

FILE = "sign-in.yaml"
NEAR = ("localhost", "127.0.0.1", "::1")


class Provider(BaseModel):
    """`asks_second`: the provider itself asks for a second factor, so Primacy need not."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(default="provider", pattern=r"^[a-z][a-z0-9-]{0,29}$")
    name: str = Field(min_length=1, max_length=60)
    server: str
    client: str = Field(min_length=1)
    secret: str = Field(min_length=1, repr=False)
    asks_second: bool = False

    @field_validator("server")
    @classmethod
    def _speaks_https(cls, server: str) -> str:
        parts = urlsplit(server)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in NEAR):
            raise ValueError("must begin with https://")
        return server.rstrip("/")


def provider(instance: Instance, environment: Mapping[str, str]) -> Provider | None:
    """Raises BadInput, which never quotes the secret, for a file that others can read or that is not understood."""
    file = Path(environment.get("PRIMACY_SIGN_IN_FILE") or instance.folder / FILE)
    if not file.is_file():
        return None
    if file.stat().st_mode & 0o077:
        raise BadInput(
            "others on this machine can read the secret of the provider", str(file), "chmod 600, and get a new secret"
        )
    try:
        return Provider.model_validate(read_yaml(file.read_bytes()))
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise BadInput(told, str(file), "docs/how-to/sign-in.md shows the whole file") from None


def for_allauth(found: Provider | None) -> dict[str, Any]:
    """The provider as django-allauth wants to be told of it."""
    if found is None:
        return {}
    app = {
        "provider_id": found.id, "name": found.name, "client_id": found.client, "secret": found.secret,
        "settings": {"server_url": found.server},
    }  # fmt: skip
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
