"""The text of a brief as one HTML file, every item marked and every finding beside its words."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from itertools import groupby, pairwise

from standoff.brief.checking.record import KINDS, BriefCheck, Finding, Rank

_LABELS = {
    "number": "numbers",
    "probability": "probabilities",
    "likelihood": "likelihood words",
    "vague": "words without a band",
    "confidence": "levels of confidence",
    "name": "names",
    "date": "dates",
    "quotation": "quotations",
}


def annotated_html(checked: BriefCheck) -> str:
    """A self-contained page: a summary, then the text with marks and notes. No script, no network.

    Example:
        >>> from standoff.brief.checking.check import check_brief
        >>> from standoff.read import load_documents
        >>> text = b"12 May 2024. War is very unlikely (60 %)."
        >>> page = annotated_html(check_brief(load_documents(text, name="x.txt")[0]))
        >>> page.startswith("<!doctype html>"), "cannot all be right" in page
        (True, True)
    """
    style = (files("standoff.brief.checking") / "annotated.css").read_text(encoding="utf-8")
    title = escape(checked.source.title or checked.name)
    body = "\n".join([_head(checked), _summary(checked), _text(checked)])
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}: checked</title>\n<style>\n{style}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def _head(checked: BriefCheck) -> str:
    counts = "".join(
        f'<li><label><input type="checkbox" class="show-{k}" checked> <mark class="{k}">{_LABELS[k]}</mark>'
        f" {checked.count(k)}</label></li>"
        for k in KINDS
    )
    notes = "".join(f"<p class=note>{escape(n)}</p>" for n in checked.notes)
    against = f" · held against {checked.documents} documents" if checked.documents else ""
    return (
        f"<header><h1>{escape(checked.source.title or checked.name)}</h1>"
        f"<p>{escape(checked.name)} · {checked.published} ({escape(checked.published_from)}){against}</p>"
        f"{notes}<ul class=legend>{counts}</ul></header>"
    )


def _summary(checked: BriefCheck) -> str:
    if not checked.findings:
        return "<section><h2>Nothing was found wrong</h2></section>"
    number = {f: n for n, f in enumerate(checked.findings, start=1)}
    parts: list[str] = []
    for rank, group in groupby(checked.findings, key=lambda f: f.rank):
        rows = "".join(
            f'<li value="{number[f]}"><a href="#f{number[f]}">{escape(_short(f.quote))}</a> '
            f"{escape(f.why)}{_place(f)}</li>"
            for f in group
        )
        many = len(checked.of(rank))
        opened = " open" if rank <= Rank.DOUBTFUL else ""
        parts.append(
            f'<details{opened} class="rank{rank.value}"><summary>{rank.words} <b>{many}</b></summary>'
            f"<ol>{rows}</ol></details>"
        )
    return (
        "<section class=summary><h2>Findings, the most serious first</h2>"
        + "".join(parts)
        + "</section>"
    )


def _place(finding: Finding) -> str:
    return f' <span class="place">{escape(finding.place)}</span>' if finding.place else ""


def _short(quote: str, width: int = 90) -> str:
    return quote if len(quote) <= width else quote[: width - 1] + "…"


def _text(checked: BriefCheck) -> str:
    """The paragraphs of the text; below each the notes of the findings that begin in it."""
    text = checked.source.text
    numbered = list(enumerate(checked.findings, start=1))
    out: list[str] = []
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if line.strip():
            out.append(f"<p>{_marked(checked, at, end)}</p>")
            out += [
                f'<aside class="rank{f.rank.value}" id="f{n}"><b>{n}</b> {escape(f.why)}</aside>'
                for n, f in numbered
                if at <= f.start < end
            ]
        at = end + 1
    return "<main>\n" + "\n".join(out) + "\n</main>"


def _marked(checked: BriefCheck, start: int, end: int) -> str:
    """A line with spans for items and findings; spans that cross are cut, never nested wrongly."""
    text = checked.source.text
    classes: list[tuple[int, int, str, str]] = [
        (i.start, i.end, i.kind, i.detail) for i in checked.items
    ]
    classes += [(f.start, f.end, f"found rank{f.rank.value}", f.why) for f in checked.findings]
    here = [(max(a, start), min(b, end), c, d) for a, b, c, d in classes if a < end and start < b]
    cuts = sorted({start, end, *(x for a, b, _, _ in here for x in (a, b))})
    out: list[str] = []
    for one, two in pairwise(cuts):
        inside = [(c, d) for a, b, c, d in here if a <= one and two <= b]
        piece = escape(text[one:two])
        if inside:
            names = " ".join(dict.fromkeys(c for c, _ in inside))
            titles = escape("; ".join(dict.fromkeys(d for _, d in inside if d)), quote=True)
            piece = f'<mark class="{names}" title="{titles}">{piece}</mark>'
        out.append(piece)
    return "".join(out)
