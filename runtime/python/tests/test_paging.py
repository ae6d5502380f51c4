"""Reading pages, following and calling in parts: what a server answers, against what comes out and which calls were made."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest
from fakes import API, MINUTE, Fake, behind, by_id, by_page, listed, put
from worlds import GIVEN_UP, Do, GiveUp, Sleep

from baselinker_client import InvalidReplyError, RefusedError, RetryPolicy

if TYPE_CHECKING:
    from collections.abc import Generator

    from worlds import World

Case = tuple[str, list[str], str, str]
"""Pages as JSON lists of ids, what is read of them, and the cursor of each call (`-` for none)."""

BY_ID: list[Case] = [
    ("a short page ends it", ["[1,2]", "[3]"], "1 2 3", "1 3"),
    ("a full last page is followed by an empty one", ["[1,2]", "[3,4]", "[]"], "1 2 3 4", "1 3 5"),
    ("nothing at all", ["[]"], "", "1"),
    ("an empty text is an empty page", ['""'], "", "1"),
    ("a page in any order goes on from the greatest", ["[9,4]", "[11]"], "9 4 11", "1 10"),
    ("the same page again is an error", ["[1,2]", "[1,2]"], "1 2 !", "1 3"),
    ("a page that overlaps gives only what is new", ["[1,2]", "[2,3]", "[]"], "1 2 3", "1 3 4"),
]
BEHIND: list[Case] = [
    ("a cursor that is included", ["[1,2]", "[2,3]", "[3]"], "1 2 3", "- 2 3"),
    ("a cursor that is not", ["[1,2]", "[3]", "[]"], "1 2 3", "- 2 3"),
    ("an empty answer keeps the cursor", ["[5]", "[]"], "5", "- 5"),
]
BY_PAGE: list[Case] = [
    ("a short page ends it by number", ["[1,2]", "[3]"], "1 2 3", "- 2"),
    ("an empty page ends it", ["[1,2]", "[]"], "1 2", "- 2"),
    ("a server that ignores the number is an error", ["[1,2]", "[1,2]"], "1 2 !", "- 2"),
]
PAGES = [(request, *case) for request, cases in ((by_id(), BY_ID), (behind(), BEHIND), (by_page(), BY_PAGE)) for case in cases]

JOURNAL: list[Case] = [
    ("everything, then what is new", ["[1,2]", "[]", "[3]"], "1 2 3", "0@0 2@0 2@60"),
    ("pages until nothing is new", ["[1,2]", "[3]", "[4]", "[]", "[5]"], "1 2 3 4 5", "0@0 2@0 3@0 4@0 4@60"),
    ("the event at the cursor comes again", ["[1,2]", "[2]", "[2]", "[2,3]"], "1 2 3", "0@0 2@0 2@60 2@120"),
    ("nothing for a long time", ["[]", "[]", '""', "[7]"], "7", "0@0 0@60 0@120 0@180"),
    ("a page in any order comes in order", ["[9,4]", "[11]"], "4 9 11", "0@0 9@0"),
    ("an error waits too, and ends nothing", ["[1]", "no JSON", "[]", "[2]"], "1 ! 2", "0@0 1@0 1@60 1@120"),
    ("an error that lasts", ["no JSON", "no JSON", "[1]"], "! ! 1", "0@0 0@60 0@120"),
]
LIST: list[Case] = [
    ("a short page waits", ["[1,2]", "[3]", "[4]"], "1 2 3 4", "1@0 3@0 4@60"),
    ("an empty page waits", ["[1,2]", "[]", "[3]"], "1 2 3", "1@0 3@0 3@60"),
    ("the same page again is an error that waits", ["[1,2]", "[1,2]", "[3]"], "1 2 ! 3", "1@0 3@0 3@60"),
]
FOLLOWED = [(request, *case) for request, cases in ((behind(), JOURNAL), (by_id(), LIST)) for case in cases]


def client(world: World, fake: Fake, **settings: Any) -> Any:
    return world.client(fake, "1-PAGES", api=API, retry=RetryPolicy.NONE, **settings)


def step(iterator: Any) -> Do:
    """The next of an iterator, or nothing at its end."""

    async def later() -> Any:
        with contextlib.suppress(StopAsyncIteration):
            return await iterator.__anext__()

    return Do(later if hasattr(iterator, "__anext__") else lambda: next(iterator, None))


def read(iterator: Any, count: int) -> Generator[Any, Any, str]:
    found: list[str] = []
    while len(found) < count:
        item = yield step(iterator)
        if item is None:
            break
        found.append("!" if isinstance(item, Exception) else str(item.id))
    return " ".join(found)


@pytest.mark.parametrize(("request_", "name", "pages", "expected", "asked"), PAGES, ids=[case[1] for case in PAGES])
def test_pages_are_followed_to_the_end(world: World, request_: Any, name: str, pages: list[str], expected: str, asked: str) -> None:
    assert name
    fake = Fake(map(listed, pages))
    count = 99 if "!" not in expected else len(expected.split())
    [found] = world.run(read(client(world, fake).items(request_), count))
    assert (found, fake.cursors) == (expected, asked)


@pytest.mark.parametrize(("request_", "name", "pages", "expected", "asked"), FOLLOWED, ids=[case[1] for case in FOLLOWED])
def test_what_is_new_is_asked_for(world: World, request_: Any, name: str, pages: list[str], expected: str, asked: str) -> None:
    assert name
    fake = Fake(map(listed, pages))
    [found] = world.run(read(client(world, fake).follow(request_, interval=MINUTE), len(expected.split())))
    times = " ".join(f"{cursor}@{time:.0f}" for cursor, time in zip(fake.cursors.split(), fake.times, strict=True))
    assert (found, times) == (expected, asked)


def test_a_page_that_lost_an_item_is_not_short(world: World) -> None:
    fake = Fake(['{"status":"SUCCESS","items":[{"id":1},"x"]}', listed("[3]")])
    items = client(world, fake).items(by_id())
    assert world.run(read(items, 9)) == ["1 3"]
    assert fake.cursors == "1 2"
    assert [str(one) for one in items.take_mismatches()] == ['items[1]: expected object, found "x"']
    assert items.take_mismatches() == []


def test_no_page_is_fetched_before_it_is_wanted(world: World) -> None:
    fake = Fake(map(listed, ["[1,2]", "[3,4]", "[]"]))
    items = client(world, fake).items(by_id())
    assert fake.cursors == ""
    assert world.run(read(items, 1)) == ["1"]
    assert items.cursor == 1
    assert world.run(read(items, 1)) == ["2"]
    assert fake.cursors == "1"
    assert items.cursor == 3


def test_reading_goes_on_from_a_stored_cursor(world: World) -> None:
    fake = Fake([listed("[3]")])
    assert world.run(read(client(world, fake).items(by_id(from_=3)), 9)) == ["3"]
    assert fake.cursors == "3"


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (["[1,2]", "[3]"], 2),
        (["[1,2]", "[]"], 1),
        (["[1,2]", '{"status":"SUCCESS","items":[{"id":3},"x"]}', "[]"], 2),
        (["[]"], 1),
    ],
)
def test_at_their_end_numbered_pages_go_on_from_the_last_one(world: World, pages: list[str], expected: int) -> None:
    items = client(world, Fake(map(listed, pages))).items(by_page())
    world.run(read(items, 9))
    assert items.cursor == expected


def test_a_page_that_failed_is_asked_for_again(world: World) -> None:
    fake = Fake([listed("[1,2]"), "no JSON", listed("[3]")])
    pages = client(world, fake).pages(by_id())

    def all_of_it() -> Generator[Any, Any, list[Any]]:
        return [(yield step(pages)), (yield step(pages)), (yield step(pages)), (yield step(pages))]

    [[first, error, last, end]] = world.run(all_of_it())
    assert [item.id for page in (first, last) for item in page.value] == [1, 2, 3]
    assert isinstance(error, InvalidReplyError)
    assert end is None
    assert fake.cursors == "1 3 3"


def test_following_from_the_cursor_behind_any_item_loses_and_repeats_nothing(world: World) -> None:
    for stop in range(4):
        events = client(world, Fake([listed("[3,1,2]")])).follow(behind(), interval=MINUTE)
        [begun] = world.run(read(events, stop))
        # This server begins at the cursor.
        rest = [number for number in range(1, 5) if number >= events.cursor]
        fake = Fake([listed(str(rest))])
        again = client(world, fake).follow(behind(from_=events.cursor), interval=MINUTE)
        [ended] = world.run(read(again, 4 - stop))
        assert f"{begun} {ended}".split() == ["1", "2", "3", "4"]
        assert fake.cursors == str(events.cursor)


def test_a_page_is_done_with_its_cursor(world: World) -> None:
    fake = Fake(map(listed, ["[1,2]", "[3]", "[]", "[4,5,6]"]))
    events = client(world, fake).follow(behind(), interval=MINUTE)

    def all_of_it() -> Generator[Any, Any, list[Any]]:
        found: list[Any] = []
        for take in (Do(events.next_page), Do(events.next_page), step(events), Do(events.next_page)):
            given = yield take
            found.append(([item.id for item in given.value] if hasattr(given, "value") else given.id, events.cursor))
        return found

    assert world.run(all_of_it()) == [[([1, 2], 2), ([3], 3), (4, 4), ([5, 6], 6)]]


def test_work_counts_as_waiting(world: World) -> None:
    fake = Fake(map(listed, ["[1]", "[]", "[2]"]))
    events = client(world, fake).follow(behind(), interval=MINUTE)

    def slowly() -> Generator[Any, Any, None]:
        yield step(events)
        yield Sleep(600)
        yield step(events)

    world.run(slowly())
    assert fake.times == [0, 600, 660]


def test_giving_up_waiting_loses_nothing(world: World) -> None:
    fake = Fake(map(listed, ["[]", "[1,2]"]))
    events = client(world, fake).follow(behind(), interval=MINUTE)

    def impatient() -> Generator[Any, Any, Any]:
        for _ in range(59):
            assert (yield GiveUp(step(events), 1)) is GIVEN_UP
        return [(yield step(events)).id, events.cursor]

    assert world.run(impatient()) == [[1, 1]]
    assert fake.times == [0, 60]


def test_giving_up_a_call_loses_nothing(world: World) -> None:
    fake = Fake(map(listed, ["[1]", "[2,3]", "[2,3]"]), back=5)
    events = client(world, fake).follow(behind(), interval=MINUTE)

    def impatient() -> Generator[Any, Any, Any]:
        first = yield step(events)
        assert (yield GiveUp(step(events), 1)) is GIVEN_UP
        return [first.id, events.cursor, (yield step(events)).id, (yield step(events)).id]

    assert world.run(impatient()) == [[1, 1, 2, 3]]
    assert fake.cursors == "0 1 1"


def test_mismatches_do_not_fill_the_memory(world: World) -> None:
    fake = Fake(['{"status":"SUCCESS","items":["x",{"id":1}]}'] * 2000)
    events = client(world, fake).follow(behind(), interval=MINUTE)

    def long() -> Generator[Any, Any, None]:
        yield step(events)
        assert (yield GiveUp(step(events), 1900 * MINUTE)) is GIVEN_UP

    world.run(long())
    assert len(events.take_mismatches()) == 1000
    assert events.take_mismatches() == []


def test_numbered_pages_are_not_followed(world: World) -> None:
    with pytest.raises(RefusedError, match="its pages have numbers"):
        client(world, Fake()).follow(by_page(), interval=1)


@pytest.mark.parametrize("parts", [[[1, 2], [3, 4], [5]], [[1, 2], [3, 4]]], ids=["some are left", "none is left"])
def test_many_items_are_sent_in_parts(world: World, parts: list[list[int]]) -> None:
    fake = Fake()
    sender = client(world, fake)

    def all_of_it() -> Generator[Any, Any, Any]:
        return (yield Do(lambda: sender.call_in_batches(put([item for part in parts for item in part]))))

    [done] = world.run(all_of_it())
    assert (len(done.unwrap()), done.failure) == (len(parts), None)
    assert [params["items"] for _, _, params in fake.calls] == parts


def test_a_part_that_fails_ends_it_and_says_what_was_not_sent(world: World) -> None:
    sender = client(world, Fake([listed("[]"), "no JSON"]))

    def all_of_it() -> Generator[Any, Any, Any]:
        return (yield Do(lambda: sender.call_in_batches(put([1, 2, 3, 4, 5, 6, 7]))))

    [done] = world.run(all_of_it())
    assert len(done.replies) == 1
    assert done.failure.failed == put([3, 4])
    assert done.failure.not_sent == put([5, 6, 7])
    assert isinstance(done.failure.error, InvalidReplyError)
    with pytest.raises(InvalidReplyError):
        done.unwrap()


def test_nothing_is_sent_for_no_items(world: World) -> None:
    fake = Fake()
    sender = client(world, fake)

    def all_of_it() -> Generator[Any, Any, Any]:
        return (yield Do(lambda: sender.call_in_batches(put([]))))

    [done] = world.run(all_of_it())
    assert done.unwrap() == []
    assert fake.calls == []
