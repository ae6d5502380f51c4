"""Files inside JSON: base64, sent with the prefix `data:` and received with or without it."""

from __future__ import annotations

import base64
import binascii
import contextlib
import os
from pathlib import Path


class InvalidFileError(ValueError):
    """A file whose content is not base64."""


class File:
    """The content of a file. It stays in base64 until it is asked for.

    Example:
        >>> File.from_bytes(b"%PDF-").base64
        'JVBERi0='
    """

    __slots__ = ("base64",)

    base64: str
    """The content in base64, without a prefix."""

    def __init__(self, base64: str) -> None:
        """Takes content that is in base64 already, without a prefix. See `from_bytes` and `from_base64`."""
        self.base64 = base64

    @classmethod
    def from_bytes(cls, content: bytes) -> File:
        """A file with this content."""
        return cls(base64.b64encode(content).decode("ascii"))

    @classmethod
    def from_base64(cls, text: str) -> File:
        """A file whose content is in base64 already, perhaps as a `data:` URL. What is not base64 is found out by `bytes`."""
        if text.startswith("data:"):
            text = text[len("data:") :]
            _, mark, rest = text.partition(";base64,")
            text = rest if mark else text
        return cls(text)

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> File:
        """A file with the content of one on disk.

        Raises:
            OSError: If it cannot be read.
        """
        return cls.from_bytes(Path(path).read_bytes())

    def bytes(self) -> bytes:
        """The content.

        Raises:
            InvalidFileError: If what was received is not base64.
        """
        try:
            return base64.b64decode(self.base64, validate=True)
        except (binascii.Error, ValueError) as error:
            message = f"the file's content is not base64: {error}"
            raise InvalidFileError(message) from error

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the content to disk, whole or not at all: beside the place first, and then into it.

        Args:
            path: Where to. A file that is there is replaced; what others may do with the new one is as for any file that is made by `open`.

        Raises:
            InvalidFileError: If what was received is not base64.
            OSError: If it cannot be written.
        """
        content, place = self.bytes(), Path(path)
        draft = place.parent / f".{place.name}.{os.urandom(8).hex()}.part"
        try:
            try:
                with draft.open("xb") as out:
                    out.write(content)
                    # A rename may reach the disk before the content does.
                    out.flush()
                    os.fsync(out.fileno())
                draft.replace(place)
            finally:
                with contextlib.suppress(OSError):
                    draft.unlink()
        except OSError as error:
            # Nobody asked for the draft.
            raise OSError(error.errno, error.strerror, str(place)) from error

    def __eq__(self, other: object) -> bool:
        """Files are the same if their base64 is."""
        return self.base64 == other.base64 if isinstance(other, File) else NotImplemented

    def __hash__(self) -> int:
        """Goes with `__eq__`."""
        return hash(self.base64)

    def __repr__(self) -> str:
        """Shows the size only: the content would bury everything else."""
        return f"File({len(self.base64)} bytes of base64)"
