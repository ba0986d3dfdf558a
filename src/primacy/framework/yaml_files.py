"""YAML as planners write it: only `true` and `false` are booleans, so that a field may be called `on`."""

import re
from typing import Any

import yaml


class _Loader(yaml.CSafeLoader):
    """YAML 1.2's booleans in a safe loader of YAML 1.1."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|false|False)$"), list("tTfF"))


def read_yaml(content: str | bytes) -> Any:
    """Raises yaml.YAMLError with the place of the fault."""
    return yaml.load(content, Loader=_Loader)  # noqa: S506 - a safe loader


def refers_to_itself(content: str | bytes) -> bool:
    """Whether parts are named and repeated (&, *): a few lines of them can stand for millions.

    Raises yaml.YAMLError with the place of the fault.
    """
    return any(isinstance(token, yaml.AliasToken) for token in yaml.scan(content, Loader=_Loader))


def compose_yaml(content: str | bytes) -> yaml.Node | None:
    """The tree with its line numbers."""
    node: yaml.Node | None = yaml.compose(content, Loader=_Loader)
    return node
