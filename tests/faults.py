"""Faults to plant: what goes wrong outside watchpress, by name."""

from __future__ import annotations

import os
import random
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest import mock

from lxml import etree
from PIL import Image

import profiles
import spoils
from watchpress.opinion import Opinion


@contextmanager
def planted(name: str) -> Iterator[None]:
    """Let the named fault happen; none for an empty name."""
    if not name:
        yield
        return
    with FAULTS[name]():
        yield


def disk_full() -> Any:
    """Let the disk be full when a product is flushed."""
    return mock.patch("os.fsync", side_effect=OSError(28, "No space left on device"))


def unreadable() -> Any:
    """Let the operating system refuse to open copy."""
    opened = Path.open

    def refuse(path: Path, mode: str = "r", *more: Any, **options: Any) -> Any:
        if path.suffix == ".txt" and "r" in mode:
            raise PermissionError(13, "Permission denied")
        return opened(path, mode, *more, **options)

    return mock.patch.object(Path, "open", refuse)


def small_limit() -> Any:
    """Let ten bytes be the most that copy may have."""
    return mock.patch("watchpress.files.MOST_BYTES", 10)


def small_limit_for_xml() -> Any:
    """Let five bytes be the most that XML may have."""
    return mock.patch("watchpress.model.tree.MOST_BYTES", 5)


@contextmanager
def no_memory() -> Iterator[None]:
    """Let memory run out at each page: in this process, which stands in for one of the pool."""
    from watchpress.build import pool

    def here(own: pool.Pool, function: Any, tasks: Any, end: Any) -> None:
        for number, (name, given) in enumerate(tasks):
            end(number, pool.attempt(function, given, name, own.limits))

    with (
        mock.patch("watchpress.build.report.laid", side_effect=MemoryError),
        mock.patch.object(pool.Pool, "_spread", here),
    ):
        yield


def newer_pdfium() -> Any:
    """Let PDFium be another one than that which looked at pages when they were accepted."""
    return mock.patch("watchpress.tools.pdfium.build", return_value="2")


def no_styles() -> Any:
    """Take away the folders that style sheets come from."""
    return mock.patch("watchpress.files.HERE", Path("nowhere/at/all"))


def clock() -> Any:
    """Set a SOURCE_DATE_EPOCH that is no number."""
    return mock.patch.dict("os.environ", {"SOURCE_DATE_EPOCH": "yesterday"})


def lost_letter() -> Any:
    """Let the reader swallow the last letter of each paragraph."""
    from watchpress.readers.plain import assembly, inline

    fill = inline.fill

    def swallow(element: Any, line: Any, ids: Any, *, calls: bool) -> None:
        fill(element, line.cut(0, -2) if element.tag == "p" else line, ids, calls=calls)

    return mock.patch.object(assembly, "fill", swallow)


def lost_picture() -> Any:
    """Let no product get the pictures of its figures."""
    from watchpress.backends.epub.plates import Plates
    from watchpress.backends.pdf import plates

    def drop(article: Any) -> None:
        for image in list(article.iterfind(".//img")):
            image.getparent().remove(image)

    stack = ExitStack()
    stack.enter_context(mock.patch.object(Plates, "take", lambda self, article: drop(article)))
    stack.enter_context(mock.patch.object(plates, "lay", lambda article, sheet: drop(article)))
    return stack


def other_picture() -> Any:
    """Let pictures be exchanged once a report has been read."""
    return mock.patch("watchpress.transforms.figures.digest", lambda data: "0" * 64)


def unfit_engine() -> Any:
    """Let the page engine be of another version."""
    return mock.patch("watchpress.backends.pdf.engine.load", side_effect=_unfit())


def _unfit() -> Exception:
    from watchpress.backends.pdf.engine import EngineMissing

    return EngineMissing("WeasyPrint 99.0 is installed, 70.x is needed")


def lost_note() -> Any:
    """Let the notes of a PDF lose their ids, so that their calls lead nowhere."""
    from watchpress.xhtml import article as xhtml

    right = xhtml.article

    def wrong(report: Any) -> Any:
        article = right(report)
        for item in article.iter("li"):
            item.attrib.pop("id", None)
        return article

    return mock.patch.object(xhtml, "article", wrong)


