"""Decodes replies, so that what the packages of all languages read can be compared.

`decode.py FILE` reads lines of JSON, `{"method": "getOrders", "reply": "<JSON text, envelope included>"}`, and prints a line for each:
`{"value": .., "mismatches": [..]}`, `{"error": {"path": ..}}` or `{"api_error": {"code": .., "message": ..}}`.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from baselinker_client import API, ApiRefusal, DecodeError, Object, canonical, decode_reply, methods


def replies() -> dict[str, type[Object]]:
    """The class of the reply of every method, by the method's name."""
    homes = {home for home in (name.__module__ for name in map(methods.__getattr__, methods.__all__)) if home}
    found = [value for home in homes for value in vars(import_module(home)).values() if hasattr(value, "reply")]
    return {method.name: method.reply for method in found if method.name in API.methods}


def outcome(make: type[Object], text: str) -> dict[str, Any]:
    """What becomes of a reply."""
    try:
        reply = decode_reply(make, text.encode())
    except ApiRefusal as error:
        return {"api_error": {"code": error.code, "message": error.message}}
    except DecodeError as error:
        return {"error": {"path": error.path}}
    found = [{"path": one.path, "expected": one.expected, "found": one.found} for one in reply.mismatches]
    return {"value": canonical(reply.value), "mismatches": found}


def main() -> None:
    """Reads the file that is named, and prints."""
    known = replies()
    with Path(sys.argv[1]).open(encoding="utf-8") as lines:
        for line in lines:
            case = json.loads(line)
            print(json.dumps(outcome(known[case["method"]], case["reply"]), ensure_ascii=False))  # noqa: T201 (it is what this is for)


if __name__ == "__main__":
    main()
