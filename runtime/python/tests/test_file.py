"""Files to and from disk: what is written is what was received, and what cannot be written leaves everything as it was."""

from __future__ import annotations

import contextlib
import os
import resource
import stat
from typing import TYPE_CHECKING

import pytest

from baselinker_client import File, InvalidFileError

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path


def content(size: int) -> bytes:
    return bytes((at * 7 + at // 251) % 256 for at in range(size))


# Base64 has three bytes in four characters.
@pytest.mark.parametrize("size", [0, 1, 2, 3, 1023, 1024, 8193, 300_001])
def test_what_goes_to_disk_comes_back(tmp_path: Path, size: int) -> None:
    path = tmp_path / f"żółw {size}.pdf"
    path.write_bytes(content(size))
    file = File.read(path)
    assert file == File.from_bytes(content(size))
    file.save(str(path))
    assert path.read_bytes() == file.bytes() == content(size)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o027, 0o077])
def test_others_may_do_with_it_what_they_may_with_any_new_file(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        File.from_bytes(b"x").save(tmp_path / "saved")
        (tmp_path / "opened").write_bytes(b"x")
    finally:
        os.umask(before)
    saved, opened = (stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("saved", "opened"))
    assert saved == opened == 0o666 & ~mask


@pytest.mark.parametrize("wrong", ["no base64!", "aGVsbG8", "aGVsbG8=\n", "aGVsbG8=!", "ż"])
def test_what_is_not_base64_leaves_the_old_file(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "label.pdf"
    path.write_bytes(b"old")
    with pytest.raises(InvalidFileError, match="the file's content is not base64"):
        File.from_base64(wrong).save(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@contextlib.contextmanager
def small_disk() -> Generator[None, None, None]:
    """No file can have more than a thousand bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    path, file = tmp_path / "label.pdf", File.from_bytes(content(5000))
    path.write_bytes(b"old")
    with pytest.raises(OSError, match=r"label\.pdf'$"), small_disk():
        file.save(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["taken", "no/such/folder.pdf", "taken/..", ""])
def test_a_path_that_cannot_be_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match=f"{tmp_path / name}'$"):
        File.from_bytes(b"x").save(tmp_path / name)
    assert list(tmp_path.iterdir()) == [tmp_path / "taken"]
