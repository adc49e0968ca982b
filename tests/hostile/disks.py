"""Disks that are full or refuse: what stood there before is byte for byte the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

from hostile import runs
from hostile.figures import Figure
from watchpress import files
from watchpress.build.cache import sha256
from watchpress.build.series import Options, build
from watchpress.diagnostic import Diagnostic, Fatal
from watchpress.series.load import load

PAGE = 4096
FORMATS = ("epub", "pdf")
FULL = "No space left on device"
# What the libraries do by themselves, each over an older product of its own.
RAW = {
    "pdf": "from weasyprint import HTML; import sys\n"
    "HTML(string='<h1>The Quay</h1>' + '<p>The boats wait.</p>' * 3000).write_pdf(sys.argv[1])",
    "epub": "import os, sys, warnings; warnings.simplefilter('ignore')\n"
    "from ebooklib import epub\n"
    "made = epub.EpubBook(); made.set_title('x'); made.set_language('en')\n"
    "page = epub.EpubHtml(title='x', file_name='x.xhtml')\n"
    "page.content = f'<p>{os.urandom(300000).hex()}</p>'\n"
    "made.add_item(page); made.add_item(epub.EpubNav()); made.spine = ['nav', page]\n"
    "epub.write_epub(sys.argv[1], made)",
}


def within() -> list[str] | None:
    """Return what runs a program where it may mount a disk of its own; None where nothing may."""
    for trial in (["unshare", "-m"], ["unshare", "-rm"]):
        try:
            mount = [*trial, "mount", "-t", "tmpfs", "-o", "size=64k", "none", "/mnt"]
            if subprocess.run(mount, capture_output=True, check=False).returncode == 0:
                return trial
        except OSError:
            return None
    return None


def spoiled(script: str, size: int, good: bytes, name: str) -> tuple[bool, int, str]:
    """Run a program over a file on a disk of `size` bytes.

    Return if the file is another one then, the exit status, and what was said. `script` is given
    the path of the file.
    """
    with tempfile.TemporaryDirectory() as disk, tempfile.TemporaryDirectory() as apart:
        (Path(apart) / "good").write_bytes(good)
        shell = (
            f'mount -t tmpfs -o size={size} none "$1" && cp "$2/good" "$1/{name}" || exit 99\n'
            f'{script}; status=$?\n'
            f'cp "$1/{name}" "$2/after"; ls -A "$1" | wc -l > "$2/count"; exit $status'
        )  # fmt: skip
        unshare = within()
        assert unshare is not None
        done = subprocess.run(
            [*unshare, "sh", "-c", shell, "sh", disk, apart, sys.executable],
            env=runs.environment(), cwd=apart, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode != 99, done.stderr
        after = Path(apart, "after")
        same = after.is_file() and after.read_bytes() == good
        alone = Path(apart, "count").read_text().strip() == "1"
        return not (same and alone), done.returncode, done.stderr


def small(form: str, count: int) -> tuple[int, int]:
    """Write over a product on `count` disks that are too small; return how many, how many failed.

    The sizes go from the page that the old product just fits on to the page before both do.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = runs.home(Path(name))
        made = {}
        for state in ("old", "new"):
            copy = folder / "reports" / "en" / "031.txt"
            copy.write_text(runs.copy(state), "utf-8")
            done = runs.run([form, str(copy), "-o", f"{state}.{form}", "-q"], folder)
            assert done.returncode == 0, done.stderr
            made[state] = (folder / f"{state}.{form}").read_bytes()
        least, most = (_pages(len(one)) for one in made.values())
        sizes = [PAGE * (least + max(1, most * step // count)) for step in range(count)]
        line = f'"$3" -m watchpress {form} {copy} -o "$1/x.{form}" -q'
        broken = 0
        for size in sizes:
            other, status, said = spoiled(line, size, made["old"], f"x.{form}")
            broken += other or status != 6 or "D104" not in said or FULL not in said
        _, status, said = spoiled(line, PAGE * (least + most + 8), made["old"], f"x.{form}")
        assert status == 0, f"there is room: {said}"
        return count, broken


def _pages(size: int) -> int:
    return -(-size // PAGE)


def raw(form: str) -> bool:
    """Say whether a library by itself leaves the older product as it was on a full disk."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "good"
        first = RAW[form].replace("3000", "3").replace("300000", "300")
        subprocess.run([sys.executable, "-c", first, str(path)], check=True, capture_output=True)
        good = path.read_bytes()
    line = f'"$3" -c "$RAW" "$1/x.{form}"'
    with mock.patch.dict(os.environ):
        line = f"RAW=$(cat <<'END'\n{RAW[form]}\nEND\n); {line}"
        return not spoiled(line, PAGE * (_pages(len(good)) + 1), good, f"x.{form}")[0]


def limited(count: int) -> tuple[int, int]:
    """Stand in for small disks where none may be mounted: no file may have more than so many bytes.

    Return how many limits were tried, and how many products were another one then.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = runs.home(Path(name))
        line = ["epub", "reports/en/031.txt", "-o", "x.epub", "-q"]
        assert runs.run(line, folder).returncode == 0
        good = (folder / "x.epub").read_bytes()
        (folder / "reports" / "en" / "031.txt").write_text(runs.copy("new"), "utf-8")
        broken = 0
        for step in range(count):
            limit = ["prlimit", f"--fsize={len(good) * step // count}"]
            done = runs.run(line, folder, limit)
            same = (folder / "x.epub").read_bytes() == good and not runs.parts(folder)
            broken += not same or done.returncode != 6 or "D104" not in done.stderr
        return count, broken


def failing(number: int, folder: Path) -> tuple[int, int, list[Diagnostic], bool]:
    """Build a series while the `number`th write to the disk fails; 0: none does.

    Return how many writes there were, the exit status, what was told, and if products and manifest
    are whole.
    """
    before = {path.name: path.read_bytes() for path in (folder / "dist").glob("*")}
    count, found, flush = 0, list[Diagnostic](), os.fsync

    def once(handle: int) -> None:
        nonlocal count
        count += 1
        if count == number:
            raise OSError(28, FULL)
        flush(handle)

    with mock.patch("os.fsync", once):
        try:
            series = load(folder, found.append)
            status = build(series, (), found.append, options=Options(jobs=1, proof=False)).status
        except Fatal as fatal:
            found.append(fatal.diagnostic)
            status = fatal.status
    unlisted = any(one.place.file.endswith("manifest.json") for one in found)
    whole = _whole(folder, before, listed=not unlisted) and not runs.parts(folder)
    return count, status, found, whole


def _whole(folder: Path, before: dict[str, bytes], *, listed: bool) -> bool:
    """Say whether each product is the one before, or the one that the manifest lists.

    Where it is told that the manifest could not be put, this is the one before, and whole.
    """
    now = {path.name: path.read_bytes() for path in (folder / "dist").iterdir()}
    rows = json.loads(now["manifest.json"])["products"]
    if not listed:
        return before.keys() == now.keys() and now["manifest.json"] == before["manifest.json"]
    hashes = {one["file"]: one["sha256"] for one in rows}
    return before.keys() <= now.keys() and all(
        data == before.get(name) or hashes.get(name) == sha256(data) or name == "manifest.json"
        for name, data in now.items()
    )


def writes() -> tuple[int, int]:
    """Let each write of a build fail once; return how many there are, and how many spoil it.

    A write of the cache that fails costs nothing; one of dist/ is told (D104, status 6). The next
    build makes all that was asked for.
    """
    tried, broken, total = 0, 0, 1
    with tempfile.TemporaryDirectory() as name:
        while tried < total:
            tried += 1
            folder = Path(name, str(tried))
            runs.home(folder, toml=runs.TEXTS)
            failing(0, folder)
            (folder / "reports" / "en" / "031.txt").write_text(runs.copy("new"), "utf-8")
            total, status, found, whole = failing(tried, folder)
            told = "D104" in [one.code for one in found]
            clean = (status, told) in ((6, True), (0, False))
            _, after, _, again = failing(0, folder)
            broken += not (whole and clean and again and after == 0)
    return tried, broken


def refusing() -> Iterator[tuple[str, bool]]:
    """Yield places that take no product, and if that is told with D104, status 6, and no change."""
    cases: dict[str, Callable[[Path], Path]] = {
        "a file where the folder should be": lambda folder: _file(folder / "dist") / "x.epub",
        "a folder where the file should be": lambda folder: _folder(folder / "x.epub"),
        "a name that is too long": lambda folder: folder / f"{'x' * 300}.epub",
        "a path that is too long": lambda folder: folder / "/".join(["x" * 200] * 25) / "x.epub",
        "a loop of links": lambda folder: _loop(folder / "x") / "x.epub",
        "a full device": lambda folder: Path("/dev/full"),
        "no folder of this system": lambda folder: Path("/proc/nowhere/x.epub"),
        "a folder that is read-only": lambda folder: Path("/sys/x.epub"),
    }
    for name, place in cases.items():
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            target = place(folder)
            before = sorted(folder.rglob("*"))
            try:
                files.replace(target, b"bytes")
            except Fatal as fatal:
                right = (fatal.diagnostic.code, fatal.status) == ("D104", 6)
                yield name, right and sorted(folder.rglob("*")) == before
            else:
                yield name, False


def _file(path: Path) -> Path:
    path.write_text("a file")
    return path


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _loop(path: Path) -> Path:
    path.symlink_to(path)
    return path


def figures(full: bool) -> Iterator[Figure]:
    """Write in full to 20 disks for each format; in a slice to 2 for EPUB."""
    formats, count = (FORMATS, 20) if full else (("epub",), 2)
    if within():
        results = [small(form, count) for form in formats]
        intact = sum(raw(form) for form in formats)
        note = "tmpfs of as many sizes"
        alone = f"{intact} of {len(formats)} left intact"
    else:
        results, note, alone = [limited(count)], "RLIMIT_FSIZE, no disk may be mounted here", "-"
    yield Figure(
        "a disk is full: D104, exit 6, the old product byte for byte the same",
        sum(tried for tried, _ in results),
        sum(broken for _, broken in results),
        alone,
        note,
    )
    tried, broken = writes()
    yield Figure("each write of a build fails once: nothing is half-made", tried, broken)
    places = list(refusing())
    bad = [name for name, right in places if not right]
    sys.stderr.write("".join(f"not told: {name}\n" for name in bad))
    yield Figure("places that take no product are told, nothing changes", len(places), len(bad))
