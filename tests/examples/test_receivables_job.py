"""The main job: the bundled shop, and anybody's book with its bad rows."""

import json
import os
import random
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import _book
import pytest
import receivables as program

from ledgerkit import allocation, receivables

INVOICES = "id,customer,posted_on,due_on,amount,currency\n"
CREDITS = "id,customer,kind,posted_on,amount,currency,against\n"
SCRIPT = Path(program.__file__)
BUCKETS = ["not due", "1-30", "31-60", "61-90", "91+"]


class Job:
    """Runs the program on files with these rows, and keeps what came of it."""

    def __init__(self, folder, capsys):
        self.folder, self._capsys = folder, capsys

    def __call__(self, invoices, credits, *options, encoding="utf-8", newline="\n"):
        paths = [self.folder / "INVOICES.csv", self.folder / "CREDITS.csv"]
        for path, text in zip(paths, (invoices, credits), strict=True):
            path.write_bytes(text.replace("\n", newline).encode(encoding, "surrogateescape"))
        out = self.folder / "out.json"
        self.status = program.main([*map(str, paths), "--json", str(out), *options])
        said = self._capsys.readouterr()
        self.printed, self.complained = said.out, said.err.splitlines()
        self.bytes = out.read_bytes() if out.exists() else b""
        return json.loads(self.bytes) if self.bytes else None


@pytest.fixture
def job(tmp_path, capsys):
    return Job(tmp_path, capsys)


# --------------------------------------------------------------------------------------------------------- the shop


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shop")
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--json", "out.json"], cwd=folder, capture_output=True, text=True, check=False
    )
    return folder, done, json.loads((folder / "out.json").read_text(encoding="utf-8"))


def test_the_shop_comes_to_the_expected_totals(shop):
    """598,112.95 is allocated and 13,229.14 stays unallocated, as minima by customer over plain integers say as well."""
    _, done, out = shop

    assert done.returncode == 0
    lines = {line.rsplit("  ", 1)[0].strip(): line.split()[-1] for line in done.stdout.splitlines() if line.strip()}
    assert (lines["allocated"], lines["unallocated credit"]) == ("598,112.95", "13,229.14")
    assert out["unallocated_total"] == {"GBP": "13229.14"}
    assert sum(_cents(row[2]) for row in out["allocations"]) == 59_811_295
    assert sum(_cents(amount) for amount in out["open"].values()) == _cents("8313294.95")
    assert sum(_cents(balance["GBP"]) for balance in out["balances"].values()) == _cents("8300065.81")
    assert sum(_cents(amount) for amount in out["aging"]["GBP"].values()) == _cents("8313294.95")


def test_the_shop_is_shown_with_a_progress_bar_a_statement_and_its_debtors(shop):
    """The bar stands on stderr; the summary names documents, the largest debtor and why each credit settled what it did."""
    _, done, _ = shop

    assert "22190/22190" in done.stderr
    assert "18,536" in done.stdout
    assert "3,654" in done.stdout
    assert "14646" in done.stdout
    assert "allocation.fifo/1: " in done.stdout


def test_the_shop_is_in_the_store_with_every_document(shop):
    """Every document and account stands in a table of plain columns."""
    folder, done, _ = shop

    assert "store: sqlite:///receivables.sqlite" in done.stdout
    connection = sqlite3.connect(folder / "receivables.sqlite")
    counts = [connection.execute(f"select count(*) from {table}").fetchone()[0] for table in ("transactions", "accounts")]
    connection.close()
    assert counts == [22_190, 4_372]


def test_the_report_stands_by_itself(shop):
    """One file with two charts inside, which fetches nothing; the program says where it is."""
    folder, done, _ = shop
    html = (folder / "receivables.html").read_text(encoding="utf-8")

    assert f"report: {folder / 'receivables.html'}" in done.stdout
    assert html.count("<svg") == 2
    assert "598,112.95" in html
    assert not [word for word in ("<script", "src=", "<link", "@import", "url(http") if word in html]


def test_the_shop_file_is_in_time_order():
    """The bundled documents are read while they are posted, so they have to be in order already."""
    rows = program.SHOP.read_text(encoding="utf-8").splitlines()[1:]
    times = [row.split(",")[2] for row in rows]

    assert times == sorted(times)
    assert len(rows) == 22_190


