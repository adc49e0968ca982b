"""Read series.toml: all its faults at once, each with its line, its key and what may be there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from watchpress.diagnostic import Diagnostic, Fatal, Place, Tell, remark
from watchpress.files import Styles, read
from watchpress.series import lines, review, themes, values
from watchpress.series.config import FORMS, Config
from watchpress.series.lines import Key
from watchpress.series.nearest import nearest

NAME: Final = "series.toml"
FOLDER: Final = "reports"  # where a series keeps series.toml and its copy
ABSENT: Final = "C201"  # what is said of a folder without a series
USAGE: Final = 2  # exit status: usage or configuration
# The types of TOML (toml.io/en/v1.0.0) by Python's names, and as pydantic's names of faults begin.
_TYPES: Final = {
    "string": "string", "str": "string", "int": "integer", "float": "float", "bool": "boolean",
    "date": "date", "list": "array", "dict": "table", "model": "table",
}  # fmt: skip


@dataclass(frozen=True)
class Series:
    """A series on disk: its home (styles/, dist/ stand there), series.toml, and what that says."""

    home: Path
    file: Path
    config: Config
    desk: Desk

    def place(self, *key: str | int) -> Place:
        """Return where a key of series.toml stands, as `place("volumes", 0, "year")`."""
        return self.desk.place(key)

    @property
    def folder(self) -> Path:
        """The folder with the copy: one folder in it for each language."""
        return self.file.parent

    @property
    def dist(self) -> Path:
        """The folder of products."""
        return self.home / "dist"

    @property
    def memory(self) -> Path:
        """The folder of what is kept from one run to the next; it can be thrown away."""
        return self.home / ".watchpress"

    @property
    def styles(self) -> Path | None:
        """The series' own style sheets, None where it has none."""
        return _styles(self.home)


def load(home: Path, tell: Tell, *, styled: bool = True) -> Series:
    """Return the series at `home`: `reports/series.toml` there, or `series.toml`.

    `styled`: its style sheets are looked at, too; where no product is made nothing comes of them.

    All faults are told but the last, which is raised as Fatal with status 2: C201 (no series),
    C202 (no TOML), C203 (no UTF-8, or a byte-order mark), C204-C210 (what it says), C224-C226 (what
    the themes say that it asks for), C301-C305 (what its style sheets say).
    """
    home, file = _find(home)
    text = _text(read(file), str(file))
    raw = lines.parsed(text, str(file))
    desk = Desk(str(file), text)
    config = values.config(raw)
    if config is None:
        faults = list(desk.faults(raw))
    else:
        faults = list(review.review(config, raw, desk.place))
        faults += _themes(config, _styles(home), desk)
    for fault in faults[:-1]:
        tell(fault)
    if faults:
        raise Fatal(faults[-1], status=USAGE)
    assert config is not None, "what is not taken has a fault that is told"
    if styled:
        from watchpress.series import sheets

        sheets.check(_styles(home), tell)
    return Series(home, file, config, desk)


def _styles(home: Path) -> Path | None:
    folder = home / "styles"
    return folder if folder.is_dir() else None


def _themes(config: Config, folder: Path | None, desk: Desk) -> Iterator[Diagnostic]:
    """Yield what is wrong with the themes that editions ask for, each thing once."""
    asked = {edition.theme: place for place, edition in reversed([*enumerate(config.editions)])}
    for name, place in sorted(asked.items(), key=itemgetter(1)):
        yield from themes.faults(name, Styles(folder), desk.place(("editions", place, "theme")))


def _find(home: Path) -> tuple[Path, Path]:
    for folder in (home / FOLDER, home):
        if (folder / NAME).is_file():
            inside = folder == home and home.resolve().name == FOLDER
            up = home / ".." if home.name in ("", "..") else home.parent
            return (up if inside else home), folder / NAME
    raise Fatal(remark(ABSENT, Place(str(home))), status=USAGE)


def _text(data: bytes, file: str) -> str:
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise Fatal(remark("C203", Place(file, 1, 1), byte=0), status=USAGE)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        raise Fatal(remark("C203", Place(file, line, 1), byte=fault.start), status=USAGE) from None


