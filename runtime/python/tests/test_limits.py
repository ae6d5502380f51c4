"""Limits, blocks and retries, in the time of a world: no minute has more calls than allowed, as the API counts them."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fakes import API, MINUTE, OK, Blocked, Fake, add, get, set_
from worlds import Call, Raw, Sleep

from baselinker_client import (
    ApiError,
    BlockedError,
    ConfigError,
    Observer,
    Refusal,
    RefusedError,
    Repeat,
    Reply,
    RetryPolicy,
    SlidingWindow,
    TransportError,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from worlds import World

    from baselinker_client import BaseLinkerError, BlockInfo, CallEnd, CallInfo

PATIENT = RetryPolicy(deadline=24 * 3600)
CONNECT, CLOSED, SLOW = httpx.ConnectError("refused"), httpx.ReadError("closed"), httpx.ReadTimeout("slow")


def caller(client: Any, calls: int = 1, *, after: float = 0.0) -> Generator[Any, Any, list[Any]]:
    yield Sleep(after)
    given: list[Any] = []
    while len(given) < calls:
        reply = yield Call(client, get())
        given.append(reply)
    return given


def writer(client: Any) -> Generator[Any, Any, Any]:
    return (yield Call(client, add()))


def assert_replies(results: list[Any]) -> None:
    assert all(isinstance(reply, Reply) for given in results for reply in given), results


def assert_waited(took: float, seconds: float) -> None:
    # The message has whole seconds, and a few are added at random.
    assert seconds - 1 <= took <= seconds + 11, took


@pytest.mark.parametrize(("there", "back"), [(0, 0.001), (0.05, 0.25), (0.3, 0), (0, 0.45)])
def test_a_thousand_calls_at_the_rate_that_is_allowed(world: World, there: float, back: float) -> None:
    fake = Fake(there=there, back=back)
    client = world.client(fake, f"1-rate-{there}-{back}", api=API, retry=PATIENT)
    assert_replies(world.run(*(caller(client, 10) for _ in range(100))))
    assert len(fake.calls) == 1000
    assert fake.busiest_minute() == 100
    # The first hundred go at once, and the tenth hundred nine minutes later.
    assert 9 * MINUTE <= world.now < 9 * MINUTE / 0.99


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


ERROR = '{"status":"ERROR","error_code":"ERROR_STORAGE_ID","error_message":""}'
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


def test_no_deadline_at_all(world: World) -> None:
    retry = RetryPolicy(deadline=math.inf, greatest_delay=math.inf)
    client = world.client(Fake([CLOSED, Blocked(60)]), "3-never", api=API, retry=retry)
    assert_replies(world.run(caller(client)))


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
    assert notes.notes == [
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


def test_an_error_of_the_api_is_no_reason_to_send_again(world: World) -> None:
    [[error]] = world.run(caller(world.client(Fake([ERROR]), "4-error", api=API)))
    assert isinstance(error, ApiError)
    assert error.code == "ERROR_STORAGE_ID"
