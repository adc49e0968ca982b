"""Web addresses: which of them can lead anywhere, and how a link may have them."""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from typing import Final

_SERVER: Final = re.compile(r"[a-z][a-z0-9+.-]*://(?P<server>[^/?#]*)", re.IGNORECASE)
_UNLAWFUL: Final = re.compile(r'[\[\]<>"\\^`{|}]')
_TORN: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PORT: Final = re.compile(r":(?P<port>[^:\]]*)$")


def lawful(address: str) -> str:
    """Return an address with what may not stand in it (RFC 3986, 2) as %XX: brackets, mostly.

    Those of an IPv6 host are lawful; letters of other scripts are left to the reader (RFC 3987).
    """
    host = _SERVER.match(address)
    start = host.end() if host else 0
    return address[:start] + _UNLAWFUL.sub(lambda m: f"%{ord(m[0]):02X}", address[start:])


def leads(address: str) -> bool:
    """Say whether an address with a host can lead anywhere: else it is words, and no link.

    It does not with a host of no name, of numbers that are no IPv4 address, with a port beyond
    65535, or a `%` without its two digits: EPUBCheck refuses a book with such a link (RSC-020).
    """
    found = _SERVER.match(address)
    if found is None or _TORN.search(address):
        return False
    server = found["server"].rpartition("@")[2]
    port = _PORT.search(server)
    if port and port["port"] and not _below(port["port"], 65536):
        return False
    return _named(server[: port.start()] if port else server)


def _named(host: str) -> bool:
    if host.startswith("["):
        try:
            return bool(IPv6Address(host[1:].removesuffix("]")))
        except ValueError:
            return False
    labels = host.removesuffix(".").split(".")
    if labels[-1].isdigit():
        return len(labels) == 4 and all(_below(one, 256) for one in labels)
    return all(one and not one.startswith("-") and not one.endswith("-") for one in labels)


def _below(text: str, limit: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6 and int(text) < limit
