"""What programs find without making a call: what is known of methods, and every name where it is looked for."""

from __future__ import annotations

import pytest

import baselinker_client
from baselinker_client import API, methods, types
from examples import examples


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_is_known_of_methods() -> None:
    described = [request.method for request in examples()]
    assert sorted(API.methods) == [method.name for method in described]
    for method in described:
        known = API.methods[method.name]
        assert known.access == method.access
        assert known.page_size == (method.paging.size if method.paging else None)
        assert known.batch_max == (method.batch.max if method.batch else None)
    assert API.methods["getOrders"].page_size == 100
    assert API.methods["getInventoryProductsData"].batch_max == 1000


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_reply_is_found_among_methods_and_among_types() -> None:
    for request in examples():
        reply = request.method.reply
        assert getattr(methods, reply.__name__) is getattr(types, reply.__name__) is reply


@pytest.mark.parametrize("package", [baselinker_client, methods, types], ids=["package", "methods", "types"])
def test_every_public_name_is_there(package: object) -> None:
    names: list[str] = getattr(package, "__all__", [])
    assert len(names) > 50
    assert all(hasattr(package, name) for name in names)
    assert set(names) <= set(dir(package))
    assert not hasattr(package, "Nothing")
