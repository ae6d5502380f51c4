"""Worlds for all tests."""

from __future__ import annotations

from typing import Any

import pytest
from fakes import WALL
from worlds import LoopWorld, ThreadWorld, World

from baselinker_client._runtime import clock


@pytest.fixture(params=[ThreadWorld, LoopWorld], ids=["threads", "asyncio"])
def world(request: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world that has just begun."""
    made: World = request.param()
    monkeypatch.setattr(clock, "monotonic", made.monotonic)
    monkeypatch.setattr(clock, "wall", lambda: WALL + made.monotonic())
    if isinstance(made, ThreadWorld):
        monkeypatch.setattr(clock, "wait", made.wait)
    return made
