"""Which reports a volume holds, and the values that it is planned and printed by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from watchpress.catalog import (
    Book,
    Entry,
    Erratum,
    Person,
    Press,
    Printing,
    Term,
    Volume,
    trim,
)
from watchpress.diagnostic import Diagnostic, Fatal, Place, remark
from watchpress.files import Styles
from watchpress.model import tree
from watchpress.model.tree import Element
from watchpress.series import themes
from watchpress.series.config import PRINTING, Binding, Config, Edition, Tag
from watchpress.series.load import USAGE, Series
from watchpress.series.review import languages
from watchpress.theme import Theme
from watchpress.tools import icc

Key: TypeAlias = tuple[int, str]  # number and language


def binding(config: Config, edition: Edition) -> Binding | None:
    """Return the volume that an edition is of, None for one of single reports."""
    return next((one for one in config.volumes if one.name == edition.what), None)


def numbers(config: Config, binding: Binding, dates: Mapping[Key, str]) -> tuple[int, ...]:
    """Return the numbers that a volume holds, in its order.

    `dates`: the issue date (ISO 8601) of each edition there is. A number is of the year in which
    its original was issued; where that is missing, its earliest translation.
    """
    issued: dict[int, str] = {}
    for number in {number for number, _ in dates}:
        original = dates.get((number, config.languages[0]))
        issued[number] = original or min(day for key, day in dates.items() if key[0] == number)
    held = [number for number, day in issued.items() if _holds(binding, number, day)]
    if binding.order == "number":
        return tuple(sorted(held))
    return tuple(sorted(held, key=lambda number: (issued[number], number)))


def _holds(binding: Binding, number: int, day: str) -> bool:
    if binding.year is not None:
        return day.startswith(f"{binding.year}-")
    assert binding.first is not None and binding.last is not None, "the model asks for them"
    return binding.first <= number <= binding.last


def pieces(
    binding: Binding, tags: Sequence[str], held: Sequence[Key]
) -> tuple[tuple[Key, ...], ...]:
    """Return the reports of a volume, those together that are one piece of it: facing editions."""
    pair = tuple(tags[:2]) if binding.layout == "facing" and len(tags) > 1 else ()
    facing = {n for n, _ in held if pair and all((n, tag) in held for tag in pair)}
    groups: dict[tuple[int, str], list[Key]] = {}
    for number, tag in held:
        own = pair[0] if number in facing and tag in pair else tag
        groups.setdefault((number, own), []).append((number, tag))
    return tuple(map(tuple, groups.values()))


def entries(
    order: Sequence[int], tags: Sequence[str], reports: Mapping[Key, Element]
) -> tuple[Entry, ...]:
    """Return the entries of a volume; a number without any of its languages is left out."""
    found = (Entry(number, {tag: reports.get((number, tag)) for tag in tags}) for number in order)
    return tuple(entry for entry in found if entry.reports)


def volume(series: Series, edition: Edition, reports: Mapping[Key, Element], epoch: int) -> Volume:
    """Return the volume that an edition is of, made of `reports`.

    Raises Fatal C212 with status 2 where no report belongs to it.
    """
    config, bound = series.config, binding(series.config, edition)
    assert bound is not None, "an edition of single reports is no volume"
    tags = languages(config, edition)
    order = numbers(config, bound, {key: tree.date(one) for key, one in reports.items()})
    held = entries(order, tags, reports)
    if not held:
        place = series.place("volumes", config.volumes.index(bound))
        raise Fatal(remark("C212", place, volume=bound.name), status=USAGE)
    return Volume(
        book=book(config, bound),
        languages=tags,
        entries=held,
        epoch=epoch,
        layout=bound.layout,
        numbering=bound.numbering,
        notes_at=bound.notes,
        print_map=bound.print_map,
        terms=terms(config),
        errata=errata(config, {entry.number for entry in held}, tags),
        trim=trim(edition.trim),
        profile=edition.profile,
        leaf=bound.leaf,
        fonts=edition.fonts,
        press=press(series, edition),
        theme=theme(series, edition),
        limits=config.limits.plain,
    )


def theme(series: Series, edition: Edition) -> Theme:
    """Return the theme of an edition; the series has been loaded, so that it is a whole one."""
    return themes.load(edition.theme, Styles(series.styles), Place(str(series.file)), _unheard)


def _unheard(finding: Diagnostic) -> None:
    raise AssertionError(finding)


def press(series: Series, edition: Edition) -> Press:
    """Return what an edition says of its printing; a file is seen from series.toml."""
    given = {name: getattr(edition, name) for name in ("bleed", "board", *PRINTING)}
    said = {name: value for name, value in given.items() if value is not None}
    if said.get("intent", icc.STANDARD.name) not in icc.CONDITIONS:
        said["intent"] = str(series.folder.resolve() / said["intent"])
    return Press(**said)


def book(config: Config, bound: Binding) -> Book:
    """Return what a volume says of itself."""
    titles = {
        tag: bound.title.get(tag, f"{config.title[tag]} {bound.name}") for tag in config.title
    }
    return Book(
        name=bound.name,
        title=_texts(titles),
        subtitle=_texts(bound.subtitle),
        series=_texts(config.title),
        publisher=_texts(config.publisher),
        address=_texts(config.address),
        rights=_texts(config.rights),
        issn=config.identifiers.issn,
        isbn=config.identifiers.isbn.get(bound.name, ""),
        people=tuple(
            Person(one.role, _texts(one.names), _texts(one.readings)) for one in config.people
        ),
        printings=tuple(Printing(one.day, _texts(one.words)) for one in bound.printings),
    )


def _texts(texts: Mapping[Tag, str]) -> dict[str, str]:
    return {str(tag): text for tag, text in texts.items()}


def terms(config: Config) -> tuple[Term, ...]:
    """Return what the index lists."""
    return tuple(
        Term(
            one.kind,
            _texts(one.words),
            _texts(one.readings),
            {str(tag): tuple(words) for tag, words in one.variants.items()},
        )
        for one in config.terms
    )


def errata(config: Config, held: set[int], tags: Sequence[str]) -> tuple[Erratum, ...]:
    """Return the corrections of the reports in a volume."""
    return tuple(
        Erratum(one.number, one.lang, one.printed, one.read, one.note)
        for one in config.corrections
        if one.number in held and one.lang in tags
    )
