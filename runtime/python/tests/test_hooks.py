"""Hooks see all that happens to a call, and nothing that they do touches it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callers import CLOSED, ERROR, caller, writer
from fakes import API, OK, Blocked, Fake, add, get
from worlds import GIVEN_UP, Call, GiveUp, Raw

from baselinker_client import Observer, Reply, RetryPolicy

if TYPE_CHECKING:
    from collections.abc import Generator

    import pytest
    from worlds import World

    from baselinker_client import BaseLinkerError, BlockInfo, CallEnd, CallInfo


class Notes(Observer):
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def before_call(self, call: CallInfo) -> None:
        self._add("before", call)

    def waiting(self, call: CallInfo) -> None:
        self._add("waiting", call)

    def blocked(self, call: CallInfo, block: BlockInfo) -> None:
        self._add(f"blocked {block.retry_after / 60:.0f}m", call)

    def sending(self, call: CallInfo) -> None:
        self._add("sending", call)

    def retrying(self, call: CallInfo, error: BaseLinkerError, delay: float) -> None:
        assert delay <= 1
        self._add(f"retrying ({error.kind})", call)

    def after_call(self, call: CallInfo, end: CallEnd) -> None:
        outcome = end.outcome if isinstance(end.outcome, str) else f"failed ({end.outcome.kind})"
        assert end.waited <= end.took
        self._add(f"after {end.waited / 60:.0f}m {outcome}", call)

    def take(self) -> list[str]:
        """What was written down since."""
        notes, self.notes = self.notes, []
        return notes

    def _add(self, what: str, call: CallInfo) -> None:
        self.notes.append(f"{what} {call.method} {call.access} {call.attempt}")


def test_everything_is_told(world: World) -> None:
    notes = Notes()
    fake = Fake(["not JSON", Blocked(300), OK, OK, (500, ERROR)])
    client = world.client(fake, "5-told", api=API, calls_per_minute=3, observers=[notes])

    def all_of_it() -> Generator[Any, Any, None]:
        yield Call(client, get())
        yield Raw(client, "send", {"password": "x"})
        yield Call(client, add())

    world.run(all_of_it())
    assert notes.take() == [
        "before get read 0",
        "sending get read 1",
        "retrying (decode) get read 1",
        "sending get read 2",
        "blocked 5m get read 2",
        "sending get read 3",
        "after 5m answered get read 3",
        "before send write 0",
        "sending send write 1",
        "after 0m answered send write 1",
        "before add write 0",
        "sending add write 1",
        "after 0m failed (ERROR_STORAGE_ID) add write 1",
    ]


def test_failed_and_given_up_calls_are_told(world: World) -> None:
    notes = Notes()
    client = world.client(Fake([CLOSED], back=9), "5-failed", api=API, retry=RetryPolicy.NONE, observers=[notes])
    world.run(caller(client))
    assert notes.take() == ["before get read 0", "sending get read 1", "after 0m failed (transport: closed) get read 1"]

    def impatient() -> Generator[Any, Any, Any]:
        return (yield GiveUp(Call(client, get()), 1))

    assert world.run(impatient()) == [GIVEN_UP]
    assert notes.take() == ["before get read 0", "sending get read 1", "after 0m dropped get read 1"]


class Broken(Observer):
    """Fails whatever it is told."""

    def before_call(self, call: CallInfo) -> None:
        raise RuntimeError(f"cannot note {call.method}")

    def sending(self, call: CallInfo) -> None:
        raise RuntimeError(f"cannot note attempt {call.attempt}")

    def after_call(self, call: CallInfo, end: CallEnd) -> None:
        raise RuntimeError(f"cannot note {call.method} after {end.took}")


def test_a_hook_that_fails_does_not_touch_the_call(world: World, caplog: pytest.LogCaptureFixture) -> None:
    notes, shown = Notes(), '{"status":"ERROR","error_code":"ERROR_X","error_message":"jan@example.com"}'
    fake = Fake([OK, shown])
    client = world.client(fake, "5-broken", api=API, observers=[Broken(), notes])
    [reply] = world.run(writer(client))
    assert isinstance(reply, Reply)
    assert notes.take() == ["before add write 0", "sending add write 1", "after 0m answered add write 1"]
    # It is not lost, and the traceback does not drag the error of the call into the log.
    world.run(writer(client))
    assert caplog.text.count("a hook of Broken failed") == 6
    assert "RuntimeError: cannot note add" in caplog.text
    assert "jan@" not in caplog.text
    assert len(fake.calls) == 2
