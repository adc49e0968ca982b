"""Inks: all colours of a file as those of the press, whoever has chosen them.

Operators are rewritten, not only style sheets: what a series' own style sheet, a figure or the
engine draws in RGB comes out in CMYK too, and grey of any kind as black ink alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from io import BytesIO
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator
from PIL import Image, ImageChops, ImageCms

NEUTRAL: Final = 0.004  # channels that differ by less are grey: half of a step of 1/127
CAST: Final = 2  # of 255: an image whose channels differ by no more is grey
RELATIVE: Final = ImageCms.Intent.RELATIVE_COLORIMETRIC
RGB: Final = {"rg": "k", "RG": "K"}
GREY: Final = {"g": "k", "G": "K"}


class Inks:
    """Turns colours into the inks of the press that `profile` (ICC, CMYK) describes."""

    def __init__(self, out: pikepdf.Pdf, profile: bytes) -> None:
        self.out = out
        self.profile = profile
        self.known: dict[tuple[float, ...], tuple[float, ...]] = {}
        self.done: set[tuple[int, int]] = set()

    @cached_property
    def press(self) -> Any:
        """The profile as LittleCMS reads it."""
        return ImageCms.ImageCmsProfile(BytesIO(self.profile))

    @cached_property
    def standard(self) -> Any:
        """The way from sRGB to the press."""
        return self._way(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")))

    def _way(self, source: Any) -> Any:
        return ImageCms.buildTransform(
            source,
            self.press,
            "RGB",
            "CMYK",
            renderingIntent=RELATIVE,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )

    def of(self, *colour: float) -> tuple[float, ...]:
        """Return the inks of a grey (one number from 0 to 1) or of an RGB colour (three)."""
        if max(colour) - min(colour) < NEUTRAL:
            return (0, 0, 0, round(1 - colour[0], 3))
        if colour not in self.known:
            dot = Image.new("RGB", (1, 1), tuple(round(part * 255) for part in colour))
            turned: Any = ImageCms.applyTransform(dot, self.standard)
            inks = turned.getpixel((0, 0))
            self.known[colour] = tuple(round(ink / 255, 3) for ink in inks)
        return self.known[colour]

    def drawn(self, page: Any) -> tuple[bytes, bool]:
        """Return the operators of a page or form in inks, and whether it is transparent.

        What it draws with (images, forms, patterns, shadings) is turned as well.
        """
        resources = page.get("/Resources", Dictionary())
        parts: list[Any] = list(self._turned(pikepdf.parse_content_stream(page)))
        self._resources(resources)
        return pikepdf.unparse_content_stream(parts), _transparent(parts, resources)

    def _turned(self, parts: Iterable[Any]) -> Iterator[Any]:
        for part in parts:
            name = str(part.operator)
            new = RGB.get(name) or GREY.get(name)
            if new:
                yield (list(self.of(*map(float, part.operands))), Operator(new))
            else:
                yield part

    def _resources(self, resources: Any) -> None:
        """Turn what a page draws with."""
        for thing in (*_each(resources, "/XObject"), *_each(resources, "/Pattern")):
            if self._fresh(thing):
                self._thing(thing)
        for thing in _each(resources, "/Shading"):
            if self._fresh(thing):
                self.shade(thing)
        for state in _each(resources, "/ExtGState"):
            mask = state.get("/SMask")
            if isinstance(mask, Dictionary) and self._fresh(mask.G):
                self._form(mask.G)

    def _thing(self, thing: Any) -> None:
        if thing.get("/Subtype") == Name.Image:
            self.image(thing)
        elif "/Shading" in thing:
            self.shade(thing.Shading)
        else:
            self._form(thing)

    def _fresh(self, thing: Any) -> bool:
        """Say whether a thing has not been turned yet: pages share what they draw with."""
        if not thing.is_indirect:
            return True
        fresh = thing.objgen not in self.done
        self.done.add(thing.objgen)
        return fresh

    def _form(self, form: Any) -> None:
        drawn, _ = self.drawn(form)
        form.write(drawn)
        if "/Group" in form and "/CS" in form.Group:
            form.Group.CS = Name.DeviceCMYK

    def shade(self, shading: Any) -> None:
        """Turn the colours of a gradient."""
        if shading.get("/ColorSpace") == Name.DeviceRGB:
            shading.ColorSpace = Name.DeviceCMYK
            self._function(shading.Function)

    def _function(self, function: Any) -> None:
        if isinstance(function, Array):
            raise ValueError("a gradient with a function for each channel")
        for key in ("/C0", "/C1"):
            if key in function:
                function[key] = Array(list(self.of(*map(float, function[key]))))
        for part in function.get("/Functions", ()):
            self._function(part)

    def image(self, image: Any) -> None:
        """Turn an RGB image into grey, where it is, or CMYK; grey and CMYK stay as they are."""
        opened = pikepdf.PdfImage(image)
        if opened.image_mask or opened.colorspace in ("/DeviceGray", "/DeviceCMYK", "/CalGray"):
            return
        picture = opened.as_pil_image()
        if picture.mode in ("1", "L", "CMYK"):
            return
        own = picture.info.get("icc_profile") if picture.mode == "RGB" else None
        turned = self.turned(picture.convert("RGB"), own)
        image.write(turned.tobytes())
        image.ColorSpace = Name.DeviceGray if turned.mode == "L" else Name.DeviceCMYK
        image.BitsPerComponent = 8
        for key in ("/Decode", "/DecodeParms"):
            if key in image:
                del image[key]

    def turned(self, picture: Image.Image, own: bytes | None = None) -> Image.Image:
        """Return an RGB picture in grey or CMYK; `own` is its ICC profile, sRGB without one."""
        red, green, blue = picture.split()
        casts = (ImageChops.difference(red, other).getextrema() for other in (green, blue))
        if all(int(most) <= CAST for _, most in casts):  # type: ignore[arg-type]
            return picture.convert("L")
        way = self._way(ImageCms.ImageCmsProfile(BytesIO(own))) if own else self.standard
        made = ImageCms.applyTransform(picture, way)
        assert made is not None, "not done in place"
        return made


def _each(resources: Any, kind: str) -> list[Any]:
    return list(resources[kind].values()) if kind in resources else []


def _transparent(parts: Iterable[Any], resources: Any) -> bool:
    """Say whether any operator asks for what is under it to be seen through it."""
    for part in parts:
        operands, operator = (
            (part[0], part[1]) if isinstance(part, tuple) else (part.operands, part.operator)
        )
        if str(operator) == "gs" and _thin(resources.ExtGState[str(operands[0])]):
            return True
        if str(operator) == "Do":
            thing = resources.XObject[str(operands[0])]
            if "/SMask" in thing or "/Group" in thing:
                return True
    return False


def _thin(state: Any) -> bool:
    veils = [float(state[key]) for key in ("/ca", "/CA") if key in state]
    blend = state.get("/BM", Name.Normal)
    return any(veil < 1 for veil in veils) or "/SMask" in state or blend != Name.Normal
