"""A courier's form: its defaults, the answers that were set, and the sizes of parcels under the names that it gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from baselinker_client.types import CourierFieldInput, CourierParcelInput
from flows import FlowError, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from baselinker_client.methods.courier_info import GetCourierFieldsReply


def fields(form: GetCourierFieldsReply, given: Sequence[tuple[str, str]]) -> list[CourierFieldInput]:
    """The answers for a shipment: what was set, and defaults for the rest."""
    known = [field.id for field in form.fields]
    for name, _ in given:
        if name not in known:
            raise FlowError(f"the courier has no field `{name}`; it has: {', '.join(known)}")
    chosen = {name for name, _ in given}
    defaults = [(field.id, field.value or "") for field in form.fields if field.id not in chosen]
    return [CourierFieldInput(id=name, value=value) for name, value in (*defaults, *given) if value]


def parcel(form: GetCourierFieldsReply, weight: str, **sizes: str | None) -> CourierParcelInput:
    """A parcel as the courier wants it, from kg and cm: some ask for `size_length` where others ask for `length`."""
    asked = {field.id for field in form.package_fields}
    what = "weight or size of a parcel"
    known: dict[str, Any] = {"weight": number(weight, what)}
    extra: dict[str, Any] = {}
    for name, size in sizes.items():
        if size is not None and f"size_{name}" in asked:
            extra[f"size_{name}"] = size
        elif size is not None:
            known[name] = number(size, what)
    return CourierParcelInput(**known, extra=extra)
