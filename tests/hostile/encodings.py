"""Samples for the decoder: thirteen pairs of language and encoding, three lengths, sixty each.

The sentences are written for this: rolled together by a fixed seed, no two samples are alike.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

from watchpress.diagnostic import Fatal
from watchpress.language.letters import decode

PAIRS: Final = (
    ("en", "utf-8"), ("en", "utf-8-sig"), ("en", "cp1252"), ("en", "utf-16-le"),
    ("ja", "utf-8"), ("ja", "cp932"), ("ja", "euc_jp"), ("ja", "iso2022_jp"), ("ja", "utf-16-be"),
    ("ko", "utf-8"), ("ko", "cp949"), ("ko", "euc_kr"), ("ko", "utf-32-le"),
)  # fmt: skip
LENGTHS: Final = (40, 160, 640)  # letters
SAMPLES: Final = 60

EN: Final = """
The harbour master of Velm opened the gates at six, and nobody came.
“The tide is late,” she said; it was the third time that week.
Two boats lay at the quay — the *Marigold* and a barge without a name.
The council’s answer, dated 4 March, was read aloud in the café by the pier.
Fishing rights were sold for £40 a year, which was less than the price of a net.
Señor Álvarez, the consul, wrote to the naïve clerk in Malmö three times.
No one asked who had moved the buoys… nor why the lamp was out.
The ferry runs on Mondays – weather permitting – and never on feast days.
Its crew of eleven slept ashore, in the rooms above the rope-walk.
‘It is our strait,’ said the pilot, ‘as long as we can still cross it.’
The ledger shows 1,200 crates; the customs house counted 1,198.
A résumé of the debate hung on the door for a fortnight.
When the fog lifted, the far shore looked closer than it was.
She kept the keys, the seal and the only chart that showed the reef.
""".strip().splitlines()
JA: Final = """
ヴェルムの港長は六時に門を開けたが、誰も来なかった。
「潮が遅れている」と彼女は言った。今週で三度目である。
岸壁には二隻の船があり、一隻には名前がなかった。
三月四日付の議会の回答は、桟橋の喫茶店で読み上げられた。
漁業権は年に四十ポンドで売られ、網一枚の値段より安かった。
領事は若い書記に三通の手紙を書いたが、返事は届いていない。
ブイを動かしたのは誰か、なぜ灯が消えたのか、尋ねる者はいなかった。
渡し船は月曜日に出る。ただし天候による。祭りの日は休みとする。
十一人の乗組員は陸に上がり、綱工場の二階で眠った。
『これは私たちの海峡だ』と水先案内人は話した。
帳簿には千二百箱とあるが、税関が数えたのは千百九十八箱だった。
討論の要旨は二週間のあいだ扉に貼り出されていた。
霧が晴れると、向こう岸は思ったより近くに見えた。
鍵と印章、そして暗礁を記した唯一の海図を彼女が預かっていた。
報告書は全部で十二ページあり、注は末尾にまとめられている［１］。
""".strip().splitlines()
KO: Final = """
벨름의 항만장은 여섯 시에 문을 열었지만 아무도 오지 않았다.
“조수가 늦습니다.” 그녀가 말했다. 이번 주에만 세 번째였다.
부두에는 배가 두 척 있었고, 한 척에는 이름이 없었다.
삼월 사일자 의회의 답변은 선창가 찻집에서 낭독되었다.
어업권은 일 년에 사십 파운드에 팔렸는데 그물 한 장 값보다 쌌다.
영사는 젊은 서기에게 편지를 세 통 보냈으나 답장은 오지 않았다.
누가 부표를 옮겼는지, 왜 등불이 꺼졌는지 묻는 사람은 없었다.
나룻배는 월요일에 떠난다. 다만 날씨에 따라 다르며 축제일에는 쉰다.
선원 열한 명은 뭍에 올라 밧줄 공장 위층에서 잠을 잤다.
‘이 해협은 우리의 것이다.’ 도선사는 그렇게 말했다.
장부에는 천이백 상자로 적혀 있지만 세관이 센 것은 천백구십팔 상자였다.
토론의 요지는 두 주 동안 문에 붙어 있었다.
안개가 걷히자 건너편 기슭은 생각보다 가까워 보였다.
열쇠와 인장, 그리고 암초가 표시된 유일한 해도를 그녀가 맡고 있었다.
보고서는 모두 열두 쪽이며 주는 끝에 모아 두었다［１］.
""".strip().splitlines()
SENTENCES: Final = {"en": EN, "ja": JA, "ko": KO}


def samples(each: int = SAMPLES) -> Iterator[tuple[tuple[str, str], int, str, bytes]]:
    """Yield (pair, length, text, bytes): `each` samples of every pair and length."""
    draw = random.Random(31)
    for pair in PAIRS:
        tag, encoding = pair
        for length in LENGTHS:
            for _ in range(each):
                text = _text(draw, SENTENCES[tag], length)
                yield pair, length, text, text.encode(encoding)


def _text(draw: random.Random, sentences: list[str], length: int) -> str:
    """Return whole sentences, the last one cut; more of them where a text says too little."""
    text = ""
    while len(text) < length:
        text += draw.choice(sentences) + draw.choice(("\n", " ", "\n"))
    return text[:length].rstrip()


def verdict(data: bytes, text: str) -> str:
    """Return what the decoder makes of bytes: `exact`, `refused`, or `wrong` (mojibake)."""
    try:
        return "exact" if decode(data, "copy.txt", lambda _: None) == text else "wrong"
    except Fatal:
        return "refused"


def chardet(data: bytes, text: str) -> str:
    """Return what chardet makes of the same."""
    import chardet as detector

    found = detector.detect(data)["encoding"]
    try:
        got = data.decode(str(found)).removeprefix("\ufeff") if found else ""
    except (UnicodeDecodeError, LookupError):
        return "wrong"
    return "exact" if got == text else "wrong" if found else "refused"
