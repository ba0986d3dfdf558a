"""The command line door: each module of this folder is one command, read only when it is asked for."""

import gc
import getpass
import importlib
import os
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import click

from primacy import __version__

if TYPE_CHECKING:
    from primacy.framework.instance import Instance

INTERNAL = 3
WHILE_LOCKED = ("lock-down", "reopen", "audit", "doctor", "compartments")  # of these `compartments` asks once more
LOCKED = "This instance is locked down: nothing of it is told. Headquarters opens it again: primacy reopen --help."
GARBAGE = 200_000  # objects between two looks for garbage: reading modules makes many objects and no garbage


@dataclass(frozen=True)
class Context:
    """What every command is told: the instance folder, and how to speak."""

    instance: "Instance"
    json: bool
    quiet: bool

    def say(self, text: str) -> None:
        """A line for people: not with --quiet, and never between the lines of --json."""
        if not self.quiet and not self.json:
            click.echo(text)

    def need_instance(self, *, whole: bool = True) -> "Instance":
        """The instance, or the one sentence that there is none. Not `whole`: a folder is enough, be it half made or
        broken, for what must work just then, such as keys and the check of the set-up."""
        there = self.instance.exists if whole else self.instance.folder.is_dir()
        if not there:
            raise click.UsageError(f"There is no instance in {self.instance.folder}. `primacy init` makes one.")
        return self.instance

    @property
    def actor(self) -> str:
        """Who stands at the terminal, for the audit trail."""
        return f"{getpass.getuser()} at the terminal"

    def audit(self, deed: str, subject: str, **detail: object) -> None:
        """Enter what a command changed into the instance's audit trail, where it has one yet."""
        if not (self.instance.database.is_file() or self._names_a_server()):
            return
        self.start_django(pages=False)
        from primacy.access.queries import there_is_a_trail
        from primacy.access.services import record

        if there_is_a_trail():
            record(self.actor, deed, subject, detail)

    def _names_a_server(self) -> bool:
        return bool(os.environ.get("PRIMACY_DATABASE_URL")) or self.instance.database_address.is_file()

    def start_django(self, *, pages: bool = True) -> None:
        """For commands that need the database; the others start faster without it, and those that open no page and
        make no table start faster without what only pages need."""
        os.environ["PRIMACY_DATA"] = str(self.instance.folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"primacy.web.settings{'' if pages else '_of_commands'}")
        import django

        django.setup()


class _WithoutPandas:
    """Nothing here needs pandas but Spark; PyArrow would load it for the first list."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError("pandas is not used", name=name)


class Doors(click.Group):
    """Finds commands by the names of files; common options may also stand after the command."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_said(each.name) for each in iter_modules(__path__) if each.name != "tests")

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        modules = {_said(each.name): each.name for each in iter_modules(__path__)}
        if name not in modules:
            return None
        module = importlib.import_module(f"primacy.cli.{modules[name]}")
        command = getattr(module, "command", None) or getattr(module, name.replace("-", "_"))
        assert isinstance(command, click.Command)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, _common_first(args))


def _said(module: str) -> str:
    """A command as it is typed, from the name of its file."""
    return module.rstrip("_").replace("_", "-")


def _common_first(args: list[str]) -> list[str]:
    """`primacy assess --json --data DIR` is `primacy --json --data DIR assess`."""
    first, rest, index = [], [], 0
    while index < len(args):
        each = args[index]
        if each == "--":
            rest += args[index:]
            break
        if each in ("--json", "--quiet") or each.startswith("--data="):
            first.append(each)
        elif each == "--data" and index + 1 < len(args):
            first += [each, args[index + 1]]
            index += 1
        else:
            rest.append(each)
        index += 1
    return first + rest


@click.group(cls=Doors)
@click.option(
    "--data", type=click.Path(path_type=Path), help="The instance folder (or PRIMACY_DATA; else ./primacy-data)."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@click.option("--quiet", is_flag=True, help="Only what was asked for, no progress.")
@click.version_option(__version__, prog_name="primacy")
@click.pass_context
def primacy(ctx: click.Context, data: Path | None, as_json: bool, quiet: bool) -> None:
    """Where a political process stands, how sure that is, and the evidence behind every word."""
    from primacy.framework.instance import Instance

    ctx.obj = Context(Instance.here(data), as_json, quiet)
    if ctx.obj.instance.lock.exists() and ctx.invoked_subcommand not in WHILE_LOCKED:
        raise click.UsageError(LOCKED)


def main() -> None:
    """Run a command. Exit codes: 0 done, 1 the answer is negative, 2 wrong use or bad input, 3 internal."""
    gc.set_threshold(GARBAGE)
    if "spark" not in sys.argv:
        sys.meta_path.insert(0, _WithoutPandas())
    from primacy.framework.problems import FrameworkError
    from primacy.places.errors import BadInput

    try:
        code = primacy.main(prog_name="primacy", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped; nothing was half done.", err=True)
        sys.exit(2)
    except FrameworkError as error:
        click.echo(error.told(_language(sys.argv)), err=True)
        sys.exit(2)
    except BadInput as error:
        click.echo(error.told(_language(sys.argv)), err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:
        if _of_the_database(error):
            said = str(error).strip().split("\n")[0]
            click.echo(f"The database cannot be reached: {said}. `primacy doctor` says more.", err=True)
            sys.exit(2)
        traceback.print_exc()
        click.echo("Something went wrong inside Primacy; the lines above say where.", err=True)
        sys.exit(INTERNAL)


def _language(typed: list[str]) -> str:
    """The one asked for by `--language`, as a command that ended in faults was asked to speak it."""
    spelt = [part for word in typed for part in (word.split("=", 1) if word.startswith("--language=") else [word])]
    places = [place for place, word in enumerate(spelt[:-1]) if word == "--language"]
    return spelt[places[-1] + 1] if places else "en"


def _of_the_database(error: Exception) -> bool:
    """Whether the server of the database did not answer; asked by name, because few commands load Django."""
    kind = type(error)
    return (kind.__module__, kind.__name__) == ("django.db.utils", "OperationalError")
