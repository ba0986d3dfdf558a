"""YAML as planners write it: only `true` and `false` are booleans, so that a field may be called `on`; a field written
twice is a fault, because only one of the two would count; a day that does not exist stays the text that it is, so that
the fault is told with the others of its file. A text that turns its direction unseen, or that nobody can read to its
end, is none that two people can sign."""

import re
from typing import Any

import yaml

LONGEST = 10_000  # letters of one text
DEEPEST = 60  # lists and mappings inside one another
BRACKET = re.compile(r"[\[\]{}]")
FAR_IN = re.compile(rf"^[ -]{{{2 * (DEEPEST + 1)}}}", re.MULTILINE)
"""Each level stands at least two signs further in, be it spaces or the strokes of lists."""
UNSEEN = re.compile("[\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u200b\\u2060\\ufeff\\u202a-\\u202e]")
"""What nobody sees, and a text that has it reads otherwise than it is kept: control signs, spaces without width, what
turns the direction (Unicode UAX 9, embeddings and overrides). What joins letters or parts them belongs to scripts."""


class Twice(yaml.constructor.ConstructorError):
    """A key stands twice in one mapping."""

    def __init__(self, name: str, mark: yaml.Mark) -> None:
        super().__init__(None, None, f"`{name}` stands twice in one place", mark)
        self.name = name


class Unseen(yaml.constructor.ConstructorError):
    """A text with a sign that nobody sees."""


class TooDeep(yaml.constructor.ConstructorError):
    """More inside one another than anybody writes."""


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
        if UNSEEN.search(node.value):
            raise Unseen(None, None, "a text has a sign that nobody sees", node.start_mark)

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
    _look_at_depth(content)
    return yaml.load(content, Loader=_Loader)  # noqa: S506 - a safe loader


def _look_at_depth(content: str | bytes) -> None:
    """Raises TooDeep with the place. Events are read one by one, so that no depth is too deep for this."""
    text = content if isinstance(content, str) else content.decode("utf-8", "replace")
    if not _may_be_deep(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise TooDeep(None, None, "too deep", event.start_mark)  # type: ignore[arg-type]  # of the reader in C


def _may_be_deep(text: str) -> bool:
    """Whether so many brackets are open, or a line stands so far in: a quick look that most texts pass."""
    depth = 0
    for bracket in BRACKET.findall(text):
        depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
        if depth > DEEPEST:
            return True
    return FAR_IN.search(text) is not None


def refers_to_itself(content: str | bytes) -> bool:
    """Whether parts are named and repeated (&, *): a few lines of them can stand for millions.

    Raises yaml.YAMLError with the place of the fault.
    """
    return any(isinstance(token, yaml.AliasToken) for token in yaml.scan(content, Loader=_Loader))


def compose_yaml(content: str | bytes) -> yaml.Node | None:
    """The tree with its line numbers."""
    node: yaml.Node | None = yaml.compose(content, Loader=_Loader)
    return node