# ------------------------------------------------------------------------------------------------------- a small book


def test_a_book_of_two_currencies(job):
    """Accounts are a customer and a currency; amounts have the digits of their currency; aging has all its buckets."""
    out = job(
        INVOICES + "I-1,ACME,2026-01-10,2026-02-10,100.00,EUR\nI-2,ACME,2026-01-15,,5000,JPY\n",
        CREDITS + "P-1,ACME,payment,2026-03-01,30,EUR,\nP-2,ACME,payment,2026-03-02,6000,JPY,\n",
    )

    assert job.status == 0
    assert job.complained == []
    assert out == {
        "allocations": [["P-1", "I-1", "30.00"], ["P-2", "I-2", "5000"]],
        "open": {"I-1": "70.00"},
        "unallocated": {"P-2": "1000"},
        "balances": {"ACME": {"EUR": "70.00", "JPY": "-1000"}},
        "aging": {
            "EUR": dict.fromkeys(BUCKETS, "0.00") | {"1-30": "70.00"},
            "JPY": dict.fromkeys(BUCKETS, "0"),
        },
        "unallocated_total": {"EUR": "0.00", "JPY": "1000"},
    }


WALK_INVOICES = INVOICES + "INV-7,ACME,2026-03-01,2026-03-15,120.00,EUR\nINV-9,ACME,2026-03-05,2026-04-04,45.00,EUR\n"
WALK_CREDITS = CREDITS + "PAY-3,ACME,payment,2026-03-10,50.00,EUR,\nCN-1,ACME,credit_note,2026-03-15,90.00,EUR,INV-7\n"


def test_a_credit_that_names_an_invoice_displaces_what_fifo_gave_it(job):
    """Against item, 20.00 of PAY-3 makes room for CN-1 and goes to INV-9; rows are net of what was released."""
    out = job(WALK_INVOICES, WALK_CREDITS)

    assert out["allocations"] == [["PAY-3", "INV-7", "30.00"], ["PAY-3", "INV-9", "20.00"], ["CN-1", "INV-7", "90.00"]]
    assert out["open"] == {"INV-9": "25.00"}


def test_fifo_ignores_names_and_says_so(job):
    """Under plain FIFO the names are ignored, with a note; the row is no bad one, even if the name is unknown."""
    out = job(WALK_INVOICES, WALK_CREDITS.replace("INV-7\n", "INV-8\n"), "--policy", "fifo")

    assert job.status == 0
    assert job.complained == ["note: --policy fifo ignores against, which 1 rows have, the first in line 3"]
    assert out["allocations"] == [["PAY-3", "INV-7", "50.00"], ["CN-1", "INV-7", "70.00"], ["CN-1", "INV-9", "20.00"]]


def test_on_one_day_invoices_come_before_credits(job):
    """A credit may name an invoice of its own day, and not one of the next."""
    invoices = INVOICES + "I-1,A,2026-01-02,,5.00,EUR\nI-2,A,2026-01-03,,5.00,EUR\n"
    credits = CREDITS + "C-1,A,payment,2026-01-02,5.00,EUR,I-1\nC-2,A,payment,2026-01-02,5.00,EUR,I-2\n"

    out = job(invoices, credits)

    assert out["allocations"] == [["C-1", "I-1", "5.00"]]
    assert job.complained[0] == "CREDITS.csv:3: against names 'I-2', which is no earlier invoice of this account"


def test_rows_are_posted_by_day_and_else_in_the_order_of_the_file(job):
    """Ids are never compared: of two invoices of one day, the first in the file is settled first."""
    out = job(
        INVOICES + "9,A,2026-01-03,,5.00,EUR\n10,A,2026-01-02,,5.00,EUR\n2,A,2026-01-02,,5.00,EUR\n",
        CREDITS + "P,A,payment,2026-01-04,7.00,EUR,\n",
    )

    assert out["allocations"] == [["P", "10", "5.00"], ["P", "2", "2.00"]]


