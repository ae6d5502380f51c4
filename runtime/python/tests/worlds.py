"""Worlds in which time passes only when everybody waits: one of threads, one of an event loop. The same tests run in both.

A caller is a generator that yields what it does: `Call`, `Raw`, `Do`, `Sleep` or `GiveUp`. What a call gives, also an error, is sent back to it.
"""

from __future__ import annotations

import asyncio
import inspect
import itertools
import selectors
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from baselinker_client import AsyncClient, BaseLinkerError, Client

if TYPE_CHECKING:
    from collections.abc import Generator

    from fakes import Fake

    from baselinker_client import Request

    Caller = Generator[Any, Any, Any]

NEVER = float("inf")

_WORLDS = itertools.count(1)
"""What is remembered of a token in one world must not be known in the next."""


@dataclass(frozen=True)
class Call:
    client: Any
    request: Request[Any]

    def make(self) -> Any:
        return self.client.call(self.request)


@dataclass(frozen=True)
class Raw:
    client: Any
    method: str
    params: dict[str, Any] = field(default_factory=dict)

    def make(self) -> Any:
        return self.client.call_raw(self.method, self.params)


@dataclass(frozen=True)
class Do:
    """Whatever a function does; it may give something to be awaited."""

    what: Any

    def make(self) -> Any:
        return self.what()


@dataclass(frozen=True)
class GiveUp:
    """Do something, and give it up after so many seconds: a thread as by Ctrl+C, a task by cancelling."""

    what: Any
    seconds: float


@dataclass(frozen=True)
class Sleep:
    seconds: float


GIVEN_UP = "given up"
"""What is sent back for what was given up."""


@dataclass(eq=False)
class Waiting:
    until: float
    event: threading.Event
    baton: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))


class ThreadWorld:
    """Threads, of which one runs at a time."""

    def __init__(self) -> None:
        self.now = 0.0
        self._mark = next(_WORLDS)
        self._waiting: list[Waiting] = []
        self._over = threading.Semaphore(0)
        self._patience = threading.local()

    def client(self, fake: Fake, token: str, **settings: Any) -> Client:
        return Client(f"{token}-{self._mark}", transport=fake.within(self), **settings)

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.wait(threading.Event(), seconds)

    def wait(self, event: threading.Event, seconds: float | None) -> None:
        until = NEVER if seconds is None else self.now + seconds
        ends = getattr(self._patience, "ends", NEVER)
        waiting = Waiting(min(until, ends), event)
        self._waiting.append(waiting)
        self._next()
        waiting.baton.acquire()
        if ends < until and not event.is_set():
            raise KeyboardInterrupt

    def run(self, *callers: Caller) -> list[Any]:
        results: list[Any] = [None] * len(callers)

        def live(at: int, begin: Waiting) -> None:
            begin.baton.acquire()
            try:
                results[at] = self._live(callers[at])
            finally:
                self._next()

        for at in range(len(callers)):
            begin = Waiting(self.now, threading.Event())
            self._waiting.append(begin)
            threading.Thread(target=live, args=(at, begin), daemon=True).start()
        self._next()
        assert self._over.acquire(timeout=60), "it takes too long"
        return results

    def _live(self, caller: Caller) -> Any:
        given: Any = None
        while True:
            try:
                step = caller.send(given)
            except StopIteration as end:
                return end.value
            try:
                given = self._take(step)
            except BaseLinkerError as error:
                given = error

    def _take(self, step: Any) -> Any:
        if isinstance(step, Sleep):
            return self.sleep(step.seconds)
        if not isinstance(step, GiveUp):
            return step.make()
        self._patience.ends = self.now + step.seconds
        try:
            return step.what.make()
        except KeyboardInterrupt:
            return GIVEN_UP
        finally:
            self._patience.ends = NEVER

    def _next(self) -> None:
        """Lets the next one run: who was woken, or whose time comes first."""
        if not self._waiting:
            self._over.release()
            return
        first = min(self._waiting, key=lambda one: (not one.event.is_set(), one.until))
        self._waiting.remove(first)
        if not first.event.is_set():
            assert first.until < NEVER, "everybody waits for ever"
            self.now = max(self.now, first.until)
        first.baton.release()


class Leaping(selectors.SelectSelector):
    """Instead of waiting, time leaps."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready and timeout != 0:
            assert timeout is not None, "everybody waits for ever"
            self.now += timeout
        return ready


class _Loop(asyncio.SelectorEventLoop):
    """An event loop in the time of its selector."""

    def __init__(self, selector: Leaping) -> None:
        super().__init__(selector)
        self._leaping = selector

    def time(self) -> float:
        return self._leaping.now


class LoopWorld:
    """An event loop."""

    def __init__(self) -> None:
        self._selector = Leaping()
        self._mark = next(_WORLDS)

    @property
    def now(self) -> float:
        return self._selector.now

    def client(self, fake: Fake, token: str, **settings: Any) -> AsyncClient:
        return AsyncClient(f"{token}-{self._mark}", transport=fake.within(self), **settings)

    def monotonic(self) -> float:
        return self.now

    def run(self, *callers: Caller) -> list[Any]:
        loop = _Loop(self._selector)

        async def together() -> list[Any]:
            return await asyncio.gather(*(self._live(caller) for caller in callers))

        try:
            return loop.run_until_complete(together())
        finally:
            loop.close()
            now, self._selector = self.now, Leaping()
            self._selector.now = now

    async def _live(self, caller: Caller) -> Any:
        given: Any = None
        while True:
            try:
                step = caller.send(given)
            except StopIteration as end:
                return end.value
            try:
                given = await self._take(step)
            except BaseLinkerError as error:
                given = error

    async def _take(self, step: Any) -> Any:
        if isinstance(step, Sleep):
            return await asyncio.sleep(step.seconds)
        if isinstance(step, GiveUp):
            try:
                return await asyncio.wait_for(self._take(step.what), step.seconds)
            except asyncio.TimeoutError:
                return GIVEN_UP
        made = step.make()
        return await made if inspect.isawaitable(made) else made


World = ThreadWorld | LoopWorld
