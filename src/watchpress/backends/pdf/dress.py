"""The dress of a theme as CSS: what its tokens say besides sizes and margins (sheet.py has those).

Style sheets find the tokens as custom properties; what print.css says of all themes alike is said
otherwise after it, where a token asks for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from watchpress.backends.pdf.hand import latin
from watchpress.theme import Theme

UPRIGHT: Final = "* { font-style: normal !important }"
SPACES: Final = {"serif": 0.237, "sans": 0.2}  # em: how wide the space of the Latin family is


def variables(theme: Theme) -> str:
    """Return the custom properties that style sheets find, by the names that README has.

    `--no-space` takes a space of the Latin family away again.
    """
    notes = f"{theme.notes.size:g}"
    own = {
        "latin": f'"{latin(theme)}"',
        "no-space": f"-{SPACES[theme.family]:g}em",
        "note-size": f"{notes}em",
        "note-lead": f"{notes}lh",
        **vars(theme.colours),
    }
    return f"html {{ {'; '.join(f'--{name}: {value}' for name, value in own.items())} }}\n"


def rules(theme: Theme) -> str:
    """Return the rules that come after print.css."""
    return "".join(f"{rule}\n" for rule in _rules(theme))


def cover(theme: Theme) -> str:
    """Return the rules that come after cover.css."""
    bold = theme.text.emphasis == "bold"
    return UPRIGHT if bold else ""


def _rules(theme: Theme) -> Iterator[str]:
    colours, text = theme.colours, theme.text
    yield f"body {{ color: {colours.text} }}"
    yield f"h1, h2, h3 {{ color: {colours.heading} }}"
    head = f"color: {colours.quiet}"
    slant = f"; font-style: {theme.running.style}"
    yield f"@page {{ @top-left {{ {head} }} @top-right {{ {head}{slant} }} "
    yield f"  @bottom-center {{ {head} }} }}"
    if not theme.running.series:
        yield f"@page {{ @top-left {{ content: string(running) string(notes, last){slant} }}"
        yield "  @top-right { content: none } }"
    for tag, hand in theme.hands.items():
        names = ("h1", "h2", "h3", "caption .label", "figcaption .label")
        yield f"{', '.join(_in(name, tag) for name in names)} {{ font-weight: {hand.weight} }}"
    if not text.justify:
        yield ".report .body p, .report .body p:lang(en) { text-align: left }"
        yield ".report .body p:lang(ja), .report .body p:lang(ko) { text-align: left }"
    if not text.hyphens:
        yield ".report p, .report .body p:lang(en) { hyphens: manual }"
    if text.emphasis == "bold":
        yield UPRIGHT
        yield "em, i { font-weight: 700 }"
    if text.paragraphs == "space":
        yield ".body p + p, blockquote p + p { text-indent: 0; margin-top: .5lh }"


def _in(name: str, tag: str) -> str:
    """Return a selector, its first element in a language."""
    first, *rest = name.split()
    return " ".join((f"{first}:lang({tag})", *rest))
