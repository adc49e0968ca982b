"""Web addresses as links may have them."""

from __future__ import annotations

import re
from typing import Final

_HOST: Final = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#]*", re.IGNORECASE)
_UNLAWFUL: Final = re.compile(r'[\[\]<>"\\^`{|}]')


def lawful(address: str) -> str:
    """Return an address with what may not stand in it (RFC 3986, 2) as %XX: brackets, mostly.

    Those of an IPv6 host are lawful; letters of other scripts are left to the reader (RFC 3987).
    """
    host = _HOST.match(address)
    start = host.end() if host else 0
    return address[:start] + _UNLAWFUL.sub(lambda m: f"%{ord(m[0]):02X}", address[start:])
