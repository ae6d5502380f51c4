"""What is sent again, in the time of a world: reads after most faults, writes only if they certainly were not sent."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from callers import CLOSED, CONNECT, ERROR, SLOW, assert_replies, caller, writer
from fakes import API, OK, Blocked, Fake, add, get, set_
from worlds import GIVEN_UP, Call, GiveUp, Raw, Sleep

from baselinker_client import ApiError, InvalidReplyError, Repeat, RetryPolicy, TransportError

if TYPE_CHECKING:
    from collections.abc import Generator

    from worlds import World

AGAIN: list[tuple[str, Any, int, int]] = [
    ("no connection", CONNECT, 5, 5),
    ("no answer in time", SLOW, 5, 1),
    ("a broken connection", CLOSED, 5, 1),
    ("something strange", httpx.LocalProtocolError("x"), 5, 1),
    ("a server error", (502, "<html>"), 5, 1),
    ("a server error that looks like a reply", (500, OK), 5, 1),
    ("an error of the API with a status", (500, ERROR), 1, 1),
    ("a status that is no server error", (404, OK), 1, 1),
    ("HTML", "<html>", 5, 1),
    ("nothing", "", 5, 1),
    ("null", "null", 5, 1),
    ("no status", '{"items":[]}', 5, 1),
    ("an odd status", '{"status":"MAYBE"}', 5, 1),
    ("half a reply", '{"status":"SUCCESS","items":[{"id":1}', 5, 1),
    ("an error of the API", ERROR, 1, 1),
    ("a reply", OK, 1, 1),
]


@pytest.mark.parametrize(("name", "answer", "reads", "writes"), AGAIN, ids=[case[0] for case in AGAIN])
def test_what_is_sent_again(world: World, name: str, answer: Any, reads: int, writes: int) -> None:
    fakes = [Fake([answer] * 20) for _ in range(4)]
    clients = [world.client(fake, f"3-{name}-{at}".replace(" ", "-"), api=API) for at, fake in enumerate(fakes)]

    def all_four() -> Generator[Any, Any, None]:
        yield Call(clients[0], get())
        yield Call(clients[1], add())
        yield Raw(clients[2], "get")
        yield Raw(clients[3], "getUnknown")

    world.run(all_four())
    assert [len(fake.calls) for fake in fakes] == [reads, writes, reads, writes]


def test_a_read_that_fails_at_first(world: World) -> None:
    fake = Fake([CONNECT, (503, ""), Blocked(60), "<html>"])
    assert_replies(world.run(caller(world.client(fake, "3-mixed", api=API))))
    assert len(fake.calls) == 5
    assert world.now < 75


def test_a_write_that_fails_at_first(world: World) -> None:
    fake = Fake([CONNECT, Blocked(60), SLOW])
    [error] = world.run(writer(world.client(fake, "3-write", api=API)))
    assert isinstance(error, TransportError)
    assert error.is_timeout
    assert not error.is_without_effect
    assert len(fake.calls) == 3


def test_the_answer_says_what_is_wrong_also_after_retries(world: World) -> None:
    fake = Fake([CLOSED, (502, ""), "null", SLOW, "<html>x"])
    [[error]] = world.run(caller(world.client(fake, "3-html", api=API)))
    assert isinstance(error, InvalidReplyError)
    assert "it is HTML or XML instead of JSON" in str(error)
    assert len(fake.calls) == 5


def test_delays_grow_and_are_random(world: World) -> None:
    sums = [0.0] * 3
    for number in range(200):
        fake = Fake([CLOSED] * 3)
        assert_replies(world.run(caller(world.client(fake, f"3-delay-{number}", api=API))))
        for at, greatest in enumerate((0.5, 1, 2)):
            delay = fake.times[at + 1] - fake.times[at]
            assert 0 <= delay <= greatest + 0.001
            sums[at] += delay
    assert [total / 200 for total in sums] == [pytest.approx(mean, rel=0.25) for mean in (0.25, 0.5, 1)]


@pytest.mark.parametrize(
    ("repeat", "expected"), [(Repeat.READS, [5, 1, 1, 1]), (Repeat.IDEMPOTENT, [5, 5, 1, 1]), (Repeat.ANYTHING, [5, 5, 5, 5])]
)
def test_writes_are_sent_again_when_asked_for(world: World, repeat: Repeat, expected: list[int]) -> None:
    fakes = [Fake([(502, "")] * 20) for _ in expected]
    policy = RetryPolicy(repeat=repeat)
    clients = [world.client(fake, f"3-{repeat.value}-{at}", api=API, retry=policy) for at, fake in enumerate(fakes)]

    def all_four() -> Generator[Any, Any, None]:
        yield Call(clients[0], get())
        yield Call(clients[1], set_())
        yield Call(clients[2], add())
        yield Raw(clients[3], "setUnknown")

    world.run(all_four())
    assert [len(fake.calls) for fake in fakes] == expected


@pytest.mark.parametrize("then", [[CONNECT] * 20, [Blocked(500)]], ids=["offline", "blocked"])
def test_an_attempt_that_may_have_had_an_effect_is_not_forgotten(world: World, then: list[Any]) -> None:
    fake = Fake([SLOW, *then])
    client = world.client(fake, f"3-unclear-{len(then)}", api=API, retry=RetryPolicy(deadline=60, repeat=Repeat.IDEMPOTENT))

    def setter() -> Generator[Any, Any, Any]:
        return (yield Call(client, set_()))

    [error] = world.run(setter())
    assert isinstance(error, TransportError)
    assert error.is_unclear
    assert error.is_timeout
    assert len(fake.calls) > 1


def test_a_policy_of_ones_own(world: World) -> None:
    fake = Fake([CLOSED] * 20)
    client = world.client(fake, "3-own", api=API)
    world.run(caller(client.with_options(retry=RetryPolicy(attempts=2))))
    assert len(fake.calls) == 2
    world.run(caller(client.with_options(retry=RetryPolicy.NONE)))
    assert len(fake.calls) == 3


def test_a_deadline_ends_all_attempts(world: World) -> None:
    fake, retry = Fake([CLOSED] * 1000, back=1), RetryPolicy(attempts=1000, deadline=60)
    world.run(caller(world.client(fake, "3-deadline", api=API, retry=retry)))
    assert world.now <= 61
    assert 3 <= len(fake.calls) < 60


def test_a_call_that_is_given_up_is_not_sent_again(world: World) -> None:
    fake, hour = Fake([CLOSED] * 20), 3600
    retry = RetryPolicy(first_delay=hour, greatest_delay=hour, deadline=9 * hour)
    client = world.client(fake, "3-given-up", api=API, retry=retry)

    def impatient() -> Generator[Any, Any, Any]:
        given = yield GiveUp(Call(client, get()), 0.01)
        before = len(fake.calls)
        yield Sleep(10 * hour)
        return given, before, len(fake.calls)

    assert world.run(impatient()) == [(GIVEN_UP, 1, 1)]


def test_no_deadline_at_all(world: World) -> None:
    retry = RetryPolicy(deadline=math.inf, greatest_delay=math.inf)
    client = world.client(Fake([CLOSED, Blocked(60)]), "3-never", api=API, retry=retry)
    assert_replies(world.run(caller(client)))


def test_an_error_of_the_api_is_no_reason_to_send_again(world: World) -> None:
    [[error]] = world.run(caller(world.client(Fake([ERROR]), "4-error", api=API)))
    assert isinstance(error, ApiError)
    assert error.code == "ERROR_STORAGE_ID"
