"""What a page paints: text, areas, lines and images, each with the colour it is painted in.

The operators are followed as a printer follows them (ISO 32000-1, 8 and 9): graphics states are
kept, forms and patterns are entered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import hypot
from typing import Any, Final, Literal, NamedTuple, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

Kind: TypeAlias = Literal["text", "fill", "stroke", "shading"]
Matrix: TypeAlias = tuple[float, float, float, float, float, float]

ONE: Final[Matrix] = (1, 0, 0, 1, 0, 0)
DEEPEST: Final = 12  # forms in forms
DIRECT: Final = {
    "g": ("DeviceGray", 0), "G": ("DeviceGray", 1), "rg": ("DeviceRGB", 0), "RG": ("DeviceRGB", 1),
    "k": ("DeviceCMYK", 0), "K": ("DeviceCMYK", 1),
}  # fmt: skip
FILLS: Final = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
STROKES: Final = frozenset({"S", "s", "B", "B*", "b", "b*"})
SHOWS: Final = frozenset({"Tj", "TJ", "'", '"'})
FILLED: Final = frozenset({0, 2, 4, 6})  # modes of text rendering (ISO 32000-1, table 106)
DRAWN: Final = frozenset({1, 2, 5, 6})


class Paint(NamedTuple):
    """A way in which something is painted: what, in which colour space, which colour.

    `colour` is () where it is not one: of a gradient, a pattern, an image.
    """

    kind: Kind
    space: str
    colour: tuple[float, ...]


class Picture(NamedTuple):
    """An image as placed: pixels, colour space, pixels to the inch, whether it has a soft mask."""

    width: int
    height: int
    space: str
    ppi: float
    masked: bool
    filters: tuple[str, ...]


@dataclass
class _State:
    matrix: Matrix = ONE
    spaces: tuple[str, str] = ("DeviceGray", "DeviceGray")
    colours: tuple[tuple[float, ...], tuple[float, ...]] = ((0.0,), (0.0,))
    mode: int = 0


@dataclass
class Painted:
    """All that one page paints. `veils`: what lets other things be seen through."""

    paints: set[Paint] = field(default_factory=set)
    pictures: list[Picture] = field(default_factory=list)
    veils: set[str] = field(default_factory=set)
    entered: set[tuple[int, int]] = field(default_factory=set)

    def page(self, page: Any) -> None:
        """Take in a page."""
        if "/Contents" in page:
            self._follow(page, page.get("/Resources", Dictionary()), _State(), 0)

    def _follow(self, stream: Any, resources: Any, state: _State, depth: int) -> None:
        stack: list[_State] = []
        for part in pikepdf.parse_content_stream(stream):
            if isinstance(part, pikepdf.ContentStreamInlineImage):
                self._image(part.iimage.obj, state)
                continue
            name, operands = str(part.operator), list(part.operands)
            if name == "q":
                stack.append(replace(state))
            elif name == "Q":
                state = stack.pop() if stack else _State()
            elif name == "Do":
                self._thing(resources.XObject[str(operands[0])], resources, state, depth)
            else:
                self._step(name, operands, resources, state)

    def _step(self, name: str, operands: list[Any], resources: Any, state: _State) -> None:
        if name in DIRECT:
            space, side = DIRECT[name]
            _set(state, side, space, tuple(map(float, operands)))
        elif name in ("cs", "CS"):
            _set(state, int(name == "CS"), _named(operands[0], resources), ())
        elif name in ("sc", "scn", "SC", "SCN"):
            side = int(name.isupper())
            numbers = tuple(float(one) for one in operands if not isinstance(one, Name))
            _set(state, side, state.spaces[side], numbers)
            self._pattern(operands, resources, state)
        elif name == "cm":
            state.matrix = _times(tuple(map(float, operands)), state.matrix)  # type: ignore[arg-type]
        elif name == "Tr":
            state.mode = int(operands[0])
        elif name == "gs":
            self.veils |= veils(resources.ExtGState[str(operands[0])])
        elif name == "sh":
            self._shade(resources.Shading[str(operands[0])])
        else:
            self._paint(name, state)

    def _paint(self, name: str, state: _State) -> None:
        if name in SHOWS:
            for side, modes in enumerate((FILLED, DRAWN)):
                if state.mode in modes:
                    self._add("text", state, side)
        if name in FILLS:
            self._add("fill", state, 0)
        if name in STROKES:
            self._add("stroke", state, 1)

    def _add(self, kind: Kind, state: _State, side: int) -> None:
        self.paints.add(Paint(kind, state.spaces[side], state.colours[side]))

    def _shade(self, shading: Any) -> None:
        self.paints.add(Paint("shading", space_of(shading.ColorSpace), ()))

    def _pattern(self, operands: list[Any], resources: Any, state: _State) -> None:
        if not operands or not isinstance(operands[-1], Name):
            return
        pattern = resources.Pattern[str(operands[-1])]
        if "/Shading" in pattern:
            self._shade(pattern.Shading)
        elif self._fresh(pattern):
            self._follow(pattern, pattern.get("/Resources", resources), replace(state), DEEPEST)

    def _thing(self, thing: Any, resources: Any, state: _State, depth: int) -> None:
        """Take in an image, or what a form paints."""
        if thing.Subtype == Name.Image:
            self._image(thing, state)
        elif depth < DEEPEST:
            if "/Group" in thing:
                self.veils.add("Group")
            inner = replace(state)
            if "/Matrix" in thing:
                inner.matrix = _times(tuple(map(float, thing.Matrix)), state.matrix)  # type: ignore[arg-type]
            self._follow(thing, thing.get("/Resources", resources), inner, depth + 1)

    def _fresh(self, thing: Any) -> bool:
        fresh = thing.objgen not in self.entered
        self.entered.add(thing.objgen)
        return fresh or thing.objgen == (0, 0)

    def _image(self, image: Any, state: _State) -> None:
        width, height = int(image.get("/Width", 0)), int(image.get("/Height", 0))
        if image.get("/ImageMask", False):
            self._add("fill", state, 0)
            return
        a, b, c, d, *_ = state.matrix
        wide, high = hypot(a, b) / 72, hypot(c, d) / 72  # inches
        ppi = min(width / wide if wide else 0.0, height / high if high else 0.0)
        space = space_of(image.get("/ColorSpace", Name.DeviceGray))
        masked = "/SMask" in image
        if masked:
            self.veils.add("SMask")
        self.pictures.append(Picture(width, height, space, round(ppi, 1), masked, _filters(image)))


def _set(state: _State, side: int, space: str, colour: tuple[float, ...]) -> None:
    spaces, colours = list(state.spaces), list(state.colours)
    spaces[side], colours[side] = space, colour
    state.spaces, state.colours = (spaces[0], spaces[1]), (colours[0], colours[1])


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def _named(name: Any, resources: Any) -> str:
    spaces = resources.get("/ColorSpace", Dictionary())
    return space_of(spaces.get(str(name), name))


def space_of(space: Any) -> str:
    """Return the name of a colour space; of an ICC-based one with its channels, as ICCBased3."""
    if not isinstance(space, Array):
        return str(space).removeprefix("/")
    name = str(space[0]).removeprefix("/")
    inner: dict[str, Callable[[], str]] = {
        "ICCBased": lambda: f"ICCBased{int(space[1].N)}",
        "Indexed": lambda: space_of(space[1]),
        "Pattern": lambda: "Pattern",
        "Separation": lambda: f"Separation {str(space[1]).removeprefix('/')}",
    }
    return inner[name]() if name in inner else name


def veils(state: Any) -> set[str]:
    """Return what of a graphics state lets other things be seen through (ISO 32000-1, 11.6)."""
    found = {
        f"{key[1:]} {float(state[key]):g}"
        for key in ("/ca", "/CA")
        if key in state and float(state[key]) < 1
    }
    if isinstance(state.get("/SMask"), Dictionary):
        found.add("SMask")
    if state.get("/BM", Name.Normal) not in (Name.Normal, Name.Compatible):
        found.add(f"BM {state.BM}")
    return found


def _filters(image: Any) -> tuple[str, ...]:
    found = image.get("/Filter", Array()) if isinstance(image, Stream | Dictionary) else Array()
    return tuple(map(str, found if isinstance(found, Array) else [found]))
