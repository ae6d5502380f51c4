"""Tells the API's errors, and answers that are not the API's, apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .errors import ApiError, BaseLinkerError, BlockedError, HttpError, InvalidReplyError
from .hint import date_and_time
from .report import DecodeError

if TYPE_CHECKING:
    from .decode import ApiRefusal
    from .info import ApiInfo
    from .secret import Token

_SNIPPET: Final = 160
"""How many characters of a strange answer an error repeats."""

_SNIPPET_BYTES: Final = 4096
"""The most bytes that such characters can take, white space around them included."""


def refusal(api: ApiInfo, method: str, said: ApiRefusal) -> ApiError:
    """The error that the API answered."""
    if api.errors.get(said.code) == "after_block":
        return BlockedError(method, said.code, said.message, date_and_time(said.message), api.block_seconds)
    return ApiError(method, said.code, said.message, _advice(api, said.code, method))


def reply_error(api: ApiInfo, method: str, said: ApiRefusal | DecodeError) -> BaseLinkerError:
    """The error of an answer that is no good reply."""
    return InvalidReplyError(method, said) if isinstance(said, DecodeError) else refusal(api, method, said)


def http_error(method: str, status: int, body: bytes, token: Token) -> HttpError:
    """The error of an answer with a status that the API never sends."""
    start = (token.veil_bytes(body) or body)[:_SNIPPET_BYTES].decode(errors="replace")
    return HttpError(method, status, token.veil(" ".join(start.split())[:_SNIPPET]))


def _advice(api: ApiInfo, code: str, method: str) -> str:
    """What to do about an error of the API, as a clause; empty if its message has to do."""
    if code in ("ERROR_BAD_TOKEN", "ERROR_EMPTY_TOKEN"):
        return "make a token in the panel under Account, API, or check that this one is whole"
    if code == "ERROR_USER_ACCOUNT_BLOCKED":
        return "the account itself is blocked; its owner has to ask the API's support"
    if code not in ("ERROR_UNKNOWN_METHOD", "ERROR_EMPTY_METHOD"):
        return ""
    if method in api.methods:
        return f"the API had it on {api.changelog_date}; look for a newer version of this client"
    return f"this client, which knows the API of {api.changelog_date}, has no such method either; check its name"
