"""YAML as planners write it: only `true` and `false` are booleans, so that a field may be called `on`; a field written
twice is a fault, because only one of the two would count; a day that does not exist stays the text that it is, so that
the fault is told with the others of its file. A text that turns its direction unseen, or that nobody can read to its
end, is none that two people can sign."""

import re
from typing import Any

import yaml

LONGEST = 10_000  # letters of one text
TURNING = re.compile("[\u202a-\u202e]")
"""What makes text read otherwise than it is kept (Unicode UAX 9, embeddings and overrides)."""


class Twice(yaml.constructor.ConstructorError):
    """A key stands twice in one mapping."""

    def __init__(self, name: str, mark: yaml.Mark) -> None:
        super().__init__(None, None, f"`{name}` stands twice in one place", mark)
        self.name = name


class Turned(yaml.constructor.ConstructorError):
    """A text with a sign that turns its direction."""


class Endless(yaml.constructor.ConstructorError):
    """A text longer than anybody reads."""


class _Loader(yaml.CSafeLoader):
    """YAML 1.2's booleans in a safe loader of YAML 1.1."""

    def construct_scalar(self, node: yaml.ScalarNode | yaml.MappingNode) -> Any:
        if isinstance(node, yaml.ScalarNode):
            self._look_at(node)
        return super().construct_scalar(node)

    def _look_at(self, node: yaml.ScalarNode) -> None:
        if len(node.value) > LONGEST:
            raise Endless(None, None, "a text is too long", node.start_mark)
        if TURNING.search(node.value):
            raise Turned(None, None, "a text turns its direction", node.start_mark)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise Twice(key.value, key.start_mark)
                seen.add(key.value)
        found: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return found


def _day(loader: _Loader, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)
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
