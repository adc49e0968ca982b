"""What a blog puts round a report and no report is made of: bylines, share links, archives."""

from __future__ import annotations

import re
from typing import Final

# Whole lines only, each short: a sentence of a report that begins with one of these words is longer
# or ends in a full stop. Blogger, WordPress, Tistory and their mirrors, in three languages.
_LINES: Final = re.compile(
    r"""(?ix)^(?:
      (?:posted|published|written)\ (?:by|on|at|in)\b[^.。]{0,120}
    | (?:share|tweet|print|home|search(?:\ this\ blog)?|menu|skip\ to\ (?:main\ )?content)
    | (?:share\ (?:to|on|this)|email\ this|blogthis!|pin\ it)\b.{0,80}
    | (?:labels?|tags?|categor(?:y|ies)|filed\ under)\s*:.{0,120}
    | (?:newer|older|next|previous)\ (?:posts?|articles?)\b.{0,80}
    | (?:subscribe\ to|related\ posts?|blog\ archive|powered\ by).{0,80}
    | (?:read\ more|continue\ reading).{0,80}
    | (?:no|\d+)\ comments?\s*:?
    | (?:views?|hits|page\ views?)\s*[:：]?\s*[\d,]+
    | 投稿者\s*[:：]?.{0,60}
    | (?:共有|シェア|ツイート|印刷|ホーム|メールで送信|続きを読む|コメント(?:を投稿|なし)?)
    | .{0,20}(?:で|に)(?:共有|シェア)(?:する)?
    | (?:ラベル|タグ|カテゴリー?|登録)\s*[:：].{0,80}
    | (?:次|前|新しい|古い|過去)の(?:投稿|記事).{0,40}
    | (?:閲覧数|アクセス数|PV)\s*[:：]?\s*[\d,]+
    | \d+\s*件のコメント
    | (?:작성자|글쓴이|라벨|태그|카테고리|분류)\s*[:：].{0,80}
    | (?:공유|공유하기|인쇄|홈|목록|더\ ?보기|댓글(?:\ ?\d+)?)
    | (?:이전|다음)\ ?글.{0,60}
    | 조회\ ?수?\s*[:：]?\s*[\d,]+
    )$"""
)
_CRUMBS: Final = re.compile(r"^[^.。>›»]{1,40}(?:\s*[>›»]\s*[^.。>›»]{1,80}){1,5}$")


def chrome(line: str) -> bool:
    """Say whether a whole line is the blog's, not the report's."""
    return _LINES.match(line.strip()) is not None


def breadcrumbs(line: str) -> bool:
    """Say whether a line is a path of pages, as `Home > Reports > 2021` (top of mirrors)."""
    return _CRUMBS.match(line.strip()) is not None
