"""Single calls to a server on this machine, in threads and in async code."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from fakes import API

from baselinker_client import AsyncClient, Client, RetryPolicy

if TYPE_CHECKING:
    from baselinker_client import Request

TOKEN = "1-23-S3CR3TS3CR3TS3CR3T"


def in_threads(url: str, request: Request[Any], **settings: Any) -> Any:
    with Client(TOKEN, endpoint=url, api=API, retry=RetryPolicy.NONE, **settings) as client:
        return client.call(request)


def in_async_code(url: str, request: Request[Any], **settings: Any) -> Any:
    async def call() -> Any:
        async with AsyncClient(TOKEN, endpoint=url, api=API, retry=RetryPolicy.NONE, **settings) as client:
            return await client.call(request)

    return asyncio.run(call())


def assert_hidden(text: str) -> None:
    for at in range(len(TOKEN) - 5):
        assert TOKEN[at : at + 6] not in text
