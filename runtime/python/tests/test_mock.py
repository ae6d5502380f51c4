"""Calls against the mock of the API: all methods at every level of quirks, faults, the limit, and a shop that is read page by page."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from baselinker_client import (
    ApiError,
    AsyncClient,
    BlockedError,
    Client,
    Observer,
    Request,
    RetryPolicy,
    SlidingWindow,
    TransportError,
    canonical,
)
from baselinker_client.methods import get_inventories, get_journal_list, get_orders
from baselinker_client.types import OrderId
from examples import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from baselinker_client import BlockInfo, CallInfo

ROOT = Path(__file__).parents[3]
MOCK = Path(os.environ.get("BASELINKER_MOCK", ROOT / "target" / "debug" / "baselinker-mock"))


class Mock:
    """The mock, as a process; it ends with its context."""

    def __init__(self, *options: str) -> None:
        command = [str(MOCK), "--listen", "127.0.0.1:0", *options]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)
        assert self._process.stdout is not None
        found = re.search(r"http://\S+", self._process.stdout.readline())
        assert found is not None
        self.url = found[0]

    def __enter__(self) -> str:
        return self.url

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate()


@pytest.fixture(scope="module")
def shop() -> Iterator[str]:
    with Mock("--orders", "450", "--products", "50", "--limit", "0") as url:
        yield url


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_all_methods_at_every_level_of_quirks(level: int) -> None:
    # What is deleted cannot be read any more.
    requests = sorted(examples(), key=lambda one: ("read", "write", "action", "delete").index(one.method.access))
    options = ("--quirks", str(level), "--limit", "0")
    refused: list[Request[Any]] = []
    with Mock(*options) as url, Client("1-MOCK", endpoint=url, calls_per_minute=10_000) as client:
        for request in requests:
            try:
                reply = client.call(request)
            except ApiError:
                refused.append(request)
                continue
            assert reply.mismatches == [], request.method.name
            assert isinstance(canonical(reply.value), dict)
    # Examples of the documentation name things that the shop of the mock has not; it says so too when nothing came before.
    for request in refused:
        with Mock(*options) as url, Client("1-FRESH", endpoint=url) as client, pytest.raises(ApiError) as caught:
            client.call(request)
        assert (caught.value.code, request.method.access == "read") == ("ERROR_MOCK_NOT_FOUND", False)
    assert len(refused) < len(requests) // 10


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_quirks_change_nothing_that_is_read() -> None:
    requests = [request for request in examples() if request.method.access == "read"]
    with Mock("--limit", "0") as plain, Mock("--quirks", "1", "--limit", "0") as bent:
        clients = [Client("1-QUIRKS", endpoint=url, calls_per_minute=10_000) for url in (plain, bent)]
        for request in requests:
            first, second = (canonical(client.call(request).value) for client in clients)
            first.pop("extra", None)
            second.pop("extra", None)
            assert first == second, request.method.name
        for client in clients:
            client.close()


def test_every_order_of_a_shop_once(shop: str) -> None:
    with Client("1-SHOP", endpoint=shop, read_only=True, calls_per_minute=10_000) as client:
        orders = client.items(get_orders(get_unconfirmed_orders=True))
        ids = [order.order_id for order in orders]
        assert orders.take_mismatches() == []
    assert len(ids) == len(set(ids)) == 450


def test_every_order_of_a_shop_once_in_async_code(shop: str) -> None:
    async def read() -> list[OrderId]:
        async with AsyncClient("1-SHOP-ASYNC", endpoint=shop, read_only=True, calls_per_minute=10_000) as client:
            return [order.order_id async for order in client.items(get_orders(get_unconfirmed_orders=True, id_from=OrderId(1)))]

    ids = asyncio.run(read())
    assert len(ids) == len(set(ids)) == 450


def test_many_calls_at_once(shop: str) -> None:
    async def together() -> None:
        async with AsyncClient("1-MANY", endpoint=shop, calls_per_minute=10_000) as client:
            replies = await asyncio.gather(*(client.call(get_inventories()) for _ in range(60)))
            assert len(replies) == 60
            assert (await client.call(get_journal_list())).mismatches == []

    asyncio.run(together())


class Blocks(Observer):
    """Counts how often the token was blocked."""

    def __init__(self) -> None:
        self.blocks: list[BlockInfo] = []

    def blocked(self, call: CallInfo, block: BlockInfo) -> None:
        assert call.method == "getInventories"
        self.blocks.append(block)


def test_the_limit_is_not_crossed_as_the_mock_counts() -> None:
    blocks = Blocks()

    async def together(url: str) -> None:
        # A minute of the mock is a fifth of a second here.
        settings: dict[str, Any] = {"rate_limiter": SlidingWindow(100, 60 / 300), "observers": [blocks]}
        async with AsyncClient("1-LIMIT", endpoint=url, **settings) as client:
            await asyncio.gather(*(client.call(get_inventories()) for _ in range(500)))

    with Mock("--limit", "100", "--speed", "300") as url:
        asyncio.run(together(url))
    assert blocks.blocks == []


@pytest.mark.parametrize("fault", ["html", "502", "drop", "empty", "null", "no-status", "truncated", "cut-json"])
def test_reads_get_over_faults(fault: str) -> None:
    retry = RetryPolicy(attempts=40, first_delay=0.001, greatest_delay=0.002)
    with (
        Mock("--fault", f"{fault}=0.5", "--limit", "0") as url,
        Client("1-FAULT", endpoint=url, retry=retry, calls_per_minute=10_000) as client,
    ):
        for _ in range(10):
            assert client.call(get_inventories()).mismatches == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_write_is_not_sent_again() -> None:
    write: Request[Any] = next(one for one in examples() if one.method.access == "write")
    with Mock("--fault", "drop-after-write=1", "--limit", "0") as url, Client("1-WRITE", endpoint=url) as client:
        with pytest.raises(TransportError) as caught:
            client.call(write)
        assert not caught.value.is_without_effect


def test_a_block_is_told_and_waited_out() -> None:
    with Mock("--limit", "5", "--speed", "600") as url, Client("1-BLOCK", endpoint=url, calls_per_minute=1000) as client:
        impatient = client.with_options(retry=RetryPolicy.NONE)
        for _ in range(5):
            impatient.call(get_inventories())
        with pytest.raises(BlockedError):
            impatient.call(get_inventories())


def test_the_quick_start_of_the_readme(shop: str) -> None:
    readme = (ROOT / "generated" / "python" / "README.md").read_text(encoding="utf-8")
    program = readme.split("```python\n")[1].split("```")[0]
    settings = {**os.environ, "BASELINKER_TOKEN": "1-README", "BASELINKER_ENDPOINT": shop}
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], env=settings, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert len(lines) > 100
    assert all(re.fullmatch(r"order [0-9]+ of .*, [0-9]+ lines", line) for line in lines)
    assert done.stderr == ""
