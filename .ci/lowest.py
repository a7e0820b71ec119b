"""Print the runtime dependencies pinned to the lowest version that pyproject.toml allows."""

import re
import sys
import tomllib
from pathlib import Path

project = tomllib.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["project"]
for dependency in project["dependencies"]:
    name, lowest = re.match(r"([\w.-]+)>=([\w.]+)", dependency).groups()
    print(f"{name}=={lowest}")
