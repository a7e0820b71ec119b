"""
Every code block of the documentation and every doctest of the package is a test.

In Markdown, a ``python`` block runs in the namespace of its page; one that starts with ``>>>`` is a doctest. What the blocks of a page
have printed is compared with the ``text`` block that follows a line ``<!-- prints -->``. In the package, the doctests of docstrings run.
"""

import contextlib
import io
import re
from collections.abc import Iterator

from sybil import Document, Example, Region, Sybil
from sybil.document import PythonDocStringDocument
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.myst import CodeBlockParser, DocTestDirectiveParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

_PRINTED = "__printed__"
_PRINTS = re.compile(r"^<!-- prints -->\n+```text\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


class _Printing(PythonEvaluator):
    """Runs a block and keeps what it prints."""

    def __call__(self, example: Example) -> None:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            super().__call__(example)
        example.namespace[_PRINTED] = example.namespace.get(_PRINTED, "") + out.getvalue()


def _compare(example: Example) -> str | None:
    printed = example.namespace.pop(_PRINTED, "")
    if printed.rstrip() == example.parsed.rstrip():
        return None
    return f"expected:\n{example.parsed}\nprinted:\n{printed}"


def _printed_blocks(document: Document) -> Iterator[Region]:
    for found in _PRINTS.finditer(document.text):
        yield Region(found.start(), found.end(), found["text"], _compare)


_python_blocks = PythonCodeBlockParser()
_python_blocks.codeblock_parser = CodeBlockParser("python", _Printing())

_pages = Sybil(
    parsers=[_python_blocks, DocTestDirectiveParser(), SkipParser(), _printed_blocks],
    patterns=["docs/*.md", "docs/*/*.md", "docs/*/*/*.md", "README.md"],
    excludes=["docs/_build/*", "docs/_build/*/*"],
)
_docstrings = Sybil(
    parsers=[DocTestParser()],
    patterns=["src/*/*.py", "src/*/*/*.py"],
    document_types={".py": PythonDocStringDocument},
)

pytest_collect_file = (_pages + _docstrings).pytest()
