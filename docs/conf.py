"""How the documentation is built: ``python -m sphinx -W -b html docs docs/_build/html``."""

import sys
from pathlib import Path

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS))

import ledgerkit  # noqa: E402

project = "ledgerkit"
author = "The ledgerkit authors"
copyright = "2026, the ledgerkit authors"
version = release = ledgerkit.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "_ext.reference", "_ext.states"]
exclude_patterns = ["_build", "_ext"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
nitpicky = False

html_theme = "furo"
html_title = f"ledgerkit {release}"
html_static_path: list[str] = []

myst_enable_extensions = ["attrs_inline", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "mixed"
autodoc_preserve_defaults = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_custom_sections = [("Source", "Source")]
napoleon_use_ivar = True
napoleon_use_rtype = False

suppress_warnings = ["myst.header", "ref.python"]  # a field named `type` stands on several records