def lost_target() -> Any:
    """Let links from one piece of a volume to another ask for ids that nobody has."""
    return mock.patch("watchpress.backends.pdf.bind.names.unquote", "{}-lost".format)


def no_pinned_fonts() -> Any:
    """Let the pinned fonts be absent, and the fonts of the machine the very same ones."""
    from watchpress.backends.pdf import layout
    from watchpress.tools import fonts

    there, lay = fonts.faces(), layout.lay

    def with_faces(articles: Any, work: Any, css: Any, faces: Any, folder: Any = None) -> Any:
        assert not faces
        return lay(articles, work, css, there, folder)

    stack = ExitStack()
    stack.enter_context(mock.patch.object(fonts, "faces", lambda _="": ()))
    stack.enter_context(mock.patch.object(layout, "lay", with_faces))
    return stack


def _epub_of(change: Callable[[Any], None]) -> Any:
    """Let the EPUB backend be given an article that `change` has been at."""
    from watchpress.backends.epub import writer
    from watchpress.xhtml import article as xhtml

    right = xhtml.article

    def wrong(report: Any) -> Any:
        article = right(report)
        change(article)
        return article

    return mock.patch.object(writer, "article", wrong)


def no_pango(rights: bool = False) -> Any:
    """Let Pango be missing, on a Debian where nobody may install it (or apt fails to)."""
    from watchpress import doctor
    from watchpress.tools import apt, fonts

    pango = next(tool for tool in doctor.TOOLS if tool.NAME == "Pango")
    part = doctor.Part("Pango", None, pango.NEEDED, tuple(pango.PACKAGES.items()))
    stack = ExitStack()
    for thing, name, value in (
        (doctor, "survey", lambda _="": (part,)),
        (doctor, "system", lambda: "debian"),
        (os, "geteuid", lambda: 1000),
        (fonts, "version", lambda _="": "there"),
        (apt, "rights", lambda: () if rights else None),
        (apt, "missing", lambda packages: packages),
        (apt, "install", lambda _: "E: no space left"),
    ):
        stack.enter_context(mock.patch.object(thing, name, value))
    return stack


def no_ace() -> Any:
    """Let all that the tests need be there, and neither Ace nor its browser to be had."""
    from watchpress import doctor
    from watchpress.tools import ace, apt, fonts, verapdf

    stack = ExitStack()
    for thing, name, value in (
        (doctor, "survey", lambda _="": ()),
        (fonts, "version", lambda _="": "there"),
        (verapdf, "fetch", lambda: False),
        (apt, "rights", lambda: None),
        (ace, "version", lambda: None),
        (ace, "browser", lambda: None),
        (ace, "node", lambda: "node"),
        (ace, "fetch", mock.Mock(side_effect=OSError("the registry does not answer"))),
    ):
        stack.enter_context(mock.patch.object(thing, name, value))
    return stack


def damaged_fonts() -> Any:
    """Let one font differ from what was pinned, and its package not be had."""
    from watchpress import doctor
    from watchpress.tools import fonts, npm

    face = mock.Mock(path=Path("fonts/SourceSerif4_400Regular.ttf"))
    stack = ExitStack()
    for thing, name, value in (
        (doctor, "survey", lambda _="": ()),
        (fonts, "version", lambda _="": None),
        (fonts, "faces", lambda _="": (face,)),
        (fonts, "verify", lambda _="": (face,)),
        (fonts, "folder", lambda: Path("fonts")),
        (npm, "pack", mock.Mock(side_effect=OSError("the registry does not answer"))),
    ):
        stack.enter_context(mock.patch.object(thing, name, value))
    return stack


def wrong_texts() -> Any:
    """Change a word, lose a paragraph, double one, exchange two."""

    def change(article: Any) -> None:
        first, second, third, fourth, fifth = article.find("div[@class='body']")
        first.text = first.text.replace("closed", "opened")
        second.getparent().remove(second)
        fourth.addprevious(fifth)
        twin = deepcopy(third)
        twin.attrib.pop("id")
        third.addnext(twin)

    return _epub_of(change)


