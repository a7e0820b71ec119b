"""
The rules of the house, checked on the syntax tree of every file of the package.

``breaches(root)`` returns a line for every breach: ``rule: file:line: what``. What can be seen without running the code is judged here;
what needs the running package stands in ``test_house.py``.

Length: a docstring does not count towards the lines of a function: a door with twenty documented keywords is not a long function.

Division: ``/`` on two ints makes a float, and the tree does not know types. So ``/`` is allowed only where one side is visibly a
``Fraction``: a call of it, or a name that the function annotates or assigns as one. Everything else says ``//``, ``divmod`` or
``Fraction(a, b)``.
"""

import ast
import builtins
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import ledgerkit

PACKAGE = Path(ledgerkit.__file__).parent

ORDER = """
errors ids trail states events tables
money periods journal
terms pricing catalog usage charges proration subscriptions
transactions payments allocation credits
receivables revenue metrics
billing refunds orders dunning
reports accounting notifications printing codec ports
workflows testing
""".split()

LONGEST_FILE = 600
LONGEST_FUNCTION = 70

# Private, of the kernel, and open to every module.
FRONT_HELPER = "_front"

DEPENDENCIES = {"attrs", "babel", "dateutil", "moneyed"}
# What one package alone may import, for those of its users who have it.
EXTRAS = {"testing": {"hypothesis"}}

# A pickled rule is found again where it was declared, which only its pickle knows.
UNPICKLES = {"trail"}

CLOCKS = {"now", "today", "utcnow"}
RANDOM = {"random", "secrets", "uuid"}
FILES = {"fileinput", "glob", "io", "pathlib", "shutil", "sqlite3", "tempfile"}
ENVIRONMENT = {"getpass", "locale", "os", "platform", "socket", "subprocess"}
FLOATING = {"cmath", "statistics"}
EXACT_MATH = {"ceil", "comb", "factorial", "floor", "gcd", "isqrt", "lcm", "perm", "prod", "trunc"}
FLOAT_ATTRIBUTES = {"from_float", "fromtimestamp", "timestamp", "total_seconds"}
ROUNDERS = {
    "BasicContext", "Context", "DefaultContext", "ExtendedContext", "getcontext", "localcontext", "quantize", "round", "setcontext",
    "to_integral", "to_integral_exact", "to_integral_value",
}  # fmt: skip
OPEN_BASES = {"Enum", "IntEnum", "NamedTuple", "Protocol", "StrEnum", "TypedDict"}


class Import(NamedTuple):
    """One name that a file imports: ``from ledgerkit.money import of`` is ("ledgerkit.money", "of")."""

    line: int
    module: str
    name: str | None

    @property
    def top(self) -> str:
        return self.module.partition(".")[0]


class File(NamedTuple):
    """A file of the package: where it is, its dotted name, its tree."""

    path: Path
    shown: str
    module: str
    tree: ast.Module
    lines: int

    @property
    def package(self) -> str:
        """The word in ORDER that it belongs to; empty for the root itself."""
        return [*self.module.split("."), ""][1]

    @property
    def is_front(self) -> bool:
        return self.path.name == "__init__.py" if self.path.parent.name == self.package else self.package in ORDER


def fronts() -> list[str]:
    """Every front that is built, in order."""
    return [name for name in ORDER if (PACKAGE / f"{name}.py").exists() or (PACKAGE / name / "__init__.py").exists()]


Found = Iterator[tuple[int, str]]


def breaches(root: Path) -> list[str]:
    """Return one line for every breach of a rule under *root*, the folder of the package."""
    files = [_file(root, path) for path in sorted(root.rglob("*.py"))]
    said = [
        f"{rule.__name__.strip('_')}: {file.shown}:{line}: {what}"
        for file in files
        for rule in RULES
        for line, what in rule(file)
    ]
    return said + [f"cycle: {what}" for what in cycles(files)] + [f"final: {what}" for what in _subclassable(files)]


def _file(root: Path, path: Path) -> File:
    inner = path.relative_to(root).with_suffix("").parts
    module = ".".join((root.name, *(inner[:-1] if inner[-1] == "__init__" else inner)))
    text = path.read_text(encoding="utf-8")
    return File(path, path.relative_to(root.parent).as_posix(), module, ast.parse(text), text.count("\n"))


