"""The rule pages: each rule has a source and a version, each rule of a trail a section, and what a docstring cites exists."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

import ledgerkit
from ledgerkit import trail

ROOT = Path(__file__).parents[1]
PACKAGE = Path(ledgerkit.__file__).parent
RULES = ROOT / "docs" / "rules"
INDEX = RULES / "index.md"
TRAIL = re.compile(r"\*Version:\* (\d+)\.(?: \*Rule in a trail:\* (`[a-z.\-]+`(?:, `[a-z.\-]+`)*)\.)?$", re.MULTILINE)
CITED = re.compile(r"docs/([\w\-/]+\.md)(?:, (?:rules? )?([A-Z]+-\d+(?:(?:, | and | to )[A-Z]+-\d+)*))?")
TABLE = "\n\n## Rules of a trail\n\n| rule | page |\n|---|---|\n"


class Section(NamedTuple):
    """One rule: ``## P-1: civil days``."""

    page: str
    id: str
    title: str
    text: str

    @property
    def link(self) -> str:
        anchor = re.sub(r"[^\w\- ]", "", f"{self.id}: {self.title}".lower()).replace(" ", "-")
        return f"[{self.id}: {self.title}]({self.page}#{anchor})"


def sections() -> list[Section]:
    """The rules of all pages."""
    found = []
    for path in sorted(RULES.glob("*.md")):
        for part in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            if rule := re.match(r"([A-Z]+-\d+): (.*)", part):
                found.append(Section(path.name, rule[1], rule[2], part))
    return found


SECTIONS = sections()


def declared() -> Iterator[trail.Rule]:
    """Every rule constant of the package."""
    for module in pkgutil.walk_packages(ledgerkit.__path__, "ledgerkit."):
        for value in vars(importlib.import_module(module.name)).values():
            for rule in value.values() if isinstance(value, Mapping) else (value,):
                if isinstance(rule, trail.Rule):
                    yield rule


def told() -> dict[str, list[Section]]:
    """Rule of a trail, with its version, to the sections that name it."""
    found: dict[str, list[Section]] = {}
    for section in SECTIONS:
        for version, names in TRAIL.findall(section.text):
            for name in re.findall(r"`(.*?)`", names):
                found.setdefault(f"{name}/{version}", []).append(section)
    return found


@pytest.mark.parametrize("section", SECTIONS, ids=[f"{section.page}-{section.id}" for section in SECTIONS])
def test_every_rule_has_a_source_and_a_version(section: Section):
    """In one form, each once."""
    assert 1 == len(re.findall(r"^\*Source:\* \S", section.text, re.MULTILINE))
    assert 1 == len(TRAIL.findall(section.text))


def test_no_rule_is_called_as_another_of_its_page():
    """A page and an id name one rule."""
    named = [(section.page, section.id) for section in SECTIONS]

    assert len(named) == len(set(named))


def test_every_rule_of_a_trail_stands_on_one_page():
    """With the version that the code has; a page names none that there is not."""
    assert dict.fromkeys(sorted({rule.id for rule in declared()}), 1) == {
        name: len(where) for name, where in sorted(told().items())
    }


def test_the_index_lists_the_rules_of_a_trail(request: pytest.FixtureRequest):
    """As a table, from what an explanation says to the page; ``--rewrite-errors`` writes it anew."""
    head = INDEX.read_text(encoding="utf-8").partition(TABLE)[0].rstrip()
    rows = "".join(f"| `{name}` | {where[0].link} |\n" for name, where in sorted(told().items()))
    if request.config.getoption("--rewrite-errors"):
        INDEX.write_text(head + TABLE + rows, encoding="utf-8")

    assert head + TABLE + rows == INDEX.read_text(encoding="utf-8")


def cited() -> list[tuple[str, str, str]]:
    """What the docstrings of the package cite: the file, the page, the ids of the rules."""
    return [
        (path.relative_to(PACKAGE).as_posix(), page, rules)
        for path in sorted(PACKAGE.rglob("*.py"))
        for page, rules in CITED.findall(path.read_text(encoding="utf-8"))
    ]


def spelled(rules: str) -> Iterator[str]:
    """``N-2 to N-4`` is N-2, N-3, N-4."""
    for letters, first, last in re.findall(r"([A-Z]+)-(\d+)(?: to [A-Z]+-(\d+))?", rules):
        yield from (f"{letters}-{number}" for number in range(int(first), int(last or first) + 1))


def test_what_a_docstring_cites_exists():
    """The page, and on it the rule."""
    named = {(section.page, section.id) for section in SECTIONS}
    wrong = [
        f"{path}: docs/{page} {rule}"
        for path, page, rules in cited()
        for rule in spelled(rules)
        if (page.removeprefix("rules/"), rule) not in named
    ]

    assert [] == wrong + [f"{path}: docs/{page}" for path, page, _ in cited() if not (ROOT / "docs" / page).is_file()]
    assert len(cited()) > 150
