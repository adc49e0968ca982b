"""Mutants of a room: its source with one small fault each, named by what is changed to what.

The faults are those that a hand makes: a comparison turned or off by one, `and` for `or`, a
condition turned round, a number one off, words emptied, a return without its value, a statement
left out, a slice one off, a quantifier of a pattern changed. Left alone are what has no effect by
itself: docstrings, annotations, asserts, decorators, `__all__`; and the bodies of classes outside
their methods, which cannot be exchanged while the program runs.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

Change: TypeAlias = tuple[str, Callable[[ast.AST], ast.AST]]  # its name; the node that it makes

_COMPARED: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_SEARCHES: Final = frozenset(
    ("compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer")
)
_QUANTIFIED: Final = re.compile(r"(?<![\\(])(?:[*+?]|\{\d+(?:,\d*)?\})(?![:=!<>P])")


@dataclass(frozen=True)
class Mutant:
    """One fault in one room: `site` is the number of the node in the order of `ast.walk`."""

    room: str
    function: str  # "" outside of all
    line: int
    last: int
    site: int
    change: int
    name: str

    @property
    def key(self) -> str:
        """The name that stays the same where other lines come and go."""
        return f"{self.room} {self.function or '-'}: {self.name}"


def mutants(room: str, source: str) -> list[Mutant]:
    """Return all mutants of a room, in the order of its lines."""
    tree = ast.parse(source)
    spared, owners, patterns = _spared(tree), _owners(tree), _patterns(tree)
    found: list[Mutant] = []
    count: Counter[tuple[str, str]] = Counter()
    for site, node in enumerate(ast.walk(tree)):
        if id(node) in spared:
            continue
        for change, (name, _) in enumerate(_changes(node, id(node) in patterns)):
            function = owners.get(id(node), "")
            count[function, name] += 1
            again = f" #{count[function, name]}" if count[function, name] > 1 else ""
            line, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
            found.append(Mutant(room, function, line, last, site, change, name + again))
    return sorted(found, key=lambda one: (one.line, one.site, one.change))


def mutated(source: str, mutant: Mutant) -> ast.Module:
    """Return the tree of a room with the fault in it."""
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    node = nodes[mutant.site]
    _, make = list(_changes(node, id(node) in _patterns(tree)))[mutant.change]
    new = ast.copy_location(make(node), node)
    for parent in nodes:
        for field, value in ast.iter_fields(parent):
            if value is node:
                setattr(parent, field, new)
            elif isinstance(value, list):
                value[:] = [new if one is node else one for one in value]
    return ast.fix_missing_locations(tree)


# -- What is left alone ----------------------------------------------------------------------------


def _spared(tree: ast.Module) -> set[int]:
    """Return the nodes that no fault is put into, by id."""
    roots: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node, clean=False
        ):
            roots.append(node.body[0])
        if isinstance(node, ast.FunctionDef):
            roots += [*node.decorator_list, *_annotations(node)]
        elif isinstance(node, ast.ClassDef):
            methods = (ast.FunctionDef, ast.AsyncFunctionDef)
            roots += [one for one in node.body if not isinstance(one, methods)]
            roots += [*node.bases, *node.decorator_list, *node.keywords]
        elif isinstance(node, ast.AnnAssign):
            roots.append(node.annotation)
            if "TypeAlias" in ast.dump(node.annotation) and node.value:
                roots.append(node.value)
        elif isinstance(node, ast.Assert | ast.Import | ast.ImportFrom) or _typing(node):
            roots.append(node)
    return {id(inner) for one in roots for inner in ast.walk(one)}


def _typing(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def _annotations(node: ast.FunctionDef) -> Iterator[ast.AST]:
    spec = node.args
    for one in [*spec.posonlyargs, *spec.args, *spec.kwonlyargs, spec.vararg, spec.kwarg]:
        if one is not None and one.annotation is not None:
            yield one.annotation
    if node.returns is not None:
        yield node.returns


def _owners(tree: ast.Module) -> dict[int, str]:
    """Return the function that each node is in, by the names of class and function."""
    found: dict[int, str] = {}
    for node in tree.body:
        for one in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(one, ast.FunctionDef):
                name = f"{node.name}.{one.name}" if isinstance(node, ast.ClassDef) else one.name
                found |= dict.fromkeys(map(id, ast.walk(one)), name)
    return found


def _patterns(tree: ast.Module) -> set[int]:
    """Return the strings that are patterns: what `re` is given, and those put together for it."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in _SEARCHES and ast.unparse(node.func.value) == "re":
                found |= {id(one) for one in ast.walk(node.args[0])}
        elif isinstance(node, ast.AnnAssign | ast.Return | ast.Assign) and node.value:
            inner = [one for one in ast.walk(node.value) if isinstance(one, ast.Constant)]
            found |= {id(one) for one in inner if _regex(one.value)}
    return found


def _regex(value: object) -> bool:
    return isinstance(value, str) and re.search(r"\(\?|\\[sdwb]|\[\^|\[.-.", value) is not None


