"""Borders of what is a name and what is a credit: the last that is one, the first that is none."""

from __future__ import annotations

import pytest

from edges import one
from watchpress.language.words import ENGLISH, JAPANESE, KOREAN, Words
from watchpress.readers.plain import credits
from watchpress.readers.plain.names import Person, people


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Ken Mori", ENGLISH, [Person("Ken Mori")]),
        ("J Mori", ENGLISH, [Person("J Mori")]),
        ("Mori K", ENGLISH, [Person("Mori K")]),
        ("KEN M", ENGLISH, [Person("KEN M", "KEN", "M", eastern=True, sure=True)]),
        ("Ken M", ENGLISH, [Person("Ken M")]),  # a letter alone is no family name in capitals
        ("Ken MO", ENGLISH, [Person("Ken MO", "MO", "Ken", sure=True)]),
        ("Ken J. MORI", ENGLISH, [Person("Ken J. MORI", "MORI", "Ken J.", sure=True)]),
        ("Ken DU MORI", ENGLISH, [Person("Ken DU MORI", "DU MORI", "Ken", sure=True)]),
        ("MORI Ken", ENGLISH, [Person("MORI Ken", "MORI", "Ken", eastern=True, sure=True)]),
        ("KEN MORI", ENGLISH, [Person("KEN MORI", script="capitals")]),
        ("Maria de la Cruz Mori", ENGLISH, [Person("Maria de la Cruz Mori")]),
        ("Maria de la Cruz Mori Abe", ENGLISH, []),  # six words
        ("Ken", ENGLISH, []),
        ("ken mori", ENGLISH, []),
        ("Ken Mori and Aya Abe", ENGLISH, [Person("Ken Mori"), Person("Aya Abe")]),
        ("Ken Mori and abe", ENGLISH, []),  # one piece that is no name, and none is
        ("林太", JAPANESE, [Person("林太", eastern=True, script="han")]),
        ("林", JAPANESE, []),
        ("長谷川百合子", JAPANESE, [Person("長谷川百合子", eastern=True, script="han")]),
        ("長谷川百合子代", JAPANESE, []),  # seven letters
        ("林 太", JAPANESE, [Person("林 太", "林", "太", eastern=True, script="han")]),
        ("勅使河原 林", JAPANESE,
         [Person("勅使河原 林", "勅使河原", "林", eastern=True, script="han")]),
        ("東勅使河原 林", JAPANESE, []),  # a family name of five
        ("林 東勅使河原", JAPANESE, []),  # a given name of five
        ("森ゆ子", JAPANESE, [Person("森ゆ子", eastern=True, script="han")]),
        ("森さくら", JAPANESE, [Person("森さくら", eastern=True, script="han")]),
        ("森 さくら", JAPANESE, [Person("森 さくら", "森", "さくら", eastern=True, script="han")]),
        ("森 ゆ", JAPANESE, [Person("森 ゆ", "森", "ゆ", eastern=True, script="han")]),
        ("森 ゆりこゆ", JAPANESE,
         [Person("森 ゆりこゆ", "森", "ゆりこゆ", eastern=True, script="han")]),
        ("森 ゆりこゆり", JAPANESE, []),  # a given name of five kana
        ("森エリ", JAPANESE, [Person("森エリ", eastern=True, script="han")]),
        ("森 エリ", JAPANESE, [Person("森 エリ", "森", "エリ", eastern=True, script="han")]),
        ("森 エ", JAPANESE, []),
        ("アン・ド", JAPANESE, [Person("アン・ド", script="kana")]),
        ("ア・ドレ", JAPANESE, []),
        ("アンドレアンドレアンド・ド", JAPANESE, []),  # eleven kana
        ("アンドレアンドレアン・ド", JAPANESE, [Person("アンドレアンドレアン・ド", script="kana")]),
        ("アン・アンドレアンドレアン", JAPANESE,
         [Person("アン・アンドレアンドレアン", script="kana")]),
        ("アン・アンドレアンドレアンド", JAPANESE, []),
        ("アン・ド・ラ・メール", JAPANESE, [Person("アン・ド・ラ・メール", script="kana")]),
        ("アン・ド・ラ・メ・ル", JAPANESE, []),  # five parts
        ("アン", JAPANESE, []),
        ("林太（引用者）", JAPANESE, []),
        ("港新聞", JAPANESE, []),
        ("김민수", KOREAN, [Person("김민수", eastern=True, script="hangul")]),
        ("남궁민수", KOREAN, [Person("남궁민수", eastern=True, script="hangul")]),
        ("김민", KOREAN, []),
        ("남궁민수라", KOREAN, []),
        ("김 민", KOREAN, [Person("김 민", eastern=True, script="hangul")]),
        ("가나다라마바사 아자차카타파하", KOREAN,
         [Person("가나다라마바사 아자차카타파하", eastern=True, script="hangul")]),
        ("가나다라마바사아 자", KOREAN, []),  # eight letters
        ("자 가나다라마바사아", KOREAN, []),
        ("도비 사와 요코", KOREAN, [Person("도비 사와 요코", eastern=True, script="hangul")]),
        ("도비 사라 요코 사", KOREAN, []),  # four words
        ("연합뉴스", KOREAN, []),
    ],
)  # fmt: skip
def test_what_is_a_name(text: str, words: Words, expected: list[Person]) -> None:
    assert people(text, words) == tuple(expected)


