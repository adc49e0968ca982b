"""Rows A and W of the catalogue: names, files of all kinds, pictures, fonts, addresses."""

# ruff: noqa: E501 - what is tried is easier to read on a line

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from PIL import Image

from hostile.configs import EDITION, GOOD
from hostile.rows import Input, Promise, Row, copy, plain, thinned
from watchpress.files import Styles

SECRET: Final = "the combination is 4711"
NAMES: Final = (
    "../../x.png", "../x.png", "a/../../x.png", "/etc/passwd.png", "//srv/x.png", "C:\\x.png",
    "C:/x.png", "\\\\srv\\x.png", "..\\x.png", "%2e%2e/x.png", "%2e%2e%2fx.png", "file:///x.png",
    "http://127.0.0.1:9/x.png", "data:,x.png", "javascript:x.png", "~/x.png", "$HOME/x.png",
    "`id`.png", "$(id).png", "x;id.png", "x|y.png", "CON.png", "NUL.png", "aux.png", "COM1.png",
    "a b#c%d.png", "a?b.png", "a*b.png", "é.png", "e\u0301.png", "Map.PNG", "map.png ", ".png",
    "..png", "-rf.png", "x" * 300 + ".png", "a/" * 200 + "x.png", "図.png", "지도.png",
    "a\u200bb.png", "<b>.png", "&amp;.png", "a'b.png",
)  # fmt: skip


def picture(
    kind: str = "PNG", mode: str = "L", size: tuple[int, int] = (12, 7), **more: Any
) -> bytes:
    """Return a small picture."""
    out = BytesIO()
    Image.new(mode, size).save(out, kind, **more)
    return out.getvalue()


def _body(name: str) -> str:
    return copy(f"The boats wait [1].\n[Figure 1: {name}]\nFigure 1. A map of the strait")


def _named(full: bool) -> list[Input]:
    """Names of pictures in copy: those that a file can have are there, and printed."""
    found = [
        Input(
            f"picture {name[:40]}",
            _body(name).encode(),
            None,
            "A",
            status=(0, 1, 3),
            plant=partial(_lay, name),
            whole=full and n % 4 == 0,
            secret=SECRET,
        )
        for n, name in enumerate(NAMES)
    ]
    found += [
        Input(
            f"copy {name[:40]}",
            b"",
            None,
            "A",
            status=(0, 1, 2, 3, 6),
            file="",
            plant=partial(_copied, name.replace(".png", ".txt")),
            secret=SECRET,
            words=("read", name.replace(".png", ".txt"), "-o", "made.xml", "--format", "json"),
        )
        for name in NAMES
        if not name.startswith("-")
    ]
    found += [
        Input(f"series.toml {name[:40]}", b"", None, "A", status=(0, 1, 2, 3), file="",
              plant=partial(_told, name), secret=SECRET,
              words=("status", "-C", ".", "--format", "json") if n % 8 else
              ("build", "-C", ".", "--jobs", "1", "--format", "json"))
        for n, name in enumerate(NAMES)
    ]  # fmt: skip
    return found if full else list(thinned(found, 12))


def _safe(name: str) -> bool:
    parts = Path(name).parts
    fits = len(name.encode()) < 250 and not name.startswith(("/", "-"))
    return fits and ".." not in parts and "\0" not in name and bool(name.strip())


def _lay(name: str, here: Path) -> None:
    """Lay the picture where its name leads, if that is in the folder; a secret where it is not."""
    (here / "secret.txt").write_text(SECRET, "utf-8")
    if _safe(name):
        path = here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(picture())


def _copied(name: str, here: Path) -> None:
    if _safe(name):
        path = here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(copy(), "utf-8")


def _told(name: str, here: Path) -> None:
    import json

    toml = GOOD + EDITION + f'[[reports]]\nfile = {json.dumps(name)}\nnumber = 7\nlang = "en"\n'
    (here / "reports" / "en").mkdir(parents=True)
    (here / "reports" / "series.toml").write_text(toml, "utf-8")
    (here / "reports" / "en" / "031.txt").write_text(copy(), "utf-8")


# -- A02: things that are no files -----------------------------------------------------------------


def _strange(here: Path, kind: str, name: str) -> None:
    path = here / name
    outside = here / "away"
    outside.mkdir(exist_ok=True)
    (outside / "secret.txt").write_text(SECRET, "utf-8")
    if kind == "link out":
        path.symlink_to("/etc/hostname")
    elif kind == "ring":
        path.symlink_to(name)
    elif kind == "hard link":
        (here / "first").write_bytes(b"no picture")
        os.link(here / "first", path)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    elif kind == "link to a folder":
        path.symlink_to(outside)
    elif kind == "dangling":
        path.symlink_to("nowhere")


KINDS: Final = ("link out", "ring", "hard link", "pipe", "device", "folder", "link to a folder",
                "dangling")  # fmt: skip


