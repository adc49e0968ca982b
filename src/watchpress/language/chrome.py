"""What a blog puts round a report and no report is made of: bylines, share links, archives."""

from __future__ import annotations

import re
from typing import Final

# Whole lines only, each short: a sentence of a report that begins with one of these words is longer
# or ends in a full stop. Blogger, WordPress, Tistory and their mirrors, in three languages.
_LINES: Final = re.compile(
    r"""(?ix)^(?:
      posted\ (?:by|on|at|in)\b[^.。]{0,120}
    | (?:published|written)\ by\b[^.。]{1,60}\d:\d\d\b[^.。]{0,40}
    | published\ (?:on|at)\ [^.。]{0,40}
    | (?:you\ (?:may|might)\ also\ (?:like|enjoy)|more\ from\ this\ (?:blog|site))\b.{0,40}
    | (?:next|previous|prev)\s*[:：].{1,80}
    | (?:©|\(c\)\ |copyright\b).{0,80}
    | all\ rights\ reserved\.?
    | (?:share|tweet|print|home|search(?:\ this\ blog)?|menu|skip\ to\ (?:main\ )?content)
    | (?:share\ (?:to|on|this)|email\ this|blogthis!|pin\ it)\b.{0,80}
    | (?:labels?|tags?|categor(?:y|ies)|filed\ under)\s*:.{0,120}
    | (?:newer|older|next|previous)\ (?:posts?|articles?)\b.{0,80}
    | (?:subscribe\ to|related\ (?:posts?|articles?|reports?)|blog\ archive|powered\ by).{0,80}
    | (?:read\ more|continue\ reading).{0,80}
    | (?:no|\d+)\ comments?\s*:?
    | (?:views?|hits|page\ views?)\s*[:：]?\s*[\d,]+
    | 投稿者(?:\s*[:：]|\s)[^。]{0,60}
    | (?:関連記事|あわせて読みたい).{0,40}
    | (?:次|前)の(?:報告|ページ)\s*[:：].{0,80}
    | (?:無断転載|転載)(?:を|・複製を)?(?:禁じ|禁止).{0,10}
    | (?:共有|シェア|ツイート|印刷|ホーム|メールで送信|続きを読む|コメント(?:を投稿|なし)?)
    | .{0,20}(?:で|に)(?:共有|シェア)(?:する)?
    | (?:ラベル|タグ|カテゴリー?|登録)\s*[:：].{0,80}
    | (?:次|前|新しい|古い|過去)の(?:投稿|記事).{0,40}
    | (?:閲覧数|アクセス数|PV)\s*[:：]?\s*[\d,]+
    | \d+\s*件のコメント
    | (?:작성자|글쓴이|라벨|태그|카테고리|분류)\s*[:：].{0,80}
    | (?:공유|공유하기|인쇄|홈|목록|더\ ?보기|댓글(?:\ ?\d+)?)
    | (?:이전|다음)\ ?글.{0,60}
    | (?:관련\ ?(?:글|기사)|무단\ ?전재).{0,40}
    | 조회\ ?수?\s*[:：]?\s*[\d,]+
    )$"""
)
# Who posted the page, and when: Blogger's line between a post and what the page has below it.
_BYLINE: Final = re.compile(
    r"(?ix)^(?: posted\ by\b.{1,60}(?:\bat\b|\bon\b|\d:\d\d).{0,60}"
    r"| (?:投稿者|작성자)(?:\s*[:：]|\s).{1,60} )$"
)
# Without spaces round its signs only a path from the home page is one: headlines may hold a >.
_CRUMBS: Final = re.compile(
    r"^(?:[^.。<‹«>›»]{1,40}(?:\s+[>›»]\s+[^.。>›»]{1,80}){1,5}"
    r"|(?:Home|Top|HOME|TOP|ホーム|トップ|홈)(?:\s*[>›»]\s*[^.。>›»]{1,80}){1,5})$"
)
_NOTES: Final = re.compile(
    r"(?i)^[<＜〈\[［【(（]?(?:注|注釈|注記|脚注|後注|(?:end|foot)?notes?|주|주석|각주|미주)"
    r"[>＞〉\]］】)）]?\s*[:：]?$"
)


def chrome(line: str) -> bool:
    """Say whether a whole line is the blog's, not the report's."""
    return _LINES.match(line.strip()) is not None


def breadcrumbs(line: str) -> bool:
    """Say whether a line is a path of pages, as `Home > Reports > 2021` (top of mirrors)."""
    return _CRUMBS.match(line.strip()) is not None


def byline(line: str) -> bool:
    """Say whether a line tells who posted the page and when, as blogs do below a post."""
    return _BYLINE.match(line.strip()) is not None


def heading(line: str) -> bool:
    """Say whether a line is what a blog writes over a note list: `Notes`, `注`, `＜注＞`, `주`."""
    return _NOTES.match(line.strip()) is not None
