"""A blocked token, in the time of a world: nobody calls until the block is over, then one call goes first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from callers import CLOSED, PATIENT, assert_replies, assert_waited, caller, writer
from fakes import API, OK, Blocked, Fake, get
from worlds import GIVEN_UP, Call, GiveUp, Sleep

from baselinker_client import BlockedError, Reply, RetryPolicy

if TYPE_CHECKING:
    from collections.abc import Generator

    from worlds import World


def test_a_block_is_waited_out_by_reads_and_writes(world: World) -> None:
    fake = Fake([Blocked(300), Blocked(500)])
    [reply] = world.run(writer(world.client(fake, "2-waits", api=API)))
    assert isinstance(reply, Reply)
    assert_waited(fake.times[1] - fake.times[0], 300)
    assert_waited(fake.times[2] - fake.times[1], 500)
    assert fake.methods == ["add", "add", "add"]


def test_a_block_holds_all_clients_of_the_token_and_a_probe_goes_first(world: World) -> None:
    fake, token = Fake([Blocked(120), Blocked(60)], back=5), "2-all"
    first, others = (world.client(fake, token, api=API) for _ in range(2))
    elsewhere = world.client(Fake(), "2-other", api=API)
    assert_replies(world.run(caller(first), *(caller(others, after=6) for _ in range(30)), caller(elsewhere, after=6)))
    times = fake.times
    # The first call, the probe that is refused, the probe that is not, and five seconds later all the others.
    assert len(times) == 33
    assert_waited(times[1] - times[0], 120)
    assert_waited(times[2] - times[1], 60)
    assert all(time == pytest.approx(times[2] + 5) for time in times[3:])


def test_a_deadline_that_comes_first_is_an_error_at_once(world: World) -> None:
    fake = Fake([Blocked(600)])
    client = world.client(fake, "2-deadline", api=API, retry=RetryPolicy(deadline=60))
    [errors] = world.run(caller(client, 3))
    for error in errors:
        assert isinstance(error, BlockedError)
        assert error.is_without_effect
        assert not error.is_timeout
        assert f"send it again after {error.until}" in str(error)
        assert_waited(error.retry_after, 600)
    assert (world.now, len(fake.calls)) == (0, 1)
    assert_replies(world.run(caller(client.with_options(retry=RetryPolicy()))))
    assert_waited(world.now, 600)


def test_those_who_wait_for_their_turn_are_told(world: World) -> None:
    fake, retry = Fake([Blocked(600)], back=3), RetryPolicy(deadline=300)
    client = world.client(fake, "2-queue", api=API, calls_per_minute=1, retry=retry)
    for [error] in world.run(*(caller(client) for _ in range(5))):
        assert isinstance(error, BlockedError)
    assert (world.now, len(fake.calls)) == (3, 1)


def test_who_does_not_wait_out_blocks_fails_at_once(world: World) -> None:
    fake = Fake([Blocked(600)])
    client = world.client(fake, "2-none", api=API, retry=RetryPolicy.NONE)
    [errors] = world.run(caller(client, 3))
    assert [type(error) for error in errors] == [BlockedError] * 3
    assert len(fake.calls) == 1
    assert_replies(world.run(caller(client, after=612)))


def test_a_probe_that_comes_to_nothing(world: World) -> None:
    fake = Fake([Blocked(10), OK, CLOSED], back=100)
    client = world.client(fake, "2-probe", api=API, timeout=200)
    [[error]] = world.run(caller(client.with_options(retry=RetryPolicy.NONE)))
    assert isinstance(error, BlockedError)
    sent: list[int] = []

    def probe() -> Generator[Any, Any, Any]:
        yield Sleep(20)
        return (yield GiveUp(Call(client, get()), 2))

    def watch() -> Generator[Any, Any, None]:
        for _ in range(2):
            yield Sleep(21.5)
            sent.append(len(fake.calls))

    # The probe is given up after two seconds, and one of those who wait takes its place; that one gets no answer.
    [given_up, _, *others] = world.run(probe(), watch(), *(caller(client, after=21) for _ in range(3)))
    assert given_up is GIVEN_UP
    assert_replies(others)
    assert (sent, len(fake.calls)) == ([2, 3], 6)


def test_a_block_that_should_be_over(world: World) -> None:
    fake = Fake([Blocked(-30)] * 10)
    client = world.client(fake, "2-past", api=API, retry=RetryPolicy(deadline=3600))
    assert_replies(world.run(caller(client)))
    assert len(fake.calls) == 11
    # 1 + 2 + 4 .. + 512, and a little more.
    assert 1023 <= world.now < 1150


def test_a_limit_set_wrongly_loses_nothing(world: World) -> None:
    fake = Fake(limit=100)
    client = world.client(fake, "2-wrong", api=API, calls_per_minute=130, retry=PATIENT)
    assert_replies(world.run(*(caller(client) for _ in range(500))))
    assert len(fake.calls) - fake.refused == 500
    assert fake.refused <= 30 * 4
