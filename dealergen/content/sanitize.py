"""Makes HTML that others wrote safe to print: an allowlist of tags, attributes and schemes, and nothing else.

`sanitize_article` serves Markdown bodies, `sanitize_description` what a spreadsheet says of a vehicle, `plain_text`
meta descriptions and feeds.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

SCHEMES: Final = {"http", "https", "mailto", "tel"}

_ARTICLE_TAGS: Final = {
    "a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption",
    "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q",
    "s", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time",
    "tr", "u", "ul",
}  # fmt: skip
_ARTICLE_ATTRIBUTES: Final = {
    **{f"h{level}": {"id"} for level in range(1, 7)},
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"alt", "height", "src", "title", "width"},
    "li": {"id"},
    "ol": {"start"},
    "sup": {"id"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_CLASSES: Final = {"a": {"footnote-ref", "footnote-backref"}, "div": {"footnote", "toc"}}
_DROPPED_WHOLE: Final = {
    "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "select", "style", "svg", "template",
    "textarea", "title",
}  # fmt: skip
_OWN_IDS: Final = re.compile(r"(?:s-|fn:|fnref\d*:)")
_DESCRIPTION_TAGS: Final = {"b", "br", "em", "i", "li", "ol", "p", "strong", "ul"}

_INVISIBLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_TAG: Final = re.compile(r"<[a-zA-Z/!?]")
_BLOCK_TAG: Final = re.compile(
    r"</?(?:address|article|blockquote|dd|div|dl|dt|h[1-6]|header|hr|section|table|tr)\b[^<>]*>", re.IGNORECASE
)
_CELL_END: Final = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_LIST_EDGE: Final = re.compile(r"(</?(?:p|ul|ol)>)")
_TWO_BREAKS: Final = re.compile(r"(?:\s*<br>\s*){2,}")
_EMPTY_PARAGRAPH: Final = re.compile(r"<p>(?:\s|<br>|&nbsp;)*</p>")
_EDGE_BREAKS: Final = re.compile(r"(?<=<p>)(?:\s|<br>)+|(?:\s|<br>)+(?=</p>)")
_BULLET: Final = re.compile(r"[*•·–-]\s+(?=\S)")
_SPACING_TAG: Final = re.compile(r"<(?:br|/?(?:p|div|li|ul|ol|h[1-6]|tr|td|th|table|blockquote|pre|dd|dt))\b[^>]*>")


def sanitize_article(text: str) -> str:
    """HTML of a Markdown body without anything that runs, loads or poses as another part of the page."""
    import nh3

    return nh3.clean(
        text,
        tags=_ARTICLE_TAGS,
        attributes=_ARTICLE_ATTRIBUTES,
        attribute_filter=_own_ids_only,
        allowed_classes=_CLASSES,
        clean_content_tags=_DROPPED_WHOLE,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def _own_ids_only(_tag: str, attribute: str, value: str) -> str | None:
    """Ids of headings and footnotes carry a prefix of ours; another one could pose as a part of the page."""
    return value if attribute != "id" or _OWN_IDS.match(value) else None


def sanitize_description(text: str) -> str:
    """A vehicle's description, plain text or HTML, as paragraphs and lists; no links, pictures or attributes.

    Blank lines part paragraphs, line ends become `<br>`, lines that begin with a bullet become a list.
    """
    if "&" in text and "<" not in text:
        text = html.unescape(text)
    if _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    if "<" in text and _TAG.search(text):
        return _from_html(text)
    return _from_plain(text)


def _from_plain(text: str) -> str:
    """Escaped once as a whole: the fast path, since most of ten thousand descriptions are plain."""
    escaped = html.escape(text.strip(), quote=False)
    if "\r" in escaped:
        escaped = escaped.replace("\r\n", "\n").replace("\r", "\n")
    if "\n" not in escaped:
        return f"<p>{escaped}</p>" if escaped else ""
    return "".join(_blocks(line.strip() for line in escaped.split("\n")))


def _blocks(lines: Iterator[str]) -> Iterator[str]:
    """Lines gathered into paragraphs and lists; an empty line ends either."""
    gathered: list[str] = []
    listing = False
    for line in lines:
        bullet = _BULLET.match(line)
        if gathered and (not line or listing != bool(bullet)):
            yield _block(gathered, listing)
            gathered = []
        if line:
            listing = bool(bullet)
            gathered.append(line[bullet.end() :] if bullet else line)
    if gathered:
        yield _block(gathered, listing)


def _block(lines: list[str], listing: bool) -> str:
    if listing:
        return f"<ul><li>{'</li><li>'.join(lines)}</li></ul>"
    return f"<p>{'<br>'.join(lines)}</p>"


def _from_html(text: str) -> str:
    import nh3

    text = _CELL_END.sub(" ", _BLOCK_TAG.sub("<br><br>", text))
    clean = nh3.clean(text, tags=_DESCRIPTION_TAGS, attributes={}, clean_content_tags=_DROPPED_WHOLE)
    for old, new in (("b>", "strong>"), ("i>", "em>")):
        clean = clean.replace(f"<{old}", f"<{new}").replace(f"</{old}", f"</{new}")
    if "<li>" in clean and "<ul>" not in clean and "<ol>" not in clean:
        clean = clean.replace("<li>", "<br>").replace("</li>", "")
    return _EMPTY_PARAGRAPH.sub("", _EDGE_BREAKS.sub("", "".join(_wrapped(clean))))


def _wrapped(clean: str) -> Iterator[str]:
    """Text that stands outside of every block, put into paragraphs; two line breaks begin another one."""
    depth = 0
    for part in _LIST_EDGE.split(clean):
        if _LIST_EDGE.fullmatch(part):
            depth += -1 if part.startswith("</") else 1
            yield part
        elif depth:
            yield part
        else:
            yield _paragraphs(part)


def _paragraphs(loose: str) -> str:
    return "".join(f"<p>{part}</p>" for part in _TWO_BREAKS.split(loose))


def plain_text(text: str) -> str:
    """HTML as one line of text: tags gone, entities read, blocks parted by a space."""
    if "<" not in text and "&" not in text:
        return " ".join(text.split())
    import nh3

    bare = nh3.clean(_SPACING_TAG.sub(" ", text), tags=set(), clean_content_tags=_DROPPED_WHOLE)
    return " ".join(html.unescape(bare).split())
