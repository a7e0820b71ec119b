"""What holds of every book: each function is silent, or says in a sentence what broke."""

from collections.abc import Iterable

from moneyed import Money

from ledgerkit import journal, money, receivables


def entries_balance(entries: Iterable[journal.Entry], /) -> None:
    """
    Check that debits and credits of every entry are equal in each currency, and that it has two sides at least.

    Raises:
        AssertionError: An entry does not balance.

    >>> entries_balance([])
    """
    for entry in entries:
        sums: dict[str, int] = {}
        for side in entry.sides:
            sums[side[2]] = sums.get(side[2], 0) + side[1]
        for currency, minor in sums.items():
            if minor:
                raise AssertionError(f"entry {entry.id} does not balance: it sums to {money.minor_text(minor, currency)}.")
        if len(entry.sides) < 2:
            raise AssertionError(f"entry {entry.id} has {len(entry.sides)} postings, and takes two at least.")


def nothing_over_allocated(account: receivables.Account, /) -> None:
    """
    Check that nothing is settled by more than it is of, and nothing gives more than it has: allocations less releases.

    Raises:
        AssertionError: A document is over-allocated, or more was released than was allocated.

    >>> nothing_over_allocated(receivables.account("ACME", currency="EUR"))
    """
    between: dict[tuple[str, str], int] = {}
    for row in account.allocations:
        between[row.credit, row.debit] = between.get((row.credit, row.debit), 0) + row.amount_minor
    for back in account.releases:
        between[back.credit, back.debit] = between.get((back.credit, back.debit), 0) - back.amount_minor
    used: dict[str, int] = {}
    for (credit, debit), minor in between.items():
        if minor < 0:
            shown = money.minor_text(-minor, account.currency)
            raise AssertionError(f"{shown} more of {credit} was released from {debit} than was allocated.")
        used[credit] = used.get(credit, 0) + minor
        used[debit] = used.get(debit, 0) + minor
    for document in account.transactions:
        if used.get(document.id, 0) > document.total_minor:
            shown = money.minor_text(used[document.id], account.currency)
            raise AssertionError(f"{shown} is allocated of {document.id}, which is of {money.text(document.total)}.")


def balance_is_open_items(account: receivables.Account, /) -> None:
    """
    Check that the balance is what is open less what is unallocated.

    Raises:
        AssertionError: It is not.

    >>> balance_is_open_items(receivables.account("ACME", currency="EUR"))
    """
    owed = sum(item.open_minor for item in receivables.open_items(account))
    free = sum(item.open_minor for item in receivables.open_credits(account))
    if account.balance_minor != owed - free:
        shown = [money.minor_text(minor, account.currency) for minor in (account.balance_minor, owed, free)]
        raise AssertionError(f"the balance of {account.id} is {shown[0]}, and {shown[1]} is open, {shown[2]} unallocated.")


def parts_sum_to_whole(parts: Iterable[Money], whole: Money, /) -> None:
    """
    Check that the parts of an amount are the amount again.

    Raises:
        AssertionError: A unit is missing or too many.

    >>> parts_sum_to_whole(money.split(money.of("10.00 EUR"), [1, 1, 1]), money.of("10.00 EUR"))
    """
    found = money.total(parts, currency=money.currency_of(whole))
    if found != whole:
        raise AssertionError(f"the parts sum to {money.text(found)}, and the whole is {money.text(whole)}.")
