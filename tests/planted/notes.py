"""Random plantings in notes: copy with any number of notes, and one thing wrong with one of them.

What must be found is worked out here, from the numbers alone: `wanted` is no word of the program.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from watchpress.build import report as build
from watchpress.catalog import Source
from watchpress.diagnostic import Diagnostic

Draw: TypeAlias = Callable[[list[Any]], Any]


class Tongue(NamedTuple):
    """A language: its head, sentences (the marker before the stop), form of markers, others."""

    head: str
    sentences: tuple[str, ...]
    form: str
    others: tuple[str, ...]
    source: str
    mention: str


TONGUES = {
    "en": Tongue(
        "Watch Report No.61  March 3, 2024\n§The Lamp of the Mole\n",
        (
            "The keeper lights the lamp at dusk and writes the hour into his book{}.",
            "In the winter of the long fog eleven boats came home by it{}.",
            "The harbor office has never paid for the oil{}, and it says so with pride.",
            "Those who live on the quay remember the night without a light{}.",
            "A lamp like this one stands at Lumbry, on the other side of the strait{}.",
        ),
        " [{}]", ("［{}］", "(note {})"),
        "“The Lamp, Part {0},” Essin Courier, June {1}, 1998, p. {0}",
        " (see note {})",
    ),
    "ja": Tongue(
        "監視報告 No.61  2024年3月10日\n§突堤の灯\n",
        (
            "灯台守は夕暮れに灯をともし、時刻を帳面に書き留める{}。",
            "長い霧の冬には、十一隻の船がこの灯を頼りに帰ってきた{}。",
            "港湾局は油代を一度も払ったことがなく{}、それを誇りにしている。",
            "岸壁に住む人びとは、灯の消えた夜のことを覚えている{}。",
            "海峡の向こう側のランブリーにも、これとよく似た灯がある{}。",
        ),
        "［注{}］", ("[注{}]", "［{}］"), "「灯、その{0}」『エッシン新報』1998年6月{1}日、{0}頁",
        "（注{}を参照）",
    ),
    "ko": Tongue(
        "감시 보고 No.61  2024년 3월 17일\n§방파제의 등불\n",
        (
            "등대지기는 해 질 녘에 등불을 켜고 시각을 장부에 적는다{}.",
            "긴 안개의 겨울에 열한 척의 배가 이 등불을 보고 돌아왔다{}.",
            "항만국은 기름값을 한 번도 낸 적이 없으며{}, 그것을 자랑으로 여긴다.",
            "부두에 사는 사람들은 등불이 꺼진 밤을 기억한다{}.",
            "해협 건너편 럼브리에도 이와 비슷한 등불이 있다{}.",
        ),
        "[주{}]", ("［{}］", "[{}]"), "“등불, {0}부”, 『에신신보』, 1998년 6월 {1}일, {0}쪽",
        " (주 {} 참조)",
    ),
}  # fmt: skip

At: TypeAlias = tuple[str, int]  # a kind (call, note, more), and which one


@dataclass
class Copy:
    """A copy in the making: its calls and notes as lists of texts, and what is to be found."""

    tongue: Tongue
    count: int
    calls: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    more: dict[int, str] = field(default_factory=dict)  # behind the sentence of a call
    wanted: list[tuple[str, At]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.calls = [self.tongue.form.format(n) for n in range(1, self.count + 1)]
        self.labels = [self.tongue.form.format(n).strip() for n in range(1, self.count + 1)]
        self.notes = [self.tongue.source.format(n + 10, n) for n in range(1, self.count + 1)]

    def text(self) -> tuple[str, dict[At, tuple[int, int]]]:
        """Return the copy, and line and column of each call, note, and of what was added."""
        lines = self.tongue.head.splitlines()
        at: dict[At, tuple[int, int]] = {}
        for number, call in enumerate(self.calls):
            start, end = self.tongue.sentences[number % len(self.tongue.sentences)].split("{}")
            bare = call.lstrip()
            at["call", number] = (len(lines) + 1, len(start) + len(call) - len(bare) + 1)
            line = start + call + end
            if added := self.more.get(number):
                bare = added.replace("‸", "").lstrip(" ")
                offset = added.find("‸") if "‸" in added else len(added) - len(bare)
                at["more", number] = (len(lines) + 1, len(line[:-1]) + offset + 1)
                line = line[:-1] + added.replace("‸", "") + line[-1]
            lines.append(line)
        for number, (label, note) in enumerate(zip(self.labels, self.notes, strict=True)):
            at["note", number] = (len(lines) + 1, 1)
            lines.append(f"{label} {note}")
        return "\n".join(lines) + "\n", at


def lost_call(copy: Copy, draw: Draw) -> None:
    """Lose a call: its note is called by none."""
    which = draw(list(range(copy.count)))
    copy.calls[which] = ""
    copy.wanted = [("N102", ("note", which))]


def lost_note(copy: Copy, draw: Draw) -> None:
    """Lose a note: its call has none, and the list goes on with a number too high."""
    which = draw(list(range(copy.count)))
    del copy.notes[which], copy.labels[which]
    copy.wanted = [("N101", ("call", which))]
    if which < copy.count - 1:
        copy.wanted.append(("N106", ("note", which)))


def twin_note(copy: Copy, draw: Draw) -> None:
    """Give a number twice: the second is the one too many."""
    which = draw(list(range(copy.count)))
    copy.labels.insert(which + 1, copy.labels[which])
    copy.notes.insert(which + 1, copy.tongue.source.format(77, 29))
    copy.wanted = [("N103", ("note", which + 1))]


def twin_call(copy: Copy, draw: Draw) -> None:
    """Call a note again, later on."""
    which = draw(list(range(copy.count)))
    where = draw(list(range(which, copy.count)))
    copy.more[where] = copy.tongue.form.format(which + 1)
    copy.wanted = [("N104", ("more", where))]


def wrong_call(copy: Copy, draw: Draw) -> None:
    """Give a call a number that no note has."""
    which = draw(list(range(copy.count)))
    copy.calls[which] = copy.tongue.form.format(copy.count + draw([1, 2, 9]))
    copy.wanted = [("N101", ("call", which)), ("N102", ("note", which))]


def wrong_note(copy: Copy, draw: Draw) -> None:
    """Give the last note a number too high: nobody calls it, and its own call has none."""
    last = copy.count - 1
    copy.labels[last] = copy.tongue.form.format(copy.count + draw([1, 2, 9])).strip()
    copy.wanted = [("N101", ("call", last)), ("N102", ("note", last)), ("N106", ("note", last))]


def swapped_calls(copy: Copy, draw: Draw) -> None:
    """Swap two calls that follow one another: the second comes too late."""
    which = draw(list(range(copy.count - 1)))
    copy.calls[which : which + 2] = copy.calls[which + 1], copy.calls[which]
    copy.wanted = [("N105", ("call", which + 1))]


def swapped_notes(copy: Copy, draw: Draw) -> None:
    """Swap two notes that follow one another: no number follows the one before."""
    which = draw(list(range(copy.count - 1)))
    for texts in (copy.labels, copy.notes):
        texts[which : which + 2] = texts[which + 1], texts[which]
    places = range(which, min(which + 3, copy.count))
    copy.wanted = [("N106", ("note", place)) for place in places]


def other_form(copy: Copy, draw: Draw) -> None:
    """Give a call another form than the others have."""
    which = draw(list(range(copy.count)))
    copy.calls[which] = draw(list(copy.tongue.others)[:1]).format(which + 1)
    copy.wanted = [("R111", ("call", which))]


def compound(copy: Copy, draw: Draw) -> None:
    """Call two notes in one bracket."""
    which = draw(list(range(copy.count)))
    copy.more[which] = copy.tongue.form.format("1, 2")
    copy.wanted = [("N107", ("more", which))]


def mention(copy: Copy, draw: Draw) -> None:
    """Mention a note that there is not."""
    which = draw(list(range(copy.count)))
    copy.more[which] = copy.tongue.mention.replace("{}", "‸{}").format(copy.count + draw([2, 5]))
    copy.wanted = [("N108", ("more", which))]


KINDS = (
    lost_call, lost_note, twin_note, twin_call, wrong_call, wrong_note, swapped_calls,
    swapped_notes, other_form, compound, mention,
)  # fmt: skip


def found(text: str, language: str) -> list[tuple[str, int, int]]:
    """Return code, line and column of what reading a copy tells."""
    told: list[Diagnostic] = []
    build.report(Source(Path("copy.txt"), language=language), told.append, text.encode())
    return [(one.code, one.place.line, one.place.column) for one in sorted(told)]


def planted(draw: Draw) -> tuple[str, str, list[tuple[str, int, int]]]:
    """Return language and text of a copy with a random planting, and what has to be found."""
    language = draw(sorted(TONGUES))
    copy = Copy(TONGUES[language], draw(list(range(3, 10))))
    draw(list(KINDS))(copy, draw)
    text, at = copy.text()
    wanted = [(code, *at[place]) for code, place in copy.wanted]
    return language, text, sorted(wanted, key=lambda one: (one[1], one[2], one[0]))