def test_terms_are_for_an_empty_due_date(job):
    """A typed due date stands, even one before the posting; without terms an invoice is due at once."""
    invoices = INVOICES + "I-1,A,2026-01-01,,1.00,EUR\nI-2,A,2026-01-01,2025-12-01,2.00,EUR\nI-3,A,2026-01-31,,4.00,EUR\n"

    net30, at_once = job(invoices, CREDITS, "--terms", "net30"), job(invoices, CREDITS)

    assert net30["aging"]["EUR"] == {"not due": "5.00", "1-30": "0.00", "31-60": "0.00", "61-90": "2.00", "91+": "0.00"}
    assert at_once["aging"]["EUR"] == {"not due": "4.00", "1-30": "1.00", "31-60": "0.00", "61-90": "2.00", "91+": "0.00"}


def test_later_rows_are_not_seen(job):
    """As of a day, what comes later is as if it were not in the file: it takes no id, and breaks no rule of the others."""
    invoices = INVOICES + "I-1,A,2026-02-02,,9.00,EUR\nI-1,A,2026-01-01,,5.00,EUR\n"
    credits = CREDITS + "P-1,A,payment,2026-01-31,2.00,EUR,\nP-2,A,payment,2026-02-01,2.00,EUR,nothing\n"

    out = job(invoices, credits, "--as-of", "2026-01-31")

    assert (job.status, job.complained) == (0, [])
    assert out["open"] == {"I-1": "3.00"}
    assert out["aging"]["EUR"]["1-30"] == "3.00"


def test_a_later_row_that_is_no_row_at_all_is_still_a_bad_one(job):
    """Whether a row is later cannot be told before it can be read."""
    job(INVOICES + "I-1,A,2026-01-01,,x,EUR\n", CREDITS, "--as-of", "2025-01-01")

    assert job.status == 1
    assert job.complained[0].startswith("INVOICES.csv:2: 'x' is no plain number")


def test_figures_look_from_the_last_posting_day_or_the_day_asked_for(job):
    """Aging is as of the last posting of either file; an account ages on when a later day is asked for."""
    invoices = INVOICES + "I-1,A,2026-01-01,,5.00,EUR\n"

    last = job(invoices, CREDITS + "P-1,B,payment,2026-02-10,1.00,EUR,\n")
    asked = job(invoices, CREDITS, "--as-of", "2027-01-01")

    assert (last["aging"]["EUR"]["31-60"], asked["aging"]["EUR"]["91+"]) == ("5.00", "5.00")


def test_zero_amounts_are_fine(job):
    """A document of zero is posted and leaves nothing open; its account has a balance of zero."""
    out = job(INVOICES + "I-1,A,2026-01-01,,0.00,EUR\n", CREDITS + "P-1,A,payment,2026-01-01,0,EUR,I-1\n")

    assert (job.status, out["open"], out["unallocated"], out["allocations"]) == (0, {}, {}, [])
    assert out["balances"] == {"A": {"EUR": "0.00"}}


def test_a_book_without_rows_is_empty(job):
    """Two headers are a book."""
    out = job(INVOICES, CREDITS)

    assert job.status == 0
    assert out == {"allocations": [], "open": {}, "unallocated": {}, "balances": {}, "aging": {}, "unallocated_total": {}}


def test_customers_with_slashes_are_told_apart(job):
    """An account's id is made of customer and currency, and no two pairs make the same."""
    out = job(
        INVOICES + "I-1,A,2026-01-01,,1.00,EUR\nI-2,A/EUR,2026-01-01,,2.00,EUR\nI-3,A/EUR,2026-01-01,,3.00,USD\n", CREDITS
    )

    assert out["balances"] == {"A": {"EUR": "1.00"}, "A/EUR": {"EUR": "2.00", "USD": "3.00"}}


# ------------------------------------------------------------------------------------------------------- the files


def test_files_of_other_programs_are_read(job):
    """A mark at the start, CRLF, quotes, blank lines, blanks around cells, columns in another order and more of them."""
    invoices = 'amount,id,memo,customer,posted_on,due_on,currency\n\n"10.00",I-1,"two\nlines","Müller, ""M"" & Söhne",2026-01-01, ,EUR\n'

    out = job("\ufeff" + invoices + " \n", "\ufeff" + CREDITS, newline="\r\n")

    assert (job.status, job.complained) == (0, [])
    assert out["balances"] == {'Müller, "M" & Söhne': {"EUR": "10.00"}}


