"""Templates: everything that comes from a report is escaped, and what would steer a reader is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jinja2
from markupsafe import Markup, escape

from standoff.api.screens import interval, percent

# Controls are shown as one sign each, so that offsets into a text stay what they are: pictures for C0,
# the replacement character for C1, for what turns the direction of writing, and for half pairs.
_SIGNS = {
    **{c: 0x2400 + c for c in range(0x20) if c not in (0x09, 0x0A, 0x0D)},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys(
        [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD
    ),
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
}


def shown(text: str) -> str:
    """A text with every control made visible, of the same length.

    >>> shown("a\\x1b[2Jb\\u202ec")
    'a␛[2Jb�c'
    """
    # Most texts hold nothing to show: asking takes a tenth of translating.
    return text if text.isprintable() else text.translate(_SIGNS)


def safe(value: Any) -> Any:
    """What a template prints: text is made harmless, markup of ours is left alone."""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup):
        return shown(value)
    return value


def verbatim(text: str) -> Markup:
    """A stretch of a report inside an element: a browser must not take \\r\\n for one character."""
    return Markup(str(escape(shown(text))).replace("\r", "&#13;"))


def drawing(svg: str) -> Markup:
    """A picture of ours as markup: it escapes what it shows itself."""
    return Markup(shown(svg))


def page(template: str, values: Mapping[str, Any]) -> str:
    """Fill a template in."""
    return _ENVIRONMENT.get_template(template).render(**values)


def pieces(template: str, values: Mapping[str, Any], size: int = 400) -> Iterator[str]:
    """Fill a template in piece by piece: `size` parts of it at a time."""
    stream = _ENVIRONMENT.get_template(template).stream(**values)
    stream.enable_buffering(size)
    yield from stream


_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.PackageLoader("standoff.web", "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=safe,
)
_ENVIRONMENT.filters.update(
    {"verbatim": verbatim, "drawing": drawing, "percent": percent, "interval": interval}
)
