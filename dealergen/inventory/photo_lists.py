"""Photos of a cell: lists by any separator, JSON or a Python list, split only where another photo begins.

Addresses hold commas, semicolons and bars themselves (`w_400,h_300,q_90`). So a separator divides only before something
that begins like an address or a path, or looks like a file's name; in a cell without any address it always divides.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Sequence
from typing import Final

from .meaning import Doubt, Meaning, meaning_of
from .tokens import says_nothing

_EXTENSION: Final = r"\.(?:jpe?g|jfif|png|webp|avif|gif|hei[cf]|bmp|tiff?)"
_CELL_LIMIT: Final = 200_000
_MOST: Final = 200
"""Photos kept of one cell."""
_LONGEST: Final = 2_000
"""Characters of one address."""

_BEGINS: Final = rf"(?:https?:|//|/(?!\s)|[^|,;\s/?&=#\"']{{1,200}}{_EXTENSION}(?=\s?(?:[|,;\s]|$)))"
_AFTER_FILE: Final = (r"(?<=\.[a-z]{3})", r"(?<=\.[a-z]{4})")
"""Behind `.jpg` or `.jpeg`."""
_FILE_FOLLOWS: Final = rf"(?=[^|,;?&=]{{1,300}}{_EXTENSION}(?:\s?[|,;\s]|$))"
_AMONG_ADDRESSES = re.compile(
    "|".join(
        (
            rf"\s?[|,;]\s?(?={_BEGINS})",
            r"\s(?=https?:|//)",
            *(rf"{after}\s?[|,;\s]\s?{_FILE_FOLLOWS}" for after in _AFTER_FILE),
        )
    ),
    re.IGNORECASE,
)
_AMONG_PATHS = re.compile(
    "|".join((r"\s?[|,;\n]\s?", *(rf"{after}\s" for after in _AFTER_FILE), r"\s(?=/\S)")), re.IGNORECASE
)
_RUN = re.compile(r"\s{2,}|\r")
_QUOTED = re.compile(r"\"([^\"]{1,2000})\"|'([^']{1,2000})'")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_ADDRESS = re.compile(r"https?://[^\s/?#\\@:]+(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_CLIMBS = re.compile(r"(?:^|[/\\]|%2f|%5c)(?:\.|%2e){2}(?:$|[/\\]|%2f|%5c)", re.IGNORECASE)
_SIZE = re.compile(r"\{resize\}|%7Bresize%7D", re.IGNORECASE)
_BRACES = re.compile(r"/?(?:\{+[^{}/]*\}+|%7B[^/{}]*?%7D)", re.IGNORECASE)
_UNSAFE: Final = {" ": "%20", '"': "%22", "<": "%3C", ">": "%3E", "`": "%60", "\\": "%5C", "^": "%5E"}
_STAND_IN = re.compile(
    r"(?:^|[^a-z])(?:no|not|sem|sin|sans|senza|kein|keine)[-_ ]?(?:fotos?|photos?|images?|img|imagem|imagen|bild|pics?|"
    r"picture|immagine)(?![a-z])"
    r"|(?:image|photo|foto|picture|imagem|imagen)[-_ ]?(?:not[-_ ]?(?:available|found)|indisponivel|coming|unavailable)"
    r"|place-?hold|coming[-_ ]?soon|awaiting[-_ ]?(?:image|photo)|em[-_]breve|(?:^|[^a-z])lazy[^/]*\.gif|spacer|dummy"
    r"|(?:^|[^a-z])blank\.|(?:^|[^a-z])pixel\.|(?:^|[^a-z])1x1[^/]*$|loading\.(?:gif|svg)|(?:^|[^a-z])logo(?![a-z])"
    r"|default[-_]?(?:car|image|img|photo|vehicle|foto)|nophoto|noimage|semfoto|semimagem"
)
_STAND_IN_HOSTS = re.compile(
    r"https?://(?:[^/]*\.)?(?:via\.placeholder\.com|placehold\.(?:it|co)|placeholder\.com|dummyimage\.com|placekitten\.com"
    r"|picsum\.photos|fakeimg\.pl)(?:[/:?#]|$)",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[A-Za-z0-9/._~?=&+:|,-]{1,20000}")
_ODD = re.compile(
    "no|sem|sin|sans|senza|soon|spacer|logo|lazy|lank|loading|old|oming|ummy|ult|x1|ixel|icsum|indisp|kein|keimg|kitten"
    "|reve|vail|wait"
)
"""Parts of the words of stand-in pictures. None begins with a digit of a hexadecimal number, so that the search skips
over the names of most photos."""


def read_photos(texts: Sequence[str]) -> Meaning[tuple[str, ...]]:
    """A column of photos, each text once; stand-in pictures are left out, unsafe addresses refused with a doubt."""
    return meaning_of(texts, lambda text: (swift, None) if (swift := _plain_list(text)) else photos_of(text))


def photos_of(text: str) -> tuple[tuple[str, ...], Doubt | None]:
    """The photos of one cell, in order, each once."""
    if says_nothing(text):
        return (), None
    photos: dict[str, None] = {}
    refused = ""
    for item in split_photos(text)[:_MOST]:
        photo = safe_address(item)
        if photo is None:
            refused = refused or item
        elif photo and not is_stand_in(photo):
            photos[photo] = None
    return tuple(photos), _unsafe(refused) if refused else None


def split_photos(text: str) -> list[str]:
    """The items of a list, as written."""
    text = _RUN.sub(_single_space, text[:_CELL_LIMIT]).strip()
    if (scheme := _SCHEME.match(text)) and scheme[1].lower() not in ("http", "https"):
        return [text]
    if text.startswith(("[", "{")) and (items := _listed(text)):
        return items
    separator = _AMONG_ADDRESSES if "//" in text else _AMONG_PATHS
    return [item for part in separator.split(text) if (item := part.strip(" \t\r\n|,;\"'[]"))]


def safe_address(item: str) -> str | None:
    """An address fit for a page: http(s), or a path that stays below its folder. "" for nothing, None when unsafe."""
    item = _CONTROLS.sub("", html.unescape(item) if "&" in item else item).strip()
    if len(item) > _LONGEST:
        return None
    if "{" in item or "%7" in item:
        item = _BRACES.sub("", _SIZE.sub("w1024h768", item))
    if item.startswith("//"):
        item = "https:" + item
    if _CLIMBS.search(item):
        return None
    if _SCHEME.match(item):
        return _encoded(item) if _ADDRESS.fullmatch(_encoded(item)) else None
    return None if "\\" in item or ":" in item.split("/", 1)[0] else item


def is_stand_in(photo: str) -> bool:
    """Whether a picture stands for a missing one: `semfoto.png`, `lazy.gif`, `via.placeholder.com`, a logo."""
    name = photo.split("?", 1)[0].rsplit("/", 1)[-1].lower()
    return _STAND_IN.search(name) is not None or _STAND_IN_HOSTS.match(photo) is not None


def read_video(text: str) -> tuple[str, Doubt | None]:
    """The address of a video: http(s) only."""
    if says_nothing(text):
        return "", None
    address = safe_address(text.split(maxsplit=1)[0])
    if address and address.lower().startswith(("http://", "https://")):
        return address, None
    return "", Doubt("inventory.video-unsafe", "the video's address is not http or https, and is left out",
                     "Write an address that begins with https://.")  # fmt: skip


def _plain_list(text: str) -> tuple[str, ...]:
    """The photos of a list that needs no second look: one separator, nothing odd, every item an address or a path."""
    if not _PLAIN.fullmatch(text) or ".." in text or "&amp" in text or _ODD.search(text.lower()):
        return ()
    mark = "|" if "|" in text else ","
    begin = "/" if text[0] == "/" else "https://" if text.startswith("https://") else "http://"
    items = text.split(mark)
    count = len(items)
    schemes = 0 if begin == "/" else count
    if not text.startswith(begin) or text.count(mark + begin) != count - 1 or count > _MOST:
        return ()
    if text.count("//") != schemes or text.count(":") != schemes or (mark == "|" and "," in text):
        return ()
    return tuple(dict.fromkeys(items))


def _single_space(run: re.Match[str]) -> str:
    return "\n" if "\n" in run[0] or "\r" in run[0] else " "


def _listed(text: str) -> list[str]:
    """The items of a JSON array (of texts, or of objects with an address), or of a Python list."""
    try:
        return list(_addresses_in(json.loads(text)))
    except (ValueError, RecursionError):
        pass
    quoted = (first or second for first, second in _QUOTED.findall(text))
    return [item for item in quoted if "/" in item or "." in item]


def _addresses_in(value: object, depth: int = 0) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth < 3:
        for item in value:
            yield from _addresses_in(item, depth + 1)
    elif isinstance(value, dict):
        names = ("url", "src", "href", "image", "link", "original", "large", "path", "file")
        found = next((value[name] for name in names if isinstance(value.get(name), str)), None)
        if found:
            yield found


def _encoded(address: str) -> str:
    if not any(mark in address for mark in _UNSAFE):
        return address
    return "".join(_UNSAFE.get(character, character) for character in address)


def _unsafe(item: str) -> Doubt:
    message = f"{item[:80]!r} is no address or path that a page may load, and is left out"
    return Doubt("inventory.photo-unsafe", message, "Write addresses that begin with https://, or paths without '..'.")
