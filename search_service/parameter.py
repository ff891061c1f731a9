"""A parameter of an address (tham số): how it is read, what is said when it is wrong, how it is documented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from search_service.tongues.said import Said

_LONGEST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ParameterError:
    """One thing wrong with a parameter (tham số).

    Attributes:
        name: The parameter.
        value: What was given, shortened.
        allowed: What is allowed, in Vietnamese.
        wrong: What is wrong, in Vietnamese: a whole sentence, which the other three complete.
    """

    name: str
    value: str
    allowed: str
    wrong: str

    @classmethod
    def of_value(cls, name: str, value: str, allowed: str) -> ParameterError:
        """A value that the parameter does not take."""
        shown = shortened(value)
        wrong = Said("Tham số “{name}” có giá trị “{value}” không hợp lệ.", name=name, value=shown)
        return cls(name, shown, allowed, wrong)

    @property
    def message(self) -> str:
        """The whole of it."""
        return Said("{wrong} Được phép: {allowed}.", wrong=self.wrong, allowed=self.allowed)


class InvalidParameters(ValueError):
    """Parameters cannot be read; `errors` has one entry for each thing wrong."""

    def __init__(self, *errors: ParameterError) -> None:
        self.errors = errors
        super().__init__(" ".join(error.message for error in errors))


class NotAllowed(ValueError):
    """A value is wrong; the message says what is allowed."""


class Parameter:
    """A parameter that may be given once.

    Attributes:
        name: Its name in the address.
        repeatable: Whether it may be given several times.
        description: What it means, in Vietnamese.
        schema: Its values, as JSON Schema.
    """

    repeatable: ClassVar[bool] = False

    def __init__(self, name: str, description: str, schema: dict[str, Any]) -> None:
        self.name = name
        self.description = description
        self.schema = schema

    def parse(self, value: str) -> Any:
        """The value's meaning.

        Raises:
            NotAllowed: It has none.
        """
        return value

    def read(self, values: Sequence[str]) -> Any:
        """The meaning of all the values given; None when there are none but empty ones.

        Raises:
            InvalidParameters: A value is wrong, or there are too many.
        """
        given = [value for value in values if value.strip()]
        if len(given) > 1:
            wrong = Said("Tham số “{name}” có nhiều giá trị.", name=self.name)
            raise InvalidParameters(ParameterError(self.name, shortened(given[1]), Said("một giá trị"), wrong))
        return self._parse(given[0]) if given else None

    def document(self) -> dict[str, Any]:
        """The parameter as an OpenAPI Parameter Object."""
        return {
            "name": self.name,
            "in": "query",
            "required": False,
            "description": self.description,
            "schema": self.schema,
        }

    def _parse(self, value: str) -> Any:
        try:
            return self.parse(value.strip())
        except NotAllowed as error:
            raise InvalidParameters(ParameterError.of_value(self.name, value, error.args[0])) from error


def shortened(value: str) -> str:
    """A value as an error message shows it."""
    value = value.encode(errors="replace").decode()
    return value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"
