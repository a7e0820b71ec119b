"""Print the command of a block of the README's Quick start: ``quick_start.py README.md 2``."""

import re
import sys
from pathlib import Path

text = Path(sys.argv[1]).read_text(encoding="utf-8")
section = re.search(r"^## Quick start\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
blocks = re.findall(r"^```sh\n(.*?)^```$", section[1], re.MULTILINE | re.DOTALL) if section else []
if len(blocks) != 2 or any(len(block.strip().splitlines()) != 1 for block in blocks):
    sys.exit(f"Quick start has {len(blocks)} sh blocks; it needs two of one line each")
print(blocks[int(sys.argv[2]) - 1].strip())
