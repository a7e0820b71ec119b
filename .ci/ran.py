"""Say what a run of the suite did not run; fail when one of them needed PostgreSQL, or when nothing ran."""

import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

tree = ET.parse(Path(sys.argv[1]))
cases = tree.findall(".//testcase")
reasons = Counter(skipped.get("message", "") for skipped in tree.findall(".//skipped"))

for reason, count in sorted(reasons.items()):
    print(f"    not run: {count} x {reason}")
if not cases or any("PostgreSQL" in reason for reason in reasons):
    sys.exit("tests that have to run did not run")
