"""The forms that values of series.toml have: numbers with a check digit, trims, limits."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from watchpress import catalog

Points: TypeAlias = Annotated[float, Field(ge=0, le=100)]
Ems: TypeAlias = Annotated[float, Field(ge=0, le=20)]
Count: TypeAlias = Annotated[int, Field(ge=0, le=100)]
Resolution: TypeAlias = Annotated[int, Field(ge=0, le=2400)]


def form(form: str) -> PydanticCustomError:
    """Return the fault of a value that has not the `form` asked for."""
    return PydanticCustomError("form", "{form}", {"form": form})


def issn(text: str) -> str:
    """Return `text` where it is an ISSN (ISO 3297) with its check digit."""
    signs = text.replace("-", "")
    if (
        len(text) != 9
        or text[4] != "-"
        or not signs[:7].isdecimal()
        or signs[7] not in "0123456789X"
    ):
        raise form("ISSN 1234-5679")
    values = [10 if sign == "X" else int(sign) for sign in signs]
    if sum(value * weight for value, weight in zip(values, range(8, 0, -1), strict=True)) % 11:
        raise form("ISSN 1234-5679 (check digit)")
    return text


def isbn(text: str) -> str:
    """Return `text` where it is an ISBN of 13 digits (ISO 2108) with its check digit."""
    signs = text.replace("-", "")
    if len(signs) != 13 or not signs.isdecimal() or signs[:3] not in {"978", "979"}:
        raise form("ISBN 978-1-23456-789-7")
    if sum(int(sign) * (1, 3)[place % 2] for place, sign in enumerate(signs)) % 10:
        raise form("ISBN 978-1-23456-789-7 (check digit)")
    return text


def trim(text: str) -> str:
    """Return `text` where it names a trim."""
    try:
        catalog.trim(text)
    except ValueError:
        raise form("A4, A5, B5, B6, letter, 140x210") from None
    return text


Issn: TypeAlias = Annotated[str, AfterValidator(issn)]
Isbn: TypeAlias = Annotated[str, AfterValidator(isbn)]
TrimName: TypeAlias = Annotated[str, AfterValidator(trim)]