def _things(full: bool) -> list[Input]:
    found = [
        Input(
            f"picture: {kind}", _body("x.png").encode(), None, "X", plant=_strangely(kind, "x.png")
        )
        for kind in KINDS
    ]
    found += [
        Input(
            f"copy: {kind}",
            b"",
            None,
            "X",
            status=(2, 3, 6),
            file="",
            secret=SECRET,
            plant=_strangely(kind, "copy.txt"),
            words=("read", "copy.txt", "-o", "made.xml"),
        )
        for kind in KINDS
    ]
    found.append(
        Input(
            "copy: /dev/zero",
            b"",
            None,
            "X",
            status=(2, 3, 6),
            file="",
            words=("read", "/dev/zero", "-o", "made.xml"),
        )
    )
    found.append(
        Input(
            "copy: /proc/self/mem",
            b"",
            None,
            "X",
            status=(2, 3, 6),
            file="",
            words=("read", "/proc/self/mem", "-o", "made.xml"),
        )
    )
    return found  # fmt: skip


def _strangely(kind: str, name: str) -> Callable[[Path], None]:
    return partial(_strange, kind=kind, name=name)


# -- A03, A04: pictures ----------------------------------------------------------------------------


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of so many pixels in a few kB: white, and nothing else."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * ((width + 7) // 8)
    data = b"".join(packer.compress(row) for _ in range(min(height, 20_000))) + packer.flush()
    return (b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data)
            + _chunk(b"IEND", b""))  # fmt: skip


def _turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return picture("JPEG", exif=exif)


def _moving(kind: str) -> bytes:
    out = BytesIO()
    frames = [Image.new("L", (9, 9), shade) for shade in (0, 120, 255)]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def _pictures(full: bool) -> list[Input]:
    refused: dict[str, Callable[[], bytes]] = {
        "400 million pixels": lambda: bomb(20_000, 20_000),
        "144 million pixels": lambda: bomb(12_000, 12_000),
        "nothing by nothing": lambda: bomb(0, 0),
        "cut off": lambda: picture(size=(90, 90))[:-40],
        "no picture": lambda: b"not a picture at all",
        "empty": lambda: b"",
        "GIF": lambda: picture("GIF"),
        "GIF that moves": lambda: _moving("GIF"),
        "PNG that moves": lambda: _moving("PNG"),
        "CMYK": lambda: picture("JPEG", "CMYK"),
        "on its side": _turned,
        "WebP": lambda: picture("WEBP"),
        "TIFF": lambda: picture("TIFF"),
        "BMP": lambda: picture("BMP"),
        "EPS": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        "PSD": lambda: b"8BPS\0\1" + bytes(40),
        "MPO": lambda: _moving("MPO"),
        "11 MB": lambda: picture() + bytes(11_000_000),
        "a PDF": lambda: b"%PDF-1.7\n",
    }
    found = [_pictured(name, make(), "X") for name, make in refused.items()]
    for name, data in (
        ("JPEG by the name of PNG", picture("JPEG")),
        ("progressive", picture("JPEG", progressive=True)),
        ("16 bits", picture(mode="I;16")),
        ("palette", picture(mode="P")),
        ("alpha", picture(mode="RGBA")),
        ("and a zip behind", picture() + b"PK\x03\x04" + bytes(60)),
    ):
        found.append(_pictured(name, data, "A", whole=full))
    return found if full else list(thinned(found, 8))  # fmt: skip


def _drawings(full: bool) -> list[Input]:
    """Drawings by a name that is read, and by their own: whatever is in them, none is taken."""
    uses = "".join(
        f"<g id='a{n}'>" + f"<use href='#a{n - 1}'/>" * 10 + "</g>" for n in range(1, 10)
    )
    inside = {
        "script": "<script>x()</script>", "foreign": "<foreignObject><p>x</p></foreignObject>",
        "a file": "<image href='file:///etc/passwd'/>", "use of itself": "<use href='#a' id='a'/>",
        "huge": "<rect width='1e9' height='1e9'/>", "a font": "<style>@import url(http://x)</style>",
        "drawings of drawings": f"<defs><g id='a0'><rect/></g>{uses}</defs><use href='#a9'/>",
    }  # fmt: skip
    files = {
        name: f"<svg xmlns='http://www.w3.org/2000/svg'>{one}</svg>".encode()
        for name, one in inside.items()
    }
    files["an entity"] = b'<!DOCTYPE svg [<!ENTITY x "y">]><svg>&x;</svg>'
    return [
        _pictured(f"{name} in {file}", data, "X", file=file)
        for file in ("x.png", "x.svg")
        for name, data in files.items()
    ]


def _pictured(
    name: str, data: bytes, promise: Promise, *, whole: bool = False, file: str = "x.png"
) -> Input:
    status = (3,) if promise == "X" else (0, 1)
    return Input(name, _body(file).encode(), None, promise, status=status, whole=whole,
                 plant=partial(_put, data=data, file=file))  # fmt: skip


def _put(here: Path, data: bytes, file: str) -> None:
    (here / file).write_bytes(data)


# -- A05: fonts, W: addresses ----------------------------------------------------------------------


