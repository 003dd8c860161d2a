"""Blocks as a Word file (ECMA-376, WordprocessingML), written without a library: same blocks, same bytes."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
from collections.abc import Sequence
from html import escape

import vl_convert

from standoff.brief.blocks import Block, Heading, PictureBlock, TableBlock, Text
from standoff.terms import spelt

__all__ = ["docx_of"]

_EMU = 9525
"""English metric units in a pixel at 96 to the inch."""
_WIDEST = 600
"""Pixels between the margins of a page of A4."""
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DRAW = "http://schemas.openxmlformats.org/drawingml/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def docx_of(blocks: Sequence[Block]) -> bytes:
    """The bytes of a .docx with headings, tables that repeat their head, and pictures with words."""
    pictures: list[bytes] = []
    body: list[str] = []
    for block in blocks:
        match block:
            case Heading():
                body.append(_paragraph([_run(block.text)], f"Heading{block.level}"))
            case Text():
                runs = [_run(block.text)]
                if block.notes:
                    runs.append(_run(", ".join(map(str, block.notes)), raised=True))
                body.append(_paragraph(runs))
                if block.stale:
                    body.append(_paragraph([_run(block.stale)], "Quote"))
            case TableBlock():
                body.append(_table(block))
            case PictureBlock():
                pictures.append(_png(block))
                body.append(_picture(len(pictures), pictures[-1], block.words))
                body.append(_paragraph([_run(block.words)], "Caption"))
    document = (
        f'{_HEAD}<w:document xmlns:w="{_MAIN}" xmlns:r="{_REL}" '
        f'xmlns:wp="{_DRAW}/wordprocessingDrawing" xmlns:a="{_DRAW}/main" '
        f'xmlns:pic="{_DRAW}/picture"><w:body>{"".join(body)}'
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" '
        'w:gutter="0"/></w:sectPr></w:body></w:document>'
    )
    links = "".join(
        f'<Relationship Id="p{i}" Type="{_REL}/image" Target="media/{i}.png"/>'
        for i in range(1, len(pictures) + 1)
    )
    parts: dict[str, bytes] = {
        "[Content_Types].xml": _types().encode(),
        "_rels/.rels": _relations(
            f'<Relationship Id="d" Type="{_REL}/officeDocument" Target="word/document.xml"/>'
        ).encode(),
        "word/document.xml": document.encode(),
        "word/styles.xml": _styles().encode(),
        "word/_rels/document.xml.rels": _relations(
            f'<Relationship Id="s" Type="{_REL}/styles" Target="styles.xml"/>{links}'
        ).encode(),
        **{f"word/media/{i}.png": data for i, data in enumerate(pictures, start=1)},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _text(text: str) -> str:
    return escape(_CONTROL.sub("", spelt(" ".join(text.split()))))


def _run(text: str, *, raised: bool = False, bold: bool = False) -> str:
    style = '<w:vertAlign w:val="superscript"/>' if raised else "<w:b/>" if bold else ""
    look = f"<w:rPr>{style}</w:rPr>" if style else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{_text(text)}</w:t></w:r>'


def _paragraph(runs: Sequence[str], style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{''.join(runs)}</w:p>"


def _table(table: TableBlock) -> str:
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="999999"/>'
        for side in ("top", "bottom", "insideH")
    )
    grid = "<w:gridCol/>" * len(table.head)
    # A row is not broken over pages, and the head stands on each.
    head = (
        "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        + "".join(f"<w:tc>{_paragraph([_run(c, bold=True)], 'Cell')}</w:tc>" for c in table.head)
        + "</w:tr>"
    )
    rows = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(f"<w:tc>{_paragraph([_run(c)], 'Cell')}</w:tc>" for c in row)
        + "</w:tr>"
        for row in table.rows
    )
    caption = _paragraph([_run(table.caption)], "Caption") if table.caption else ""
    return (
        f'{caption}<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{lines}</w:tblBorders>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>{_paragraph([])}"
    )


def _png(picture: PictureBlock) -> bytes:
    if picture.svg:
        # A drawing takes its colour and its language from the page around it, and here there is none.
        alone = picture.svg.replace("currentColor", "#222222")
        if "xmlns=" not in alone:
            alone = alone.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        return vl_convert.svg_to_png(alone, scale=2)
    spec = json.dumps(picture.spec, sort_keys=True)
    return vl_convert.vegalite_to_png(spec, vl_version="5.21", scale=2)


def _picture(number: int, data: bytes, words: str) -> str:
    # Width and height stand in the first chunk of a PNG; it was drawn at twice its size.
    wide, high = (n / 2 for n in struct.unpack(">II", data[16:24]))
    shrink = min(1.0, _WIDEST / wide)
    size = f'cx="{round(wide * shrink * _EMU)}" cy="{round(high * shrink * _EMU)}"'
    named = f'id="{number}" name="Figure {number}" descr="{_text(words)}"'
    return (
        f"<w:p><w:r><w:drawing><wp:inline><wp:extent {size}/><wp:docPr {named}/>"
        f'<a:graphic><a:graphicData uri="{_DRAW}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr {named}/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="p{number}"/><a:stretch><a:fillRect/>'
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )


def _types() -> str:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{kind}.styles+xml"/></Types>'
    )


def _relations(inside: str) -> str:
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _styles() -> str:
    def style(name: str, title: str, size: int, more: str = "", look: str = "") -> str:
        return (
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{title}"/>'
            f'<w:pPr>{more}</w:pPr><w:rPr>{look}<w:sz w:val="{size}"/></w:rPr></w:style>'
        )

    kept = '<w:keepNext/><w:spacing w:before="240" w:after="80"/>'
    return (
        f'{_HEAD}<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Georgia" w:hAnsi="Georgia"/><w:sz w:val="21"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="100"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        + style("Heading1", "heading 1", 32, kept + '<w:outlineLvl w:val="0"/>', "<w:b/>")
        + style("Heading2", "heading 2", 25, kept + '<w:outlineLvl w:val="1"/>', "<w:b/>")
        + style("Caption", "caption", 18, '<w:spacing w:after="60"/>', "<w:i/>")
        + style("Quote", "Quote", 19, '<w:ind w:left="567"/>', "<w:i/>")
        + style("Cell", "Cell", 18, '<w:spacing w:after="20"/>')
        + "</w:styles>"
    )
