"""Products given to the validators that are installed, each once: what they say is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple, TypeAlias

from watchpress import doctor
from watchpress.build.cache import Cache, digest, sha256
from watchpress.checks import validators
from watchpress.diagnostic import Diagnostic, Place, Tell, remark
from watchpress.opinion import Opinion
from watchpress.tools import ace, anatomy, epubcheck, npm, programs, verapdf

BROKEN: Final = 5  # exit status: our own product failed a validator
AT_A_TIME: Final = 2  # validators that run side by side: each takes a core and 300 MB
_FORM: Final = "1"  # of what is kept


class Given(NamedTuple):
    """A product: its name, its bytes, and what of it is judged (a standard; "" for an EPUB)."""

    name: str
    data: bytes
    flavour: str = ""


Answer: TypeAlias = Sequence[Opinion] | OSError  # what it has against a product; why it is silent
Ask: TypeAlias = Callable[[Sequence[Path], str, str], Sequence[Answer]]


@dataclass(frozen=True)
class Judge:
    """A validator: its version (None: it is not here), how it is asked, how many it takes at once.

    `ask` is given files, their flavour, and the language to answer in. `parts`: what has to be
    installed for it.
    """

    name: str
    version: Callable[[], str | None]
    ask: Ask
    parts: tuple[doctor.Tool, ...]
    most: int = 1


def _newest() -> str | None:
    found = epubcheck.newest()
    return found[0] if found else None


def _whole_ace() -> str | None:
    return None if ace.lacking() else ace.version()


def _runs_verapdf() -> str | None:
    return verapdf.version() if programs.JAVA.version() else None


def _epubcheck(files: Sequence[Path], flavour: str, tongue: str) -> list[tuple[Opinion, ...]]:
    return [epubcheck.opinions(file, tongue) for file in files]


def _ace(files: Sequence[Path], flavour: str, tongue: str) -> list[tuple[Opinion, ...]]:
    return [ace.opinions(file, tongue) for file in files]


def _verapdf(files: Sequence[Path], flavour: str, tongue: str) -> list[Answer]:
    found = verapdf.opinions(files, flavour)
    return [found[file] for file in files]


OF_EPUBS: Final = (
    Judge(epubcheck.NAME, _newest, _epubcheck, (epubcheck, programs.JAVA)),
    Judge(ace.NAME, _whole_ace, _ace, (ace, programs.CHROMIUM, npm)),
)
OF_PDFS: Final = (Judge(verapdf.NAME, _runs_verapdf, _verapdf, (verapdf, programs.JAVA), most=50),)


def validate(products: Iterable[tuple[str, bytes]], cache: Cache, tongue: str, tell: Tell) -> int:
    """Tell what validators have against products (name, bytes), in the language `tongue`.

    Returns the exit status: 5 where one of them finds an error, 0 else. A validator that is not
    here is told once (X107), one that gives no verdict at its product (X108). PDFs are judged by
    the standards that they claim to keep.
    """
    found: list[Diagnostic] = []
    epubs: list[Given] = []
    pdfs: list[Given] = []
    for name, data in products:
        if name.endswith(".epub"):
            epubs.append(Given(name, data))
        elif name.endswith(".pdf"):
            pdfs += [Given(name, data, claim) for claim in anatomy.frame(data).claims]
    for judges, given in ((OF_EPUBS, epubs), (OF_PDFS, pdfs)):
        for judge in judges if given else ():
            _judged(judge, given, cache, tongue, found.append)
    for one in found:
        tell(one)
    failed = (one for one in found if one.code in _FAILING and one.severity == "error")
    return BROKEN if any(failed) else 0


_FAILING: Final = frozenset({"E301", "F301"})  # by the standard; Ace judges beyond it


def _judged(judge: Judge, given: Sequence[Given], cache: Cache, tongue: str, tell: Tell) -> None:
    version = judge.version()
    if version is None:
        tell(remark("X107", Place(judge.name), name=judge.name, lines=_lines(judge)))
        return
    keys = {one: _key(judge, version, one, tongue) for one in given}
    kept = {one: _restored(cache, key) for one, key in keys.items()}
    batches = list(_batches([one for one in given if kept[one] is None], judge.most))
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        answers = list(pool.map(lambda batch: _asked(judge, batch, tongue), batches))
    for batch, answer in zip(batches, answers, strict=True):
        for one, said in zip(batch, answer, strict=True):
            if isinstance(said, OSError):
                tell(remark("X108", Place(one.name), name=judge.name, problem=said))
            else:
                kept[one] = tuple(said)
                cache.put(keys[one], b"", {"said": [asdict(opinion) for opinion in said]})
    for one in given:
        validators.check(validators.Subject(one.name, judge.name, kept[one] or ()), tell)


def _batches(given: Sequence[Given], most: int) -> Iterator[list[Given]]:
    """Yield what is given to a validator at once: so many, of one flavour."""
    for flavour in dict.fromkeys(one.flavour for one in given):
        same = [one for one in given if one.flavour == flavour]
        for start in range(0, len(same), most):
            yield same[start : start + most]


def _asked(judge: Judge, batch: Sequence[Given], tongue: str) -> Sequence[Answer]:
    """Return what a validator says of each product, or why it says nothing."""
    with TemporaryDirectory() as folder:
        files = []
        for count, one in enumerate(batch):  # names may be those of two series, or of one file
            files.append(Path(folder, str(count), Path(one.name).name))
            files[-1].parent.mkdir()
            files[-1].write_bytes(one.data)
        try:
            return judge.ask(files, batch[0].flavour, tongue)
        except OSError as fault:
            return [fault] * len(batch)


def _lines(judge: Judge) -> str:
    """Return the lines that install a validator on this system, as doctor has them."""
    lacking = [part for part in judge.parts if part.version() is None]
    parts = [
        doctor.Part(one.NAME, None, one.NEEDED, tuple(one.PACKAGES.items())) for one in lacking
    ]
    lines = [line for _, line in doctor.install_lines(parts)[:1]]
    if epubcheck in lacking:
        return " && ".join([*lines, "pip install epubcheck"])
    return " && ".join([*lines, "watchpress doctor --install --for test"])


def _key(judge: Judge, version: str, given: Given, tongue: str) -> str:
    said = (judge.name, version, given.flavour, tongue, sha256(given.data))
    return digest("opinions", _FORM, *said)


def _restored(cache: Cache, key: str) -> tuple[Opinion, ...] | None:
    entry = cache.get(key)
    if entry is None:
        return None
    rows: Sequence[Mapping[str, Any]] = entry.facts.get("said", ())
    try:
        return tuple(Opinion(**row) for row in rows)
    except TypeError:
        return None  # of another shape than today's: asked again