BAD_INVOICES = {
    ",A,2026-01-01,,1.00,EUR": "id is empty",
    "I,,2026-01-01,,1.00,EUR": "customer is empty",
    "I,  ,2026-01-01,,1.00,EUR": "customer is empty",
    "I,A,,,1.00,EUR": "posted_on is empty",
    "I,A,01/02/2026,,1.00,EUR": "posted_on is '01/02/2026', no day like 2026-03-31",
    "I,A,2026-02-30,,1.00,EUR": "posted_on is '2026-02-30', no day like 2026-03-31",
    "I,A,20260101,,1.00,EUR": "posted_on is '20260101', no day like 2026-03-31",
    "I,A,2026-W01-1,,1.00,EUR": "posted_on is '2026-W01-1', no day like 2026-03-31",
    "I,A,2026-01-01,soon,1.00,EUR": "due_on is 'soon', no day like 2026-03-31",
    "I,A,2026-01-01,,,EUR": "'' is no plain number",
    "I,A,2026-01-01,,-1.00,EUR": "amount is -1.00 EUR, and no amount is negative",
    "I,A,2026-01-01,,1.005,EUR": "1.005 EUR has 3 decimals, and EUR has 2",
    "I,A,2026-01-01,,1.5,JPY": "1.5 JPY has 1 decimal, and JPY has none",
    'I,A,2026-01-01,,"1,000.00",EUR': "'1,000.00' is no plain number",
    "I,A,2026-01-01,,1e3,EUR": "'1e3' is no plain number",
    "I,A,2026-01-01,,NaN,EUR": "'NaN' is no plain number",
    "I,A,2026-01-01,,1.00,eur": "'eur'",
    "I,A,2026-01-01,,1.00,XXQ": "'XXQ'",
    "I,A,2026-01-01,,1.00,": "''",
    "I,A,2026-01-01,,1.00": "5 cells, where the header has 6",
    "I,A,2026-01-01,,1.00,EUR,": "7 cells, where the header has 6",
    'I,"A"x,2026-01-01,,1.00,EUR': "no row of a CSV file: ',' expected after '\"'",
    f"{'I' * 300},A,2026-01-01,,1.00,EUR": "id has 300 characters",
    f"I,{'A' * 252},2026-01-01,,1.00,EUR": "customer has 256 characters",
    f"I,A,2026-01-01,,{'9' * 200},EUR": "amount has more than 128 digits",
    f"I,{'A' * 140_000},2026-01-01,,1.00,EUR": "no row of a CSV file: field larger than field limit (131072)",
    "I\x00,A,2026-01-01,,1.00,EUR": "id holds the character U+0000 at 1",
    "I,A\udcff,2026-01-01,,1.00,EUR": "customer holds the character U+DCFF at 1",
    "GOOD,A,2026-01-01,,1.00,EUR": "id 'GOOD' is taken by an earlier row",
}


@pytest.mark.parametrize(("row", "reason"), BAD_INVOICES.items(), ids=range(len(BAD_INVOICES)))
def test_a_bad_invoice_is_reported_and_the_rest_goes_on(job, row, reason):
    """File, line and reason stand on stderr, the rows around it are posted, and the exit status is 1."""
    out = job(f"{INVOICES}GOOD,A,2026-01-01,,1.00,EUR\n{row}\nNEXT,A,2026-01-02,,2.00,EUR\n", CREDITS)

    assert job.status == 1
    assert out["open"] == {"GOOD": "1.00", "NEXT": "2.00"}
    assert job.complained[0].startswith("INVOICES.csv:3: ")
    assert reason in job.complained[0]
    assert job.complained[1:] == ["1 bad row; the rest is posted"]


