"""The face of ``ledgerkit.trail``."""

from ledgerkit import trail

DOUBLE = trail.Rule(name="demo.double", version=1, fields=("x", "twice"), says=lambda x, twice: f"2 x {x} = {twice}")

CALLS = {
    "Rule": lambda: DOUBLE,
    "Step": lambda: trail.Step(rule="demo.double/1", saw={"x": 4}, gave=8, text="2 x 4 = 8"),
    "Trail": lambda: trail.Trail(steps=()),
    "of": lambda: trail.of([(DOUBLE, 4, 8)]),
    "lines": lambda: trail.lines([(DOUBLE, 4, 8)]),
}