def imports(file: File) -> Iterator[Import]:
    """Every import of a file, wherever it stands: also in functions and under TYPE_CHECKING. Relative ones are resolved."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Import):
            yield from (Import(node.lineno, alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = _absolute(file, node)
            yield from (Import(node.lineno, module, alias.name) for alias in node.names)


def _absolute(file: File, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = file.module.split(".")
    package = parts if file.path.name == "__init__.py" else parts[:-1]
    kept = package[: len(package) - node.level + 1]
    return ".".join([*kept, *([node.module] if node.module else [])])


def _ours(file: File) -> Iterator[tuple[int, list[str]]]:
    """The dotted paths inside the package that a file imports, without the name of the package."""
    root = file.module.split(".")[0]
    for line, module, name in imports(file):
        if module.split(".")[0] == root:
            path = [*module.split(".")[1:], *([name] if name else [])]
            yield line, path


def order(file: File) -> Found:
    if file.package and file.package not in ORDER and file.package != FRONT_HELPER:
        yield 1, f"{file.package} is not in ORDER"
        return
    place = ORDER.index(file.package) if file.package in ORDER else -1
    for line, path in _ours(file):
        if path and path[0] not in {FRONT_HELPER, file.package}:
            if path[0] not in ORDER:
                yield line, f"{path[0]} is not in ORDER"
            elif ORDER.index(path[0]) >= place:
                yield line, f"{file.package or 'the root'} imports {path[0]}, which does not stand before it"
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and _last(node.func) in {"import_module", "__import__"} and file.package not in UNPICKLES:
            yield node.lineno, "an import by text cannot be judged"


def private(file: File) -> Found:
    """Another package is entered by its front; in a package every file but the front is private."""
    if file.module.count(".") == 2 and not file.path.name.startswith("_"):
        yield 1, "inside a package every file is private: put an underscore before its name"
    for line, path in _ours(file):
        hidden = [part for part in path[1:] if part.startswith("_")]
        if path[0] != file.package and hidden:
            yield line, f"{'.'.join(path)} belongs to {path[0]} alone"
        elif path[0] != file.package and len(path) > 2:
            yield line, f"{'.'.join(path)} is not the front of {path[0]}"


def clock(file: File) -> Found:
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS:
            yield node.lineno, f"{ast.unparse(node)} reads the clock: take the date or instant as an argument"
    yield from _imported(file, {"time"}, "the clock is the host's")


def randomness(file: File) -> Found:
    yield from _imported(file, RANDOM, "ids and seeds come from the host")


def environment(file: File) -> Found:
    yield from _imported(file, ENVIRONMENT, "what a result depends on is an argument")
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "argv"}:
            yield node.lineno, f"{ast.unparse(node)}: what a result depends on is an argument"


def files(file: File) -> Found:
    yield from _imported(file, FILES, "the package opens no file")
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"open", "print", "input"}:
            yield node.lineno, f"{node.func.id}() is the host's business"


def floats(file: File) -> Found:
    yield from _imported(file, FLOATING, "it reckons in floats")
    for node in ast.walk(file.tree):
        match node:
            case ast.Constant(value=float() | complex()):
                yield node.lineno, f"{node.value!r} is a float"
            case ast.Call(func=ast.Name(id="float" | "complex")) | ast.Attribute(value=ast.Name(id="float")):
                yield node.lineno, f"{ast.unparse(node)} makes a float"
            case ast.Attribute(value=ast.Name(id="math")) if node.attr not in EXACT_MATH:
                yield node.lineno, f"math.{node.attr} reckons in floats"
            case ast.ImportFrom(module="math"):
                yield from ((node.lineno, f"math.{n.name} reckons in floats") for n in node.names if n.name not in EXACT_MATH)
            case ast.Attribute() if node.attr in FLOAT_ATTRIBUTES:
                yield node.lineno, f"{ast.unparse(node)} makes a float"
    yield from _divisions(file.tree, frozenset())


def _divisions(node: ast.AST, fractions: frozenset[str]) -> Found:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        fractions |= _fractions(node)
    sides: tuple[ast.expr, ...] = ()
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        sides = (node.left, node.right)
    elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Div):
        sides = (node.target, node.value)
    if sides and not any(_is_fraction(side, fractions) for side in sides):
        yield sides[0].lineno, f"{ast.unparse(node)} may make a float: say // or Fraction(a, b)"
    for child in ast.iter_child_nodes(node):
        yield from _divisions(child, fractions)


def _fractions(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> frozenset[str]:
    taken = function.args
    named = [
        arg.arg
        for arg in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs)
        if arg.annotation and _last(arg.annotation) == "Fraction"
    ]
    for node in ast.walk(function):
        match node:
            case ast.AnnAssign(target=ast.Name(id=name)) if _last(node.annotation) == "Fraction":
                named.append(name)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=called)) if _last(called) == "Fraction":
                named.append(name)
    return frozenset(named)


def _is_fraction(node: ast.AST, fractions: frozenset[str]) -> bool:
    match node:
        case ast.Call(func=called):
            return _last(called) == "Fraction"
        case ast.Name(id=name):
            return name in fractions
        case ast.BinOp(left=left, right=right):
            return _is_fraction(left, fractions) or _is_fraction(right, fractions)
    return False


def rounding(file: File) -> Found:
    if file.package == "money":
        return
    for node in ast.walk(file.tree):
        if not isinstance(node, ast.Name | ast.Attribute | ast.alias):
            continue
        name = node.name if isinstance(node, ast.alias) else _last(node)
        if name in ROUNDERS:
            yield node.lineno, f"{name} belongs to money alone"


def length(file: File) -> Found:
    if file.lines > LONGEST_FILE:
        yield LONGEST_FILE, f"{file.lines} lines, more than {LONGEST_FILE}"
    for node in ast.walk(file.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = _span(node) - (_span(node.body[0]) if ast.get_docstring(node) else 0)
            if lines > LONGEST_FUNCTION:
                yield node.lineno, f"{node.name} has {lines} lines, more than {LONGEST_FUNCTION}"


def _span(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def asserts(file: File) -> Found:
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Assert) and file.package != "testing":
            yield node.lineno, "assert vanishes under -O: raise an error with a remedy"


def dependencies(file: File) -> Found:
    root = file.module.split(".")[0]
    allowed = DEPENDENCIES | EXTRAS.get(file.package, set()) | {root, "__future__"}
    for line, module, _ in imports(file):
        top = module.partition(".")[0]
        if top not in allowed and top not in sys.stdlib_module_names:
            yield line, f"{top} is not a dependency"


def fence(file: File) -> Found:
    """Only money does arithmetic on Money and reads Babel's numbers."""
    if file.package == "money":
        return
    for line, module, name in imports(file):
        if module.partition(".")[0] == "babel":
            yield line, "babel belongs to money alone"
        if module.partition(".")[0] == "moneyed" and (module, name) != ("moneyed", "Money"):
            yield line, "of moneyed, only the type Money leaves money"


