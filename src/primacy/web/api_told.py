"""The description of the programming interface, put in order for a page: groups of operations, each with what it takes
and what it answers. Pure: the OpenAPI document in, what a template shows out."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Tree = Mapping[str, Any]
SCHEMAS = "#/components/schemas/"
DEEPEST = 5  # shapes inside shapes in the example of an answer
UNSAFE = ("post", "put", "patch", "delete")
LIKELY: Tree = {
    "string": "…", "integer": 1, "number": 0.5, "boolean": False, "date": "2026-01-31",
    "date-time": "2026-01-31T08:00:00Z", "uuid": "0b7b9d4e-2f57-4c5e-9a55-4d4b3e0f9f11", "object": {},
}  # fmt: skip
"""What stands for a part without an example, by its format or type."""


@dataclass(frozen=True)
class Taken:
    """A parameter: where it stands (path, query), what it is, and an example as it is written."""

    name: str
    where: str
    kind: str
    needed: bool
    about: str
    example: str


@dataclass(frozen=True)
class Told:
    """One operation. `link`: its address, where it can be opened as it stands."""

    id: str
    method: str
    path: str
    title: str
    about: str
    taken: tuple[Taken, ...]
    body: str
    answer: str
    link: str

    @property
    def command(self) -> str:
        """What a terminal asks it with; the site's own address comes before the path."""
        sends = "" if self.method == "GET" else f" -X {self.method}"
        body = " -H 'Content-Type: application/json' -d @body.json" if self.body else ""
        return f'curl -sS{sends} -H "Authorization: Bearer $PRIMACY_TOKEN"{body}'


def groups(document: Tree) -> list[tuple[str, list[Told]]]:
    """The operations by their first tag, in the order of the document."""
    found: dict[str, list[Told]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append(_told(document, path, method, operation))
    return list(found.items())


def _told(document: Tree, path: str, method: str, operation: Tree) -> Told:
    taken = tuple(_taken(document, each) for each in operation.get("parameters", ()))
    whole = not any(each.needed for each in taken)
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return Told(
        operation["operationId"], method.upper(), path, operation["summary"], operation.get("description", ""), taken,
        _written(example_of(document, body)) if body else "", _answer(document, operation["responses"]),
        path if whole and method not in UNSAFE else "",
    )  # fmt: skip


def _taken(document: Tree, parameter: Tree) -> Taken:
    schema = parameter["schema"]
    example = parameter.get("example", schema.get("example", next(iter(schema.get("examples", ())), "")))
    return Taken(
        parameter["name"], parameter["in"], kind_of(document, schema), bool(parameter.get("required")),
        parameter.get("description", schema.get("description", "")), str(example),
    )  # fmt: skip


def _answer(document: Tree, responses: Tree) -> str:
    """An example of what comes when it went well: of JSON its shape, of files nothing."""
    well: Tree = next((each for status, each in responses.items() if str(status).startswith("2")), {})
    schema = well.get("content", {}).get("application/json", {}).get("schema")
    return _written(example_of(document, schema)) if schema else ""


def _written(example: object) -> str:
    return json.dumps(example, ensure_ascii=False, indent=2)


def kind_of(document: Tree, schema: Tree) -> str:
    """What may stand there, in the words of the description: `string`, `array of string`, `"csv" or "parquet"`.

    >>> kind_of({}, {"anyOf": [{"type": "integer"}, {"type": "null"}]})
    'integer'
    """
    if choices := schema.get("enum"):
        return " or ".join(f'"{each}"' for each in choices)
    if "const" in schema:
        return f'"{schema["const"]}"'
    if "$ref" in schema:
        return kind_of(document, _referred(document, schema["$ref"]))
    if either := schema.get("anyOf", schema.get("oneOf", schema.get("allOf"))):
        return " or ".join(dict.fromkeys(kind_of(document, each) for each in either if each.get("type") != "null"))
    if schema.get("type") == "array":
        return f"array of {kind_of(document, schema.get('items', {}))}"
    return str(schema.get("format", schema.get("type", "")))


def example_of(document: Tree, schema: Tree, depth: int = 0) -> Any:
    """What such a thing looks like: the example that is given, else one made of the examples of its parts."""
    if "example" in schema:
        return schema["example"]
    if schema.get("examples"):
        return schema["examples"][0]
    if "$ref" in schema:
        return example_of(document, _referred(document, schema["$ref"]), depth)
    if either := schema.get("anyOf", schema.get("oneOf", schema.get("allOf"))):
        return example_of(document, next((each for each in either if each.get("type") != "null"), {}), depth)
    if depth > DEEPEST:
        return None
    if schema.get("type") == "array":
        return [example_of(document, schema.get("items", {}), depth + 1)]
    if "properties" in schema:
        return dict(_parts(document, schema, depth))
    likely = LIKELY.get(schema.get("format", schema.get("type", "")))
    return schema.get("default") or schema.get("const", next(iter(schema.get("enum", ())), likely))


def _parts(document: Tree, schema: Tree, depth: int) -> Iterator[tuple[str, Any]]:
    for name, each in schema["properties"].items():
        yield name, example_of(document, each, depth + 1)


def _referred(document: Tree, reference: str) -> Tree:
    found: Tree = document["components"]["schemas"][reference.removeprefix(SCHEMAS)]
    return found
