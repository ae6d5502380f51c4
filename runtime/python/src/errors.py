"""What can go wrong with a call. Every text says what happened, to which method, and what to do; none has the token."""

from __future__ import annotations

from enum import Enum
from http import HTTPStatus
from typing import Final

from .report import DecodeError, quoted


class BaseLinkerError(Exception):
    """A call that gave no result, or a client that could not be made.

    Attributes:
        method: The method that was called; `None` if the client could not even be made.
    """

    method: str | None = None

    @property
    def is_timeout(self) -> bool:
        """Did it take too long?"""
        return False

    @property
    def is_without_effect(self) -> bool:
        """Is it certain that the call had no effect, as far as the API keeps its word?"""
        return False

    @property
    def is_unclear(self) -> bool:
        """Does nobody know whether the call took effect? There was no answer, or one that says nothing.

        Look before a write is sent again. An error of the API is an answer, and counts as a refusal.
        """
        return not self.is_without_effect

    @property
    def kind(self) -> str:
        """What the error is, in a word or two and without its texts: for logs and metrics."""
        return type(self).__name__.removesuffix("Error").lower()


class ConfigError(BaseLinkerError, ValueError):
    """The client cannot be made like this."""

    def __init__(self, what: str) -> None:
        """Takes what is wrong, as a clause."""
        super().__init__(what)
        self.what = what

    @property
    def is_without_effect(self) -> bool:
        """Nothing was sent."""
        return True

    def __str__(self) -> str:
        """What is wrong."""
        return f"cannot make a client: {self.what}"


class Refusal(Enum):
    """Why a call was not sent."""

    READ_ONLY = "read-only"
    """The client only reads, and the method does more, or is unknown."""
    NOT_ALLOWED = "not allowed"
    """The client may call some methods, and this is none of them."""
    LATE = "late"
    """Its turn did not come in time, because too many calls were waiting."""
    INVALID_REQUEST = "invalid request"
    """The call makes no sense."""


class RefusedError(BaseLinkerError):
    """The call was not sent.

    Attributes:
        why: Why it was not sent.
        what: The same as a clause.
    """

    def __init__(self, method: str, why: Refusal, what: str) -> None:
        """Keeps what is known."""
        super().__init__(method, why, what)
        self.method, self.why, self.what = method, why, what

    @property
    def is_timeout(self) -> bool:
        """Whether its turn came too late."""
        return self.why is Refusal.LATE

    @property
    def is_without_effect(self) -> bool:
        """Nothing was sent."""
        return True

    def __str__(self) -> str:
        """Why, and what to do."""
        return f"{self.method}: not sent, because {self.what}"


class TransportErrorKind(Enum):
    """What kept an exchange from giving an answer."""

    CONNECT = "connect"
    """There was no connection. Nothing was sent."""
    TLS = "tls"
    """The connection could not be made secure. Nothing was sent."""
    TIMEOUT = "timeout"
    """It took too long. The call may have taken effect."""
    CLOSED = "closed"
    """The connection broke before the answer was complete. The call may have taken effect."""
    TOO_LARGE = "too large"
    """The answer is longer than allowed. The call may have taken effect."""
    OTHER = "other"
    """Something else. The call may have taken effect."""

    @property
    def is_unsent(self) -> bool:
        """Was the call certainly not sent?"""
        return self in (TransportErrorKind.CONNECT, TransportErrorKind.TLS)

    @property
    def advice(self) -> str:
        """What whoever reads the error should know or do, as a clause."""
        return _ADVICE.get(self, "the call may have taken effect; look before sending a write again")


_ADVICE: Final = {
    TransportErrorKind.CONNECT: "nothing was sent; check the network and the endpoint",
    TransportErrorKind.TLS: "nothing was sent; check the endpoint, the clock, and proxies that open connections",
    TransportErrorKind.TOO_LARGE: "the call may have taken effect; raise `max_reply_bytes`",
}


