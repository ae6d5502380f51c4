"""When a call is sent again, and after how long. The runtimes of all languages have this rule and these numbers."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from .info import READ

if TYPE_CHECKING:
    from .info import Access


class Repeat(Enum):
    """What is sent again when nobody knows whether it took effect: after no answer, a server error, or something that is no reply."""

    READS = "reads"
    """What only reads."""
    IDEMPOTENT = "idempotent"
    """What only reads, and what does no more when it is done twice, such as setting a status: each method says which it is, a raw call does
    not. It is for programs that alone write what they write; a value that somebody else wrote meanwhile would be lost."""
    ANYTHING = "anything"
    """Any call. It is for single calls of which the program knows that they do no harm twice."""

    def allows(self, access: Access, *, idempotent: bool) -> bool:
        """May such a call come twice?"""
        return self is Repeat.ANYTHING or access == READ or (self is Repeat.IDEMPOTENT and idempotent)


@dataclass(frozen=True)
class RetryPolicy:
    """How often a call is sent, and how long it may take in all. Times are in seconds.

    What only reads is sent again when there was no connection, no answer in time, a broken one, a server error (5xx) or something that
    is no reply. What changes something is sent again only when it certainly was not sent, unless `repeat` says otherwise. Whatever was
    refused because the token is blocked had no effect, and is sent again after the block. No other error is worth it.
    """

    NONE: ClassVar[RetryPolicy]
    """A call is sent once at most, and not at all while the token is blocked. It still waits for its turn."""

    attempts: int = 5
    """How often a call is sent at most; refusals of a blocked token do not count."""
    first_delay: float = 0.5
    """The longest delay before the second attempt; it doubles with each one after that. The delay itself is a random part of it, so
    that callers who failed together do not come back together."""
    greatest_delay: float = 30.0
    """How far the longest delay may grow."""
    deadline: float = 900.0
    """How long a call may take in all: waiting for its turn, for the end of a block, and all attempts. A block takes ten minutes, and
    should fit into it. `math.inf` is no deadline."""
    wait_out_blocks: bool = True
    """Whether a call waits while the token is blocked, if its deadline allows. Otherwise it fails at once."""
    repeat: Repeat = Repeat.READS
    """What is sent again although it may have taken effect."""

    def longest_delay(self, failures: int) -> float:
        """How long to wait at most after so many attempts that failed."""
        return min(self.first_delay * 2.0 ** min(failures - 1, 64), self.greatest_delay)

    def delay(self, failures: int) -> float:
        """How long to wait after so many attempts that failed."""
        longest = self.longest_delay(failures)
        return longest if longest == float("inf") else random.uniform(0, longest)  # noqa: S311 (it keeps callers apart, and no secret)


RetryPolicy.NONE = RetryPolicy(attempts=1, wait_out_blocks=False)


class Fault(Enum):
    """What is known of a call that failed."""

    NOT_SENT = "not sent"
    """It certainly was not sent."""
    UNCLEAR = "unclear"
    """It may have taken effect, and may succeed if it is sent again."""
    LASTING = "lasting"
    """It would fail again."""

    def allows_repeating(self, *, may_come_twice: bool) -> bool:
        """May a call that failed so be sent again? It depends on whether it may come twice, unless it did not come at all."""
        return self is Fault.NOT_SENT or (self is Fault.UNCLEAR and may_come_twice)