BAD_CREDITS = {
    "C,A,refund,2026-01-02,1.00,EUR,": "kind is 'refund', where payment or credit_note is needed",
    "C,A,Payment,2026-01-02,1.00,EUR,": "kind is 'Payment', where payment or credit_note is needed",
    "C,A,,2026-01-02,1.00,EUR,": "kind is '', where payment or credit_note is needed",
    "C,A,payment,2026-01-02,-1.00,EUR,": "amount is -1.00 EUR, and no amount is negative",
    "GOOD,A,payment,2026-01-02,1.00,EUR,": "id 'GOOD' is taken by an earlier row",
    "C,A,payment,2026-01-02,1.00,EUR,NONE": "against names 'NONE', which is no earlier invoice of this account",
    "C,A,payment,2026-01-02,1.00,EUR,GOOD;NONE": "against names 'NONE', which is no earlier invoice of this account",
    "C,B,payment,2026-01-02,1.00,EUR,GOOD": "against names 'GOOD', which is no earlier invoice of this account",
    "C,A,payment,2026-01-02,1.00,USD,GOOD": "against names 'GOOD', which is no earlier invoice of this account",
    "C,A,payment,2026-01-02,1.00,EUR,FIRST": "against names 'FIRST', which is no earlier invoice of this account",
    "C,A,payment,2026-01-02,1.00,EUR,C": "against names 'C', which is no earlier invoice of this account",
    "C,A,payment,2025-12-31,1.00,EUR,GOOD": "against names 'GOOD', which is no earlier invoice of this account",
    "C,A,payment,2026-01-02,1.00,EUR": "6 cells, where the header has 7",
}


@pytest.mark.parametrize(("row", "reason"), BAD_CREDITS.items(), ids=range(len(BAD_CREDITS)))
def test_a_bad_credit_is_reported_and_the_rest_goes_on(job, row, reason):
    """A credit names earlier invoices of its own account; what it names otherwise makes it a bad row, and no account is opened."""
    out = job(
        INVOICES + "GOOD,A,2026-01-01,,5.00,EUR\n",
        f"{CREDITS}FIRST,A,payment,2026-01-01,1.00,EUR,\n{row}\nNEXT,A,credit_note,2026-01-03,2.00,EUR,GOOD; GOOD;\n",
    )

    assert job.status == 1
    assert out["allocations"] == [["FIRST", "GOOD", "1.00"], ["NEXT", "GOOD", "2.00"]]
    assert out["balances"] == {"A": {"EUR": "2.00"}}
    assert job.complained[0] == f"CREDITS.csv:3: {reason}"


def test_a_quote_that_is_never_closed_costs_one_row(job):
    """The lines it has swallowed are read again, one by one, and keep their numbers."""
    out = job(
        f'{INVOICES}A,"x,2026-01-01,,1.00,EUR\nB,x,2026-01-01,,2.00,EUR\nC,x,?,,2.00,EUR\nD,"y",2026-01-01,,4.00,EUR\n', CREDITS
    )

    assert out["open"] == {"B": "2.00", "D": "4.00"}
    assert [line.split(": ")[0] for line in job.complained[:2]] == ["INVOICES.csv:2", "INVOICES.csv:4"]


@pytest.mark.parametrize(
    ("invoices", "credits", "reason"),
    [
        ("", CREDITS, "INVOICES.csv: no column id, customer, posted_on, due_on, amount, currency"),
        (INVOICES.replace("amount,", ""), CREDITS, "INVOICES.csv: no column amount"),
        (INVOICES, CREDITS.replace(",against", ""), "CREDITS.csv: no column against"),
        (INVOICES.replace("due_on", "amount"), CREDITS, "INVOICES.csv: no column due_on"),
        (INVOICES.strip() + ",id\n", CREDITS, "INVOICES.csv: two columns are named id"),
        ('"id\n', CREDITS, "INVOICES.csv: the header is no row of a CSV file"),
    ],
)
def test_a_file_without_its_columns_is_refused(job, invoices, credits, reason):
    """Nothing is posted, and the exit status is 2."""
    assert job(invoices, credits) is None
    assert job.status == 2
    assert job.complained[0].startswith(f"receivables.py: {reason}")


def test_a_file_that_is_not_there_is_refused(tmp_path, capsys):
    """The exit status is 2, and the text says which file."""
    assert program.main([str(tmp_path / "no.csv"), str(tmp_path / "none.csv")]) == 2
    assert "no.csv: No such file" in capsys.readouterr().err


