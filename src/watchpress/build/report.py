"""The order of things: copy -> report -> transforms -> product -> proof. Only here is it known."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from watchpress.build.verdict import NOT_INSTALLED, Finished, Kind, hold, verdict
from watchpress.catalog import Booklet, Press, Profile, Reading, Source, Trim, Work
from watchpress.diagnostic import Diagnostic, Fatal, Place, Tell, remark
from watchpress.files import Styles
from watchpress.files import read as read_bytes
from watchpress.language.words import words
from watchpress.model import schema, tree
from watchpress.readers import xml
from watchpress.readers.plain import reader as plain
from watchpress.transforms import figures, mentions, notes, quotes, tables

if TYPE_CHECKING:
    from watchpress.backends.pdf.facts import Compiled

Transform: TypeAlias = Callable[[tree.Element, Tell], None]

READERS: Final = {"plain": plain.read, "xml": xml.read}
TRANSFORMS: Final[tuple[Transform, ...]] = (
    quotes.apply,
    notes.apply,
    mentions.apply,
    tables.apply,
    figures.apply,
)

_FINISHED: Final = frozenset({"press", "archive"})  # profiles of PDFs that go through the binder

# How the kinds of copy that are not read yet begin, and what they are called.
_UNREAD: Final = ((b"PK\x03\x04", "a DOCX or another zip file"), (b"%PDF", "a PDF"))

# An element of HTML, where XML of ours has an article: not that, nor a declaration of XML.
_HTML: Final = re.compile(
    rb"<!doctype\s+html|(?:<!--.*?-->\s*)?<(?:html|head|body|meta|title|div|p|h[1-6]|table|section|main"
    rb"|span|a|b|i|em|img|br|hr|ul|ol|center|font|script|style|link|base|iframe|object|embed|form|svg"
    rb"|math|template|noscript|input|details|marquee|video|audio)[\s/>]",
    re.DOTALL,
)


def report(source: Source, tell: Tell, data: bytes | None = None) -> Reading:
    """Read one source and bring the report into its final form, valid against the schema.

    `data`: its bytes, where they have been read. Raises Fatal where the copy cannot be read, or
    where the XML given is no valid report.
    """
    data = read_bytes(source.path) if data is None else data
    reading = READERS[_kind(source, data)](source, tell, data)
    _validate(reading.report, tell)
    for apply in TRANSFORMS:
        apply(reading.report, tell)
    reading.report.set(tree.STAGE, "set")
    _validate(reading.report, tell)
    return reading


def _kind(source: Source, data: bytes) -> str:
    """Tell the kind of copy by content, then by suffix; Fatal R003 for a kind not read yet."""
    # Without the NULs and marks of UTF-16 and UTF-32: XML and HTML may be in those, too.
    start = data[:800].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    for magic, name in _UNREAD:
        if data.startswith(magic):
            raise Fatal(remark("R003", Place(source.name), kind=name))
    if _HTML.match(start) or source.path.suffix in {".html", ".htm"}:
        raise Fatal(remark("R003", Place(source.name), kind="HTML"))
    if source.path.suffix.lower() in {".md", ".markdown"}:
        raise Fatal(remark("R003", Place(source.name), kind="Markdown"))
    return "xml" if start.startswith((b"<?xml", b"<article", b"<!doctype")) else "plain"


def _validate(found: tree.Element, tell: Tell) -> None:
    """Tell all that the schema objects to; Fatal at the last of it."""
    faults: list[Diagnostic] = []
    if schema.validate(found, faults.append):
        return
    for fault in faults[:-1]:
        tell(fault)
    raise Fatal(faults[-1])


def work(
    reports: Sequence[tree.Element],
    *,
    trim: Trim,
    profile: Profile = "screen",
    findings: Sequence[Diagnostic] = (),
    press: Press = Press(),  # noqa: B008 - frozen
    booklet: Booklet | None = None,
    fonts: bool = False,
) -> Work:
    """Return what a backend needs to make one product of `reports`, in this order."""
    first = reports[0]
    _check_clash(reports)
    return Work(
        reports=tuple(reports),
        title=_title(reports),
        language=tree.language(first),
        epoch=epoch(reports),
        trim=trim,
        profile=profile,
        findings=tuple(findings),
        press=press,
        booklet=booklet,
        fonts=fonts,
    )


def _check_clash(reports: Sequence[tree.Element]) -> None:
    seen: dict[str, str] = {}
    for one in reports:
        identifier, file = tree.stem(one), str(one.get(tree.SOURCE))
        if identifier in seen:
            place = Place(file)
            clash = remark("C102", place, file=file, id=identifier, other=seen[identifier])
            raise Fatal(clash, status=2)
        seen[identifier] = file


def _title(reports: Sequence[tree.Element]) -> str:
    if len(reports) == 1:
        return tree.title(reports[0])
    numbers = sorted({tree.number(one) for one in reports})
    speech = words(tree.language(reports[0]))
    if len(numbers) == 1:
        span = speech.label("number", n=numbers[0])
    else:
        span = speech.label("numbers", first=numbers[0], last=numbers[-1])
    return f"{tree.series(reports[0])} {span}"


def epoch(reports: Sequence[tree.Element]) -> int:
    """Return the time that products carry: SOURCE_DATE_EPOCH, else the last issue date, UTC.

    https://reproducible-builds.org/specs/source-date-epoch/ ; Fatal C101 where it is no number.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is None:
        last = max(tree.date(one) for one in reports)
        return int(datetime.fromisoformat(last).replace(tzinfo=UTC).timestamp())
    try:
        moment = int(given)
        datetime.fromtimestamp(moment, UTC)
    except (ValueError, OverflowError, OSError):
        problem = f"{given!r} is no time in seconds since 1970"
        place = Place("SOURCE_DATE_EPOCH")
        fault = remark("C101", place, option="SOURCE_DATE_EPOCH", problem=problem)
        raise Fatal(fault, status=2) from None
    return moment


