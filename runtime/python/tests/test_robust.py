"""What the table of `tests/wire/` cannot say: bytes that are no text, hostile sizes and depths, and damage of every kind.

Whatever is received, what comes of it is a reply, an error that the API reports, or an error of decoding.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import defstruct

from baselinker_client import ApiRefusal, DecodeError, Object, Reply, canonical, decode_reply
from baselinker_client._runtime import EMPTY_LIST, EMPTY_MAP
from baselinker_client._runtime.decode import open_envelope, read_fields
from baselinker_client._runtime.parse import parse
from baselinker_client.methods.orders import GetOrdersReply
from baselinker_client.types import Order

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

DAMAGE = [bytes([byte]) for byte in b'\0"\\{}[]:,0-eu x\x80\xff']
WHOLE = (
    r'{"status":"SUCCESS","id":1,"name":"\u0119\ud83d\ude00","numbers":{"0":"5","1":[1]},"price":1.50,'
    r'"by_name":[{"id":-1.5e3,"k\u0065y":{"a":[null,true,"ż"]}},{"id":-0}],"nodes":[{"id":"7"},false]}'
).encode()


class Node(Object, kw_only=True):
    __wire__ = (
        ("id", "int!"),
        ("name", "text"),
        ("price", "decimal"),
        ("numbers", "list(int)"),
        ("nodes", "list(Node)"),
        ("by_name", "map(text, Node)"),
    )

    id: int
    name: str | None = None
    price: Decimal | None = None
    numbers: list[int] = EMPTY_LIST
    nodes: list[Node] = EMPTY_LIST
    by_name: dict[str, Node] = EMPTY_MAP
    extra: dict[str, Any] = EMPTY_MAP


def wide(name: str, fields: dict[str, str]) -> type[Object]:
    """A class with many fields, none of which has to be there."""
    described: dict[str, Any] = {"__wire__": tuple(fields.items())}
    made: Any = defstruct(name, [(field, Any, None) for field in fields], bases=(Object,), module=__name__, namespace=described)
    return cast("type[Object]", made)


Wide = wide("Wide", {f"f{at}": "text" for at in range(100)})
Wides = wide("Wides", {"wides": "list(Wide)"})


def outcome(body: bytes, make: type[Object] = Node, parser: Callable[[bytes], Any] | None = None) -> Reply[Any] | ApiRefusal | DecodeError:
    """What becomes of a body; anything that is raised but our own errors fails the test."""
    try:
        reply = decode_reply(make, body) if parser is None else read_fields(make, open_envelope(body, parser), body)
    except (ApiRefusal, DecodeError) as error:
        return error
    # What was read can be shown, printed and compared.
    json.dumps(canonical(reply.value), ensure_ascii=False).encode()
    assert repr(reply.value)
    assert reply.value == reply.value
    return reply


def good(body: str) -> Reply[Any]:
    found = outcome(body.encode())
    assert isinstance(found, Reply), found
    return found


def test_bytes_that_are_no_text() -> None:
    error = outcome(b'{"status":"SUCCESS","id":1,"name":"a\xff"}')
    assert isinstance(error, DecodeError)
    assert "it is not UTF-8 text" in str(error)
    for body in (b'{"status":"SUCCESS","id":1,"unknown":"\xc5"}', b"\x1f\x8b\x08\x00\x00", b'\xff\xfe{\0"\0'):
        assert isinstance(outcome(body), DecodeError)


@pytest.mark.parametrize("more", ["", ',"zero":-0', f',"long":{"9" * 5000}'])
@pytest.mark.parametrize("part", [r'"name":"\ud800"', r'"x":"\udc00"', r'"\ud800x":1'])
def test_lone_surrogates_are_no_text(part: str, more: str) -> None:
    assert isinstance(outcome(f'{{"status":"SUCCESS","id":1,{part}{more}}}'.encode()), DecodeError)


@pytest.mark.parametrize("digits", ["9" * 5000, "-" + "9" * 5000, "-0", "1e400", "0." + "0" * 5000 + "1"])
def test_numbers_of_any_length(digits: str) -> None:
    reply = good(f'{{"status":"SUCCESS","id":1,"name":{digits},"price":{digits},"numbers":[{digits},5],"x":{digits}}}')
    assert reply.value.name == digits
    assert reply.value.numbers[-1] == 5


@pytest.mark.parametrize("inner", ['{"id":1}', ""])
@pytest.mark.parametrize(("first", "last"), [("[", "]"), ('{"id":1,"nodes":[', "]}"), ('{"id":1,"by_name":{"a":', "}}"), ('{"x":', "}")])
@pytest.mark.parametrize("depth", [130, 300, 480, 900, 10_000])
def test_depth_does_not_exhaust_the_stack(first: str, last: str, inner: str, depth: int) -> None:
    nest = first * depth + inner + last * depth
    for field in ("id", "name", "numbers", "nodes", "by_name", "unknown"):
        for more in ("", ',"zero":-0'):
            found = outcome(f'{{"status":"SUCCESS","id":1,"{field}":{nest}{more}}}'.encode())
            # Elsewhere it may be no more than a mismatch, unless it is too deep for the parser of this Python.
            assert isinstance(found, DecodeError) or field != "unknown"


@pytest.mark.parametrize("part", ["{}", "[]", '""', "1", '"x"', '{"id":1}', "null", "[[[[[]]]]]", r'"\u0119"'])
@pytest.mark.parametrize("field", ["numbers", "name", "nodes", "by_name", "unknown"])
def test_a_great_deal_of_the_wrong_shape(field: str, part: str) -> None:
    items = ",".join([part] * ((1 << 16) // len(part)))
    found = outcome(f'{{"status":"SUCCESS","id":1,"{field}":[{items}]}}'.encode())
    assert not isinstance(found, Reply) or len(found.mismatches) <= 1000


def test_memory_is_bounded_by_the_size_of_the_reply() -> None:
    def wides(count: int) -> bytes:
        return f'{{"status":"SUCCESS","wides":[{",".join(["{}"] * count)}]}}'.encode()

    error = outcome(wides(100_000), Wides)
    assert isinstance(error, DecodeError)
    assert error.what == "it would take many times its own size in memory"
    reply = outcome(wides(1000), Wides)
    assert isinstance(reply, Reply)
    assert len(reply.value.wides) == 1000


def test_mismatches_are_cut_and_counted() -> None:
    reply = good(f'{{"status":"SUCCESS","id":1,"numbers":[{",".join(["true"] * 3000)}]}}')
    assert (len(reply.mismatches), reply.unlisted) == (1000, 2000)
    assert reply.mismatches[-1].path == "numbers[999]"
    reply = good(f'{{"status":"SUCCESS","id":1,"numbers":"{"ę" * 200}"}}')
    assert len(reply.mismatches[0].found) == 80


def test_a_reply_that_ends_too_early() -> None:
    assert isinstance(outcome(WHOLE), Reply)
    for at in range(len(WHOLE)):
        assert isinstance(outcome(WHOLE[:at]), DecodeError), at


def test_no_damage_raises_anything_else() -> None:
    for at in range(len(WHOLE)):
        for byte in DAMAGE:
            outcome(WHOLE[:at] + byte + WHOLE[at + 1 :])


ORDER = [field[0] for field in Order.__wire__]
FIELDS = ("id", "name", "price", "numbers", "nodes", "by_name", "x")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(FIELDS) | st.text(), inner),
    max_leaves=8,
)


@given(st.binary())
def test_any_bytes(body: bytes) -> None:
    outcome(body)
    outcome(b'{"status":"SUCCESS","id":1,"name":' + body + b"}")


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, JSON)))
def test_any_json(fields: dict[str, Any]) -> None:
    outcome(json.dumps({"status": "SUCCESS", **fields}).encode())


@given(st.lists(st.dictionaries(st.sampled_from(ORDER) | st.text(), JSON, max_size=5), max_size=3))
def test_any_orders(orders: list[Any]) -> None:
    whole = [{"order_id": 1, **order} for order in orders]
    for sent in (orders, whole, [*whole, {"order_id": 2}]):
        body = json.dumps({"status": "SUCCESS", "orders": sent}).encode()
        # Objects that the parser makes are the same as those that readers make.
        assert repr(outcome(body, GetOrdersReply)) == repr(outcome(body, GetOrdersReply, parse))
