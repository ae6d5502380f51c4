"""The settings of a client, checked when it is made; and what blocking and async clients have in common."""

from __future__ import annotations

import copy
import ipaddress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar
from urllib.parse import quote_plus, urlsplit

from .account import account_of
from .attempt import Options, Shared
from .decode import Reply, read_fields
from .errors import ConfigError, InvalidReplyError, Refusal, RefusedError
from .exchange import Exchange
from .hint import BlockClock
from .info import READ
from .kinds import is_map
from .log import Log
from .report import DecodeError, Mismatch, quoted
from .retry import RetryPolicy
from .secret import Token
from .writer import InvalidParameterError, parameters_of, write_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from typing_extensions import Self

    from .attempt import Answer
    from .info import Access, ApiInfo
    from .limit import RateLimiter
    from .observer import Observer
    from .request import Request
    from .shape import Object

R = TypeVar("R", bound="Object")
Carrier = TypeVar("Carrier")

_TIMEOUT: Final = 60.0
_CONNECT_TIMEOUT: Final = 10.0
_MAX_REPLY_BYTES: Final = 64 << 20


class BaseClient(Generic[Carrier]):
    """What clients have in common: settings, and what becomes of a request before and after it is sent."""

    def __init__(
        self,
        token: str | Token,
        *,
        endpoint: str | None = None,
        timeout: float = _TIMEOUT,
        connect_timeout: float = _CONNECT_TIMEOUT,
        max_reply_bytes: int = _MAX_REPLY_BYTES,
        read_only: bool = False,
        allow: Iterable[str] | None = None,
        retry: RetryPolicy | None = None,
        calls_per_minute: int | None = None,
        rate_limiter: RateLimiter | None = None,
        utc_offset_minutes: int | None = None,
        observers: Iterable[Observer] = (),
        transport: Carrier | None = None,
        api: ApiInfo | None = None,
    ) -> None:
        """Makes a client. Nothing is sent yet.

        Args:
            token: The token of the account, which a seller makes in the panel under Account, API.
            endpoint: Calls another endpoint than the API's own, such as a mock of it. It begins with `https://`, or with `http://` if it
                is on this machine.
            timeout: How many seconds an attempt may take, from its start to the last byte of the reply. How long a call may take in all,
                waiting included, is the deadline of `retry`.
            connect_timeout: How many seconds a connection may take to come about.
            max_reply_bytes: How long a reply may be. 64 MiB unless set.
            read_only: Refuses to send whatever does more than read, raw calls of unknown methods included.
            allow: Refuses to send all methods but these, by the names of the API: `{"getOrders"}`.
            retry: How often a call is sent, and how long it may take in all.
            calls_per_minute: How many calls a minute the token has by its contract, less what other programs need that use it. All
                clients of the token in this process share the limit, and the last one to set it decides.
            rate_limiter: Asks this limiter when to send, instead of the one that clients of the token share in this process.
            utc_offset_minutes: How many minutes the API's clock is ahead of UTC, for the time until which a token is blocked. Unless set,
                hours do not count: no block is as long as one.
            observers: Watch the calls of the client.
            transport: Sends over this transport of httpx instead of one of its own. It is closed with the client.
            api: What is known of the API. Only tests of this package have another one.

        Raises:
            ConfigError: If the token or the endpoint cannot be right.
        """
        secret = token if isinstance(token, Token) else Token(token)
        api = _known_api() if api is None else api
        url = _endpoint(api.endpoint if endpoint is None else endpoint)
        problem = secret.problem()
        if problem is not None:
            raise ConfigError(problem)
        if calls_per_minute is not None and calls_per_minute < 1:
            what = "no call a minute is too few"
            raise ConfigError(what)
        account = account_of(secret, url, api.calls_per_minute)
        if calls_per_minute is not None:
            account.window.set_limit(calls_per_minute)
        self._shared = Shared(
            api=api,
            endpoint=url,
            token=secret,
            headers=_headers(api, secret),
            connect_timeout=connect_timeout,
            max_reply_bytes=max_reply_bytes,
            read_only=read_only,
            allowed=None if allow is None else frozenset(allow),
            account=account,
            limiter=rate_limiter or account.window,
            reading=BlockClock(api.block_seconds, utc_offset_minutes),
            observers=(Log(), *observers),
        )
        self._options = Options(timeout, retry or RetryPolicy())
        self._transport = self._default_transport() if transport is None else transport

    def _default_transport(self) -> Carrier:
        """The transport over the network."""
        raise NotImplementedError

    @property
    def retry(self) -> RetryPolicy:
        """How often calls of this client are sent, and how long they may take in all."""
        return self._options.retry

    def with_options(self, *, timeout: float | None = None, retry: RetryPolicy | None = None) -> Self:
        """The same client with other limits, such as for one call: `client.with_options(timeout=5).call(...)`.

        It shares everything else, the connections included: closing one closes both.

        Args:
            timeout: How many seconds an attempt may take.
            retry: How often a call is sent, and how long it may take in all.
        """
        made = copy.copy(self)
        options = self._options
        made._options = Options(options.timeout if timeout is None else timeout, retry or options.retry)  # noqa: SLF001 (it is one of us)
        return made

    def _prepare(self, request: Request[Any]) -> Exchange:
        method = request.method
        self._permit(method.name, method.access)
        try:
            parameters = parameters_of(request)
        except InvalidParameterError as error:
            raise RefusedError(method.name, Refusal.INVALID_REQUEST, str(error)) from error
        return self._exchange(method.name, method.access, parameters, idempotent=method.idempotent)

    def _prepare_raw(self, method: str, parameters: Mapping[str, Any]) -> Exchange:
        wrong = "the method has no name" if not method else None
        if not wrong and not is_map(parameters):
            wrong = "the parameters are not a JSON object"
        if wrong:
            raise RefusedError(method, Refusal.INVALID_REQUEST, wrong)
        access = self._shared.api.methods.get(method, "write")
        self._permit(method, access)
        try:
            return self._exchange(method, access, write_json(parameters))
        except InvalidParameterError as error:
            raise RefusedError(method, Refusal.INVALID_REQUEST, str(error)) from error

    def _permit(self, method: str, access: Access) -> None:
        if self._shared.read_only and access != READ:
            what = "the client is read-only; call by one without `read_only`"
            raise RefusedError(method, Refusal.READ_ONLY, what)
        if self._shared.allowed is not None and method not in self._shared.allowed:
            what = "the client may not call it; name it in `allow`"
            raise RefusedError(method, Refusal.NOT_ALLOWED, what)

    def _exchange(self, method: str, access: Access, parameters: str, *, idempotent: bool = False) -> Exchange:
        form = f"method={_encoded(method)}&parameters={_encoded(parameters)}"
        return Exchange(self._shared, self._options, method, access, idempotent, form.encode())

    def _read(self, request: Request[R], answer: Answer) -> Reply[R]:
        """The reply in an answer, in whose reports the token is not shown even if the answer has it."""
        token, method = self._shared.token, request.method
        try:
            reply = read_fields(method.reply, answer.fields, answer.body)
        except DecodeError as error:
            shown = DecodeError(token.veil(error.path), token.veil(error.what), token.veil(error.near))
            raise InvalidReplyError(method.name, shown) from None
        found = [Mismatch(token.veil(one.path), one.expected, token.veil(one.found)) for one in reply.mismatches]
        return Reply(reply.value, found, reply.unlisted)

    def __repr__(self) -> str:
        """Shows settings, and not the token."""
        shared, options = self._shared, self._options
        return f"{type(self).__name__}({shared.endpoint!r}, {shared.token!r}, {options!r}, read_only={shared.read_only})"


def _known_api() -> ApiInfo:
    api: ApiInfo = import_module("baselinker_client._api").API
    return api


def _headers(api: ApiInfo, token: Token) -> dict[str, str]:
    host_free = {"content-type": "application/x-www-form-urlencoded", "user-agent": api.user_agent}
    return {api.token_header: token.reveal(), **host_free}


def _encoded(text: str) -> str:
    """A text as browsers send it in a form."""
    return quote_plus(text, safe="*").replace("~", "%7E")


def _endpoint(url: str) -> str:
    def wrong(what: str) -> ConfigError:
        return ConfigError(f"the endpoint {quoted(url)} {what}")

    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        raise wrong("is not a URL") from None
    if not url or any(letter.isspace() for letter in url):
        raise wrong("is not a URL")
    if not parts.scheme or not host:
        raise wrong("is not a whole URL, such as https://api.example.com/")
    if parts.scheme not in ("http", "https"):
        raise wrong("begins neither with https:// nor with http://")
    if parts.scheme == "http" and not _is_loopback(host):
        raise wrong("would carry the token over the network for all to read; use https://")
    return url


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