def _fonts(full: bool) -> list[Input]:
    """Fonts come in by style sheets only: what is no font is told, and the page has ours."""
    bad = {
        "no font": b"not a font", "empty": b"", "cut off": b"\0\1\0\0\0\x0c" + bytes(30),
        "WOFF2 of nothing": b"wOF2" + bytes(60), "a collection": b"ttcf\0\1\0\0\0\0\0\x02" + bytes(60),
        "zeros": bytes(5000),
    }  # fmt: skip
    return [
        Input(name, copy().encode(), None, "A", status=(0, 1, 2), plant=partial(_faced, data=data),
              words=("pdf", "031.txt", "-o", "made.pdf", "--styles", "own", "--format", "json"))
        for name, data in bad.items()
    ]  # fmt: skip


def _faced(here: Path, data: bytes) -> None:
    own = here / "own"
    own.mkdir()
    (own / "x.ttf").write_bytes(data)
    rule = "@font-face { font-family: X; src: url(x.ttf) } p { font-family: X, serif }"
    (own / "report.css").write_text(f"{Styles().text('report.css')}\n{rule}\n", "utf-8")


ASKED: Final = (
    "http://127.0.0.1:9/x.png", "https://127.0.0.1:9/x.png", "ftp://127.0.0.1/x.png",
    "file:///etc/hostname", "javascript:x.png", "about:blank", "blob:x.png", "//127.0.0.1:9/x.png",
    "http://169.254.169.254/latest/x.png", "http://[::1]:9/x.png", "http://2130706433:9/x.png",
    "http://localhost:9/x.png", "gopher://127.0.0.1/x.png", "jar:file:///x.png",
)  # fmt: skip


def _assets(full: bool) -> list[Input]:
    """Addresses where a file is wanted: of a picture in copy, of anything in a style sheet."""
    found = [Input(f"picture {one}", _body(one).encode(), None, "R", ("R408",)) for one in ASKED]
    found += [
        Input(f"style sheet {one}", copy().encode(), None, "A", ("C302",), (2,),
              plant=partial(_sheeted, one),
              words=("pdf", "031.txt", "-o", "made.pdf", "--styles", "own", "--format", "json"))
        for one in ASKED
    ]  # fmt: skip
    return found if full else list(thinned(found, 8))


def _sheeted(address: str, here: Path) -> None:
    own = here / "own"
    own.mkdir()
    rule = f"p {{ background: url('{address}') }}"
    (own / "report.css").write_text(f"{Styles().text('report.css')}\n{rule}\n", "utf-8")


ADDRESSES: Final = (
    "http://velm.example/a b", "http://velm.example/.", "http://velm.example/),", "http://",
    "http://.", "http://..", "https:///x", "http:velm.example", "http:/velm.example", "www.velm.example",
    "velm.example/x", "http://velm.example:99999/", "http://velm.example:abc/", "http://user:pw@velm.example/",
    "http://[::1]/", "http://[::1", "http://1.2.3.4.5/", "http://velm..example/", "http://-velm.example/",
    "http://velm.example/%", "http://velm.example/%zz", "http://velm.example/%00", "http://velm.example/%E3%81",
    "http://ヴェルム.example/", "http://velm.example/港", "http://velm.example/港の日誌。", "ｈｔｔｐ://velm.example/",
    "http://velm.example／x", "http://velm.example/" + "x" * 3000, "http://velm.example/?" + "a=b&" * 300,
    "http://velm.example/#" + "y" * 200, "HTTP://VELM.EXAMPLE/", "https://velm.example/?q=<b>",
    "https://velm.example/\"x\"", "https://velm.example/'x'", "https://velm.example/{x}", "https://velm.example/|x",
    "https://velm.example/\\x", "https://velm.example/^x", "https://velm.example/`x`", "https://velm.example/~x",
    "javascript:alert(1)", "data:text/html,<b>x", "file:///etc/passwd", "ftp://velm.example/x", "mailto:a@b",
    "about:blank", "blob:x", "http://127.0.0.1/", "http://169.254.169.254/latest/", "https://velm.example/a\u200bb",
    "http://http://velm.example/", "https://velm.example/a,b;c", "https://velm.example/(a)", "https://xn--zzz.example/",
)  # fmt: skip


def _addresses(full: bool) -> list[Input]:
    found = [
        plain(one[:50], copy(notes=f"[1] See {one} there"), whole=full, status=(0, 1))
        for one in ADDRESSES
    ]
    return found if full else list(thinned(found, 8))


ROWS: Final = (
    Row("A01", "names of files", _named, "in copy, as copy, in series.toml"),
    Row("A02", "links, pipes, devices, folders", _things, seconds=10),
    Row("A03", "pictures", _pictures, "PNG and JPEG only"),
    Row("A04", "drawings (SVG)", _drawings, "none is taken"),
    Row("A05", "fonts that are none", _fonts, "a font of a style sheet is told by the engine"),
    Row("W01", "addresses as pictures and in style sheets", _assets, "none is asked for anything"),
    Row("W02", "addresses in notes", _addresses, "none is asked for anything"),
)
