"""Runs the table of `tests/wire/` against this runtime. What the files mean is said in the README beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from msgspec import defstruct

from baselinker_client import ApiRefusal, DecodeError, Mismatch, Object, OpenInt, OpenText, canonical, decode_reply
from baselinker_client._runtime import EMPTY_LIST, EMPTY_MAP
from baselinker_client._runtime.decode import read_fields
from baselinker_client._runtime.parse import parse

if TYPE_CHECKING:
    from decimal import Decimal

WIRE = Path(__file__).parents[3] / "tests" / "wire"
KEYS = {"name", "doc", "type", "wire", "value", "mismatches", "error", "api_error", "exact_integers"}
NAMES = {"money": "decimal", "enum(Star)": "Star", "enum(Source)": "Source"}


class Star(OpenInt):
    NONE = 0
    YELLOW = 1
    RED = 2


class Source(OpenText):
    SHOP = "shop"
    ALLEGRO = "allegro"


class Line(Object, kw_only=True):
    __wire__ = (
        ("line_id", "id!"),
        ("name", "text"),
        ("quantity", "decimal"),
        ("tags", "list(text)"),
        ("prices", "map(id, decimal)"),
        ("pick_state", "int", "pick_state", "pick_status"),
        ("lines", "list(Line)"),
    )

    line_id: int
    name: str | None = None
    quantity: Decimal | None = None
    tags: list[str] = EMPTY_LIST
    prices: dict[int, Decimal] = EMPTY_MAP
    pick_state: int | None = None
    lines: list[Line] = EMPTY_LIST
    extra: dict[str, Any] = EMPTY_MAP


class Page(Object, kw_only=True):
    __wire__ = (("lines", "list(Line)"),)

    lines: list[Line] = EMPTY_LIST
    extra: dict[str, Any] = EMPTY_MAP


def cases() -> list[Any]:
    files = sorted(WIRE.glob("*.json"))
    assert files
    tables = [(file.stem, json.loads(file.read_text(encoding="utf-8"))) for file in files]
    return [
        pytest.param(case.get("type", table["type"]), case, id=f"{name}: {case['name']}")
        for name, table in tables
        for case in table["cases"]
    ]


@pytest.mark.parametrize(("kind", "case"), cases())
def test_the_table(kind: str, case: dict[str, Any]) -> None:
    assert case.keys() <= KEYS
    found = outcome(kind, case["wire"])
    expected = {key: case[key] for key in ("value", "mismatches", "error", "api_error") if key in case}
    if expected.get("error") == {"path": None}:
        assert "error" in found
    else:
        # As text, since to Python 1 is the same as True.
        assert json.dumps(found, sort_keys=True) == json.dumps(expected, sort_keys=True)


def outcome(kind: str, wire: str) -> dict[str, Any]:
    try:
        if kind == "Page":
            page = decode_reply(Page, wire.encode())
            return success(canonical(page.value), page.mismatches)
        body = f'{{"value":{wire}}}'.encode()
        field = read_fields(probe(NAMES.get(kind, kind)), parse(body), body)
    except ApiRefusal as error:
        return {"api_error": {"code": error.code, "message": error.message}}
    except DecodeError as error:
        return {"error": {"path": error.path}}
    return success(canonical(field.value).get("value"), field.mismatches)


def probe(kind: str) -> type[Object]:
    """The object whose one field has the type of a case."""
    described: dict[str, Any] = {"__wire__": (("value", kind),)}
    made: Any = defstruct("Probe", [("value", Any, None)], bases=(Object,), module=__name__, namespace=described)
    return cast("type[Object]", made)


def success(value: Any, mismatches: list[Mismatch]) -> dict[str, Any]:
    found = [{"path": one.path, "expected": one.expected, "found": one.found} for one in mismatches]
    return {"value": value, "mismatches": found} if found else {"value": value}
