"""Open enums: the documented values are members, and a value that nobody documented is kept like one."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

_Member = TypeVar("_Member", bound="Enum")


def _other(value: object, member: _Member) -> _Member:
    member._name_ = f"OTHER_{value}"
    member._value_ = value
    return member


class OpenText(str, Enum):
    """A set of texts. What is not documented is kept: `is_documented` tells it apart."""

    @classmethod
    def _missing_(cls, value: object) -> OpenText | None:
        return _other(value, str.__new__(cls, value)) if isinstance(value, str) else None

    @property
    def is_documented(self) -> bool:
        """Whether the documentation names this value."""
        return self._name_ in self.__class__.__members__

    # Python 3.10 and 3.12 print members of mixed enums differently; the value is what goes into texts.
    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, form: str) -> str:
        return str.__format__(self, form)


class OpenInt(int, Enum):
    """A set of numbers. What is not documented is kept: `is_documented` tells it apart."""

    @classmethod
    def _missing_(cls, value: object) -> OpenInt | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        return _other(value, int.__new__(cls, value))

    @property
    def is_documented(self) -> bool:
        """Whether the documentation names this value."""
        return self._name_ in self.__class__.__members__

    def __str__(self) -> str:
        return int.__repr__(self)

    def __format__(self, form: str) -> str:
        return int.__format__(self, form)
