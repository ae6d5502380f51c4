"""What all tests are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from calls import in_async_code, in_threads
from fakes import WALL
from hypothesis import settings
from worlds import LoopWorld, ThreadWorld, World

from baselinker_client._runtime import clock

if TYPE_CHECKING:
    from collections.abc import Callable

# The same examples each time, so that a check tells about a change and not about luck: `--hypothesis-profile=search` looks further.
settings.register_profile("check", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile("check")


@pytest.fixture(params=[in_threads, in_async_code], ids=["threads", "asyncio"])
def call(request: Any) -> Callable[..., Any]:
    """How a single call is made."""
    made: Callable[..., Any] = request.param
    return made


@pytest.fixture(params=[ThreadWorld, LoopWorld], ids=["threads", "asyncio"])
def world(request: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world that has just begun."""
    made: World = request.param()
    monkeypatch.setattr(clock, "monotonic", made.monotonic)
    monkeypatch.setattr(clock, "wall", lambda: WALL + made.monotonic())
    if isinstance(made, ThreadWorld):
        monkeypatch.setattr(clock, "wait", made.wait)
    return made
