"""Web addresses: their syntax (RFC 3986), and one address that several notes give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from watchpress.readers.plain.lines import Desk, Line
from watchpress.readers.plain.markers import Address, addresses
from watchpress.readers.plain.scrutiny.subject import Subject

LONGEST: Final = 2000  # characters; servers and readers cut what is longer
# Patterns are compiled when they are wanted first: most copy wants few. Where an address is meant
# and none is read, it has no scheme, or a torn one.
_TORN: Final = (
    r"(?<![A-Za-z0-9_/.@:%=&?-])(?:www\.[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|https?(?::/(?!/)|//|;//|：//|:／／|：／／)|https?://(?=\s|$))"
)
_PERCENT: Final = r"%(?![0-9A-Fa-f]{2})"
_WIDE: Final = "／．＝＆＃％＿－？：０１２３４５６７８９"
_REST: Final = r" +(?=[\w%/-][!-~]*(?:/|\.(?:html?|pdf|php|aspx?)$|=)[!-~]*$|/)"
_GLUED: Final = frozenset(".,;:!?)]”’»」』）。、，．>")
_TITLE: Final = r"[“「『\"‘](?P<title>.+?)[”」』\"’]"
_PAGES: Final = r"\bpp?\.\s?[\d–-]+|[\d～〜–-]+[頁쪽]|[\d～〜–-]+ページ|\W"
_SAME: Final = r"(?i)ibid|op\. cit|同上|同前|前掲|위의|앞의"


def inspect(subject: Subject, desk: Desk) -> None:
    """Tell R228 (an address that is faulty), R229 (several sources at one address)."""
    for line in subject.whole:
        if not any(sign in line.text for sign in ("http", "www.")):
            continue
        for at, fault in _faults(line):
            desk.say("R228", line, at, fault=fault)
    _shared(subject, desk)


# -- one address ----------------------------------------------------------------------------------


def _faults(line: Line) -> Iterator[tuple[int, str]]:
    """Yield where each faulty address of a line is faulty, and by what; one fault an address."""
    text = line.text
    found = list(addresses(text))
    if "www." in text or text.count("http") > len(found):
        for match in re.finditer(_TORN, text):
            if not any(one.start <= match.start() < one.end for one in found):
                yield match.start(), match[0]
    for one in found:
        fault = _fault(one, text)
        if fault is not None:
            yield fault


def _fault(one: Address, text: str) -> tuple[int, str] | None:
    """Return where the first fault of an address is, and itself; None where there is none."""
    if len(one.url) > LONGEST:
        return one.start, f"{len(one.url):,}"
    return _inside(one) or _authority(one) or _bracket(one) or _behind(one, text[one.end :])


def _inside(one: Address) -> tuple[int, str] | None:
    """Return a second scheme, a sign of full width or a torn % in an address."""
    start, _, rest = one.url.partition("://")
    for scheme in ("https:", "http:"):
        if rest.startswith(f"{scheme}//"):
            return one.start + len(start) + 3, f"{scheme}//"
    wide = next((at for at, sign in enumerate(one.url) if sign in _WIDE), None)
    if wide is not None:
        return one.start + wide, one.url[wide]
    torn = re.search(_PERCENT, one.url) if "%" in one.url else None
    return (one.start + torn.start(), "%") if torn else None


def _authority(one: Address) -> tuple[int, str] | None:
    """Return a name with its password, a host or a port that cannot be."""
    start = one.url.index("://") + 3
    end = next((at for at, sign in enumerate(one.url) if at >= start and sign in "/?#"), None)
    user, sign, server = one.url[start:end].rpartition("@")
    if sign:
        return one.start + start, f"{user}@"
    host, colon, port = server.partition(":")
    if server.startswith("["):
        return None
    if colon and not (_figures(port) and int(port) < 65536):
        return one.start + start + len(host), f":{port}"
    return None if _hosts(host) else (one.start + start, host or "://")


def _hosts(host: str) -> bool:
    """Say whether a host can be: localhost, four numbers, or labels with a domain at their end."""
    labels = host.split(".")
    if all(map(_figures, labels)):
        return len(labels) == 4 and all(int(label) < 256 for label in labels)
    named = all(0 < len(x) < 64 and x.replace("-", "").isalnum() for x in labels)
    edges = any(label.startswith("-") or label.endswith("-") for label in labels)
    return host == "localhost" or (named and not edges and len(labels) > 1 and len(labels[-1]) > 1)


def _figures(text: str) -> bool:
    """Say whether a text is a number as addresses have it: raised or foreign figures are none."""
    return text.isascii() and text.isdigit()


def _bracket(one: Address) -> tuple[int, str] | None:
    for opening, closing in ("()", "[]"):
        if one.url.count(opening) != one.url.count(closing):
            most = opening if one.url.count(opening) > one.url.count(closing) else closing
            return one.start + one.url.rindex(most), most
    return None


def _behind(one: Address, rest: str) -> tuple[int, str] | None:
    """Return what of an address the reader had to leave out: cut short, wide signs, spaces."""
    for cut in ("…", "..."):
        if rest.startswith(cut):
            return one.end, cut
    if rest[:1] and rest[0] in _WIDE and rest[1:2].isascii() and rest[1:2].strip():
        return one.end, rest[0]
    if one.start == 0 and rest:
        if re.match(_REST, rest):
            return one.end, "U+0020"
        if _GLUED.issuperset(rest):
            return one.end, rest
    return None


# -- one address, several notes -------------------------------------------------------------------


def _shared(subject: Subject, desk: Desk) -> None:
    """Tell R229 for each address that notes give for sources which are not the same."""
    given: dict[str, list[tuple[int, Line, Address, str]]] = {}
    for source in subject.sources:
        words = ""
        for line in source.lines:
            found = list(addresses(line.text)) if "://" in line.text else []
            if not (found and found[0].start == 0):
                words = line.text
            for one in found:
                entry = (source.number, line, one, words)
                given.setdefault(one.url.rstrip("/"), []).append(entry)
    for url, uses in given.items():
        numbers = list(dict.fromkeys(number for number, *_ in uses))
        named = {_named(words, url) for *_, words in uses} if len(numbers) > 1 else set()
        if len(named - {""}) > 1:
            _, line, one, _ = uses[0]
            desk.say("R229", line, one.start, url=url, notes=", ".join(map(str, numbers)))


def _named(text: str, url: str) -> str:
    """Return what a line names as its source: its title, else its words without pages."""
    text = text.replace(url, "")
    if re.search(_SAME, text):
        return ""
    title = re.search(_TITLE, text)
    return re.sub(_PAGES, "", title["title"] if title else text).casefold()
