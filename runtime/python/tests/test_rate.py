"""Limits, in the time of a world: no minute has more calls than allowed, as the API counts them; and hardly fewer, if there are enough."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest
from callers import CONNECT, PATIENT, assert_replies, caller
from fakes import API, MINUTE, Fake, get
from worlds import GIVEN_UP, Call, GiveUp, Sleep

from baselinker_client import ConfigError, Refusal, RefusedError, Reply, RetryPolicy, SlidingWindow

if TYPE_CHECKING:
    from collections.abc import Generator

    from worlds import World


@pytest.mark.parametrize(("there", "back"), [(0, 0.001), (0.05, 0.25), (0.3, 0), (0, 0.45)])
def test_a_thousand_calls_at_the_rate_that_is_allowed(world: World, there: float, back: float) -> None:
    fake = Fake(there=there, back=back)
    client = world.client(fake, f"1-rate-{there}-{back}", api=API, retry=PATIENT)
    assert_replies(world.run(*(caller(client, 10) for _ in range(100))))
    assert len(fake.calls) == 1000
    assert fake.busiest_minute() == 100
    # The first hundred go at once, and the tenth hundred nine minutes later.
    assert 9 * MINUTE <= world.now < 9 * MINUTE / 0.99


def test_a_network_that_gets_faster_does_not_squeeze_calls_together(world: World) -> None:
    fake = Fake(there=20)
    client = world.client(fake, "1-squeeze", api=API, retry=PATIENT)
    assert_replies(world.run(*(caller(client, 10) for _ in range(10))))
    fake.there = 0
    assert_replies(world.run(*(caller(client, 10) for _ in range(20))))
    assert len(fake.calls) == 300
    assert fake.busiest_minute() == 100


def test_clients_of_a_token_share_its_limit(world: World) -> None:
    fake = Fake()
    clients = [world.client(fake, "1-shared", api=API, retry=PATIENT) for _ in range(8)]
    assert_replies(world.run(*(caller(client, 50) for client in clients)))
    assert fake.busiest_minute() == 100


def test_tokens_do_not_hold_each_other_up(world: World) -> None:
    fake = Fake()
    clients = [world.client(fake, token, api=API) for token in ("1-one", "1-two", "1-three")]
    assert_replies(world.run(*(caller(client, 100) for client in clients)))
    assert world.now < 1


@pytest.mark.parametrize("limit", [1, 37, 250])
def test_limits_up_and_down(world: World, limit: int) -> None:
    fake = Fake()
    client = world.client(fake, f"1-up-{limit}", api=API, retry=PATIENT, calls_per_minute=limit)
    assert_replies(world.run(*(caller(client, 10) for _ in range(30))))
    assert fake.busiest_minute() == limit


def test_no_call_a_minute_is_too_few(world: World) -> None:
    with pytest.raises(ConfigError, match=r"^cannot make a client: no call a minute is too few$"):
        world.client(Fake(), "1-none", api=API, calls_per_minute=0)


def test_who_waits_longest_goes_first(world: World) -> None:
    order: list[int] = []
    client = world.client(Fake(), "1-fair", api=API, retry=PATIENT, calls_per_minute=1)

    def one(number: int) -> Generator[Any, Any, None]:
        yield Sleep(number / 1000)
        for _ in range(3):
            yield Call(client, get())
            order.append(number)

    world.run(*(one(number) for number in range(20)))
    for number in range(1, 20):
        places = [place for place, who in enumerate(order) if who == number]
        assert all(19 <= later - earlier <= 21 for earlier, later in itertools.pairwise(places)), order


def test_a_call_that_is_given_up_while_it_waits_gives_its_place_back(world: World) -> None:
    fake = Fake()
    client = world.client(fake, "1-given-up", api=API, calls_per_minute=1)

    def impatient() -> Generator[Any, Any, Any]:
        yield Sleep(1)
        return (yield GiveUp(Call(client, get()), 2))

    [_, *given_up, kept] = world.run(caller(client), *(impatient() for _ in range(5)), caller(client, after=2))
    assert given_up == [GIVEN_UP] * 5
    assert isinstance(kept[0], Reply)
    assert (world.now < MINUTE + 1, len(fake.calls)) == (True, 2)


def test_a_call_that_was_not_sent_gives_its_place_back(world: World) -> None:
    client = world.client(Fake([CONNECT]), "1-unsent", api=API, calls_per_minute=1)
    assert_replies(world.run(caller(client)))
    assert world.now < 1


def test_a_turn_that_comes_too_late(world: World) -> None:
    fake = Fake()
    client = world.client(fake, "1-late", api=API, calls_per_minute=1, retry=RetryPolicy(deadline=30))
    [[_, error]] = world.run(caller(client, 2))
    assert isinstance(error, RefusedError)
    assert error.why is Refusal.LATE
    assert error.is_timeout
    assert error.is_without_effect
    assert str(error) == (
        "get: not sent, because its turn did not come within 30s; make fewer calls at once, or raise the deadline of the `RetryPolicy`"
    )
    assert (world.now, len(fake.calls)) == (30, 1)


def test_a_limiter_of_ones_own(world: World) -> None:
    fake = Fake()
    shared = SlidingWindow(1, 10)
    clients = [world.client(fake, token, api=API, rate_limiter=shared) for token in ("1-own", "1-other")]
    assert_replies(world.run(*map(caller, clients)))
    assert fake.times[1] - fake.times[0] >= 10
