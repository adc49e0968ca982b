"""Web addresses: what can lead anywhere is a link, what cannot is words; both are printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from watchpress.build import report as build
from watchpress.catalog import Source
from watchpress.diagnostic import Diagnostic
from watchpress.model.address import leads
from watchpress.model.tree import HREF

LEADING = (
    "http://velm.example", "https://velm.example/", "http://velm.example:/", "http://velm.example./",
    "http://velm.example:0/", "http://velm.example:65535/x", "http://me:pw@velm.example/",
    "http://10.0.0.255/", "http://[::1]/", "http://[::1]:80/", "http://localhost/",
    "http://ヴェルム.example/", "http://a-b.example/?q=%E3%81#%20", "http://velm.example/:x",
    "http://velm.example?p=:99999", "HTTP://VELM.EXAMPLE/", "http://exa_mple.org/",
)  # fmt: skip
NOWHERE = (
    "https:///x", "http://.", "http://velm..example/", "http://.velm.example/", "http://:80/",
    "http://velm.example:abc/", "http://velm.example:65536/", "http://velm.example:9999999/",
    "http://velm.example:²/", "http://1.2.3.4.5/", "http://1.2.3/", "http://1.2.3.256/",
    "http://1.2.3.²/", "http://x.2.3.4/", "http://velm.example.123456789/", "http://-velm.example/",
    "http://velm-.example/", "http://velm.example/%", "http://velm.example/%zz",
    "http://velm.example/%2", "http://[::1/", "http://[x]/", "http://me@/", "velm.example/x",
)  # fmt: skip


@pytest.mark.parametrize("address", LEADING)
def test_what_can_lead_somewhere(address: str) -> None:
    assert leads(address)


@pytest.mark.parametrize("address", NOWHERE)
def test_what_leads_nowhere(address: str) -> None:
    assert not leads(address)


@pytest.mark.parametrize("notes", ["[1] See {}", "[1] The Log\n{}", "[1] {}"])
def test_an_address_that_leads_nowhere_is_words_and_is_told(notes: str) -> None:
    for address, links in (("http://velm.example/%zz", 0), ("http://velm.example/%20", 1)):
        text = f"Watch Report No.31  June 12, 2021\n§The Quay\nIt [1].\n{notes.format(address)}\n"
        found: list[Diagnostic] = []
        source = Source(Path("031.txt"), "en")
        report = build.report(source, found.append, text.encode()).report
        assert [link.get(HREF) for link in report.iter("ext-link")] == [address] * links
        assert address in "".join("".join(note.itertext()) for note in report.iter("fn"))
        assert [one.code for one in found if one.code == "R228"] == ["R228"] * (1 - links)