@pytest.mark.parametrize(
    "given", [["one.csv"], ["a", "b", "--policy", "lifo"], ["--as-of", "today"], ["--terms", "whenever"], ["a", "b", "c"]]
)
def test_a_wrong_call_is_a_usage_error(given, capsys):
    """The exit status is 2, and the text says what is possible."""
    with pytest.raises(SystemExit) as left:
        program.main(given)

    assert left.value.code == 2
    assert "usage: " in capsys.readouterr().err


def test_help_says_what_the_files_hold(capsys):
    """A person who has two files and nothing else finds their columns here."""
    with pytest.raises(SystemExit) as left:
        program.main(["--help"])

    assert left.value.code == 0
    said = capsys.readouterr().out
    assert "id,customer,posted_on,due_on,amount,currency" in said
    assert "id,customer,kind,posted_on,amount,currency,against" in said


# ------------------------------------------------------------------------------------------------------- what comes out


def test_the_store_of_a_book_holds_it_and_the_same_run_changes_nothing(job, tmp_path):
    """A run is saved once; the same documents another time are no other documents, and another book of theirs is refused."""
    from sqlstore import SqlStore

    url = f"sqlite:///{tmp_path / 'books.sqlite'}"
    job(WALK_INVOICES, WALK_CREDITS, "--store", url)
    job(WALK_INVOICES, WALK_CREDITS, "--store", url)
    assert job.status == 0

    store = SqlStore(url)
    account = store.load("ACME/EUR")
    store._database._engine.dispose()
    assert (account.version, account.balance_minor) == (4, 2500)

    job(WALK_INVOICES.replace("45.00", "46.00"), WALK_CREDITS, "--store", url)
    assert job.status == 2
    assert "ACME/EUR" in job.complained[-1]


@pytest.mark.parametrize("url", ["nonsense", "oracle://x", "sqlite:////no/such/folder/x.sqlite"])
def test_a_store_that_cannot_be_used_is_refused(job, url):
    """The exit status is 2, and there is no traceback."""
    job(WALK_INVOICES, WALK_CREDITS, "--store", url)

    assert job.status == 2
    assert job.complained[-1].startswith("receivables.py: ")


def test_the_report_escapes_what_customers_are_called(job, tmp_path):
    """A name is text, whatever it holds."""
    html = tmp_path / "report.html"
    job(INVOICES + "I-1,<script>alert(1)</script>,2026-01-01,,1.00,EUR\n", CREDITS, "--html", str(html))

    text = html.read_text(encoding="utf-8")
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_the_report_covers_long_and_quiet_times(job, tmp_path):
    """Months without documents stand as they were; only the last sixty are drawn; the last day there is does no harm."""
    html = tmp_path / "report.html"
    job(INVOICES + "I-1,A,2001-01-01,,1.00,EUR\nI-2,A,9999-12-31,,2.00,BHD\n", CREDITS, "--html", str(html))

    assert job.status == 0
    assert html.read_text(encoding="utf-8").count("<svg") == 4


def test_a_book_without_rows_has_no_report(job, tmp_path):
    """There is nothing to draw."""
    job(INVOICES, CREDITS, "--html", str(tmp_path / "report.html"))

    assert job.printed == "No documents.\n"
    assert not (tmp_path / "report.html").exists()


def _book_of(seed):
    draw = random.Random(seed)
    invoices = [
        f"I-{at},K{draw.randrange(5)},2026-{draw.randrange(1, 7):02}-{draw.randrange(1, 29):02},,{draw.randrange(9000) / 100:.2f},"
        f"{draw.choice(['EUR', 'USD'])}"
        for at in range(120)
    ]
    credits = [
        f"C-{at},K{draw.randrange(5)},{draw.choice(['payment', 'credit_note'])},2026-{draw.randrange(1, 7):02}-15,"
        f"{draw.randrange(9000) / 100:.2f},{draw.choice(['EUR', 'USD'])},{draw.choice(['', '', f'I-{draw.randrange(120)}'])}"
        for at in range(90)
    ]
    return INVOICES + "\n".join(invoices), CREDITS + "\n".join(credits)


