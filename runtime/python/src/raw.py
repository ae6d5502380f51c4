"""Finds the text of single values in a reply that was parsed already: reports show what was there, and come in its order.

Only replies with something to report are looked at again, so that all others need not keep places.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    Step = str | int | tuple[str]

_DECODER: Final = json.JSONDecoder(parse_int=str, parse_float=str)
_WHITE: Final = " \t\n\r"


class Place:
    """A place in a reply: the reports about it, and the places below it."""

    __slots__ = ("below", "reports")

    def __init__(self) -> None:
        """Begins with nothing to report."""
        self.below: dict[str | int, Place] = {}
        self.reports: list[int] = []


def locate(text: str, paths: Sequence[Sequence[Step]]) -> list[tuple[int, int]]:
    """Where values begin and end.

    Args:
        text: The reply, which is JSON.
        paths: Steps from the whole to each value: keys, or positions.
    """
    root = Place()
    for at, path in enumerate(paths):
        place = root
        for step in path:
            place = place.below.setdefault(step[0] if isinstance(step, tuple) else step, Place())
        place.reports.append(at)
    found = [(0, 0)] * len(paths)
    _walk(text, _skip(text, 0), root, found)
    return found


def _walk(text: str, start: int, place: Place, found: list[tuple[int, int]]) -> int:
    """Notes the places of a value and of what is wanted below it; gives the end of the value.

    Where a key is doubled the last one is meant, and an earlier one may be of any shape.
    """
    if place.below and text[start] == "{":
        end = _walk_object(text, start, place, found)
    elif place.below and text[start] == "[":
        end = _walk_list(text, start, place, found)
    else:
        _, end = _DECODER.raw_decode(text, start)
    for at in place.reports:
        found[at] = (start, end)
    return end


def _walk_list(text: str, start: int, place: Place, found: list[tuple[int, int]]) -> int:
    at, position = _skip(text, start + 1), 0
    while text[at] != "]":
        # Positions are the keys of a map that was sent as a list.
        below = place.below.get(position) or place.below.get(str(position))
        at = _skip(text, _value(text, at, below, found))
        at = _skip(text, at + 1) if text[at] == "," else at
        position += 1
    return at + 1


def _walk_object(text: str, start: int, place: Place, found: list[tuple[int, int]]) -> int:
    is_list = isinstance(next(iter(place.below)), int)
    if is_list and not all(key.isascii() and key.isdigit() for key in _DECODER.raw_decode(text, start)[0]):
        # The only item of a list, without the list.
        return _walk(text, start, place.below.get(0, Place()), found)
    at, position = _skip(text, start + 1), 0
    while text[at] != "}":
        key, at = _DECODER.raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)
        at = _skip(text, _value(text, at, place.below.get(position if is_list else key), found))
        at = _skip(text, at + 1) if text[at] == "," else at
        position += 1
    return at + 1


def _value(text: str, at: int, below: Place | None, found: list[tuple[int, int]]) -> int:
    if below is not None:
        return _walk(text, at, below, found)
    end: Any = _DECODER.raw_decode(text, at)[1]
    return int(end)


def _skip(text: str, at: int) -> int:
    """The next place that is no white space."""
    while text[at : at + 1] in _WHITE and at < len(text):
        at += 1
    return at
