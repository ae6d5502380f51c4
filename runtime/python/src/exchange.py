"""A call under way: sent as often as it takes, and answered. Every call passes through `steps`, whatever its method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import clock
from .attempt import Answer, Attempt, Failed, Missed
from .errors import BaseLinkerError, Refusal, RefusedError
from .info import READ
from .report import duration
from .told import Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from .attempt import Options, Shared
    from .info import Access
    from .steps import Steps


@dataclass(frozen=True)
class Exchange:
    """A call that was prepared."""

    shared: Shared
    options: Options
    method: str
    access: Access
    idempotent: bool
    form: bytes

    def steps(self, wake: Callable[[], None]) -> Steps[Answer]:
        """Makes the call.

        Args:
            wake: Wakes the driver while it waits; it may be called from any thread.

        Returns:
            The answer, if it looks like one of the API.

        Raises:
            BaseLinkerError: If there is none.
        """
        told = Told(self.method, self.access, self.shared.observers)
        try:
            answer = yield from self._repeat(told, wake)
        except BaseLinkerError as error:
            told.end(error)
            raise
        else:
            told.end(None)
            return answer
        finally:
            told.drop()

    def _repeat(self, told: Told, wake: Callable[[], None]) -> Steps[Answer]:
        """Makes attempts until there is no reason for another one."""
        policy = self.options.retry
        attempt = Attempt(self.shared, self.options, self.method, self.form, told.begun + policy.deadline, told, wake)
        may_come_twice = policy.repeat.allows(self.access, idempotent=self.idempotent)
        failures = 0
        last: BaseLinkerError | None = None
        while True:
            try:
                made = yield from attempt.steps()
            except Missed as missed:
                raise self._missed(missed, last) from None
            if isinstance(made, Answer):
                return made
            if not isinstance(made, Failed):
                continue
            failures += 1
            delay = policy.delay(failures)
            has_time = delay < attempt.deadline - clock.monotonic()
            if failures >= policy.attempts or not has_time or not made.fault.allows_repeating(may_come_twice=may_come_twice):
                raise self._end(made.error, last)
            told.retrying(made.error, delay)
            last = self._end(made.error, last)
            yield from attempt.sleep(delay)

    def _missed(self, missed: Missed, last: BaseLinkerError | None) -> BaseLinkerError:
        """What becomes of a call whose turn does not come in time: its last failure, if it had one."""
        if missed.block is not None:
            return self._end(missed.block.error(self.method), last)
        if last is not None:
            return last
        what = (
            f"its turn did not come within {duration(self.options.retry.deadline)}; make fewer calls at once, or raise the deadline of "
            "the `RetryPolicy`"
        )
        return RefusedError(self.method, Refusal.LATE, what)

    def _end(self, error: BaseLinkerError, before: BaseLinkerError | None) -> BaseLinkerError:
        """The error that a call ends with: the last one, unless that had no effect and one before it may have had."""
        hides = before is not None and error.is_without_effect and not before.is_without_effect
        return before if before is not None and hides and self.access != READ else error
