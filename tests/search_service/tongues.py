"""What of ours the pages can show, found in templates and code."""

import ast
from collections.abc import Iterator
from pathlib import Path

from jinja2.lexer import TOKEN_DATA, TOKEN_NAME, TOKEN_STRING, Lexer, TokenStream

from search_service.tongues.said import core
from search_service.tongues.templates import Words

_COUNTING = "{count}"
ROOM = Path(__file__).parents[2] / "search_service"
TEMPLATES = sorted((ROOM / "templates").glob("*.html"))


def is_vietnamese(text: str) -> bool:
    """Whether a text has a letter that English lacks."""
    return any(letter.isalpha() and not letter.isascii() for letter in text)


def words_of_template(lexer: Lexer, path: Path) -> list[str]:
    """Every text of a template that is looked up: all of its markup's, and the Vietnamese in its expressions."""
    found: list[str] = []

    def note(text: str) -> str:
        found.append(text)
        return text

    words = Words(note)
    before = ""
    for token in stream(lexer, path):
        if token.type == TOKEN_NAME:
            before = token.value
        # The block `kind` holds a class.
        if token.type == TOKEN_DATA and before != "kind":
            words.of(token.value)
        elif token.type == TOKEN_STRING and is_vietnamese(token.value):
            found.append(token.value)
    return [text if _COUNTING in text else " ".join(core(text).split()) for text in found if core(text)]


def stream(lexer: Lexer, path: Path) -> TokenStream:
    return lexer.tokenize(path.read_text(encoding="utf-8"), path.name)


def words_of_code(path: Path) -> Iterator[str]:
    """The first argument of each `Said`, and each text of a table in `terms`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            if node.func.id == "Said":
                yield from texts(node.args[0])
            elif node.func.id == "terms" and isinstance(node.args[0], ast.Dict):
                for value in node.args[0].values:
                    yield from texts(value)


def texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and is_vietnamese(node.value):
        yield node.value