SURE, PLACED = True, False  # the words say that it is a credit; only its place does


@pytest.mark.parametrize(
    ("text", "words", "names", "sure"),
    [
        ("(Ken MORI)", ENGLISH, ["Ken MORI"], SURE),
        ("(Ken MORI).", ENGLISH, ["Ken MORI"], SURE),
        ("(Ken MORI)..", ENGLISH, [], SURE),
        ("(Ken Mori)", ENGLISH, [], SURE),  # no family name in capitals: it may be anything
        ("(Ken Mori and Aya Abe)", ENGLISH, [], SURE),
        ("(KEN MORI)", ENGLISH, [], SURE),
        ("(KEN MORI and AYA ABE)", ENGLISH, ["KEN MORI", "AYA ABE"], PLACED),
        ("(KEN MORI and Aya ABE)", ENGLISH, [], SURE),
        ("by Ken Mori", ENGLISH, ["Ken Mori"], SURE),
        ("Written by Ken Mori", ENGLISH, ["Ken Mori"], SURE),
        ("Writtenby Ken Mori", ENGLISH, [], SURE),
        ("Reviewer:Ken Mori", ENGLISH, ["Ken Mori"], SURE),
        ("Reviewer : Ken Mori", ENGLISH, ["Ken Mori"], SURE),
        ("(by Ken Mori)", ENGLISH, ["Ken Mori"], SURE),
        ("by Ken Mori.", ENGLISH, [], SURE),  # a sentence
        ("文責：原田綾子", JAPANESE, ["原田綾子"], SURE),
        ("文責 ：原田綾子", JAPANESE, ["原田綾子"], SURE),
        ("文責 原田綾子", JAPANESE, ["原田綾子"], SURE),
        ("（原田綾子）", JAPANESE, ["原田綾子"], PLACED),
        ("（原田綾子、森健）", JAPANESE, ["原田綾子", "森健"], SURE),
        ("（森健、林太）", JAPANESE, ["森健", "林太"], PLACED),  # two letters each: two of anything
        ("（長谷川百合）", JAPANESE, ["長谷川百合"], PLACED),
        ("（長谷川百合子）", JAPANESE, [], SURE),  # six letters in a row may be a place
        ("（長谷川 百合子）", JAPANESE, ["長谷川 百合子"], PLACED),
        ("（長谷川百合子、森健）", JAPANESE, ["長谷川百合子", "森健"], SURE),
        ("（アン・ドレ）", JAPANESE, [], SURE),  # kana alone: of a source, as a rule
        ("（アン・ドレ、森健）", JAPANESE, ["アン・ドレ", "森健"], SURE),
        ("（アン・ドレ、森健、김민수）", JAPANESE, ["アン・ドレ", "森健", "김민수"], SURE),
        ("（Ken Mori、森健）", JAPANESE, [], SURE),
        ("(김민수)", KOREAN, ["김민수"], PLACED),
        ("(김민수, 이영희)", KOREAN, ["김민수", "이영희"], SURE),
        ("(김민수, 아リ)", KOREAN, [], SURE),
        ("글쓴이:김민수", KOREAN, ["김민수"], SURE),
        ("글 : 김민수", KOREAN, ["김민수"], SURE),
        ("(2019)", ENGLISH, [], SURE),
    ],
)
def test_what_is_a_credit(text: str, words: Words, names: list[str], sure: bool) -> None:
    found = credits.alone(one(text), words)
    assert [person.name for person in found.people] == names if found else not names
    assert found is None or found.sure == sure