def wrong_notes() -> Any:
    """Give a call another number, a note another word, an address another letter."""

    def change(article: Any) -> None:
        call = next(link for link in article.iter("a") if link.get("class") == "noteref")
        call.text = "2"
        one, two = article.iter("li")
        node = next(node for node in one.iter() if "Law" in (node.text or ""))
        node.text = node.text.replace("Law", "Lore")
        link = next(two.iter("a"))
        link.set("href", link.get("href") + "s")

    return _epub_of(change)


def wrong_links() -> Any:
    """Let a call lead to the other note, and a note have no way back."""

    def change(article: Any) -> None:
        links = [link for link in article.iter("a") if link.get("class") != "url"]
        first, second, back, _ = links
        first.set("href", second.get("href"))
        back.getparent().remove(back)

    return _epub_of(change)


def no_epub() -> Any:
    """Bytes that are no EPUB."""
    from watchpress.backends.epub import writer

    return mock.patch.object(writer, "write", lambda work, styles, out, tell: out.write(b"PK"))


def refused_by_shops() -> Any:
    """Let the checks of shops see a book that is too big, its notes before the text."""
    from watchpress.checks import shops

    right = shops.check

    def wrong(subject: Any, tell: Any) -> None:
        right(replace(subject, product=_burdened(subject.product)), tell)

    return mock.patch.object(shops, "check", wrong)


