"""The settings that every program has, by flag or by environment, and the client that follows from them."""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from baselinker_client import Client, Token

if TYPE_CHECKING:
    from .summary import CallCount

_OFF: Final = {"", "0", "n", "no", "f", "false", "off"}
_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class Settings(argparse.Namespace):
    """Settings that every program has."""

    token: Token
    endpoint: str | None
    database: Path
    calls_per_minute: int
    dry_run: bool
    every: float | None


def new_parser(name: str, description: str) -> argparse.ArgumentParser:
    """A parser that knows the settings that every program has."""
    parser = argparse.ArgumentParser(name, description=description, allow_abbrev=False)
    account = "token of the account; better in the environment, since others on the machine can read arguments"
    add_setting(parser, "--token", "BASELINKER_TOKEN", account, type=Token, required=True)
    add_setting(parser, "--endpoint", "BASELINKER_ENDPOINT", "another endpoint than the API's own, such as that of a mock", metavar="URL")
    database = "the database, which is made when it is not there"
    add_setting(parser, "--database", "BASELINKER_DATABASE", database, metavar="FILE", type=Path, required=True)
    calls = "how many calls a minute this program may make, less than the contract allows if others use the token"
    add_setting(parser, "--calls-per-minute", "BASELINKER_CALLS_PER_MINUTE", calls, metavar="CALLS", type=int, default=100)
    parser.add_argument(
        "--dry-run", action="store_true", help="read everything, send and store nothing, and show what would have been done"
    )
    every = "run again and again, once in this time, such as 15m; once only when not given"
    parser.add_argument("--every", metavar="TIME", type=_seconds, help=every)
    return parser


def add_setting(parser: argparse.ArgumentParser, flag: str, variable: str, help: str, **options: Any) -> None:
    """Adds a setting that a variable of the environment may give too; the flag wins."""
    value = os.environ.get(variable)
    if options.get("action") == "store_true":
        options["default"] = value is not None and value.lower() not in _OFF
    elif value is not None:
        options |= {"default": value, "required": False}
    parser.add_argument(flag, help=f"{help} [env: {variable}]", **options)


def connect(settings: Settings, token: Token, endpoint: str | None, calls: CallCount) -> Client:
    """A client for an account: the program's own, or that of a partner.

    In a dry run it refuses whatever does more than read, so that no slip of a program can write.

    Raises:
        ConfigError: If the token or the endpoint cannot be right.
    """
    limit, read_only = settings.calls_per_minute, settings.dry_run
    return Client(token, endpoint=endpoint, calls_per_minute=limit, read_only=read_only, observers=[calls])


def _seconds(time: str) -> float:
    """Reads `90s`, `15m`, `1h 30m`."""
    parts = re.findall(r"(\d+)\s*([smhd])\s*", time)
    if not re.fullmatch(r"(\d+\s*[smhd]\s*)+", time):
        raise argparse.ArgumentTypeError(f"`{time}` is no time; write 90s, 15m or 1h")
    return float(sum(int(number) * _SECONDS[unit] for number, unit in parts))
