"""A server on this machine that records every byte of its requests, and gives the same answer to each."""

from __future__ import annotations

import itertools
import socket
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Self


def status(line: str, body: str) -> bytes:
    """A whole answer."""
    content = body.encode()
    return f"HTTP/1.1 {line}\r\ncontent-length: {len(content)}\r\n\r\n".encode() + content


def ok(body: str) -> bytes:
    """A good answer, as far as HTTP goes."""
    return status("200 OK", body)


_SERVERS = itertools.count(1)


class Server:
    """The server; it ends with its context.

    Args:
        answer: What is sent, byte by byte.
        then: `keep` waits for the next request, `close` closes, `hang` says nothing more, `repeat` sends it again and again.
    """

    def __init__(self, answer: bytes, then: str = "keep") -> None:
        self._answer, self._then = answer, then
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._number = next(_SERVERS)
        self.requests: list[str] = []
        self.connections = 0
        self.sent = 0
        self.received = threading.Event()
        self.closed = threading.Event()

    @property
    def url(self) -> str:
        # A block is remembered by address, and a later server may get the same port.
        return f"http://127.0.0.1:{self.port}/case/{self._number}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                while self._read(connection):
                    self._write(connection)
                    if self._then == "hang":
                        connection.recv(1)
                    if self._then != "keep":
                        break
            except OSError:
                pass
            self.closed.set()

    def _write(self, connection: socket.socket) -> None:
        while True:
            connection.sendall(self._answer)
            self.sent += len(self._answer)
            if self._then != "repeat":
                return

    def _read(self, connection: socket.socket) -> bool:
        data = b""
        while True:
            head, mark, body = data.partition(b"\r\n\r\n")
            length = [int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")]
            if mark and length and len(body) >= length[0]:
                self.requests.append(data.decode())
                self.received.set()
                return True
            piece = connection.recv(65536)
            if not piece:
                return False
            data += piece