def _burdened(book: bytes) -> bytes:
    """Return `book` with a long document that shows heavy images, its notes in front."""
    out, noise = BytesIO(), random.Random(7)
    with zipfile.ZipFile(BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.endswith("wr007-en.xhtml"):
                root = etree.fromstring(data)
                body, notes = root.find("{*}body"), root.find(".//{*}section[@role='doc-endnotes']")
                assert body is not None and notes is not None
                body.insert(0, notes)
                body.append(etree.Comment(noise.randbytes(150_000).hex()))
                for name in ("big", "light"):
                    etree.SubElement(body, "{http://www.w3.org/1999/xhtml}img", src=f"{name}.jpg")
                data = etree.tostring(root)
                folder = entry.filename.rpartition("/")[0]
                new.writestr(f"{folder}/big.jpg", _jpeg(2000) + noise.randbytes(10_000_000))
                new.writestr(f"{folder}/light.jpg", _jpeg(100, progressive=True))
            if entry.filename.endswith("cover.png"):
                data = _drawing(300)
            new.writestr(entry, data)
    return out.getvalue()


def _drawing(side: int) -> bytes:
    out = BytesIO()
    Image.new("L", (side, side), 128).save(out, "PNG")
    return out.getvalue()


def _jpeg(side: int, *, progressive: bool = False) -> bytes:
    out = BytesIO()
    Image.new("L", (side, side), 128).save(out, "JPEG", progressive=progressive)
    return out.getvalue()


def press_of(change: Callable[[Any], None]) -> Any:
    """Let `change` be at a bound PDF (pikepdf.Pdf) before it is saved."""
    from watchpress.backends.pdf.bind import linker

    right = linker._saved

    def wrong(out: Any, *more: Any) -> Any:
        change(out)
        return right(out, *more)

    return mock.patch.object(linker, "_saved", wrong)


def spoiled_press() -> Any:
    """Let a press file have one of each defect that a printing house sends files back for."""

    def change(out: Any) -> None:
        for spoil in spoils.SPOILS.values():
            spoil(out)

    return press_of(change)


def no_press() -> Any:
    """Bytes that are no PDF, where a press file should be."""
    return mock.patch("watchpress.backends.pdf.bind.linker._saved", lambda *_: b"PK")


def press_profile(there: bool = True) -> Any:
    """Let the profile of the standard intent be a made-up one, or be missing."""
    from watchpress.tools import icc

    stack = ExitStack()
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    if there:
        (folder / f"{icc.STANDARD.name}.icc").write_bytes(profiles.cmyk())
    stack.enter_context(mock.patch.object(icc, "folder", lambda: folder))
    return stack


def both(*faults: Any) -> Any:
    """Return several faults as one."""
    stack = ExitStack()
    for fault in faults:
        stack.enter_context(fault)
    return stack


@contextmanager
def another_build() -> Iterator[None]:
    """Let another build be at work in this folder, and patience be short."""
    from watchpress.build import lock

    with lock.locked(Path(".watchpress")), mock.patch.object(lock, "PATIENCE", 0.3):
        Path(".watchpress", lock.NAME).write_text("4711\n")
        yield


def changing_style() -> Any:
    """Let somebody edit a style sheet while a product is made."""
    from watchpress.build import report

    right = report.finished

    def edited(*given: Any) -> Any:
        made = right(*given)
        with Path("styles", "epub.css").open("a") as sheet:
            sheet.write("p { color: red }\n")
        return made

    return mock.patch.object(report, "finished", edited)


def unsound_pdf() -> Any:
    """Let a PDF lose its fonts, get boxes that cannot be, and be bigger than it may."""
    from watchpress.checks import sound

    whole = sound.check

    def check(subject: sound.Subject, tell: Any) -> None:
        whole(replace(subject, product=spoils.spoiled(subject.product, spoils.unsound)), tell)

    return both(
        mock.patch("watchpress.checks.sound.check", check),
        mock.patch("watchpress.checks.sound.MOST", 1_000),
    )


def _validators(**spoken: tuple[Opinion, ...] | str | None) -> Any:
    """Let validators say what is given; None: it is not here, words: why it gives no verdict."""
    from watchpress.build import validate

    def judge(one: validate.Judge) -> validate.Judge:
        said = spoken[one.name]

        def ask(files: Any, flavour: str, tongue: str) -> Any:
            if isinstance(said, str):
                raise OSError(said)
            return [said for _ in files]

        return replace(one, version=lambda: None if said is None else "1", ask=ask)

    return both(
        *(
            mock.patch(f"watchpress.build.validate.{name}", tuple(map(judge, judges)))
            for name, judges in (("OF_EPUBS", validate.OF_EPUBS), ("OF_PDFS", validate.OF_PDFS))
        )
    )


def validators_speak() -> Any:
    """Let each validator find something of each gravity."""
    place = ("EPUB/wr007-en.xhtml", 5, 26)
    return _validators(
        EPUBCheck=(
            Opinion("RSC-005", "error", 'element "blink" not allowed here', *place),
            Opinion("CSS-003", "warning", "the style sheet is UTF-16", "EPUB/style.css"),
            Opinion("CHK-008", "info", "an error occurred before"),
        ),
        Ace=(
            Opinion("image-alt", "error", "an image is dumb", "EPUB/nav.xhtml"),
            Opinion("epub-lang", "warning", "the package has no language", "EPUB/package.opf"),
        ),
        veraPDF=(Opinion("7.1-3", "error", "Content shall be marked", "root/page", page=1),),
    )


def validators_absent() -> Any:
    """Let EPUBCheck and veraPDF not be here, and Ace give no verdict."""
    lines = mock.patch("watchpress.doctor.install_lines", lambda _: [("any", "sudo apt install x")])
    return both(
        _validators(
            EPUBCheck=None, Ace="Ace gave no verdict on 007.en.epub: it hangs", veraPDF=None
        ),
        lines,
    )


FAULTS: dict[str, Callable[[], Any]] = {
    "another build": another_build,
    "a style sheet that is edited": changing_style,
    "disk full": disk_full,
    "unsound PDF": unsound_pdf,
    "validators speak": validators_speak,
    "validators absent": validators_absent,
    "unreadable": unreadable,
    "small limit": small_limit,
    "small limit for XML": small_limit_for_xml,
    "newer pdfium": newer_pdfium,
    "no styles": no_styles,
    "clock": clock,
    "lost letter": lost_letter,
    "lost picture": lost_picture,
    "other picture": other_picture,
    "unfit engine": unfit_engine,
    "lost note": lost_note,
    "lost target": lost_target,
    "no pinned fonts": no_pinned_fonts,
    "no Pango, no rights": no_pango,
    "no Pango, apt fails": lambda: no_pango(rights=True),
    "no Ace": no_ace,
    "damaged fonts": damaged_fonts,
    "no memory": no_memory,
    "an EPUB with wrong texts": wrong_texts,
    "an EPUB with wrong notes": wrong_notes,
    "an EPUB with wrong links": wrong_links,
    "an EPUB that is none": no_epub,
    "an EPUB that shops refuse": refused_by_shops,
    "a made-up profile": press_profile,
    "no profile": lambda: press_profile(there=False),
    "a spoiled press file": lambda: both(press_profile(), spoiled_press()),
    "a press file that is none": lambda: both(press_profile(), no_press()),
}
