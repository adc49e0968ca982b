"""What a layout may read: data: addresses, the fonts in use, files of one folder. No network."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import DataHandler, Request, url2pathname

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from watchpress.diagnostic import Fatal, Place, remark


class Refused(FatalURLFetchingError):  # type: ignore[misc]
    """A layout asked for something it may not read; stops the layout. `url` is what it asked."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = _shown(url)
        self.reason = reason


def _shown(url: str) -> str:
    """Return a file: address as a path, seen from where the person at the keyboard is."""
    parts = urlsplit(url)
    return os.path.relpath(url2pathname(parts.path)) if parts.scheme == "file" else url


@contextlib.contextmanager
def ruled(folder: Path | None, home: Place) -> Iterator[None]:
    """Raise Fatal (status 2) where style sheets ask for what may not be read (F103), or fail.

    C308: they have numbers at which the engine fails. Without a `folder` of one's own that failure
    is ours, and stays what it is. `home`: the place of what is laid out.
    """
    try:
        yield
    except Refused as fault:
        raise Fatal(remark("F103", home, url=fault.url, reason=fault.reason), status=2) from fault
    except (ArithmeticError, RecursionError, ValueError) as fault:
        if folder is None:
            raise
        problem = f"{type(fault).__name__}: {fault}".partition("\n")[0][:120]
        raise Fatal(remark("C308", Place(str(folder)), problem=problem), status=2) from fault


class Fetcher(URLFetcher):  # type: ignore[misc]
    """The one way by which images, style sheets, fonts and attachments come in.

    `files` are read as they are; below `folder` (None: no such folder) any file may be read, after
    links are followed. Anything else raises Refused, which WeasyPrint does not swallow.
    """

    def __init__(self, files: frozenset[Path] = frozenset(), folder: Path | None = None) -> None:
        # The parent's __init__ is left out: it opens handlers for http and ftp, and reads the
        # machine's certificates. What the parent's class promises is this one attribute.
        self._fail_on_errors = True
        self.files = files
        self.folder = None if folder is None else folder.resolve()

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return the response for `url`; raises Refused."""
        parts = urlsplit(url)
        if parts.scheme == "data":
            return self._data(url)
        if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
            raise Refused(url, "only files of the series are read, never the network")
        path = Path(url2pathname(parts.path))
        if not self._allowed(path):
            raise Refused(url, "outside the folder of the series")
        try:
            return URLFetcherResponse(url, path.read_bytes())
        except OSError as fault:
            raise Refused(url, fault.strerror or str(fault)) from fault

    def open(self, url: Any, data: Any = None, timeout: Any = None) -> URLFetcherResponse:
        """Return the response for `url`: the same door under urllib's name."""
        return self.fetch(url.full_url if isinstance(url, Request) else str(url))

    def _allowed(self, path: Path) -> bool:
        if path in self.files:
            return True
        return self.folder is not None and path.resolve().is_relative_to(self.folder)

    def _data(self, url: str) -> URLFetcherResponse:
        try:
            answer = DataHandler().data_open(Request(url))  # noqa: S310 - reads no file, no network
        except (ValueError, OSError) as fault:
            raise Refused(url[:60], str(fault)) from fault
        return URLFetcherResponse(url, answer.read(), answer.headers)
