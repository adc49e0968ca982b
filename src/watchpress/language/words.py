"""The words and habits of each language: what products print, what copy looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from watchpress.language import book, legend, ticket

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Words:
    """What one language brings along.

    `labels`: words that products print. `quotes`: opening mark -> closing mark of quotations.
    `stops`: signs that end a sentence. `heading`: most characters of a sub-heading that
    nothing marks. `names`: what joins people in a credit (a pattern). `eastern`: family name first.
    `spaced`: words are parted by spaces. `latin`: written in Latin letters. `exhibits`: what copy
    calls a `table`, a `figure`, and the lines that belong to one: its `source`, a `remark`, the
    words for who cannot see it (`alt`); patterns. `copyrighted`: who publishes a book stands behind
    its title page too, and not only in the colophon.
    """

    tag: str
    name: str
    labels: Mapping[str, str]
    quotes: Mapping[str, str]
    stops: str
    heading: int
    names: str
    eastern: bool
    spaced: bool
    latin: bool
    exhibits: Mapping[str, str]
    copyrighted: bool
    dated: str  # how a date is printed: {year}, {month} (number), {name} (of the month), {day}
    read: bool = False

    def date(self, iso: str) -> str:
        """Return an ISO date as this language prints it."""
        year, month, day = (int(part) for part in iso.split("-"))
        name = _MONTHS[month - 1]
        return self.dated.format(year=year, month=month, name=name, day=day)

    def label(self, key: str, **facts: object) -> str:
        """Return the printed word for `key`, filled with `facts`; KeyError for an unknown key."""
        return self.labels[key].format(**facts)


ENGLISH: Final = Words(
    tag="en",
    name="English",
    labels={
        "series": "Watch Report",  # where neither copy nor option names the series
        "notes": "Notes",
        "contents": "Contents",
        "cover": "Cover",
        "start": "Start of the text",
        "landmarks": "Landmarks",
        "pages": "Pages of the printed edition",
        "number": "No. {n}",
        "numbers": "Nos. {first}–{last}",
        "note": "Note {n}",
        "backlink": "Back to the text, note {n}",
        "backlink-again": "Back to the text, note {n}, place {k}",
        "issued": "Issued",
        "posted": "Posted {date}",
        "corrected": "Corrected",
        "and": " and ",
        "comma": ", ",
        "cover-alt": "Cover: {title}",
        "summary-text": "Text with headings and contents, in whatever size and colours, or by ear.",
        "summary-notes": "Each numbered note is linked to its place in the text and back.",
        "summary-tables": "Tables have header cells.",
        "summary-pictures": "What each picture shows is said in words.",
        "summary-mute": "Not every picture is described in words.",
        "summary-index": "An index leads into the text.",
        "summary-pages": "The pages of the printed edition are marked.",
        **book.ENGLISH,
        **legend.ENGLISH,
        **ticket.ENGLISH,
    },
    quotes={"“": "”", "‘": "’", '"': '"', "«": "»", "„": "“"},
    stops=".!?…",
    heading=90,
    names=r",? and |, | & |; ",
    eastern=False,
    latin=True,
    spaced=True,
    exhibits={
        "table": "Table",
        "figure": r"Figure|Fig\.?|Map|Chart",
        "source": "Sources?",
        "remark": "Notes?|Remarks?",
        "alt": "Alt(?:ernative)?(?: text)?",
    },
    copyrighted=True,
    dated="{name} {day}, {year}",
)
JAPANESE: Final = Words(
    tag="ja",
    name="日本語",
    labels={
        "series": "監視報告",
        "notes": "注",
        "contents": "目次",
        "cover": "表紙",
        "start": "本文",
        "landmarks": "ランドマーク",
        "pages": "印刷版のページ",
        "number": "No. {n}",
        "numbers": "No. {first}–{last}",
        "note": "注{n}",
        "backlink": "本文の注{n}へ戻る",
        "backlink-again": "本文の注{n}（{k}か所目）へ戻る",
        "issued": "発行",
        "posted": "{date}掲載",
        "corrected": "訂正",
        "and": "、",
        "comma": "、",
        "cover-alt": "表紙：{title}",
        "summary-text": "見出しと目次のある本文。文字の大きさと配色は自由に選べ、音声でも読める。",
        "summary-notes": "番号付きの注があり、本文の注番号と注は相互にリンクしている。",
        "summary-tables": "表には見出しのセルがある。",
        "summary-pictures": "図の内容は、どれも言葉で説明してある。",
        "summary-mute": "言葉による説明のない図がある。",
        "summary-index": "索引から本文へ移動できる。",
        "summary-pages": "印刷版のページの位置を示してある。",
        **book.JAPANESE,
        **legend.JAPANESE,
        **ticket.JAPANESE,
    },
    quotes={
        "「": "」",
        "『": "』",
        "“": "”",
        "〈": "〉",
        "《": "》",
        '"': '"',
        "〝": "〟",
        "｢": "｣",
    },
    stops="。．！？!?…",
    heading=40,
    # A ・ between katakana parts the names of one person from abroad.
    names=r"[、，,]|(?<![\u30a1-\u30faー])・|・(?![\u30a1-\u30fa])|と(?=[\u4e00-\u9fff\u30a1-\u30fa])",
    eastern=True,
    latin=False,
    spaced=False,
    exhibits={
        "table": "表",
        "figure": "図|写真|地図",
        "source": "出典|出所|資料|原典",
        "remark": "注|註|備考|注記",
        "alt": "代替テキスト|代替文",
    },
    copyrighted=False,
    dated="{year}年{month}月{day}日",
    read=True,
)
KOREAN: Final = Words(
    tag="ko",
    name="한국어",
    labels={
        "series": "감시 보고",
        "notes": "주",
        "contents": "차례",
        "cover": "표지",
        "start": "본문",
        "landmarks": "랜드마크",
        "pages": "인쇄판 쪽",
        "number": "No. {n}",
        "numbers": "No. {first}–{last}",
        "note": "주 {n}",
        "backlink": "주 {n}의 본문 위치로 돌아가기",
        "backlink-again": "본문의 주 {n}({k}번째)로 돌아가기",
        "issued": "발행",
        "posted": "{date} 게시",
        "corrected": "정정",
        "and": ", ",
        "comma": ", ",
        "cover-alt": "표지: {title}",
        "summary-text": "제목과 차례가 있는 본문. 글자 크기와 색을 고를 수 있고 소리로도 읽힌다.",
        "summary-notes": "번호가 붙은 주가 있으며, 본문의 주 번호와 주는 서로 연결되어 있다.",
        "summary-tables": "표에는 머리글 칸이 있다.",
        "summary-pictures": "그림의 내용은 모두 말로 설명되어 있다.",
        "summary-mute": "말로 설명되지 않은 그림이 있다.",
        "summary-index": "찾아보기에서 본문으로 갈 수 있다.",
        "summary-pages": "인쇄본의 쪽 위치가 표시되어 있다.",
        **book.KOREAN,
        **legend.KOREAN,
        **ticket.KOREAN,
    },
    quotes={"“": "”", "‘": "’", '"': '"', "「": "」", "『": "』"},
    stops=".!?。…",
    heading=45,
    # 와 and 과 may also end a family name from abroad (도비사와 사요코): they join where two words
    # follow, or a Korean name of three syllables.
    names=(
        r", ?|·|、| 및 |(?<=[가-힣])[와과] (?=[가-힣]+(?<![와과]) [가-힣]"
        r"|[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허남심노하곽성차주우구민진엄채원]"
        r"[가-힣]{2}(?![가-힣]))"
    ),
    eastern=True,
    latin=False,
    spaced=True,
    exhibits={
        "table": "표",
        "figure": "그림|사진|지도|도표",
        "source": "출처|자료",
        "remark": "주|비고",
        "alt": "대체 ?텍스트",
    },
    copyrighted=False,
    dated="{year}년 {month}월 {day}일",
)
LANGUAGES: Final = {language.tag: language for language in (ENGLISH, JAPANESE, KOREAN)}


def words(tag: str) -> Words:
    """Return the words of a language tag (`ja`, `ja-JP`); KeyError for one we do not speak."""
    return LANGUAGES[tag.split("-", 1)[0].lower()]


def spoken(tag: str) -> bool:
    """Say whether we speak the language of a tag, that is whether `words` has its words."""
    return tag.split("-", 1)[0].lower() in LANGUAGES


def spaced(tag: str) -> bool:
    """Say whether a language parts words by spaces; one we do not speak is taken to do so."""
    known = LANGUAGES.get(tag.split("-", 1)[0].lower())
    return known is None or known.spaced