class Desk:
    """One file being looked at: its text, and where the keys stand in it."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.spots = lines.spots(text)

    def place(self, key: Key) -> Place:
        """Return where `key` stands."""
        return Place(self.file, *lines.spot(key, self.text, self.spots))

    def faults(self, raw: Mapping[str, Any]) -> Iterator[Diagnostic]:
        """Yield all that the models object to, in the order of the file."""
        from watchpress.series import models  # pydantic: for who has to be told what is wrong

        yield from sorted({self._fault(fault) for fault in models.faults(raw)})

    def _fault(self, fault: Mapping[str, Any]) -> Diagnostic:
        kind, key = str(fault["type"]), tuple(fault["loc"])
        if key[-1:] == ("[key]",):  # a key of a table whose keys are names or languages
            kind, key = ("extra_forbidden" if kind == "literal_error" else kind), key[:-1]
        return _TELLERS.get(kind, _malformed)(self.place(key), key, fault)


def _dotted(key: Key) -> str:
    """Return a key as people write it; elements of arrays count from 1."""
    out = ""
    for part in key:
        out += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return out.lstrip(".")


def _unknown(place: Place, key: Key, fault: Mapping[str, Any]) -> Diagnostic:
    allowed = _allowed(key[:-1])
    return remark("C204", place, key=_dotted(key), nearest=nearest(str(key[-1]), allowed))


def _missing(place: Place, key: Key, fault: Mapping[str, Any]) -> Diagnostic:
    return remark("C205", place, key=_dotted(key))


def _choice(place: Place, key: Key, fault: Mapping[str, Any]) -> Diagnostic:
    given, allowed = str(fault["input"]), _choices(fault)
    facts = {"key": _dotted(key), "given": given, "allowed": ", ".join(allowed)}
    return remark("C207", place, **facts)


def _choices(fault: Mapping[str, Any]) -> list[str]:
    return re.findall(r"'([^']*)'", str(fault["ctx"]["expected"]))


def _malformed(place: Place, key: Key, fault: Mapping[str, Any]) -> Diagnostic:
    """Return the fault of a value of the wrong type, or else of the wrong form."""
    kind = str(fault["type"])
    name, _, what = kind.partition("_")
    if name in _TYPES and what in {"type", "exact", "from_float", "parsing"}:
        given = type(fault["input"]).__name__
        facts = {"given": _TYPES.get(given, given), "wanted": _TYPES[name]}
        return remark("C206", place, key=_dotted(key), **facts)
    facts = {"key": _dotted(key), "given": _short(fault["input"]), "form": _form(fault)}
    return remark("C208", place, **facts)


def _form(fault: Mapping[str, Any]) -> str:
    """Return what a value should look like, in signs rather than in words."""
    facts = fault.get("ctx", {})
    signs = {"ge": "≥", "le": "≤", "gt": ">", "lt": "<", "min_length": "length ≥"}
    for name, sign in signs.items():
        if name in facts:
            return f"{sign} {facts[name]}"
    form = str(facts.get("form") or facts.get("pattern") or fault["msg"])
    return FORMS.get(form, form)


def _short(value: object) -> str:
    """Return a value as series.toml might have it, a long one cut."""
    if isinstance(value, dict):
        return _short(", ".join(f"{key} = {one}" for key, one in value.items()))
    text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


Teller = Callable[[Place, Key, Mapping[str, Any]], Diagnostic]
_TELLERS: Final[Mapping[str, Teller]] = {
    "extra_forbidden": _unknown,
    "missing": _missing,
    "literal_error": _choice,
}


def _allowed(key: Key) -> Sequence[str]:
    """Return the keys that may stand in the table `key`, from the schema."""
    from watchpress.series import schema

    whole = schema.schema()
    node: Mapping[str, Any] = whole
    for part in key:
        if isinstance(part, int):
            node = node["items"]
        elif "properties" in node:
            node = node["properties"][part]
        else:
            node = node["additionalProperties"]
        node = _followed(node, whole)
    return list(node.get("properties", ())) or list(node.get("propertyNames", {}).get("enum", ()))


def _followed(node: Mapping[str, Any], whole: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = node.get("$ref")
    return whole["$defs"][reference.rsplit("/", 1)[1]] if reference else node
