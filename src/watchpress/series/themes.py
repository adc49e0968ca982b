"""Themes read from their files: one's own in the styles of a series, those that come along."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from watchpress.diagnostic import Diagnostic, Fatal, Place, Tell, remark
from watchpress.files import Styles
from watchpress.series import lines
from watchpress.series.nearest import nearest
from watchpress.theme import COLOUR, FOLDER, STANDARD, SWITCH, TOKENS, Form, Range, Theme
from watchpress.theme import theme as made

EXTENDS: Final = "extends"
USAGE: Final = 2  # exit status
_COLOUR: Final = re.compile("#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Leaf:
    """One file of tokens: where it lies, what it says, which theme it begins from."""

    name: str
    path: Path
    raw: Mapping[str, Any]
    base: str

    @property
    def own(self) -> bool:
        """Say whether the series has it of its own."""
        return self.path != _path(self.name, Styles())


def load(name: str, styles: Styles, place: Place, tell: Tell) -> Theme:
    """Return the theme called `name`, which `place` asks for; what is wrong with it as `faults`.

    All faults are told but the last, which is raised as Fatal with status 2.
    """
    found = list(faults(name, styles, place))
    for fault in found[:-1]:
        tell(fault)
    if found:
        raise Fatal(found[-1], status=USAGE)
    chain = list(_chain(name, styles, place))
    raw: dict[str, Any] = {}
    for leaf in reversed(chain):
        for key, value in leaf.raw.items():
            raw[key] = {**raw.get(key, {}), **value} if isinstance(value, dict) else value
    return made(name, raw, tuple(_sheets(chain, styles)))


def faults(name: str, styles: Styles, place: Place) -> Iterator[Diagnostic]:
    """Yield what is wrong with a theme, and with those it begins from.

    C224 (no such theme), C225 (themes that begin from each other), C202 (no TOML), C104 (no UTF-8),
    C204 (a token that there is not), C226 (a value that cannot be).
    """
    try:
        for leaf in _chain(name, styles, place):
            yield from _faults(leaf)
    except Fatal as fatal:
        yield fatal.diagnostic


def names(styles: Styles) -> tuple[str, ...]:
    """Return the names of all themes there are."""
    folders = [_path(STANDARD, Styles()).parent]
    if styles.folder is not None:
        folders.append(styles.folder / FOLDER)
    return tuple(sorted({path.stem for folder in folders for path in folder.glob("*.toml")}))


def _path(name: str, styles: Styles) -> Path:
    return styles.path(f"{FOLDER}/{name}.toml")


def _chain(name: str, styles: Styles, place: Place) -> Iterator[Leaf]:
    """Yield the file of a theme, that of the one it begins from, and so on to the last."""
    seen: list[Path] = []
    while True:
        if name not in names(styles):
            near = nearest(name, names(styles))
            raise Fatal(remark("C224", place, given=name, nearest=near), status=USAGE)
        leaf = _read(name, styles)
        if leaf.path in seen:
            round_ = ", ".join(path.stem for path in seen)
            raise Fatal(remark("C225", place, names=round_), status=USAGE)
        seen.append(leaf.path)
        yield leaf
        if leaf.base == name and not leaf.own:
            return
        if leaf.base == name:  # one's own goes before the one of its name that comes along
            styles = Styles()
        name, place = leaf.base, _place(leaf, (EXTENDS,))


def _read(name: str, styles: Styles) -> Leaf:
    path = _path(name, styles)
    raw = lines.parsed(styles.text(f"{FOLDER}/{name}.toml"), str(path))
    base = raw.pop(EXTENDS, STANDARD)
    return Leaf(name, path, raw, str(base))


def _sheets(chain: list[Leaf], styles: Styles) -> Iterator[str]:
    """Yield the style sheets beside the files of tokens, that of the first theme last."""
    for name in dict.fromkeys(leaf.name for leaf in reversed(chain)):
        sheet = f"{FOLDER}/{name}.css"
        if any((folder / sheet).is_file() for folder in styles.folders):
            yield sheet


def _faults(leaf: Leaf) -> Iterator[Diagnostic]:
    for key, value in leaf.raw.items():
        if key in TOKENS[""]:
            yield from _unfit(leaf, (key,), TOKENS[""][key])
        elif key not in TOKENS:
            near = nearest(key, (EXTENDS, *TOKENS[""], *filter(None, TOKENS)))
            yield remark("C204", _place(leaf, (key,)), key=key, nearest=near)
        elif not isinstance(value, dict):
            wanted = f"[{key}]"
            yield remark("C226", _place(leaf, (key,)), key=key, given=value, wanted=wanted)
        else:
            yield from _tokens(leaf, key, value)


def _tokens(leaf: Leaf, table: str, found: Mapping[str, Any]) -> Iterator[Diagnostic]:
    for token in found:
        if token in TOKENS[table]:
            yield from _unfit(leaf, (table, token), TOKENS[table][token])
        else:
            near = nearest(token, TOKENS[table])
            spot = _place(leaf, (table, token))
            yield remark("C204", spot, key=f"{table}.{token}", nearest=near)


def _unfit(leaf: Leaf, key: lines.Key, form: Form) -> Iterator[Diagnostic]:
    value: Any = leaf.raw
    for part in key:
        value = value[part]
    if not _fits(value, form):
        wanted = " | ".join(form) if isinstance(form, tuple) else str(form)
        facts = {"key": ".".join(map(str, key)), "given": value, "wanted": wanted}
        yield remark("C226", _place(leaf, key), **facts)


def _fits(value: object, form: Form) -> bool:
    if isinstance(form, Range):
        return form.holds(value)
    if isinstance(form, tuple):
        return value in form
    if form == SWITCH:
        return isinstance(value, bool)
    assert form == COLOUR, "there is no other form"
    return isinstance(value, str) and bool(_COLOUR.fullmatch(value))


def _place(leaf: Leaf, key: lines.Key) -> Place:
    text = leaf.path.read_text("utf-8")
    return Place(str(leaf.path), *lines.spot(key, text, lines.spots(text)))
