"""The trade credit of contractors: limits are set, repayments booked once and never above what is blocked, the history read."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from baselinker_client.methods import (
    add_connect_contractor_credit_settlement,
    get_connect_contractor_credit_history,
    set_connect_contractor_credit_limit,
)
from baselinker_client.types import ConnectContractorId, ConnectCreditEntryKind, OrderId
from flows import Intent, again, number, once, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from baselinker_client import Client
    from baselinker_client.types import ConnectCreditEntry, ConnectCreditEntryId
    from flows import Session


class _Settlement(NamedTuple):
    """A repayment that is not booked yet."""

    reference: str
    contractor: ConnectContractorId
    amount: str
    order: OrderId | None


def keep(session: Session) -> None:
    """Sets limits, books settlements, and reads the history of every contractor that is known."""
    _set_limits(session)
    left: dict[ConnectContractorId, Decimal] = {}
    sql = "SELECT reference, contractor_id, amount, order_id FROM settlements WHERE entry_id IS NULL ORDER BY 1"
    for settlement in (_Settlement(*row) for row in session.store.rows(sql)):
        with session.trying(f"settlement {settlement.reference}"):
            _settle(session, settlement, left)
    _read_history(session)


def _set_limits(session: Session) -> None:
    sql = "SELECT contractor_id, amount, message FROM limits WHERE amount != sent ORDER BY 1"
    for contractor, amount, message in session.store.rows(sql):
        with session.trying(f"limit of contractor {contractor}"):
            if not session.dry_run:
                request = set_connect_contractor_credit_limit(
                    connect_contractor_id=ConnectContractorId(contractor), new_limit=number(amount, "amount"), message=message
                )
                again(session.client, request)
                session.store.db.execute("UPDATE limits SET sent = ? WHERE contractor_id = ?", (amount, contractor))
            session.summary.add("limits set")


def _settle(session: Session, settlement: _Settlement, left: dict[ConnectContractorId, Decimal]) -> None:
    """Books a repayment, unless it exceeds what the contractor has to pay."""
    reference, contractor = settlement.reference, settlement.contractor
    amount = number(settlement.amount, "amount")
    if contractor not in left:
        left[contractor] = _to_pay(_history(session.client, contractor))
    # One that was left by a run that was killed may be booked already, and is then no longer in what is left.
    is_left_over = session.store.has_intent(Intent("settlement", reference))
    if amount > left[contractor] and not is_left_over:
        rest = text(left[contractor])
        session.summary.problem(f"settlement {reference} is {amount}, but contractor {contractor} has only {rest} to pay")
        return
    if not session.dry_run:
        _book(session, settlement, amount)
    left[contractor] -= amount
    session.summary.add("settlements booked")


def _book(session: Session, settlement: _Settlement, amount: Decimal) -> None:
    reference, contractor = settlement.reference, settlement.contractor
    request = add_connect_contractor_credit_settlement(
        connect_contractor_id=contractor, amount=amount, message=reference, order_id=settlement.order
    )

    def look() -> ConnectCreditEntryId | None:
        entries = _history(session.client, contractor)
        payments = (entry for entry in entries if entry.type is ConnectCreditEntryKind.PAYMENT)
        return next((entry.credit_entry_id for entry in payments if entry.description == reference), None)

    once(
        session.store,
        Intent("settlement", reference),
        look=look,
        send=lambda: session.call(request).credit_entry_id,
        keep=lambda change, entry: change.execute("UPDATE settlements SET entry_id = ? WHERE reference = ?", (entry, reference)),
    )


def _history(client: Client, contractor: ConnectContractorId) -> list[ConnectCreditEntry]:
    return client.call(get_connect_contractor_credit_history(connect_contractor_id=contractor)).value.credit_data


def _to_pay(entries: Iterable[ConnectCreditEntry]) -> Decimal:
    """What is blocked: charges less payments, those that wait for acceptance left out."""
    signs = {ConnectCreditEntryKind.CHARGE: 1, ConnectCreditEntryKind.PAYMENT: -1}
    active = (entry for entry in entries if entry.is_accepted is not False and entry.type is not None)
    return sum((signs.get(entry.type, 0) * (entry.amount or Decimal(0)) for entry in active if entry.type), Decimal(0))


def _read_history(session: Session) -> None:
    sql = """SELECT contractor_id FROM contractors UNION SELECT contractor_id FROM limits
             UNION SELECT contractor_id FROM settlements ORDER BY 1"""
    for (contractor,) in session.store.rows(sql):
        with session.trying(f"credit of contractor {contractor}"):
            _store(session, contractor, _history(session.client, ConnectContractorId(contractor)))


def _store(session: Session, contractor: int, entries: Iterable[ConnectCreditEntry]) -> None:
    rows = [
        (
            entry.credit_entry_id,
            contractor,
            entry.date_add,
            entry.type or "",
            entry.description or "",
            entry.currency or "",
            text(entry.amount),
            entry.is_accepted is not False,
        )
        for entry in entries
    ]
    with session.store.change() as change:
        change.executemany("INSERT OR REPLACE INTO credit_history VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
