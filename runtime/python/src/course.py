"""Where reading a method page by page has got to: which page follows, what is new on it, and when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from .decode import Reply
from .errors import Refusal, RefusedError
from .info import CursorStyle, PageStyle
from .kinds import is_map

if TYPE_CHECKING:
    from .request import PagedRequest

Item = TypeVar("Item")

_FIRST_POSITION: Final = 1
"""The smallest position there is."""


class Course(Generic[Item]):
    """Where reading has got to: which call comes next, and what is new in its reply."""

    def __init__(self, request: PagedRequest[Any, Item]) -> None:
        """Begins before the first page."""
        style = request.method.paging
        # Only methods with pages make such requests.
        assert style is not None  # noqa: S101
        # Without a cursor the API may sort another way, and a page sorted so would not lead to the next one.
        if isinstance(style, CursorStyle) and style.step and style.param not in request.params:
            request = request.having(**{style.param: _FIRST_POSITION})
        self.request, self.style = request, style
        self.done = False
        # The greatest position seen. Who goes on from a stored cursor has seen all before it, but an API that begins at the cursor sends
        # that again.
        self._seen: int | None = self.cursor - style.step if isinstance(style, CursorStyle) and self.cursor is not None else None
        # The first item of the page before, by which a server that ignores page numbers shows.
        self._before: Item | None = None

    @property
    def cursor(self) -> int | None:
        """The cursor or page number of the page that comes next."""
        return self.request.params.get(self.style.param)

    def reopen(self) -> bool:
        """Whether the last page was read; if so, it may be asked for what has appeared behind it since."""
        done, self.done = self.done, False
        return done

    def advance(self, reply: Reply[Any]) -> Reply[list[Item]] | None:
        """What is new on a page; `None` if it only says that there is nothing more."""
        listed = getattr(reply.value, self.style.items)
        items: list[Any] = list(listed.items()) if is_map(listed) else list(listed or ())
        # A page from which an item was lost is not short.
        size = self.style.size
        is_short = size is not None and len(items) < size and not reply.mismatches
        if isinstance(self.style, PageStyle):
            self.done = not items or is_short
            new = self._turn_page(items, self.style)
        else:
            self.done = is_short
            new = self._move_cursor(items, self.style)
        # The last page is told by being empty only where nothing else tells it, so an empty one is no page.
        if self.done and not new and not reply.mismatches:
            return None
        return Reply(new, reply.mismatches, reply.unlisted)

    def _turn_page(self, items: list[Item], style: PageStyle) -> list[Item]:
        number = style.first if self.cursor is None else self.cursor
        if items and items[0] == self._before:
            raise self._stuck(f"page {number} is the page before it once more")
        # More may be added to the last page, which may be the one before this empty one.
        is_before = not items and self._before is not None
        following = number + 1 if not self.done else number - 1 if is_before else number
        self._before = items[0] if items else None
        self.request = self.request.having(**{style.param: following})
        return items

    def _move_cursor(self, items: list[Item], style: CursorStyle) -> list[Item]:
        seen = self._seen
        positions = [getattr(item, style.position) for item in items]
        new = [
            (item, position) for item, position in zip(items, positions, strict=True) if seen is None or position is None or position > seen
        ]
        if not new and items and style.step:
            raise self._stuck(f"nothing behind {seen or 0} came")
        self.done = self.done or not new
        greatest = max((position for _, position in new if position is not None), default=None)
        if greatest is not None:
            self._seen = greatest
            self.request = self.request.having(**{style.param: greatest + style.step})
        return [item for item, _ in new]

    def _stuck(self, what: str) -> RefusedError:
        """The error of a page that does not lead on: asking again would go on for ever."""
        what = f"{what}; the next call would be the same again"
        return RefusedError(self.request.method.name, Refusal.INVALID_REQUEST, what)
