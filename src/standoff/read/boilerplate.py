"""What is no prose: navigation, advertisements, source lists, debris of addresses, captions.

Blocks are judged one by one from their words; a source list takes everything after it when
that is debris too. Nothing is thrown away: the spans are set aside, counted and printed.
"""

from __future__ import annotations

import re

from standoff.read.reading import SentenceKind

SOURCE_HEAD = re.compile(
    r"(?:sources?|references?|bibliography|notes|further reading|related(?: (?:stories|articles"
    r"|coverage|content))?|read (?:more|also|next)|see also|more on this|tags?|topics?|filed under"
    r"|most (?:read|popular)|trending|recommended)\s*:?\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
DEBRIS = re.compile(r"%[0-9A-Fa-f]{2}|&(?:text|amp|nbsp|utm_\w+)[=;]|utm_\w+=|https?://|www\.")
NAVIGATION = re.compile(
    r"\b(?:show this thread|translate (?:post|tweet)|show more|load more|read more|read next"
    r"|click here|sign (?:up|in) (?:for|to|here)|log in|subscribe|newsletter|advertisement"
    r"|sponsored content|skip to (?:main )?content|share (?:this|on)|follow us|cookie (?:policy"
    r"|settings)|privacy policy|terms of (?:use|service)|all rights reserved|back to top"
    r"|©|download our app|view comments|leave a comment|most read|home ?[|>›/] ?\w+"
    r"|continue reading|story continues|support (?:our|independent) journalism|promoted"
    r"|supplied by|accept all|manage preferences|print this page|save article|listen to article)\b"
    r"|©",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"(?:\(?(?:file )?(?:photo|image|picture|caption|illustration|graphic|video|map|watch)s?"
    r"(?: by| credit| courtesy| caption)?\s*[:/|]|(?:file photo|pictured|above:|in this (?:photo"
    r"|image|picture|handout))(?:\b|(?<=:))[:,]?)",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"(?:\((?:photo|image|ap photo|reuters|afp|getty)[^)]{0,80}\)|/ ?(?:reuters|afp|ap|getty"
    r"(?: images)?)|file photo\.?|getty images|handout via [A-Z]\w+)\s*$",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"\(?(?:(?:additional )?(?:reporting|writing|editing|compiled|edited|written)\b[^.]{0,20}\bby\b"
    r"|by [A-Z][\w.'’-]+ [A-Z][\w.'’-]+\s*$|media contact|press contact|for (?:more|further) "
    r"information|contact:|tel(?:ephone)?[.:]|e-?mail:|updated?:|published:|last (?:updated|"
    r"modified)|posted (?:on|at|by)|\d+ min(?:ute)?s? read|end(?:s|of release|of text)?\W*$"
    r"|for immediate release|the (?:writer|author) is\b|this article (?:was|is|first)\b)",
)
HANDLE = re.compile(r"@\w+\s*(?:·|•|\||-|\Z)")
WORD = re.compile(r"[^\W\d_]{2,}")
HASHTAG = re.compile(r"#\w+")
LABEL = re.compile(r"(?:subject|title|headline|re|from|to|date|memo|briefing)\s*:", re.IGNORECASE)


def find_boilerplate(text: str, blocks: list[tuple[int, int]]) -> list[bool]:
    """For each block, whether it is to be set aside.

    >>> t = "Japan protested.\\n\\nShare this\\n\\nSources: x%20y%20z https://a.b"
    >>> find_boilerplate(t, [(0, 16), (18, 28), (30, 59)])
    [False, True, True]
    """
    judged: list[bool] = []
    tail = False
    for start, end in blocks:
        block = text[start : min(end, start + 4000)]
        head = SOURCE_HEAD.match(block)
        if head is not None and _is_tail(head, block):
            tail = head.group(0).lower().startswith(("source", "reference", "biblio", "further"))
            judged.append(True)
            continue
        if tail and not (_is_junk(block) or len(WORD.findall(block)) < 8):
            tail = False
        judged.append(tail or _is_junk(block))
    return judged


def _is_tail(head: re.Match[str], block: str) -> bool:
    rest = head.group("rest").strip()
    label = block[: len(block) - len(head.group("rest"))]
    if not label.rstrip().endswith(":") and rest:
        return False
    if not rest or len(DEBRIS.findall(rest)) >= 1:
        return True
    # "Sources: Reuters, AP" lists; "Sources: officials said the ship sailed." is prose.
    words = WORD.findall(rest)
    capital = sum(w[0].isupper() for w in words)
    return len(words) < 4 or capital / len(words) > 0.6 or "\n" in block.strip()


def _is_junk(block: str) -> bool:
    words = WORD.findall(block)
    marks = len(DEBRIS.findall(block))
    if marks >= 2 and marks * 8 >= len(words):
        return True
    if not words:
        return True
    tags = len(HASHTAG.findall(block))
    if tags and tags * 2 >= len(words):
        return True
    if HANDLE.match(block) and len(words) < 12:
        return True
    if CAPTION.match(block) or (CREDIT.search(block) and len(words) < 70):
        return True
    if BYLINE.match(block) or (block[:1].isupper() and BYLINE.match(block[0].lower() + block[1:])):
        return len(words) < 45
    if NAVIGATION.search(block) and len(words) < 25:
        return block.rstrip()[-1] not in '.!”"' or len(words) < 12
    return block.count("|") >= 2 and len(words) < 30


def is_caption(block: str) -> bool:
    """True for a caption or a picture credit: told as such among what was set aside.

    >>> is_caption("FILE PHOTO: A destroyer fires a missile.")
    True
    """
    return CAPTION.match(block) is not None or CREDIT.search(block) is not None


def heading_kind(block: str) -> SentenceKind:
    """ "heading" for a title or a label line, else "prose".

    >>> heading_kind("Subject: Launches by China"), heading_kind("Japan protested.")
    ('heading', 'prose')
    """
    if len(block) > 160 or "\n" in block:
        return "prose"
    words = WORD.findall(block)
    if LABEL.match(block) or (len(words) > 1 and block.isupper()):
        return "heading"
    ended = block.rstrip()[-1:] in ".!?…\"”’')"
    if ended or len(words) > 16:
        return "prose"
    long_words = [w for w in words if len(w) > 3]
    titled = sum(w[0].isupper() for w in long_words)
    return "heading" if long_words and titled / len(long_words) > 0.75 else "prose"
