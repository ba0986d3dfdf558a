"""The folder of one mission: where its mission file, framework, evidence, places and assessments lie."""

import os
from dataclasses import dataclass
from pathlib import Path

MISSION = "mission.yaml"
EXERCISE = "exercise.yaml"


@dataclass(frozen=True)
class Instance:
    """Paths inside the folder that `primacy init` makes; nothing here reads or writes."""

    folder: Path

    @classmethod
    def here(cls, folder: Path | str | None = None) -> "Instance":
        """The folder named, else that of the environment variable PRIMACY_DATA, else ./primacy-data."""
        return cls(Path(folder or os.environ.get("PRIMACY_DATA") or "primacy-data").absolute())

    @property
    def exists(self) -> bool:
        return self.mission_file.is_file()

    @property
    def mission_file(self) -> Path:
        return self.folder / MISSION

    @property
    def exercise_file(self) -> Path:
        return self.folder / EXERCISE

    @property
    def is_exercise(self) -> bool:
        """Whether its country is an invented one, to practise on."""
        return self.exercise_file.is_file()

    @property
    def overlay(self) -> Path:
        return self.folder / "framework"

    @property
    def cases(self) -> Path:
        """What the mission's planners expect of its rules, to be tried."""
        return self.folder / "cases"

    @property
    def evidence(self) -> Path:
        return self.folder / "evidence"

    @property
    def places(self) -> Path:
        return self.folder / "places"

    @property
    def calibration(self) -> Path:
        return self.folder / "calibration"

    @property
    def assessments(self) -> Path:
        return self.folder / "assessments"

    def package(self, assessment_id: str) -> Path:
        """What a stored assessment is kept in; it never changes once it is written."""
        return self.assessments / f"{assessment_id}.zip"

    @property
    def comparisons(self) -> Path:
        return self.folder / "comparisons"

    @property
    def pictures(self) -> Path:
        return self.folder / "pictures"

    @property
    def attachments(self) -> Path:
        return self.folder / "attachments"

    @property
    def database(self) -> Path:
        """The file of SQLite; where the mission has a server of PostgreSQL, there is none."""
        return self.folder / "primacy.sqlite3"

    @property
    def database_address(self) -> Path:
        """Names the server of PostgreSQL; where there is no such file, records are in SQLite."""
        return self.folder / "database.url"

    @property
    def mail_file(self) -> Path:
        return self.folder / "mail.yaml"

    @property
    def keys(self) -> Path:
        return self.folder / "secret.key"

    @property
    def signing_key(self) -> Path:
        return self.folder / "signing.key"

    @property
    def compartments(self) -> Path:
        return self.folder / "compartments"

    @property
    def lock(self) -> Path:
        """The file that is there while the instance is locked down."""
        return self.folder / "locked-down"
