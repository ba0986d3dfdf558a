"""How e-mail is sent, as `mail.yaml` in the instance folder says; without that file none is ever sent.

host: mail.example.org      # of the mission's own mail server
security: tls               # tls, starttls, or none, which only the machine itself may use
port: 465
user: primacy               # may be left out
password_file: mail.secret  # a file beside it that holds the password and nothing else
sender: primacy@example.org
domains: [example.org]      # addresses outside these get nothing
site: https://primacy.example.org
"""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from primacy.framework.instance import Instance
from primacy.framework.yaml_files import read_yaml

OWN_MACHINE = ("localhost", "127.0.0.1", "::1")


class Mail(BaseModel):
    """Where mail goes out, and to whom it may go."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str
    port: int = Field(default=465, ge=1, le=65_535)
    security: Literal["tls", "starttls", "none"] = "tls"
    user: str = ""
    password_file: str = ""
    sender: str = Field(pattern=r"^[^\s@]+@[^\s@]+$")
    domains: tuple[str, ...] = Field(min_length=1)
    site: str = Field(pattern=r"^https?://\S+$")
    password: str = Field(default="", repr=False)

    @model_validator(mode="after")
    def _in_secret(self) -> Self:
        if self.security == "none" and self.host not in OWN_MACHINE:
            raise ValueError("mail leaves the machine encrypted: write `security: tls` or `starttls`")
        if self.password:
            raise ValueError("the password lies in a file of its own: write `password_file`")
        return self


def mail_settings(instance: Instance) -> Mail | None:
    """None where the instance has no mail.yaml. Raises ValueError for one that cannot be used."""
    if not instance.mail_file.is_file():
        return None
    mail = Mail.model_validate(read_yaml(instance.mail_file.read_bytes()))
    lowered = tuple(each.lower().removeprefix("@") for each in mail.domains)
    password = _password(instance.folder / mail.password_file) if mail.password_file else ""
    return mail.model_copy(update={"domains": lowered, "password": password})


def _password(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ValueError(f"mail.yaml names a file of the password that cannot be read: {path.name}") from error
