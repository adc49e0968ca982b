"""Pictures and tables on a page: how large a picture is printed, and which table stays whole.

A picture is as wide as the measure, or less: where it would have fewer than `DENSITY` pixels to the
inch, or be higher than `HIGHEST` of the page. What it leaves of a line is space below its caption,
so that the text goes on upon the grid.
"""

from __future__ import annotations

from base64 import b64encode
from math import ceil
from pathlib import Path
from typing import Final

from lxml.builder import E

from watchpress import pictures
from watchpress.backends.pdf.sheet import Sheet
from watchpress.diagnostic import Place
from watchpress.model.tree import Element
from watchpress.xhtml.exhibits import COPY, HASH

DENSITY: Final = 200  # pixels to the inch: below this an eye sees them
HIGHEST: Final = 0.62  # of the lines of a page: caption and some text stand with it
GAP: Final = 0.4  # lines between a picture and its caption
LEAST: Final = 0.6  # and below that
WHOLE: Final = 14  # rows: a table of more may go on overleaf


def lay(article: Element, sheet: Sheet) -> None:
    """Give the pictures below `article` their bytes and sizes, short tables their class.

    Raises Fatal where a picture is not what it was when the copy was read (pictures.again).
    """
    for image in list(article.iterfind(f".//img[@{HASH}]")):
        _plate(image, sheet)
    for figure in article.iterfind(".//figure[@class='table']"):
        if len(figure.findall(".//tr")) <= WHOLE:
            figure.set("class", "table whole")


def _plate(image: Element, sheet: Sheet) -> None:
    copy, hashed = str(image.attrib.pop(COPY)), str(image.attrib.pop(HASH))
    found = pictures.again(Path(copy), str(image.get("src")), hashed, _place(image, copy))
    # In the document itself: the layout reads no file, and names nothing after where one lies.
    image.set("src", f"data:{found.media};base64,{b64encode(found.data).decode()}")
    width = min(sheet.measure, found.width * 72 / DENSITY)
    width = min(width, HIGHEST * sheet.lines * sheet.lead * found.width / found.height)
    height = width * found.height / found.width + GAP * sheet.lead
    rest = ceil(height / sheet.lead + LEAST) * sheet.lead - height
    for name in ("width", "height"):
        image.attrib.pop(name)
    image.set("style", f"width: {width:.3f}pt")
    plate = E.div({"class": "plate", "style": f"height: {height:.3f}pt"})
    figure = image.getparent()
    assert figure is not None, "a picture stands in its figure"
    figure.set("style", f"margin-bottom: {rest:.3f}pt")
    figure.replace(image, plate)
    plate.append(image)


def _place(image: Element, copy: str) -> Place:
    figure = next(image.iterancestors("figure"), image)
    line, _, column = str(figure.get("data-at") or "0:0").partition(":")
    return Place(copy, int(line), int(column))
