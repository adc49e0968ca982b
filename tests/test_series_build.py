"""The build of a series: what is made, what is left alone, what is told; and its commands."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import click.testing
import pytest

from series_homes import (
    BOOK,
    COVER,
    EPUBS,
    OFFPRINTS,
    PDFS,
    TOML,
    VOLUME,
    again,
    english,
    home,
    japanese,
    put,
)  # fmt: skip
from watchpress.backends.pdf.facts import Compiled, Facts
from watchpress.build import compile as room
from watchpress.build import makers
from watchpress.build import report as single
from watchpress.build import series as build_room
from watchpress.build.binder import Bound, Cut, Key
from watchpress.build.cache import Cache, sha256
from watchpress.build.compile import CompileMany, Order
from watchpress.build.pool import Pool
from watchpress.build.rows import Built, Row
from watchpress.build.series import Options, build, clean
from watchpress.build.status import status
from watchpress.catalog import Volume, Work
from watchpress.cli import series as commands
from watchpress.cli.counter import Counter
from watchpress.cli.progress import Bar, progress
from watchpress.diagnostic import Diagnostic, Fatal, Place, Tell, remark
from watchpress.files import Styles
from watchpress.model import tree
from watchpress.series import schema
from watchpress.series.load import Series

XMLS = EPUBS.replace("epub", "xml")


@dataclass
class Press:
    """Stands in for the page engine: takes down what it is asked to lay out."""

    laid: list[str] = field(default_factory=list)

    def lay(self, order: Order, styles: Styles, tell: Tell) -> Compiled:
        names = [tree.stem(report) for report in order.work.reports]
        self.laid += names
        place = tree.place(tree.headline(order.work.reports[0]))
        if "Wide" in tree.text(order.work.reports[0]):
            tell(remark("F101", place, letter="W", number="0057"))
        return Compiled(f"%PDF {names} {order.work.loose}".encode(), Facts(3, {}, ()))


@dataclass
class Binder:
    """Stands in for the room that makes volumes."""

    made: list[str] = field(default_factory=list)

    def cover(
        self,
        volume: Volume,
        styles: Styles,
        tell: Tell,
        compile_many: CompileMany,
        *,
        proof: bool,
    ) -> Bound:
        self.made.append(f"{volume.book.name} cover {volume.press.bleed} {volume.press.board}")
        return Bound(b"cover", 1)

    def offprints(
        self, volume: Volume, styles: Styles, tell: Tell, compile_many: CompileMany
    ) -> Cut:
        whole = self.pdf(volume, styles, tell, compile_many, proof=False)

        def cut(keys: Sequence[Key], tell: Tell, *, proof: bool) -> Bound:
            if (32, "en") in keys and "failing" in volume.title:
                raise Fatal(remark("L101", Place("x"), part="x", found="y", wanted="z"), status=5)
            self.made.append(str(keys))
            return Bound(f"{keys} of {whole.pages}".encode(), 3)

        return cut

    def pdf(
        self,
        volume: Volume,
        styles: Styles,
        tell: Tell,
        compile_many: CompileMany,
        *,
        proof: bool,
        pool: Pool | None = None,
    ) -> Bound:
        self.made.append(volume.book.name)
        orders = [
            Order(Work((report,), volume.title, tree.language(report), volume.epoch, loose=True))
            for entry in volume.entries
            for report in entry.reports
        ]
        pieces = compile_many(orders, tell)
        data = b"".join(piece.data for piece in pieces)
        return Bound(data, sum(piece.facts.pages for piece in pieces), {"notes.csv": "old,new\n"})

    def epub(
        self, volume: Volume, styles: Styles, tell: Tell, compile_many: CompileMany, *, proof: bool
    ) -> Bound:
        raise Fatal(remark("L101", Place("book"), part="x", found="y", expected="z"), status=5)


@pytest.fixture(name="press")
def _press(monkeypatch: pytest.MonkeyPatch) -> Press:
    press = Press()
    monkeypatch.setattr(room, "lay", press.lay)
    alone = lambda work, styles, tell: press.lay(Order(work), styles, tell)  # noqa: E731
    monkeypatch.setattr(single, "laid", alone)
    return press


def run(
    series: Series, *names: str, volumes: Binder | None = None, **options: Any
) -> tuple[Built, list[Diagnostic]]:
    found: list[Diagnostic] = []
    how = Options(**{"jobs": 1, "proof": False, **options})
    return build(series, names, found.append, options=how, volumes=volumes or Binder()), found


def states(built: Built) -> dict[str, str]:
    return {row.product: row.state for row in built.rows}


def manifest(series: Series) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((series.dist / "manifest.json").read_text("utf-8"))
    return found


# -- what is made ---------------------------------------------------------------------------------


def test_an_edition_is_a_file_for_each_report_and_language(tmp_path: Path, press: Press) -> None:
    series = home(
        tmp_path, TOML + PDFS, en_031=english(31), ja_031=japanese(31), en_032=english(32)
    )
    built, found = run(series)
    assert found == []
    assert [(row.product, row.edition, row.pages) for row in built.rows] == [
        ("031.en.pdf", "pdfs", 3), ("031.ja.pdf", "pdfs", 3), ("032.en.pdf", "pdfs", 3),
    ]  # fmt: skip
    assert press.laid == ["wr031-en", "wr031-ja", "wr032-en"]


def test_an_edition_may_be_of_some_languages_and_a_draft(tmp_path: Path, press: Press) -> None:
    some = PDFS + 'languages = ["ja"]\nprofile = "draft"\n'
    series = home(tmp_path, TOML + some, en_031=english(31), ja_031=japanese(31))
    assert states(run(series)[0]) == {"031.ja.draft.pdf": "built"}


def test_products_are_what_the_manifest_says(tmp_path: Path) -> None:
    series = home(tmp_path, TOML + EPUBS + XMLS, en_031=english(31), ja_031=japanese(31))
    built, found = run(series, proof=True)
    assert (found, built.status) == ([], 0)
    assert states(built) == {
        "031.en.epub": "built",
        "031.ja.epub": "built",
        "031.en.xml": "built",
        "031.ja.xml": "built",
    }
    listed = manifest(series)
    assert [one["file"] for one in listed["products"]] == sorted(states(built))
    for one in listed["products"]:
        data = (series.dist / one["file"]).read_bytes()
        assert (one["sha256"], one["size"]) == (sha256(data), len(data))
        copy = f"reports/{one['file'][4:6]}/031.txt"
        assert one["inputs"][copy] == sha256((tmp_path / copy).read_bytes())
        maker = listed["makers"][one["maker"]]
        assert maker["tools"]["watchpress"] and maker["tools"]["weasyprint"]
        assert all(len(font["sha256"]) == 64 for font in maker["fonts"])
    xml = tree.parse((series.dist / "031.en.xml").read_bytes(), "x")
    assert xml.get(tree.SOURCE) == "031.txt"


def test_processes_make_the_same_bytes(tmp_path: Path) -> None:
    copies = {"en_031": english(31), "ja_031": japanese(31)}
    one = home(tmp_path / "one", TOML + EPUBS + XMLS, **copies)
    two = home(tmp_path / "two", TOML + EPUBS + XMLS, **copies)
    run(one, jobs=1)
    run(two, jobs=2)
    names = [path.name for path in one.dist.iterdir()]
    assert len(names) == 5
    for name in names:
        assert (one.dist / name).read_bytes() == (two.dist / name).read_bytes(), name


def test_a_volume_is_made_of_reports_laid_out_one_by_one(tmp_path: Path, press: Press) -> None:
    series = home(
        tmp_path, TOML + VOLUME + BOOK, en_031=english(31), ja_031=japanese(31), en_032=english(32)
    )
    built, found = run(series)
    assert found == []
    (row,) = built.rows
    assert (row.product, row.state, row.pages) == ("2021.en-ja.pdf", "built", 9)
    assert (row.asked, row.hits) == (3, 0)
    assert press.laid == ["wr031-en", "wr031-ja", "wr032-en"]
    assert (series.dist / "2021.en-ja.notes.csv").read_text("utf-8") == "old,new\n"


def test_a_cover_is_of_a_volume_and_takes_its_sizes_from_the_edition(
    tmp_path: Path, press: Press
) -> None:
    toml = TOML + VOLUME + COVER + "bleed = 5\nboard = 0.4\n"
    series = home(tmp_path, toml, en_031=english(31, words="Wait [1] [2]."))
    binder = Binder()
    built, _ = run(series, volumes=binder)
    (row,) = built.rows
    assert (row.product, row.edition, row.state) == ("2021.en-ja.cover.pdf", "cover", "built")
    assert (row.pages, row.findings, binder.made) == (1, 0, ["2021 cover 5.0 0.4"])
    (listed,) = manifest(series)["products"]
    assert (listed["format"], listed["pages"]) == ("pdf", 1)
    assert set(listed["inputs"]) >= {"reports/en/031.txt", "reports/series.toml"}


def test_offprints_are_one_file_a_report_and_language_of_one_volume(
    tmp_path: Path, press: Press
) -> None:
    series = home(
        tmp_path,
        TOML + VOLUME + OFFPRINTS,
        en_031=english(31), ja_031=japanese(31),
        en_032=english(32, "July 1, 2021", "Wait [1] [2]."),
    )  # fmt: skip
    built, found = run(series)
    assert [one.code for one in found] == ["N101"]
    assert [(row.product, row.pages, row.asked, row.hits, row.findings) for row in built.rows] == [
        ("2021.031.en.offprint.pdf", 3, 3, 0, 0),
        ("2021.031.ja.offprint.pdf", 3, 1, 1, 0),
        ("2021.032.en.offprint.pdf", 3, 1, 1, 1),
    ]
    assert press.laid == ["wr031-en", "wr031-ja", "wr032-en"]
    assert [one["file"] for one in manifest(series)["products"]] == [
        row.product for row in built.rows
    ]
    press.laid.clear()
    assert set(states(run(again(tmp_path))[0]).values()) == {"unchanged"}
    put(tmp_path, "en/032.txt", english(32, "July 1, 2021", "The boats have gone [1]."))
    assert set(states(run(again(tmp_path))[0]).values()) == {"built"}  # others may have moved
    assert press.laid == ["wr032-en"]


def test_facing_editions_are_one_offprint(tmp_path: Path, press: Press) -> None:
    series = home(
        tmp_path,
        TOML + VOLUME + 'layout = "facing"\n' + OFFPRINTS + "numbers = [31]\n",
        en_031=english(31), ja_031=japanese(31), en_032=english(32),
    )  # fmt: skip
    assert list(states(run(series)[0])) == ["2021.031.en-ja.offprint.pdf"]
    series = home(tmp_path, TOML + VOLUME + 'layout = "facing"\n' + OFFPRINTS, en_033=english(33))
    assert list(states(run(series)[0])) == [
        "2021.031.en-ja.offprint.pdf", "2021.032.en.offprint.pdf", "2021.033.en.offprint.pdf",
    ]  # fmt: skip


def test_an_offprint_that_fails_its_proof_costs_no_other(tmp_path: Path, press: Press) -> None:
    toml = TOML + VOLUME + 'title = { en = "failing", ja = "巻" }\n' + OFFPRINTS
    series = home(tmp_path, toml, en_031=english(31), en_032=english(32))
    built, found = run(series)
    assert states(built) == {
        "2021.031.en.offprint.pdf": "built", "2021.032.en.offprint.pdf": "failed",
    }  # fmt: skip
    assert ([one.code for one in found], built.status) == (["L101"], 5)


def test_a_volume_that_cannot_be_laid_out_fails_each_of_its_offprints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(order: Order, styles: Styles, tell: Tell) -> Compiled:
        raise Fatal(remark("X104", Place("x"), reason="gone"), status=4)

    monkeypatch.setattr(room, "lay", gone)
    series = home(tmp_path, TOML + VOLUME + OFFPRINTS, en_031=english(31), ja_031=japanese(31))
    built, found = run(series)
    assert (set(states(built).values()), built.status) == ({"failed"}, 4)
    assert [one.code for one in found] == ["X104"]


# -- what is left alone ---------------------------------------------------------------------------


def test_nothing_is_made_again_that_has_not_changed(tmp_path: Path, press: Press) -> None:
    toml = TOML + VOLUME + BOOK + PDFS + EPUBS
    series = home(tmp_path, toml, en_031=english(31), ja_031=japanese(31))
    run(series)
    times = {path: path.stat().st_mtime_ns for path in series.dist.iterdir()}
    press.laid.clear()
    binder = Binder()
    built, _ = run(again(tmp_path), volumes=binder)
    assert set(states(built).values()) == {"unchanged"}
    assert (press.laid, binder.made) == ([], [])
    assert times == {path: path.stat().st_mtime_ns for path in series.dist.iterdir()}


def test_an_edit_costs_one_report_and_the_linking(tmp_path: Path, press: Press) -> None:
    series = home(
        tmp_path,
        TOML + VOLUME + BOOK + PDFS,
        en_031=english(31),
        en_032=english(32, "July 1, 2021"),
    )
    run(series)
    press.laid.clear()
    put(tmp_path, "en/032.txt", english(32, "July 1, 2021", "The boats have gone [1]."))
    built, _ = run(again(tmp_path))
    assert press.laid == ["wr032-en", "wr032-en"]  # alone, and for the volume
    assert states(built) == {
        "2021.en-ja.pdf": "built", "031.en.pdf": "unchanged", "032.en.pdf": "built",
    }  # fmt: skip
    assert (built.rows[0].asked, built.rows[0].hits) == (2, 1)


@pytest.mark.parametrize("what", ["gone", "changed"])
def test_a_product_that_is_not_what_was_put_there_is_put_back(
    tmp_path: Path, press: Press, what: str
) -> None:
    series = home(tmp_path, TOML + PDFS, en_031=english(31))
    run(series)
    product = series.dist / "031.en.pdf"
    data = product.read_bytes()
    press.laid.clear()
    if what == "gone":
        product.unlink()
    else:
        product.write_bytes(data + b"x")
    built, _ = run(series)
    assert (states(built), product.read_bytes()) == ({"031.en.pdf": "cached"}, data)
    assert press.laid == []


def test_another_style_sheet_or_tool_makes_all_new(
    tmp_path: Path, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    series = home(tmp_path, TOML + PDFS, en_031=english(31))
    run(series)
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "print.css").write_text("p { color: red }")
    assert states(run(again(tmp_path))[0]) == {"031.en.pdf": "built"}
    assert states(run(again(tmp_path))[0]) == {"031.en.pdf": "unchanged"}
    monkeypatch.setattr(makers, "__version__", "9.9")
    assert states(run(again(tmp_path))[0]) == {"031.en.pdf": "built"}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert states(run(again(tmp_path))[0]) == {"031.en.pdf": "built"}
    assert press.laid == ["wr031-en"] * 4


def test_a_damaged_manifest_or_cache_is_made_again(tmp_path: Path, press: Press) -> None:
    series = home(tmp_path, TOML + PDFS, en_031=english(31))
    run(series)
    (series.dist / "manifest.json").write_text('{"products": [{"file": "../x"}]}')
    assert states(run(series)[0]) == {"031.en.pdf": "cached"}
    (series.dist / "manifest.json").unlink()
    for path in series.memory.rglob("*.bin"):
        path.write_bytes(b"")
    press.laid.clear()
    assert states(run(series)[0]) == {"031.en.pdf": "built"}
    assert press.laid == ["wr031-en"]


def test_what_is_proved_is_good_without_proof_but_not_the_reverse(tmp_path: Path) -> None:
    series = home(tmp_path, TOML + EPUBS, en_031=english(31))
    assert states(run(series, proof=False)[0]) == {"031.en.epub": "built"}
    assert states(run(series, proof=True)[0]) == {"031.en.epub": "built"}
    assert states(run(series, proof=False)[0]) == {"031.en.epub": "unchanged"}


def test_findings_do_not_vanish_with_the_second_run(tmp_path: Path, press: Press) -> None:
    copy = english(31, words="Wide boats wait [1] and wait [2].")
    series = home(tmp_path, TOML + PDFS, en_031=copy)
    first, found = run(series)
    second, again_found = run(again(tmp_path))
    assert [one.code for one in found] == ["F101", "N101"]
    assert sorted(found) == sorted(again_found)
    assert (states(second), first.rows[0].findings, second.rows[0].findings) == (
        {"031.en.pdf": "unchanged"}, 2, 2,
    )  # fmt: skip


def test_what_is_no_longer_made_is_removed_by_a_whole_build(tmp_path: Path) -> None:
    series = home(tmp_path, TOML + XMLS, en_031=english(31), en_032=english(32))
    run(series)
    (series.dist / "mine.txt").write_text("mine")
    (series.dist / "032.en.xml").write_text("changed by hand")
    put(tmp_path, "en/033.txt", english(33))
    for number in (31, 32):
        (tmp_path / f"reports/en/0{number}.txt").unlink()
    run(series, "xmls")
    assert (series.dist / "031.en.xml").exists()
    run(series)
    assert sorted(path.name for path in series.dist.iterdir()) == [
        "032.en.xml", "033.en.xml", "manifest.json", "mine.txt",
    ]  # fmt: skip


# -- what goes wrong ------------------------------------------------------------------------------


def test_copy_that_is_refused_costs_its_own_products_and_its_volume(
    tmp_path: Path, press: Press
) -> None:
    toml = TOML + VOLUME + BOOK + XMLS
    series = home(tmp_path, toml, en_031=english(31), en_032="Watch Report No.32\nNo date.\n")
    binder = Binder()
    built, found = run(series, volumes=binder)
    assert {one.code for one in found if one.severity == "error"} >= {"R102"}
    assert states(built) == {
        "2021.en-ja.pdf": "refused", "031.en.xml": "built", "032.en.xml": "refused",
    }  # fmt: skip
    assert (built.status, binder.made) == (3, [])


def test_strict_keeps_back_what_has_an_error(tmp_path: Path, press: Press) -> None:
    series = home(
        tmp_path, TOML + PDFS, en_031=english(31), en_032=english(32, words="Wait [1] [2].")
    )
    built, _ = run(series, strict=True)
    assert states(built) == {"031.en.pdf": "built", "032.en.pdf": "held"}
    assert built.status == 1
    assert not (series.dist / "032.en.pdf").exists()


def test_a_product_that_fails_its_proof_leaves_the_old_one(tmp_path: Path, press: Press) -> None:
    series = home(tmp_path, TOML + PDFS, en_031=english(31))
    run(series, proof=False)
    old = (series.dist / "031.en.pdf").read_bytes()
    put(tmp_path, "en/031.txt", english(31, words="Other boats [1]."))
    built, found = run(series, proof=True)  # the press of these tests makes no PDF to be read
    assert (states(built), built.status) == ({"031.en.pdf": "failed"}, 5)
    assert found[-1].code.startswith("L")
    assert (series.dist / "031.en.pdf").read_bytes() == old
    assert states(run(series, proof=False)[0]) == {"031.en.pdf": "built"}


def test_a_volume_that_fails_is_a_row_with_its_status(tmp_path: Path, press: Press) -> None:
    series = home(tmp_path, TOML + VOLUME + BOOK.replace("pdf", "epub") + XMLS, en_031=english(31))
    built, found = run(series)
    assert states(built) == {"2021.en-ja.epub": "failed", "031.en.xml": "built"}
    assert ([one.code for one in found], built.status) == (["L101"], 5)


def test_a_disk_that_is_full_is_told_and_leaves_what_was_there(
    tmp_path: Path, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    series = home(tmp_path, TOML + PDFS, en_031=english(31))
    run(series)
    before = {path.name: path.read_bytes() for path in series.dist.iterdir()}
    put(tmp_path, "en/031.txt", english(31, words="Other boats [1]."))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    built, found = run(series)
    assert (states(built), built.status) == ({"031.en.pdf": "failed"}, 6)
    assert [one.code for one in found] == ["D104"]
    assert before == {path.name: path.read_bytes() for path in series.dist.iterdir()}


def test_an_edition_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    series = home(tmp_path, TOML + EPUBS)
    with pytest.raises(Fatal) as fatal:
        run(series, "epob")
    assert fatal.value.diagnostic.say() == "there is no edition epob; near it: epubs"


def test_waivers_count_in_a_whole_build_only(tmp_path: Path) -> None:
    waiver = (
        '[[waivers]]\ncode = "N101"\nreport = 31\nlang = "en"\nquote = "{}"\nreason = "known"\n'
    )
    toml = TOML + XMLS + waiver.format("wait [2]") + waiver.format("no such words")
    series = home(tmp_path, toml, en_031=english(31, words="Wait [1] and wait [2]."))
    built, found = run(series, strict=True)
    assert [one.code for one in found] == ["C217"]
    assert (states(built), built.rows[0].findings) == ({"031.en.xml": "built"}, 0)
    assert run(series, "xmls")[1] == []


def test_a_correction_of_what_is_not_printed_is_told_in_part_of_a_build(tmp_path: Path) -> None:
    """Else the list of errata of a volume would have a line without a page, and nobody knew."""
    erratum = '[[corrections]]\nnumber = {}\nlang = "{}"\nprinted = "boots"\nread = "boats"\n'
    wrong = "".join(erratum.format(*one) for one in ((31, "en"), (32, "en"), (31, "ja")))
    toml = TOML + wrong + XMLS + 'languages = ["en"]\n'
    series = home(tmp_path, toml, en_031=english(31), ja_031=japanese(31))
    assert [(one.code, dict(one.facts)["number"]) for one in run(series, "xmls")[1]] == [
        ("C216", "31")
    ]
    assert [one.code for one in run(series)[1]] == ["C216"] * 3


# -- the hand-over to other processes -------------------------------------------------------------


def test_pages_do_not_depend_on_where_the_copy_lies(tmp_path: Path, press: Press) -> None:
    copies = {"en_031": english(31, words="Wide boats wait [1].")}
    one = home(tmp_path / "one", TOML + VOLUME + BOOK, **copies)
    run(one)
    two = home(tmp_path / "two", TOML + VOLUME + BOOK, **copies)
    one.memory.rename(two.memory)
    for path in two.dist.glob("*"):
        path.unlink()
    press.laid.clear()
    built, found = run(two)
    assert press.laid == []
    assert [one.place.file for one in found] == [str(tmp_path / "two/reports/en/031.txt")]
    assert states(built) == {"2021.en-ja.pdf": "cached"}


def test_canonical_xml_leaves_out_the_file_and_nothing_else() -> None:
    one, two = (
        tree.parse(
            f'<article xmlns:wp="{tree.WP}" wp:source="{name}" wp:stage="set"/>'.encode(), "x"
        )
        for name in ("a", "b")
    )
    assert tree.canonical(one) == tree.canonical(two)
    two.set(tree.STAGE, "read")
    assert tree.canonical(one) != tree.canonical(two)
    assert one.get(tree.SOURCE) == "a"


# -- status and clean -----------------------------------------------------------------------------


def test_the_matrix_says_what_is_missing_stale_or_unaligned(tmp_path: Path) -> None:
    other = japanese(34, words="船は待つ［1］。\n船は待つ。\n船はまた待つ。")
    series = home(
        tmp_path,
        TOML,
        en_031=english(31), ja_031=japanese(31),
        en_032=english(32),
        en_033=english(33), ja_033=japanese(33, "2021年5月1日"),
        en_034=english(34), ja_034=other,
        en_035=english(35), ja_035="監視報告 No.35\n",
    )  # fmt: skip
    found: list[Diagnostic] = []
    matrix = status(series, Cache(None), found.append)
    assert [(c.number, c.language, c.state) for c in matrix.cells if c.language == "ja"] == [
        (31, "ja", "present"), (32, "ja", "missing"), (33, "ja", "stale"),
        (34, "ja", "unaligned"), (35, "ja", "unreadable"),
    ]  # fmt: skip
    assert {c.state for c in matrix.cells if c.language == "en"} == {"present"}
    assert matrix.cells[1].issued == "2021-06-20"
    assert matrix.status == 3


def test_clean_removes_what_was_made_and_nothing_else(tmp_path: Path) -> None:
    series = home(tmp_path, TOML + XMLS, en_031=english(31), en_032=english(32))
    run(series)
    (series.dist / "031.en.xml").write_text("changed by hand")
    removed = clean(series)
    assert sorted(path.name for path in series.dist.iterdir()) == ["031.en.xml"]
    assert not series.memory.exists()
    assert len(removed) == 3
    (series.dist / "031.en.xml").unlink()
    run(series)
    clean(series)
    assert not series.dist.exists()


def test_git_leaves_the_cache_alone(tmp_path: Path) -> None:
    series = home(tmp_path, TOML)
    build_room.memory(series)
    assert (series.memory / ".gitignore").read_text() == "*\n"


# -- the command line -----------------------------------------------------------------------------


def command(name: str, *arguments: str) -> click.testing.Result:
    runner = click.testing.CliRunner()
    found: click.Command = getattr(commands, name)
    return runner.invoke(found, list(arguments), standalone_mode=False)


def test_build_ends_with_one_table(tmp_path: Path) -> None:
    home(tmp_path, TOML + XMLS, en_031=english(31, words="Wait [1] [2]."))
    done = command("build", "-C", str(tmp_path), "--jobs", "1", "--format", "concise")
    assert done.exception is None
    assert done.return_value == 1
    heads, row = done.stdout.splitlines()
    assert heads.split() == ["product", "state", "pages", "size", "seconds", "cached", "findings"]
    assert row.split()[:2] == ["031.en.xml", "built"]
    assert "N101" in done.stderr


def test_the_schema_is_printed_without_a_series(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = command("build", "--schema")
    assert (done.return_value, done.stdout) == (0, schema.text())


def test_a_bar_is_shown_on_a_terminal_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.delenv("CI", raising=False)
    counter = Counter()
    with progress("building", counter) as bar:
        assert isinstance(bar, Bar)
        bar.expect(3)
        bar.step(2)
        assert (bar.bar.tasks[0].total, bar.bar.tasks[0].completed) == (3, 2)
    monkeypatch.setenv("CI", "true")
    with progress("building", counter) as bar:
        assert not isinstance(bar, Bar)
    monkeypatch.delenv("CI")
    with progress("building", Counter(quiet=True)) as bar:
        assert not isinstance(bar, Bar)


def test_every_step_that_is_expected_is_taken(tmp_path: Path, press: Press) -> None:
    @dataclass
    class Steps:
        expected: int = 0
        taken: int = 0

        def expect(self, steps: int) -> None:
            self.expected += steps

        def step(self, steps: int = 1) -> None:
            self.taken += steps

    toml = TOML + VOLUME + 'layout = "facing"\n' + BOOK + COVER + OFFPRINTS + PDFS
    series = home(tmp_path, toml, en_031=english(31), ja_031=japanese(31), en_032=english(32))
    for _ in range(2):
        steps = Steps()
        how = Options(jobs=1, proof=False)
        build(series, (), lambda _: None, options=how, progress=steps, volumes=Binder())
        assert steps.expected == steps.taken > 0


def test_rows_that_took_no_time_say_so() -> None:
    assert commands._figures(Row("a", "b", "unchanged", findings=2)) == ("", "", "", "", "2")
    row = Row("a", "b", "built", 9, 12345, 1.26, 4, 3, 0)
    assert commands._figures(row) == ("9", "12 kB", "1.3", "3/4", "0")
