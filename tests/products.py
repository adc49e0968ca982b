"""What a finished product is held to, for the tests of every room that makes one."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import page
import pikepdf

from judges import later
from watchpress.checks import preflight
from watchpress.checks.preflight import Order
from watchpress.diagnostic import Diagnostic

# Of a stream whose last byte is a carriage return, page-validation takes that for its line's end.
RETURN: Final = b"\r\nendstream"
LENGTH: Final = "a stream /Length does not match its raw content length"


def grave(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return findings but for those on the taste of a layout: a running head that was cut, say."""
    return [one for one in found if one.severity != "info" or not one.code.startswith("P")]


def assert_pdf(data: bytes, tagged: bool = True) -> None:
    """Hold a PDF to qpdf's check, and a tagged one to PDF/UA-1 (page-validation)."""
    assert data.startswith(b"%PDF-1.7")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "product.pdf")
        path.write_bytes(data)
        _qpdf(path)
        if tagged:
            report = page.validate_pdf(str(path), profile="ua1")
            assert report.is_compliant, [failure.message for failure in report.failures]


def assert_press(data: bytes, order: Order) -> None:
    """Hold a press file to qpdf's check and to our preflight, which is to be silent."""
    assert data.startswith(b"%PDF-1.6")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "press.pdf")
        path.write_bytes(data)
        _qpdf(path)
    found: list[Diagnostic] = []
    preflight.check(preflight.Subject(data, order), found.append)
    assert found == []


def assert_archive(data: bytes) -> None:
    """Hold an archive file to PDF/A-3a and PDF/UA-1, by both judges where both are there."""
    assert_pdf(data)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "archive.pdf")
        path.write_bytes(data)
        report = page.validate_pdf(str(path), profile="3a")
        failures = [failure.message for failure in report.failures]
    if RETURN in data:  # of which qpdf, above, and veraPDF know that it belongs to the stream
        failures = [message for message in failures if message != LENGTH]
    assert not failures
    later(data, "3a", "ua1")


def _qpdf(path: Path) -> None:
    program = shutil.which("qpdf")
    if program is None:
        warnings.warn("qpdf is not installed: the PDF is not checked by it", stacklevel=3)
        return
    done = subprocess.run(
        [program, "--check", str(path)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in (done.stdout + done.stderr).lower(), done.stdout + done.stderr


def tag_tree(data: bytes) -> str:
    """Return the structure tree of a PDF as text: one line a node, indented, with its content.

    Content stands in quotes, with the page where it changes inside one node, as `p2:`; a link
    annotation as `-> target`.
    """
    with pikepdf.open(BytesIO(data)) as pdf:
        texts = [_marked(sheet) for sheet in pdf.pages]
        numbers = {sheet.obj.objgen: number for number, sheet in enumerate(pdf.pages)}
        root = pdf.Root.StructTreeRoot
        return "\n".join(line for top in _kids(root) for line in _lines(top, 0, texts, numbers))


def _lines(node: Any, depth: int, texts: Any, numbers: Any) -> Iterator[str]:
    head = str(node.S)[1:]
    for key in ("Lang", "ID", "Alt"):
        if f"/{key}" in node:
            head += f" {key}={str(node[f'/{key}'])!r}"
    if "/A" in node:
        head += " " + " ".join(f"{key[1:]}={str(node.A[key])[1:]}" for key in node.A if key != "/O")
    said: list[str] = []
    below: list[str] = []
    home = numbers.get(node.Pg.objgen) if "/Pg" in node else None
    spoken = home
    for kid in _kids(node):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            assert kid.P.objgen == node.objgen, "a kid knows its parent"
            if said:
                below.append("  " * (depth + 1) + " ".join(said))
                said = []
            below += _lines(kid, depth + 1, texts, numbers)
            continue
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
            said.append(f"-> {_target(kid.Obj)} {str(kid.Obj.Contents)!r}")
            continue
        plain = not isinstance(kid, pikepdf.Dictionary)
        sheet = home if plain else numbers[kid.Pg.objgen]
        assert sheet is not None, "a number alone is of the node's own page"
        mark = f"p{sheet + 1}:" if sheet != spoken else ""
        spoken = sheet
        said.append(mark + repr(texts[sheet].get(int(kid if plain else kid.MCID), "")))
    if said:
        below.append("  " * (depth + 1) + " ".join(said))
    yield "  " * depth + head
    yield from below


def _target(annotation: Any) -> str:
    return str(annotation.Dest) if "/Dest" in annotation else str(annotation.A.URI)


def _kids(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _marked(sheet: Any) -> dict[int, str]:
    """Return the text of each numbered piece of marked content of a page."""
    maps = {name: _letters(font) for name, font in sheet.Resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    open_: list[dict[str, Any]] = []
    letters: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(sheet):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name in ("BDC", "BMC"):
            open_.append(dict(operands[1].items()) if name == "BDC" else {})
            if "/ActualText" in open_[-1]:
                _say(found, open_, str(open_[-1]["/ActualText"]))
        elif name == "EMC":
            open_.pop()
        elif name == "Tf":
            letters = maps[str(operands[0])]
        elif name == "TJ" and not any("/ActualText" in mark for mark in open_):
            strings = [bytes(part) for part in operands[0] if isinstance(part, pikepdf.String)]
            codes = b"".join(strings)
            pairs = (codes[place : place + 2] for place in range(0, len(codes), 2))
            _say(found, open_, "".join(letters[int.from_bytes(pair, "big")] for pair in pairs))
    assert not open_, "each mark is closed"
    return found


def _say(found: dict[int, str], marks: list[dict[str, Any]], text: str) -> None:
    for mark in reversed(marks):
        if "/MCID" in mark:
            number = int(mark["/MCID"])
            found[number] = found.get(number, "") + text
            return


def _letters(font: Any) -> dict[int, str]:
    """Return the ToUnicode map of a font."""
    letters: dict[int, str] = {}
    for line in font.ToUnicode.read_bytes().decode("ascii").splitlines():
        parts = line.split()
        if len(parts) == 2 and all(part.startswith("<") and part.endswith(">") for part in parts):
            code, text = (bytes.fromhex(part[1:-1]) for part in parts)
            letters[int.from_bytes(code, "big")] = text.decode("utf-16-be")
    return letters
