"""
Write a page for every front of the package before the build: its docstring, then every public name, in the order of the house.

The pages stand under ``reference/packages/`` and are not kept: a new name is documented as soon as its front lists it.
"""

import importlib
import inspect
import shutil
import sys
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx


def page(front: str) -> str:
    """Return the page of one front, in reStructuredText, as docstrings are."""
    name = f"ledgerkit.{front}"
    module = importlib.import_module(name)
    parts = [_title(name), f".. automodule:: {name}"]
    return "\n\n".join([*parts, *(_directive(f"{name}.{public}", getattr(module, public)) for public in module.__all__)]) + "\n"


def _title(text: str) -> str:
    return f"{text}\n{'=' * len(text)}"


def _directive(path: str, value: Any) -> str:
    if inspect.isclass(value) and issubclass(value, Exception):
        return f".. autoexception:: {path}"
    if inspect.isclass(value):
        return f".. autoclass:: {path}\n   :members:\n   :undoc-members:"
    if inspect.isroutine(value):
        return f".. autofunction:: {path}"
    return f".. py:data:: {path}\n   :no-index-entry:\n   :value: {_shown(value)}"


def _shown(value: Any) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) < 80 and " at 0x" not in text else type(value).__name__


def write(app: Sphinx) -> None:
    """Write all pages and their index anew."""
    sys.path.insert(0, str(Path(app.srcdir).parent))
    from tests.house import fronts

    folder = Path(app.srcdir) / "reference" / "packages"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for front in fronts():
        (folder / f"{front}.rst").write_text(page(front), encoding="utf-8")
    listed = "".join(f"   {front}\n" for front in fronts())
    text = (
        f"{_title('Packages')}\n\nIn the order in which they build on each other.\n\n.. toctree::\n   :maxdepth: 1\n\n{listed}"
    )
    (folder / "index.rst").write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the page writer."""
    app.connect("builder-inited", write)
    return {"parallel_read_safe": True}
