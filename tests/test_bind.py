"""Pieces bound: pages, folios, links, labels, outline, tags; nothing lost, nothing doubled."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bound import (
    assert_ua,
    binding,
    bound,
    loose,
    needs_fonts,
    numbered,
    pictures,
    piece,
    report,
    stem,
    to,
)
from pdf_reports import TEXT, article, call, note, pressed, work
from products import tag_tree
from proof_reports import long
from proof_reports import report as source
from watchpress.backends.pdf import writer
from watchpress.backends.pdf.bind import Piece, bind
from watchpress.backends.pdf.facts import Compiled
from watchpress.catalog import Profile, Work
from watchpress.checks.proof.verdict import Subject, check
from watchpress.diagnostic import Diagnostic
from watchpress.files import Styles
from watchpress.tools import pdfium

pytestmark = needs_fonts


@pytest.fixture(scope="module")
def trio() -> list[Compiled]:
    """Three reports in three languages; each sends its readers to the others."""
    return loose(
        report(1, "en", 12, to(2, "ja") + to(3, "ko", "-fn1")),
        report(2, "ja", 9, to(1, "en", "-p02")),
        report(3, "ko", 9, to(1, "en", "-title") + to(2, "ja", "-s1")),
    )


@pytest.fixture(scope="module")
def volume(trio: list[Compiled]) -> bytes:
    return bound(numbered(trio))


def runs(data: bytes) -> list[list[tuple[str, bool]]]:
    """Return the runs of each page: text, and whether it is an artifact."""
    return [[(run.text, run.artifact) for run in page.runs] for page in pdfium.read(data).pages]


def test_the_bound_file_is_valid_by_every_judge(volume: bytes) -> None:
    assert_ua(volume)


def test_a_page_has_the_text_of_its_piece_and_its_folio(
    volume: bytes, trio: list[Compiled]
) -> None:
    pages = iter(enumerate(runs(volume), start=1))
    for one in numbered(trio):
        for _ in range(one.blanks):
            assert next(pages)[1] == []
        for own in runs(one.data):
            number, found = next(pages)
            assert found == [*own, (str(number), True)]
    assert next(pages, None) is None


def test_bound_alone_a_report_looks_as_it_does_by_itself() -> None:
    article = report(1, "ja", 14)
    (alone,), whole = loose(article), pressed(article)
    data = bound([piece(alone)], language="ja")
    foot = min(bottom for _, bottom, _, _ in whole.facts.boxes)
    assert pictures(data, foot) == pictures(whole.data, foot)
    found, wanted = (
        [[run for run in page.runs if run.artifact][-1] for page in pdfium.read(pdf).pages]
        for pdf in (data, whole.data)
    )
    assert [run.text for run in found] == [run.text for run in wanted]
    for one, other in zip(found, wanted, strict=True):
        assert one.size == pytest.approx(other.size, abs=0.02)
        assert (*one.center, one.base) == pytest.approx((*other.center, other.base), abs=0.05)


@pytest.mark.parametrize(
    ("folio", "shown"), [("xlviii", "xlviii"), ("120", "120"), ("", None), ("MDCL", "MDCL")]
)
def test_folios_are_what_they_are_asked_to_be(folio: str, shown: str | None) -> None:
    (made,) = loose(report(1, "en", 1))
    assert made.facts.pages == 1
    data = bound([piece(made, folios=(folio,), labels=("v",))])
    (page,) = pdfium.read(data).pages
    artifacts = [run for run in page.runs if run.artifact and run.text != "5"]
    assert [run.text for run in artifacts] == ([] if shown is None else [shown])
    for run in artifacts:
        assert run.center[0] == pytest.approx(page.width / 2, abs=0.5)
    assert page.label == "v"


def test_a_folio_keeps_its_frame_and_its_side() -> None:
    style = "@page { @bottom-center { content: none } @bottom-%s { content: '– ' counter(page) } }"
    for side, lean in (("left", 0.0), ("right", 1.0)):
        (made,) = loose_styled(style % side, report(1, "en", 1))
        (folio,), (figures,) = made.facts.folios, made.facts.figures
        assert folio and folio.lean == lean
        assert (figures.before, figures.after) == ("– ", "")
        (page,) = pdfium.read(bound([piece(made, 128)])).pages
        said = "".join(run.text for run in page.runs if run.artifact)
        assert said.endswith("– 128")
        left, _, right, _ = made.facts.boxes[0]
        box = [run.box for run in page.runs if run.artifact][-1]
        assert (box.left - left if side == "left" else right - box.right) == pytest.approx(0, abs=1)


def loose_styled(css: str, *articles: Any) -> list[Compiled]:
    class Styled(Styles):
        def text(self, name: str) -> str:
            return super().text(name) + (css if name == "print.css" else "")

    told: list[Diagnostic] = []
    made = [writer.press([one], work([one], loose=True), Styled(), told.append) for one in articles]
    assert told == []
    return made


def test_a_folio_that_cannot_be_set_is_refused() -> None:
    (made,) = loose(report(1, "en", 1))
    with pytest.raises(ValueError, match="folio 'é': no glyph for 'é'"):
        bound([piece(made, folios=("é",))])
    with pytest.raises(ValueError, match="zip"):
        bound([piece(made, folios=("1", "2"))])
    with pytest.raises(ValueError, match="2 labels for 1 pages"):
        bound([piece(made, labels=("1", "2"))])
    plain = pressed(report(1, "en", 1))
    with pytest.raises(ValueError, match="zip"):
        bound([piece(plain)])


# --- links, names, outline ---------------------------------------------------------------------


def test_links_between_pieces_land_where_their_targets_are(
    volume: bytes, trio: list[Compiled]
) -> None:
    pieces = numbered(trio)
    starts, used = [], 0
    for one in pieces:
        starts.append(used + one.blanks)
        used += one.blanks + one.facts.pages
    where = {
        name: (start + page - 1, one.facts.heights[name])
        for one, start in zip(pieces, starts, strict=True)
        for name, page in one.facts.anchors.items()
    }
    with pikepdf.open(BytesIO(volume)) as pdf:
        names = list(destinations(pdf))
        assert [str(name) for name, _ in names] == sorted(where)
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        for name, target in names:
            assert numbers[target[0].objgen] == where[str(name)][0]
            assert float(target[3]) == pytest.approx(where[str(name)][1], abs=0.01)
        links = [link for page in pdf.pages for link in page.obj.get("/Annots", ())]
        aims = [str(link.Dest) for link in links if "/Dest" in link]
        assert all("/Dest" in link or str(link.A.URI).startswith("https:") for link in links)
    for wanted in (stem(2, "ja"), "wr003-ko-fn1", "wr001-en-p02", "wr001-en-title", "wr002-ja-s1"):
        assert wanted in aims
    spots = [link.spot for page in pdfium.read(volume).pages for link in page.links if not link.uri]
    assert [(spot.page if spot else None) for spot in spots] == [where[aim][0] for aim in aims]


def destinations(pdf: pikepdf.Pdf) -> Any:
    """Yield the named destinations; each leaf of the tree says what it spans."""
    for leaf in pdf.Root.Names.Dests.Kids:
        row: Any = list(leaf.Names)
        assert [row[0], row[-2]] == list(leaf.Limits)
        yield from zip(row[::2], row[1::2], strict=True)


def test_a_link_to_nowhere_is_told_and_taken_off_its_words() -> None:
    made = loose(report(1, "en", 2, to(8) + to(2)), report(2, "en", 2))
    told: list[Diagnostic] = []
    pieces = [replace(one, name=f"{n}.txt") for n, one in enumerate(numbered(made))]
    data = bind(pieces, binding(), told.append)
    assert [(one.code, str(one.place), dict(one.facts)) for one in told] == [
        ("F111", "0.txt", {"anchor": "wr008-en", "page": "1"})
    ]
    assert b"watchpress:" not in raw(data)
    assert_ua(data)
    said = tag_tree(data)
    assert "Span\n          'number 8'\n" in said
    assert "'number 2' -> wr002-en 'number 2'" in said
    with pikepdf.open(BytesIO(data)) as pdf:
        links = [link for page in pdf.pages for link in page.obj.get("/Annots", ())]
        assert all("/Dest" in link or "/A" in link for link in links)


def raw(data: bytes) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(
            out,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()


def test_names_that_interleave_still_make_a_sorted_tree() -> None:
    one = article('<p id="a">A</p><p id="m">M</p>', number=1)
    two = article('<p id="b">B</p><p id="é">É</p><p id="z">Z</p>', number=2)
    data = bound(numbered(loose(one, two)))
    with pikepdf.open(BytesIO(data)) as pdf:
        names = [bytes(name) for name, _ in destinations(pdf)]
    assert names == sorted(names)
    assert {b"a", b"b", b"m", b"z"} < set(names)


def test_outlines_stand_in_a_row_or_under_titles(trio: list[Compiled]) -> None:
    first, second, third = numbered(trio)
    (bare,) = loose(article("<p>A half-title.</p>", number=9, headline=""))
    pieces = [
        piece(bare, title="Half-title"),
        replace(first, title=""),
        replace(second, title="日本語"),
        replace(third, title=titles(third)[0]),
    ]
    marks = pdfium.read(bound(pieces)).outline
    found = [(mark.depth, mark.title) for mark in marks]
    one, two, three = titles(first), titles(second), titles(third)
    assert found == [
        (0, "Half-title"),
        *[(depth, title) for depth, title in zip((0, 1, 1), one, strict=True)],
        (0, "日本語"),
        *[(depth, title) for depth, title in zip((1, 2, 2), two, strict=True)],
        *[(depth, title) for depth, title in zip((0, 1, 1), three, strict=True)],
    ]
    assert all(mark.spot for mark in marks)
    pages = [mark.spot.page for mark in marks if mark.spot]
    assert pages == sorted(pages)


def titles(one: Piece) -> list[str]:
    return [mark.title for mark in pdfium.read(one.data).outline]


# --- tags --------------------------------------------------------------------------------------

TREE = """\
Document
  Art
    P
      'Lantern Letters' ' ' 'No. 1'
    P
      'October 17, 2031'
    H1
      'Light the Lamp First'
    P
      'Lit' 
      Reference
        Link
          '1' -> wr001-en-fn1 'Note 1'
    Sect
      H2
        'Notes'
      L ListNumbering=Decimal
        LI
          Lbl
            '1. '
          LBody
            Note ID='wr001-en-fn1'
              P
                'See ' 
                Link
                  'there' -> wr002-ja 'there'
                ' '
                Link
                  '↑' -> wr001-en-r1 'Back to the text, note 1'
  Part Lang='ja'
    Art
      P
        '港灯通信' ' ' 'No. 2'
      P
        '2031年10月17日'
      H1
        '灯'
      P
        '点いた。'
    Art
      P
        '港灯通信' ' ' 'No. 3'
      P
        '2031年10月17日'
      H1
        '油'
      P
        '尽きた。'"""


def test_the_tree_of_a_small_volume() -> None:
    own = stem(1)
    first = article(
        f"<p>Lit{call(1, stem=own)}</p>",
        note(1, 'See <a href="#wr002-ja">there</a>', stem=own),
        number=1,
    )
    second = article("<p>点いた。</p>", language="ja", number=2, headline="灯")
    third = article("<p>尽きた。</p>", language="ja", number=3, headline="油")
    pair = pressed(second, third, loose=True)
    data = bound(numbered([pressed(first, loose=True), pair]))
    assert_ua(data)
    assert tag_tree(data).replace("\\u200b", "") == TREE.replace("' \n", "'\n")


def test_every_number_of_pages_and_links_leads_to_its_node(volume: bytes) -> None:
    with pikepdf.open(BytesIO(volume)) as pdf:
        root: Any = pdf.Root.StructTreeRoot
        owners: dict[int, Any] = {}
        for leaf in root.ParentTree.Kids:
            numbers = [int(number) for number in list(leaf.Nums)[::2]]
            assert numbers == sorted(numbers)
            assert [numbers[0], numbers[-1]] == [int(limit) for limit in leaf.Limits]
            owners |= dict(zip(numbers, list(leaf.Nums)[1::2], strict=True))
        assert max(owners) + 1 == int(root.ParentTreeNextKey)
        for page in pdf.pages:
            assert ("/StructParents" in page.obj) == ("/Contents" in page.obj)
            for node in owners.pop(int(page.obj.get("/StructParents", -1)), ()):
                assert node.S
            for link in page.obj.get("/Annots", ()):
                node = owners.pop(int(link.StructParent))
                assert link.objgen in [
                    kid.Obj.objgen for kid in node.K if isinstance(kid, pikepdf.Dictionary)
                ]
        assert owners == {}


@pytest.mark.parametrize("profile", ["screen", "draft"])
def test_bound_reports_are_proved_in_silence(profile: Profile) -> None:
    drafts = [long("en", 31), long("ja", 31), long("ko", 32), long("en", 32)]
    reports = tuple(source(draft) for draft in drafts)
    made, told = [], list[Diagnostic]()
    for one, draft in zip(reports, drafts, strict=True):
        alone = Work((one,), "T", draft.language, 0, profile=profile, loose=True)
        made.append(writer.compile(alone, Styles(), told.append))
    pieces = numbered(made)
    data = bind(pieces, binding(), told.append)
    areas = [box for one in pieces for box in one.facts.boxes[:1] * one.blanks + one.facts.boxes]
    check(Subject(data, "pdf", "volume.pdf", reports, areas), told.append)
    assert told == []


def test_a_draft_is_bound_without_tags() -> None:
    made = loose(report(1, "en", 4, to(2)), report(2, "en", 4), profile="draft")
    data = bound(numbered(made))
    pages = pdfium.read(data).pages
    assert [page.runs[-1].text for page in pages if page.runs] == [
        str(number) for number, page in enumerate(pages, 1) if page.runs
    ]
    with pikepdf.open(BytesIO(data)) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        assert "pdfuaid:part" not in pdf.Root.Metadata.read_bytes().decode()


# --- the whole ---------------------------------------------------------------------------------


def test_what_the_file_says_of_itself(volume: bytes) -> None:
    with pikepdf.open(BytesIO(volume)) as pdf:
        root = pdf.Root
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        with pdf.open_metadata() as xmp:
            assert xmp["dc:title"] == info["/Title"] == "Lantern Letters"
            assert xmp["dc:creator"] == ["A Keeper", "灯 守"]
            assert set(xmp["dc:language"]) == {"en", "ja", "ko"}
            assert xmp["xmp:CreateDate"] == xmp["xmp:ModifyDate"] == "2031-10-17T10:40:00Z"
            assert xmp["pdfuaid:part"] == "1"
            assert xmp["pdf:Producer"] == info["/Producer"]
        assert info["/CreationDate"] == info["/ModDate"] == "D:20311017104000Z"
        assert str(root.Lang) == "en"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert bool(root.MarkInfo.Marked)
        assert "/PageLayout" not in root
    with pikepdf.open(BytesIO(bound([], spread=True, subject="S"))) as pdf:
        assert pdf.Root.PageLayout == "/TwoPageRight"
        assert pdf.docinfo["/Subject"] == "S"


def test_the_same_pieces_give_the_same_bytes(trio: list[Compiled], volume: bytes) -> None:
    assert bound(numbered(trio)) == volume
    assert bound(numbered(trio), epoch=0) != volume


def test_page_labels(trio: list[Compiled]) -> None:
    front, body, last = trio
    small = ("i", "ii", "iii", "iv", "v", "vi", "vii")[: front.facts.pages]
    count = body.facts.pages
    pieces = [
        piece(front, folios=(), labels=small),
        piece(body, 1, 1),
        piece(last, 7, 2, labels=tuple(f"A-{n}" for n in range(last.facts.pages))),
    ]
    labels = [page.label for page in pdfium.read(bound(pieces)).pages]
    after = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")[len(small)]
    assert labels == [
        *small,
        after,
        *(str(number) for number in range(1, count + 1)),
        *(str(count + 1), str(count + 2)),
        *(f"A-{n}" for n in range(last.facts.pages)),
    ]


def test_blank_pages_count_back_from_their_piece(trio: list[Compiled]) -> None:
    one, two, _ = trio
    pieces = [piece(one), piece(two, 101, 2)]
    pages = pdfium.read(bound(pieces, quiet=False)).pages
    count = one.facts.pages
    assert [page.label for page in pages[count : count + 3]] == ["99", "100", "101"]
    assert {(page.width, page.height) for page in pages} == {(pages[0].width, pages[0].height)}


@pytest.mark.slow
def test_thirty_six_pieces() -> None:
    tongues = {number: "ja" if number % 6 == 0 else "en" for number in range(1, 37)}
    made = loose(
        *(
            report(number, tongue, 1, to(number % 36 + 1, tongues[number % 36 + 1]))
            for number, tongue in tongues.items()
        )
    )
    data = bound(numbered(made))
    assert_ua(data)
    read = pdfium.read(data)
    tops = [mark for mark in read.outline if mark.depth == 0]
    assert len(tops) == 36
    said = [[run.text for run in page.runs if run.artifact] for page in read.pages]
    assert [texts[-1] for texts in said if texts] == [
        str(number) for number, texts in enumerate(said, 1) if texts
    ]
    assert len(data) < sum(len(one.data) for one in made)


@pytest.mark.slow
def test_the_bound_file_is_hardly_bigger_than_one_document() -> None:
    reports = [report(n, "ja" if n % 3 == 0 else "en", 40) for n in range(1, 13)]
    made = loose(*reports)
    whole = pressed(*reports)
    data = bound([piece(one, 1) for one in made])
    assert len(data) <= 1.15 * len(whole.data)


@given(st.data())
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_pieces_in_any_order(data: st.DataObject) -> None:
    pool = few()
    order = data.draw(st.permutations(range(len(pool))))
    chosen = order[: data.draw(st.integers(1, len(pool)))]
    pieces, used = [], data.draw(st.integers(0, 2000))
    for index in chosen:
        blanks = data.draw(st.integers(0, 3))
        one = piece(pool[index], used + blanks + 1, blanks)
        folios = tuple(data.draw(st.sampled_from([said, ""])) for said in one.folios)
        pieces.append(replace(one, folios=folios))
        used += blanks + one.facts.pages
    told: list[Diagnostic] = []
    made = bind(pieces, binding(), told.append)
    names = {name for one in pieces for name in one.facts.anchors}
    lost = [name for index in chosen for name in AIMS[index] if name not in names]
    assert sorted(dict(one.facts)["anchor"] for one in told) == sorted(lost)
    found = runs(made)
    wanted: list[list[tuple[str, bool]]] = []
    for one in pieces:
        wanted += [[] for _ in range(one.blanks)]
        for own, folio in zip(runs(one.data), one.folios, strict=True):
            wanted.append([*own, (folio, True)] if folio else own)
    assert found == wanted
    assert tag_tree(made).count("\n  Art") == len(pieces)


AIMS = [["wr002-ja", "wr003-ko"], ["wr001-en-p01"], ["wr004-en-s1"], []]
_POOL: list[Compiled] = []


def few() -> list[Compiled]:
    if not _POOL:
        _POOL.extend(
            loose(
                report(1, "en", 3, to(2, "ja") + to(3, "ko")),
                report(2, "ja", 5, to(1, "en", "-p01")),
                report(3, "ko", 2, to(4, "en", "-s1")),
                article(f"<p>{TEXT}</p>", number=4),
            )
        )
    return _POOL
