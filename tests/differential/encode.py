"""Prints what the example call of every method sends, so that the packages of all languages can be compared.

A line for each method, by its name: `{"method": "..", "parameters": "<the exact text>"}`.
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

from baselinker_client import parameters_of

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "generated" / "python" / "tests"))


def main() -> None:
    """Prints."""
    from examples import examples  # noqa: PLC0415 (where they are is known now)

    warnings.simplefilter("ignore", DeprecationWarning)
    for request in examples():
        line = {"method": request.method.name, "parameters": parameters_of(request)}
        print(json.dumps(line, ensure_ascii=False))  # noqa: T201 (it is what this is for)


if __name__ == "__main__":
    main()
