"""The secret of an account: it leaves memory only as the header of a request."""

from __future__ import annotations

from typing import Final, NoReturn

PIECE: Final = 4
"""How many characters of a token are a piece of it, rather than any text."""


class Token:
    """The token of an account, which a seller makes in the panel under Account, API.

    Nothing of this package prints it: not its `repr`, no log, no error.
    """

    __slots__ = ("_secret",)

    def __init__(self, secret: str) -> None:
        """Keeps the token; a client looks at whether it can be one."""
        self._secret = secret

    def problem(self) -> str | None:
        """What is wrong with the token, as a clause; `None` if it can be one."""
        if not self._secret:
            return "the token is empty"
        if not all("!" <= letter <= "~" for letter in self._secret):
            return "the token holds a blank, a line break or another character that no token has"
        return None

    def reveal(self) -> str:
        """The token itself, for the header and to tell accounts apart."""
        return self._secret

    def veil_bytes(self, text: bytes) -> bytes | None:
        """A copy of a text with asterisks in place of the token; `None` if it is not there."""
        secret = self._secret.encode()
        return text.replace(secret, b"*" * len(secret)) if secret in text else None

    def veil(self, text: str) -> str:
        """A text with asterisks in place of the token, also if it ends within it."""
        secret = self._secret
        text = text.replace(secret, "*" * len(secret))
        for length in range(len(secret) - 1, PIECE - 1, -1):
            if text.endswith(secret[:length]):
                return text[:-length] + "*" * length
        return text

    def __repr__(self) -> str:
        """Says that there is one."""
        return "Token([redacted])"

    def __reduce__(self) -> NoReturn:
        """Refuses to be pickled, which would write it down."""
        message = "a token is not pickled; make a client where it is needed"
        raise TypeError(message)
