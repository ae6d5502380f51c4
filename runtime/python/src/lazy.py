"""Modules that are imported when one of their names is first asked for, so that importing the package stays cheap."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def lazy(package: str, homes: Mapping[str, str]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Makes `__getattr__` and `__dir__` of a package.

    Args:
        package: Its name, one below that of the whole package.
        homes: The module of the whole package where each name lives, such as `types.orders`.
    """

    def find(name: str) -> Any:
        home = homes.get(name)
        if home is None:
            message = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(message)
        found = getattr(import_module(f"..{home}", package), name)
        # The next time it is found at once.
        setattr(sys.modules[package], name, found)
        return found

    return find, lambda: sorted(homes)