# -- Faults ----------------------------------------------------------------------------------------


def _changes(node: ast.AST, pattern: bool) -> Iterator[Change]:
    kinds: dict[type[ast.AST], Callable[[Any], Iterator[Change]]] = {
        ast.Compare: _compared,
        ast.BoolOp: _joined,
        ast.UnaryOp: _signed,
        ast.BinOp: _reckoned,
        ast.Constant: _quantified if pattern else _constant,
        ast.Return: _returned,
        ast.Expr: _left_out,
        ast.AugAssign: _left_out,
        ast.Continue: _left_out,
        ast.Break: _left_out,
        ast.Slice: _sliced,
    }
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        yield from _turned(node)
    elif type(node) in kinds:
        yield from kinds[type(node)](node)


def _named(node: ast.AST, make: Callable[[Any], ast.AST], what: str = "") -> Change:
    before = " ".join(ast.unparse(node).split())
    after = " ".join(ast.unparse(ast.fix_missing_locations(make(node))).split())
    return f"{before[:60]} -> {(what or after)[:60]}", make


def _compared(node: ast.Compare) -> Iterator[Change]:
    for kind in _COMPARED[type(node.ops[0])]:

        def make(one: Any, kind: type[ast.cmpop] = kind) -> ast.AST:
            return ast.Compare(one.left, [kind(), *one.ops[1:]], one.comparators)

        yield _named(node, make)


def _joined(node: ast.BoolOp) -> Iterator[Change]:
    other = ast.Or if isinstance(node.op, ast.And) else ast.And
    yield _named(node, lambda one: ast.BoolOp(other(), one.values))


def _signed(node: ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node.op, ast.Not | ast.USub):
        yield _named(node, _bare)


def _bare(node: ast.UnaryOp) -> ast.AST:
    return node.operand


def _reckoned(node: ast.BinOp) -> Iterator[Change]:
    if isinstance(node.op, ast.Add) and not isinstance(node.right, ast.List | ast.Tuple):
        yield _named(node, lambda one: ast.BinOp(one.left, ast.Sub(), one.right))
    elif isinstance(node.op, ast.Sub):
        yield _named(node, lambda one: ast.BinOp(one.left, ast.Add(), one.right))


def _turned(node: ast.AST) -> Iterator[Change]:
    def make(one: Any) -> ast.AST:
        parts = dict(ast.iter_fields(one))
        made: ast.AST = type(one)(**(parts | {"test": ast.UnaryOp(ast.Not(), one.test)}))
        return made

    test = getattr(node, "test", None)
    if not isinstance(test, ast.Compare | ast.BoolOp):
        yield f"if {ast.unparse(test)[:60]} -> if not" if test else "", make


def _constant(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool):
        yield _named(node, lambda one: ast.Constant(not one.value))
    elif isinstance(value, int):
        yield _named(node, lambda one: ast.Constant(one.value + 1))
        yield _named(node, lambda one: ast.Constant(one.value - 1))
    elif isinstance(value, str) and value:
        yield _named(node, lambda _: ast.Constant(""))


def _quantified(node: ast.Constant) -> Iterator[Change]:
    if not isinstance(node.value, str):
        return
    for found in _QUANTIFIED.finditer(node.value):
        for other in _others(found[0]):

            def make(one: Any, span: tuple[int, int] = found.span(), put: str = other) -> ast.AST:
                return ast.Constant(one.value[: span[0]] + put + one.value[span[1] :])

            text = node.value
            near = text[max(0, found.start() - 14) : found.end() + 6]
            yield f"pattern {near!r}: {found[0]} -> {other or 'nothing'}", make


def _others(quantifier: str) -> tuple[str, ...]:
    if quantifier in "*+?":
        return {"*": ("+",), "+": ("*",), "?": ("",)}[quantifier]
    first, comma, last = quantifier[1:-1].partition(",")
    more = f"{{{int(first) + 1}{comma}{last}}}"
    return (more, f"{{{first},{int(last) + 1}}}") if last else (more,)


def _returned(node: ast.Return) -> Iterator[Change]:
    # What is as good as nothing may be None as well.
    if node.value is not None and ast.unparse(node.value) not in ("None", "False", "''", "[]"):
        yield _named(node, lambda _: ast.Return(ast.Constant(None)))


def _left_out(node: ast.AST) -> Iterator[Change]:
    yield _named(node, lambda _: ast.Pass(), "nothing")


def _sliced(node: ast.Slice) -> Iterator[Change]:
    one_more = ast.Constant(1)
    if node.lower is not None and not isinstance(node.lower, ast.Constant):
        yield _named(
            node, lambda one: ast.Slice(ast.BinOp(one.lower, ast.Add(), one_more), one.upper)
        )
    if node.upper is not None and not isinstance(node.upper, ast.Constant):
        yield _named(
            node, lambda one: ast.Slice(one.lower, ast.BinOp(one.upper, ast.Add(), one_more))
        )
