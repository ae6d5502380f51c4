"""One attempt of a call: waiting for its turn, sending it, and finding out what the answer is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from msgspec import Struct

from . import clock, interpret
from .decode import ApiRefusal, open_envelope
from .errors import BlockedError, TransportError, TransportErrorKind
from .report import DecodeError
from .retry import Fault
from .steps import Response, Send, Unanswered, Wait

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .account import Account
    from .errors import BaseLinkerError
    from .exchange import Exchange
    from .gate import Block
    from .hint import BlockClock
    from .info import ApiInfo
    from .limit import Place, RateLimiter
    from .observer import Observer
    from .retry import RetryPolicy
    from .secret import Token
    from .steps import Steps
    from .told import Told


class Options(Struct, frozen=True):
    """What may differ from call to call."""

    timeout: float
    retry: RetryPolicy


class Shared(Struct, frozen=True):
    """What all calls of a client have in common."""

    api: ApiInfo
    endpoint: str
    token: Token
    headers: dict[str, str]
    connect_timeout: float
    max_reply_bytes: int
    read_only: bool
    allowed: frozenset[str] | None
    account: Account
    limiter: RateLimiter
    reading: BlockClock
    observers: Sequence[Observer]

    def __repr__(self) -> str:
        """Leaves out the headers, which hold the token."""
        return f"Shared({self.endpoint!r})"


class Answer(Struct, frozen=True):
    """A reply of the API: its fields as the parser gives them, and its bytes."""

    fields: dict[str, Any]
    body: bytes


class Failed(Struct, frozen=True):
    """An attempt that failed."""

    error: BaseLinkerError
    fault: Fault


class Missed(Exception):  # noqa: N818 (it never leaves a call)
    """No attempt was made: its turn did not come before the deadline, or the token is blocked."""

    def __init__(self, block: Block | None = None) -> None:
        """Keeps the block, if there is one."""
        super().__init__()
        self.block = block


_FAULTS: Final = {
    TransportErrorKind.CONNECT: Fault.NOT_SENT,
    TransportErrorKind.TLS: Fault.LASTING,
    TransportErrorKind.TOO_LARGE: Fault.LASTING,
}
"""What a call that got no answer may have done; all other kinds leave it unclear."""

_SERVER_ERROR: Final = 500


class Attempt:
    """The attempts of one call."""

    def __init__(self, exchange: Exchange, deadline: float, told: Told, wake: Callable[[], None]) -> None:
        """Keeps what attempts have in common."""
        self._shared, self._options, self._method = exchange.shared, exchange.options, exchange.method
        self._form, self._parse = exchange.form, exchange.parse
        self.deadline, self._told, self._wake = deadline, told, wake

    def steps(self) -> Steps[Answer | Failed | None]:
        """Makes an attempt. `None` says that it had no effect, since the token is blocked."""
        gate = self._shared.account.gate
        place, is_probe = yield from self._turn()
        was_judged = False
        try:
            self._shared.account.keep()
            self._told.sending()
            response = yield self._request()
            place.done()
            # A driver answers what it is asked: a request by a response.
            judged = self._judge(cast("Response", response), is_probe=is_probe)
            was_judged = True
        except Unanswered as error:
            if error.kind.is_unsent:
                place.give_back()
            return self._unanswered(error)
        finally:
            place.done()
            if is_probe and not was_judged:
                gate.end_probe()
        return judged

    def sleep(self, seconds: float) -> Steps[None]:
        """Waits between attempts."""
        since = clock.monotonic()
        while clock.monotonic() < since + seconds:
            yield Wait(since + seconds)
        self._told.has_waited(since)

    def _turn(self) -> Steps[tuple[Place, bool]]:
        """Waits until the token is not blocked and the limiter has a place; whether the call is a probe."""
        gate = self._shared.account.gate
        while True:
            is_probe = yield from self._pass()
            try:
                place = yield from self._place(is_probe=is_probe)
            except BaseException:
                if is_probe:
                    gate.end_probe()
                raise
            if place is None:
                continue
            if is_probe or gate.block is None:
                return place, is_probe
            place.give_back()

    def _pass(self) -> Steps[bool]:
        """Waits until a call may pass the gate; whether it is a probe."""
        gate, since = self._shared.account.gate, clock.monotonic()
        gate.watch(self._wake)
        try:
            while True:
                block = gate.block
                if block is None:
                    return False
                if gate.begin_probe():
                    return True
                self._told.blocked(block)
                if not self._options.retry.wait_out_blocks or block.opens > self.deadline:
                    raise Missed(block)
                is_waiting_for_time = block.opens > clock.monotonic()
                yield Wait(block.opens if is_waiting_for_time else self.deadline)
                if not is_waiting_for_time and gate.block is block and clock.monotonic() >= self.deadline:
                    raise Missed(block)
        finally:
            gate.unwatch(self._wake)
            self._told.has_waited(since)

    def _place(self, *, is_probe: bool) -> Steps[Place | None]:
        """Waits for a place; `None` if the token was blocked meanwhile."""
        gate = self._shared.account.gate
        place = self._shared.limiter.enter(self._wake)
        wait = place.ready()
        if wait == 0:
            return place
        self._told.waiting()
        since = clock.monotonic()
        gate.watch(self._wake)
        try:
            while True:
                now = clock.monotonic()
                if gate.block is not None and not is_probe:
                    place.give_back()
                    return None
                if now >= self.deadline:
                    raise Missed  # noqa: TRY301 (what is given back on the way is what the handler is for)
                yield Wait(self.deadline if wait is None else min(self.deadline, now + wait))
                wait = place.ready()
                if wait == 0:
                    return place
        except BaseException:
            place.give_back()
            raise
        finally:
            gate.unwatch(self._wake)
            self._told.has_waited(since)

    def _request(self) -> Send:
        shared = self._shared
        timeout = max(min(self._options.timeout, self.deadline - clock.monotonic()), 0.001)
        connect = min(shared.connect_timeout, timeout)
        return Send(shared.endpoint, shared.headers, self._form, timeout, connect, shared.max_reply_bytes)

    def _judge(self, response: Response, *, is_probe: bool) -> Answer | Failed | None:
        shared, is_success = self._shared, 200 <= response.status < 300
        said = read_envelope(response.body, shared.token, self._parse)
        if isinstance(said, ApiRefusal):
            error = interpret.refusal(shared.api, self._method, said)
            if isinstance(error, BlockedError):
                block = shared.account.gate.refused(error, shared.reading, is_probe=is_probe)
                shared.limiter.blocked(max(block.opens - clock.monotonic(), 0.0))
                return None
            shared.account.gate.answered(is_probe=is_probe)
            return Failed(error, Fault.LASTING)
        if is_success and isinstance(said, dict):
            shared.account.gate.answered(is_probe=is_probe)
            return Answer(said, response.body)
        if is_probe:
            shared.account.gate.end_probe()
        if isinstance(said, DecodeError) and is_success:
            return Failed(interpret.reply_error(shared.api, self._method, said), Fault.UNCLEAR)
        fault = Fault.UNCLEAR if response.status >= _SERVER_ERROR else Fault.LASTING
        return Failed(interpret.http_error(self._method, response.status, response.body, shared.token), fault)

    def _unanswered(self, error: Unanswered) -> Failed:
        fault = _FAULTS.get(error.kind, Fault.UNCLEAR)
        what = self._shared.token.veil(error.what)
        return Failed(TransportError(self._method, error.kind, what), fault)


def read_envelope(body: bytes, token: Token, parse: Callable[[bytes], Any]) -> dict[str, Any] | ApiRefusal | DecodeError:
    """The fields of a reply, or what is said instead, in which the token is not shown even if the answer has it."""
    try:
        return open_envelope(body, parse)
    except (ApiRefusal, DecodeError) as error:
        # Errors repeat pieces of an answer, and a piece may have a piece of the token. So the answer without the token is read once
        # more; if it now can be read, then the token was a piece of JSON's own syntax, and no secret.
        veiled = token.veil_bytes(body)
        if veiled is None:
            return error
        try:
            open_envelope(veiled, parse)
        except (ApiRefusal, DecodeError) as again:
            return again
        return error
