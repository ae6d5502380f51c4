"""What a client refuses to send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes import API, Fake, add, get
from worlds import Call, Raw

from baselinker_client import Refusal, RefusedError, Reply

if TYPE_CHECKING:
    from collections.abc import Generator

    from worlds import World


def test_only_what_is_allowed_is_sent(world: World) -> None:
    fake = Fake()
    client = world.client(fake, "4-allow", api=API, allow=["get", "getOther"])

    def all_of_it() -> Generator[Any, Any, list[Any]]:
        return [(yield Call(client, get())), (yield Raw(client, "getOther")), (yield Call(client, add())), (yield Raw(client, "add"))]

    [[_, _, *errors]] = world.run(all_of_it())
    assert [str(error) for error in errors] == ["add: not sent, because the client may not call it; name it in `allow`"] * 2
    assert fake.methods == ["get", "getOther"]


def test_a_client_that_only_reads(world: World) -> None:
    fake = Fake()
    client = world.client(fake, "4-read", api=API, read_only=True, allow=["add", "get", "getUnknown"])

    def all_of_it() -> Generator[Any, Any, list[Any]]:
        return [(yield Call(client, add())), (yield Raw(client, "getUnknown")), (yield Call(client, get()))]

    [[write, unknown, read]] = world.run(all_of_it())
    for error in (write, unknown):
        assert isinstance(error, RefusedError)
        assert error.why is Refusal.READ_ONLY
    assert str(write) == "add: not sent, because the client is read-only; call by one without `read_only`"
    assert isinstance(read, Reply)
    assert fake.methods == ["get"]