def product(
    kind: Kind, work: Work, styles: Styles, tell: Tell, *, proof: bool = True, name: str = ""
) -> Finished:
    """Make one product and prove it: read it back and compare it with the XML.

    `name`: what the product is called in findings. Raises Fatal with status 5 where the proof
    fails: such a product is never put in place.
    """
    name = name or f"product.{kind}"
    made = finished(kind, work, styles, tell, name)
    if proof:
        hold(verdict(kind, made, work, name, tell), tell)
    return made


def finished(kind: Kind, work: Work, styles: Styles, tell: Tell, name: str) -> Finished:
    """Return a product that is not proved yet."""
    # Each backend is imported where it is asked for: an EPUB is made where Pango is missing.
    if kind == "epub":
        from watchpress.backends.epub.writer import write

        out = BytesIO()
        write(work, styles, out, tell)
        return Finished(out.getvalue())
    if work.booklet:
        from watchpress.build import finish

        return finish.booklet(work, styles, tell, work.booklet)
    if work.profile in _FINISHED:
        from watchpress.build import finish

        return finish.single(work, styles, tell, name)
    compiled = laid(work, styles, tell)
    facts = compiled.facts
    return Finished(compiled.data, facts.pages, facts.boxes, galley=facts.galley)


def laid(work: Work, styles: Styles, tell: Tell) -> Compiled:
    """Return the pages of reports; Fatal (status 4) where the engine cannot run."""
    from watchpress.backends.pdf.engine import EngineMissing
    from watchpress.backends.pdf.writer import compile as lay_out

    try:
        return lay_out(work, styles, tell)
    except EngineMissing as fault:
        raise Fatal(missing(str(fault)), status=NOT_INSTALLED) from None


def missing(reason: str) -> Diagnostic:
    """Return what to say where the page engine does not run: what is missing, and how to get it."""
    from watchpress import doctor

    lacking = [part for part in doctor.survey("pdf") if part.lacks("pdf")]
    if lacking:
        return doctor.missing(lacking, "pdf")
    return remark("X104", Place("watchpress"), reason=reason)


def export(report: tree.Element) -> bytes:
    """Return a report as JATS Publishing XML, without anything of ours."""
    from watchpress.backends import jats

    out = BytesIO()
    jats.write(report, out)
    return out.getvalue()


def output(work: Work, suffix: str) -> Path:
    """Return the name a product gets where none is given: `032.en.pdf`, `031-036.en.pdf`."""
    numbers = sorted({tree.number(one) for one in work.reports})
    span = f"{numbers[0]:03d}" + (f"-{numbers[-1]:03d}" if len(numbers) > 1 else "")
    tags = "-".join(dict.fromkeys(tree.language(one) for one in work.reports))
    return Path(f"{span}.{tags}.{suffix}")
