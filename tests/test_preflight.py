"""The preflight: silent on what we make, and each rule finds the defect that is planted for it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO

import pikepdf
import pytest

import spoils
from pdf_reports import TEXT
from press_files import laid, order, piece, press_file
from watchpress.checks import preflight
from watchpress.checks.preflight import Order, Subject
from watchpress.diagnostic import Diagnostic, codes
from watchpress.tools import anatomy


@cache
def good() -> bytes:
    return press_file([piece(laid(f"<p>{TEXT * 3}</p>"))])


def found(data: bytes, given: Order | None = None) -> list[Diagnostic]:
    told: list[Diagnostic] = []
    preflight.check(Subject(data, given or order()), told.append)
    return told


def spoiled(name: str) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(good())) as pdf:
        spoils.SPOILS[name](pdf)
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def test_what_we_make_is_silent() -> None:
    assert found(good()) == []


@pytest.mark.parametrize("name", spoils.SPOILS)
def test_each_rule_finds_its_defect_alone(name: str) -> None:
    code, _, what = name.partition(" ")
    told = found(spoiled(name))
    assert [finding.code for finding in told] == [code]
    assert what in dict(told[0].facts).get("what", "")


def test_every_rule_has_a_planted_defect() -> None:
    planted = {name.partition(" ")[0] for name in spoils.SPOILS}
    assert planted | {"F201"} == {code for code in codes() if code.startswith("F2")}


def test_what_is_no_pdf_is_said_to_be_none() -> None:
    assert [finding.code for finding in found(b"%PDF-1.6 and no more")] == ["F201"]


def test_a_trim_that_was_not_ordered() -> None:
    told = found(good(), replace(order(), width=182, height=257))
    assert {finding.code for finding in told} == {"F206"}
    assert "148.0×210.0 mm ≠ 182×257 mm" in dict(told[0].facts)["problem"]


def test_text_of_a_cover_may_be_coloured() -> None:
    assert found(spoiled("F209"), order(coloured=True)) == []


@pytest.mark.parametrize("version", ["1.7", "2.0"])
def test_a_version_beyond_pdf_x(version: str) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(good())) as pdf:
        pdf.save(out, force_version=version, deterministic_id=True)
    assert [(f.code, dict(f.facts)["found"]) for f in found(out.getvalue())] == [
        ("F202", f"PDF {version}")
    ]


def test_an_encrypted_file() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(good())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="keeper", R=4), force_version="1.6")
    assert "Encrypt" in [dict(finding.facts).get("what") for finding in found(out.getvalue())]


def test_a_profile_of_a_screen_is_no_intent() -> None:
    from PIL import ImageCms

    out = BytesIO()
    with pikepdf.open(BytesIO(good())) as pdf:
        srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        pdf.Root.OutputIntents[0].DestOutputProfile.write(srgb)
        pdf.save(out, deterministic_id=True)
    assert [finding.code for finding in found(out.getvalue())] == ["F203"]


def painted(operators: bytes) -> anatomy.Sheet:
    """Return the anatomy of a page that paints `operators`."""
    out = BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(100, 100))
        page.obj.Contents = pdf.make_stream(operators)
        pdf.save(out)
    return anatomy.read(out.getvalue()).sheets[0]


@pytest.mark.parametrize(
    ("operators", "kind", "space", "colour"),
    [
        (b"0 0 9 9 re f", "fill", "DeviceGray", (0.0,)),
        (b"1 0 0 rg q 0 g Q 0 0 9 9 re f", "fill", "DeviceRGB", (1, 0, 0)),
        (b"/DeviceCMYK cs 0 0 0 1 sc 0 0 9 9 re f", "fill", "DeviceCMYK", (0, 0, 0, 1)),
        (b"0.5 G 0 0 m 9 9 l S", "stroke", "DeviceGray", (0.5,)),
        (b"BT 1 0 0 RG 1 Tr (x) Tj ET", "text", "DeviceRGB", (1, 0, 0)),
    ],
)
def test_what_is_painted_is_followed(
    operators: bytes, kind: str, space: str, colour: tuple[float, ...]
) -> None:
    assert painted(operators).paints == {(kind, space, colour)}


def test_text_that_is_not_shown_paints_nothing() -> None:
    assert painted(b"BT 3 Tr (x) Tj ET").paints == set()