def front(file: File) -> Found:
    """A front names what is public, publishes it, and re-exports nothing of another package."""
    if not file.is_front:
        return
    names = public_names(file.tree)
    if names is None:
        yield 1, "a front has an __all__"
        return
    last = file.tree.body[-1]
    if ast.unparse(last) != "_front.publish(globals())":
        yield last.lineno, "a front ends with _front.publish(globals())"
    for line, path in _ours(file):
        if path[0] != file.package and path[-1] in names:
            yield line, f"{'.'.join(path)} has an import path already"
    for node in file.tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_") and node.name not in names:
            yield node.lineno, f"{node.name} is neither private nor in __all__"


def public_names(tree: ast.Module) -> list[str] | None:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="__all__")], value=ast.List() | ast.Tuple() as listed):
                return [str(name.value) for name in listed.elts if isinstance(name, ast.Constant)]
    return None


def cycles(files: list[File]) -> list[str]:
    """Chains of files that import each other in a ring."""
    known = {file.module: {".".join((file.module.split(".")[0], *path)) for _, path in _ours(file)} for file in files}
    edges = {module: {_known(target, known) for target in targets} - {"", module} for module, targets in known.items()}
    found: list[str] = []
    done: set[str] = set()

    def walk(module: str, chain: tuple[str, ...]) -> None:
        if module in chain:
            found.append(" -> ".join((*chain[chain.index(module) :], module)))
        elif module not in done:
            for target in sorted(edges[module]):
                walk(target, (*chain, module))
            done.add(module)

    for module in sorted(edges):
        walk(module, ())
    return found


def _known(target: str, known: dict[str, set[str]]) -> str:
    """The file that an import path ends in: the path itself, or what holds its last name. The root itself is no edge."""
    for name in (target, target.rpartition(".")[0]):
        if name in known and "." in name:
            return name
    return ""


def _subclassable(files: list[File]) -> Iterator[str]:
    """A public class is final, or an enum, a protocol or an error, which are made to be derived from or cannot be."""
    classes = {node.name: (file, node) for file in files for node in file.tree.body if isinstance(node, ast.ClassDef)}
    for name, (file, node) in classes.items():
        final = any(_last(decorator) == "final" for decorator in node.decorator_list)
        if not name.startswith("_") and not final and not _open(name, classes):
            yield f"{file.shown}:{node.lineno}: {name} is public and not final"


def _open(name: str, classes: dict[str, tuple[File, ast.ClassDef]]) -> bool:
    if name in OPEN_BASES or (isinstance(made := getattr(builtins, name, None), type) and issubclass(made, BaseException)):
        return True
    if name not in classes:
        return False
    return any(_open(_last(base), classes) for base in classes[name][1].bases)


def _imported(file: File, banned: set[str], why: str) -> Found:
    for line, module, _ in imports(file):
        if module.partition(".")[0] in banned:
            yield line, f"{module}: {why}"


def _last(node: ast.AST) -> str:
    """The last word of a name: ``decimal.Decimal`` is ``Decimal``, ``Protocol[T]`` is ``Protocol``."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=inner) | ast.Subscript(value=inner):
            return _last(inner)
        case ast.Constant(value=str() as name):
            return name
    return ""


RULES: list[Callable[[File], Found]] = [
    order,
    private,
    clock,
    randomness,
    environment,
    files,
    floats,
    rounding,
    length,
    asserts,
    dependencies,
    fence,
    front,
]