@pytest.mark.parametrize("policy", ["fifo", "against-item"])
def test_books_balance(job, policy):
    """Open less unallocated is the balance, of each currency and in all; what is allocated is what is no longer open."""
    invoices, credits = _book_of(policy)

    out = job(invoices, credits, "--policy", policy)

    bad = {line.split(":")[1] for line in job.complained if line.startswith("CREDITS.csv:")}
    owed = sum(_cents(row.split(",")[4]) for row in invoices.splitlines()[1:])
    given = sum(_cents(row.split(",")[4]) for at, row in enumerate(credits.splitlines()[1:], 2) if str(at) not in bad)
    allocated = sum(_cents(row[2]) for row in out["allocations"])
    assert owed - allocated == sum(map(_cents, out["open"].values()))
    assert given - allocated == sum(map(_cents, out["unallocated"].values()))
    assert owed - given == sum(_cents(amount) for of in out["balances"].values() for amount in of.values())
    for currency, buckets in out["aging"].items():
        balances = sum(_cents(of[currency]) for of in out["balances"].values() if currency in of)
        assert sum(map(_cents, buckets.values())) - _cents(out["unallocated_total"][currency]) == balances


def test_fifo_agrees_with_plain_integers(job):
    """A loop over plain integers that knows only the rules makes the same rows."""
    invoices, credits = _book_of(1)

    out = job(invoices, credits, "--policy", "fifo")

    assert sorted(_by_integers(invoices, credits)) == sorted(map(tuple, out["allocations"]))


def _by_integers(invoices, credits):
    rows = [
        (day, 0, at, id, (who, code), _cents(amount)) for at, (id, who, day, _, amount, code) in enumerate(_cells(invoices))
    ]
    rows += [
        (day, 1, at, id, (who, code), _cents(amount)) for at, (id, who, _, day, amount, code, _) in enumerate(_cells(credits))
    ]
    left: dict[str, int] = {}
    queues: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    made = {}
    for _, credit, _, id, account, cents in sorted(rows):
        left[id] = cents
        queues.setdefault(account, ([], []))[credit].append(id)
        owed, given = queues[account]
        for have in given:
            for debt in owed:
                taken = min(left[have], left[debt])
                if taken:
                    made[have, debt] = taken
                    left[have] -= taken
                    left[debt] -= taken
    return [(have, debt, f"{taken // 100}.{taken % 100:02}") for (have, debt), taken in made.items()]


def _cells(text):
    return [row.split(",") for row in text.splitlines()[1:]]


def test_the_same_input_gives_the_same_bytes(tmp_path):
    """In two processes with other hash seeds, JSON and report are equal to the byte."""
    invoices, credits = _book_of(2)
    (tmp_path / "INVOICES.csv").write_text(invoices, encoding="utf-8")
    (tmp_path / "CREDITS.csv").write_text(credits, encoding="utf-8")
    made = []
    for seed in ("1", "2"):
        arguments = ["INVOICES.csv", "CREDITS.csv", "--json", f"{seed}.json", "--html", f"{seed}.html"]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(
            [sys.executable, str(SCRIPT), *arguments], cwd=tmp_path, env=environment, capture_output=True, check=False
        )
        made.append([(tmp_path / f"{seed}.{kind}").read_bytes() for kind in ("json", "html")])

    assert made[0] == made[1]


def test_what_the_rules_refuse_while_posting_is_a_bad_row():
    """A due date that lies after the last day there is cannot be reckoned; the row is reported, and the next one is posted."""
    from ledgerkit import money, terms, transactions

    eur, reported = money.maker("EUR"), []
    book = _book.Book(allocation.FIFO, terms.parse("net30"))
    rows = [
        _book.Row(on, transactions.Kind.INVOICE, id, "A/EUR", eur("1.00"), None, (), "f.csv", line)
        for line, (id, on) in enumerate([("I-1", date.max), ("I-2", date(2026, 1, 1))], 2)
    ]

    updates = list(_book.post_all(book, rows, lambda *row: reported.append(row[:2])))

    assert reported == [("f.csv", 2)]
    assert [update.account.id for update in updates] == ["A/EUR"]
    assert receivables.balance(book.accounts["A/EUR"]) == eur("1.00")


def _cents(text):
    whole, _, digits = text.partition(".")
    return int(whole + digits.ljust(2, "0"))
