"""How long the package takes to import and to read a page of 100 orders, and what the page takes in memory; for `docs/decisions/0011`.

The classes of the page are the generated ones. What they are measured against has the same fields, made of their descriptions: structs of
msgspec and models of pydantic, which read this page because it is sent as they expect it. All take turns, the best run counts, and time
is that of the processor, so that a busy machine changes little.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
import tracemalloc
from decimal import Decimal
from pathlib import Path
from types import GenericAlias
from typing import TYPE_CHECKING, Any, Final

import msgspec
import pydantic

from baselinker_client import Object, decode_reply
from baselinker_client._runtime.parse import parse
from baselinker_client._runtime.shape import key_and_value, named, parts_of, shape_of
from baselinker_client.methods.orders import GetOrdersReply

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[[str, list[tuple[str, Any]]], Any]

ORDER: Final = Path(__file__).parents[2] / "rust" / "benches" / "decode" / "order.json"
ORDERS: Final = 100
ROUNDS: Final = 60
IMPORTS: Final = 9


def page() -> bytes:
    """One order as the API sends it, a hundred times."""
    order = ORDER.read_text(encoding="utf-8").strip()
    orders = [order.replace('"order_id":1000000', f'"order_id":{1_000_000 + at}') for at in range(ORDERS)]
    return f'{{"status":"SUCCESS","orders":[{",".join(orders)}]}}'.encode()


def strict(make: Make, of: type[Object], sample: Any) -> Any:
    """A class with the fields of another one; `sample` is an object of it as it is sent."""
    sent: dict[str, Any] = sample or {}
    fields: list[tuple[str, Any]] = []
    for field in shape_of(of).fields:
        name = next((key for key in (field.wire, *field.aliases) if key in sent), field.wire)
        fields.append((name, strict_type(make, field.type, sent.get(name), of.__module__)))
    return make(of.__name__, fields)


def strict_type(make: Make, text: str, sample: Any, module: str) -> Any:
    """The type of a field, or of a part of one: what was sent, with decimals that keep their digits."""
    name, inner = parts_of(text)
    if name == "list":
        return GenericAlias(list, strict_type(make, inner, sample[0] if sample else None, module))
    if name == "map":
        key, value = key_and_value(inner)
        kind = int if key in {"id", "int"} else str
        return GenericAlias(dict, (kind, strict_type(make, value, next(iter(sample.values()), None), module)))
    if isinstance(sample, dict):
        return strict(make, named(name, module), sample)
    return Decimal if name == "decimal" else sample.__class__


def struct(name: str, fields: list[tuple[str, Any]]) -> Any:
    """A struct of msgspec."""
    return msgspec.defstruct(name, [(key, kind | None, None) for key, kind in fields], kw_only=True, gc=False)


def model(name: str, fields: list[tuple[str, Any]]) -> Any:
    """A model of pydantic."""
    members: Any = {key: (kind | None, None) for key, kind in fields}
    return pydantic.create_model(name, **members)


def ways(body: bytes) -> dict[str, Callable[[], Any]]:
    """All ways to read the page."""
    sample = json.loads(body)
    decoder = msgspec.json.Decoder(strict(struct, GetOrdersReply, sample))
    models = strict(model, GetOrdersReply, sample)
    return {
        "msgspec, strict structs": lambda: decoder.decode(body),
        "pydantic, model_validate_json": lambda: models.model_validate_json(body),
        "pydantic, json.loads and model_validate": lambda: models.model_validate(json.loads(body)),
        "this package": lambda: decode_reply(GetOrdersReply, body).value,
        "parsing in this package": lambda: parse(body),
        "json.loads": lambda: json.loads(body),
    }


def fastest(work: dict[str, Callable[[], Any]]) -> dict[str, float]:
    """The best times, in milliseconds; all take turns, so that a busy machine is busy for all."""
    best = dict.fromkeys(work, float("inf"))
    gc.disable()
    for _ in range(ROUNDS):
        for name, run in work.items():
            start = time.thread_time()
            result = run()
            best[name] = min(best[name], (time.thread_time() - start) * 1000)
            del result
    gc.enable()
    return best


def memory(run: Callable[[], Any]) -> int:
    """What a result takes, in kilobytes."""
    gc.collect()
    tracemalloc.start()
    result = run()
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del result
    return size // 1000


def imports(module: str, compiled: str) -> float:
    """How long an import takes when httpx is there already, in milliseconds: the best of some processes, compiled as after an installation.

    Args:
        module: What to import.
        compiled: A folder for what Python compiles.
    """
    program = f"import httpx, time; start = time.thread_time(); import {module}; print((time.thread_time() - start) * 1000)"
    settings = {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-c", program]
    runs = [subprocess.run(command, env=settings, capture_output=True, check=True) for _ in range(IMPORTS)]  # noqa: S603 (it runs what is written here)
    return min(float(run.stdout) for run in runs)


def say(text: str) -> None:
    """Prints a line."""
    print(text)  # noqa: T201 (it is what this is for)


def main() -> None:
    """Measures, and prints."""
    body = page()
    work = ways(body)
    for name in list(work)[:4]:
        assert len(list(work[name]().orders)) == ORDERS, name  # noqa: S101 (what reads nothing is quick)
    say(f"Python: page of {ORDERS} orders, {len(body)} bytes, best of {ROUNDS} runs")
    for name, best in fastest(work).items():
        say(f"{name:<44} {best:6.2f} ms, {memory(work[name]):6} kB")
    with tempfile.TemporaryDirectory() as compiled:
        for module in ("msgspec", "baselinker_client", "baselinker_client.methods.orders", "pydantic"):
            say(f"{f'import {module}, beyond httpx':<60} {imports(module, compiled):6.1f} ms")


if __name__ == "__main__":
    main()