class TransportError(BaseLinkerError):
    """There was no answer.

    Attributes:
        error_kind: What kept it away.
        what: The same as a clause.
    """

    def __init__(self, method: str, error_kind: TransportErrorKind, what: str) -> None:
        """Keeps what is known."""
        super().__init__(method, error_kind, what)
        self.method, self.error_kind, self.what = method, error_kind, what

    @property
    def is_timeout(self) -> bool:
        """Whether it took too long."""
        return self.error_kind is TransportErrorKind.TIMEOUT

    @property
    def is_without_effect(self) -> bool:
        """Whether it was certainly not sent."""
        return self.error_kind.is_unsent

    @property
    def kind(self) -> str:
        """What kept it away."""
        return f"transport: {self.error_kind.value}"

    def __str__(self) -> str:
        """What happened, and what to do."""
        return f"{self.method}: {self.what} ({self.error_kind.advice})"


class HttpError(BaseLinkerError):
    """Something answered that is not the API, or not well.

    Attributes:
        status: The status of the answer.
        snippet: The beginning of the answer.
    """

    def __init__(self, method: str, status: int, snippet: str) -> None:
        """Keeps what is known."""
        super().__init__(method, status, snippet)
        self.method, self.status, self.snippet = method, status, snippet

    @property
    def kind(self) -> str:
        """The status."""
        return f"http: {self.status}"

    def __str__(self) -> str:
        """The status, what to think of it, and the beginning of the answer."""
        names = {status.value: status.phrase for status in HTTPStatus}
        status = f"{self.status} {names.get(self.status, '')}".strip()
        is_trouble = self.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        trouble, elsewhere = "a server is in trouble; the call may have taken effect", "is this the API's endpoint?"
        advice = trouble if is_trouble else elsewhere
        snippet = f": {quoted(self.snippet)}" if self.snippet else ""
        return f"{self.method}: HTTP {status} instead of a reply ({advice}){snippet}"


class ApiError(BaseLinkerError):
    """The API refused the call.

    Attributes:
        code: The API's code, such as `ERROR_BAD_TOKEN`. The set of codes is open.
        message: The API's message, which may be empty.
        advice: What to do about it, as a clause; empty if the message has to do.
    """

    def __init__(self, method: str, code: str, message: str, advice: str = "") -> None:
        """Keeps what is known."""
        super().__init__(method, code, message, advice)
        self.method, self.code, self.message, self.advice = method, code, message, advice

    @property
    def is_unclear(self) -> bool:
        """The API answered."""
        return False

    @property
    def kind(self) -> str:
        """The code."""
        return self.code

    def __str__(self) -> str:
        """What the API said, and what to do."""
        said = ", ".join(part for part in (self.code, self.message) if part)
        refused = f"{self.method}: the API refused the call"
        advice = f" ({self.advice})" if self.advice else ""
        return f"{refused}: {said}{advice}" if said else f"{refused} and does not say why{advice}"


class BlockedError(ApiError):
    """The token is blocked after too many calls. This one had no effect, and may be sent again after that time.

    Attributes:
        until: Until when, as `YYYY-MM-DD HH:MM:SS`, if the message says so. It names no time zone.
        retry_after: After how many seconds the client itself would send the next call.
    """

    def __init__(self, method: str, code: str, message: str, until: str | None, retry_after: float) -> None:
        """Keeps what is known."""
        when = until or f"about {(int(retry_after) + 30) // 60} minutes"
        advice = f"the call had no effect; send it again after {when}, and send fewer a minute"
        super().__init__(method, code, message, advice)
        self.args = (method, code, message, until, retry_after)
        self.until, self.retry_after = until, retry_after

    @property
    def is_without_effect(self) -> bool:
        """It was refused before it could have any."""
        return True


class InvalidReplyError(BaseLinkerError):
    """The API answered, but nothing usable.

    Attributes:
        path: Where in the reply: `orders[3].order_id`; empty for the reply as a whole.
        what: What is wrong with it, as a clause.
    """

    def __init__(self, method: str, error: DecodeError) -> None:
        """Keeps what is known."""
        super().__init__(method, error)
        self.method, self.error = method, error
        self.path, self.what = error.path, error.what

    @property
    def kind(self) -> str:
        """That it cannot be decoded."""
        return "decode"

    def __str__(self) -> str:
        """What is wrong, and what to do."""
        advice = "; `call_raw` asks less of a reply" if self.path else ""
        return f"{self.method}: {self.error} (the call may have taken effect{advice})"