def _named(letters: int) -> str:
    """Return a list of two names of so many letters, the family name of one in capitals."""
    start = "Ken MORI and Aya "
    return f"{start}A{'B' * (letters - len(start) - 1)}"


def test_a_credit_has_160_letters_at_most() -> None:
    assert credits.alone(one(f"({_named(160)})"), ENGLISH)
    assert not credits.alone(one(f"({_named(161)})"), ENGLISH)
    assert credits.alone(one(f"by {_named(157)}"), ENGLISH)
    assert not credits.alone(one(f"by {_named(158)}"), ENGLISH)
    assert credits.ending(one(f"It is closed. ({_named(160)})."), ENGLISH)


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        ("It is closed. (Ken MORI)", ENGLISH, ["Ken MORI"]),
        ("It is closed (Ken MORI)", ENGLISH, []),
        ("“It is closed” (Ken MORI)", ENGLISH, ["Ken MORI"]),
        ("“It is closed” (KEN MORI and AYA ABE)", ENGLISH, []),  # the source of the quotation?
        ("「閉鎖」（原田綾子、森健）", JAPANESE, ["原田綾子", "森健"]),
        ("「閉鎖」（原田綾子）", JAPANESE, []),
        ("閉鎖である。（原田綾子）", JAPANESE, ["原田綾子"]),
        ("閉鎖（原田綾子、森健）", JAPANESE, []),
        ("(Ken MORI)", ENGLISH, []),  # nothing stands before it
        ("It is closed.", ENGLISH, []),
    ],
)
def test_a_credit_stands_behind_a_sentence(text: str, words: Words, names: list[str]) -> None:
    found = credits.ending(one(text), words)
    assert [person.name for person in found.people] == names if found else not names
    assert found is None or text.endswith(found.line.text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is closed. (so Ken ABE and others)", "(so Ken ABE and others)"),
        ("It is closed. (so Ken ABE and others).", "(so Ken ABE and others)."),
        ("It is closed. (so Ken ABE and others) [1]", "(so Ken ABE and others) [1]"),
        ("It is closed. (so Ken ABE and others) [1] [12]", "(so Ken ABE and others) [1] [12]"),
        ("It is closed. (so Ken ABE and others) [12][1]", "(so Ken ABE and others) [12][1]"),
        ("Closed. (ABE, see [1] only) [2]", "(ABE, see [1] only) [2]"),
        ("It is (so) closed. (so Ken ABE and others)", "(so Ken ABE and others)"),
        ("It is closed. （so Ken ABE and others）", "（so Ken ABE and others）"),
        ("It is closed. (ABE others)", "(ABE others)"),
        ("It is closed. (so Ken AB and others)", None),  # two capitals are no family name
        ("It is closed. (ABE)", None),  # one word may be an abbreviation
        ("It is closed (so Ken ABE and others)", None),  # no sentence before it
        ("It is closed. (so Ken ABE and others) more", None),
        ("It is closed. so Ken ABE and others)", None),
        ("It is closed, says Ken ABE.)", None),
        ("It is closed.", None),
        ("(Ken Mori)", "(Ken Mori)"),
        ("(K Mori)", "(K Mori)"),
        ("(Mori K)", "(Mori K)"),
        ("(Ken van Mori)", None),
        ("(Ken J. Mori)", "(Ken J. Mori)"),
        ("(Ken J. R. Mori)", None),  # four words: a title, as a rule
        ("(Mori)", None),
        ("(Emphasis Added)", None),
        ("It is closed. (Ken Mori)", None),
        ("[1]", None),
    ],
)
def test_what_looks_like_a_credit(text: str, expected: str | None) -> None:
    found = credits.doubtful(one(text), ENGLISH)
    assert (found and found.text) == expected
