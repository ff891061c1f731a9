"""What the documentation's pages show of the OpenAPI document: one operation, its shapes, and a request to copy."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

_SHAPES = "#/components/schemas/"
_TOKEN = "Authorization: Bearer $TRACUU_API_TOKEN"  # noqa: S105 - the name of a variable of a shell


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation (thao tác) of the API.

    Attributes:
        name: Its `operationId`.
        method: `GET` and so on.
        path: Its address below the server's, with `{name}` where a parameter goes.
        about: The Operation Object of OpenAPI 3.1.
    """

    name: str
    method: str
    path: str
    about: Mapping[str, Any]

    @property
    def parameters(self) -> Sequence[Mapping[str, Any]]:
        """Its Parameter Objects."""
        parameters: Sequence[Mapping[str, Any]] = self.about.get("parameters", ())
        return parameters

    @property
    def fields(self) -> list[Mapping[str, Any]]:
        """Its parameters that an address holds, which a form can fill."""
        return [parameter for parameter in self.parameters if parameter["in"] != "header"]

    @property
    def needs_token(self) -> bool:
        """Whether it writes, for which the installation's token is needed."""
        return bool(self.about.get("security"))

    @property
    def body(self) -> tuple[str, str] | None:
        """Media type and text of the body that serves as its example; None when it takes none."""
        for media_type, content in self.about.get("requestBody", {}).get("content", {}).items():
            if "example" in content:
                return media_type, _written(content["example"])
        return None

    @property
    def answer(self) -> str:
        """An answer of it over the sample documents; empty where that is a file."""
        for status in ("200", "201"):
            for content in self.about["responses"].get(status, {}).get("content", {}).values():
                if "example" in content:
                    return _written(content["example"])
        return ""

    def address(self, values: Mapping[str, Sequence[str]]) -> str:
        """The address of a call with some values; those that it does not know and empty ones are left out."""
        path, query = self.path, []
        for field in self.fields:
            given = [value for value in values.get(field["name"], ()) if value.strip()]
            if field["in"] == "path":
                path = path.replace(f"{{{field['name']}}}", quote(" ".join(given), safe=""))
            else:
                query += [(field["name"], value) for value in given]
        return f"{path}?{urlencode(query)}" if query else path

    def command(self, root: str) -> str:
        """A request with its examples, for a shell; `root` is the service's address without a slash at its end."""
        examples = {field["name"]: _values(field["example"]) for field in self.fields if "example" in field}
        words = [f"curl {shlex.quote(root + self.address(examples))}"]
        if self.method != "GET":
            words.append(f"-X {self.method}")
        if self.needs_token:
            words.append(f'-H "{_TOKEN}"')
        if self.body:
            media_type, text = self.body
            words += [f"-H {shlex.quote(f'Content-Type: {media_type}')}", f"--data-binary {shlex.quote(text)}"]
        return " \\\n  ".join(words)


def operations(document: Mapping[str, Any]) -> dict[str, Operation]:
    """The operations of an OpenAPI document by their names, in its order."""
    found = (
        Operation(about["operationId"], method.upper(), path, about)
        for path, methods in document["paths"].items()
        for method, about in methods.items()
    )
    return {operation.name: operation for operation in found}


def shapes_of(operation: Operation, document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The schemas that an operation's bodies are made of, by name, each behind the one that first needs it."""
    schemas = document["components"]["schemas"]
    wanted = [*_references(operation.about.get("requestBody", {})), *_references(operation.about["responses"])]
    shapes: dict[str, Mapping[str, Any]] = {}
    while wanted:
        name = wanted.pop(0)
        if name not in shapes:
            shapes[name] = schemas[name]
            wanted[:0] = _references(schemas[name])
    return shapes


def shape_name(reference: str) -> str:
    """The name of the schema that a `$ref` leads to."""
    return reference.removeprefix(_SHAPES)


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        if "$ref" in part:
            yield shape_name(part["$ref"])
        for name, value in part.items():
            if name != "example":
                yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)


def _values(example: Any) -> list[str]:
    return [str(value) for value in (example if isinstance(example, list) else [example])]


def _written(example: Any) -> str:
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False, indent=2)
