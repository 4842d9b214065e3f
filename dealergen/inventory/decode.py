"""Bytes to text: says what a file is when it is no table, and finds the encoding by rules instead of statistics.

Statistical guessers were wrong on every real export they were tried on, so the order is fixed: byte order marks, strict
UTF-8, then Windows-1252 as browsers read it (https://encoding.spec.whatwg.org/#windows-1252).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from dealergen.errors import InventoryRefused, SettingsError

_MAGIC: Final = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"SQLite format 3", "an SQLite database"),
)
_HTML: Final = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|script|style|table|div|span|center|form|h[1-6]|p|br|b|a)\b", re.I
)
_SIGN_IN: Final = re.compile(r"type\s*=\s*[\"']?password|sign[ -]?in|log[ -]?in|iniciar sesi|entrar|anmelden", re.I)
_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CUT: Final = "the file ends in the middle of a character"
_TRUSTED_SEQUENCES = 10
"""Valid multi-byte sequences to each stray byte from which on a file counts as UTF-8 with a blemish."""


@dataclass(slots=True)
class Decoded:
    """A file's text, without byte order mark and NUL characters."""

    text: str
    encoding: str
    notes: list[str] = field(default_factory=list)


def decode(data: bytes, file: str, encoding: str = "auto") -> Decoded:
    """The text of `data`; `encoding` is `auto` or one of `inventory.encoding`.

    Raises InventoryRefused when the bytes are no table at all, SettingsError when the chosen encoding does not fit.
    """
    if kind := foreign_kind(data):
        raise refusal(file, kind)
    decoded = _detected(data) if encoding == "auto" else _as_told(data, file, encoding)
    decoded.text = decoded.text.removeprefix("\ufeff")
    if "\0" in decoded.text:
        decoded.notes.append(f"{decoded.text.count(chr(0))} NUL characters were left out")
        decoded.text = decoded.text.replace("\0", "")
    if kind := foreign_text_kind(decoded.text):
        raise refusal(file, kind)
    return decoded


def foreign_kind(data: bytes) -> str | None:
    """What a file is, judged by its first bytes, when it cannot be a table of text ("a PDF document"); else None."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return "empty"
    head = data.lstrip(b" \t\r\n\xef\xbb\xbf")[:16]
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    return None


def foreign_text_kind(text: str) -> str | None:
    """What a text is when it is no table: a web page, an XML or a JSON document; else None."""
    head = text.lstrip("\ufeff \t\r\n")[:4000]
    if not head:
        return "empty"
    if re.match(r"<[!?/a-zA-Z]", head):
        if not (_HTML.match(head) or re.search(r"<(?:!doctype\s+)?html\b", head, re.I)):
            return "an XML document"
        return "a web page, perhaps a sign-in page" if _SIGN_IN.search(text[:100_000]) else "a web page"
    if re.match(r"\{\s*[\"}]|\[\s*(?:\{|\[|\"[^\"\n]*\"\s*[,\]])", head):
        return "a JSON document"
    return None


def refusal(file: str, kind: str) -> InventoryRefused:
    """The refusal of a file that is `kind` instead of a table."""
    if kind == "empty":
        return InventoryRefused(
            f"{file} is empty", remedy="Export it again; the site stays as it was until a file with vehicles arrives."
        )
    return InventoryRefused(f"{file} is {kind}, not a table of vehicles", remedy=_remedy_for(kind))


def _remedy_for(kind: str) -> str:
    if "web page" in kind:
        return (
            "Open the file's address in a private browser window: if it asks to sign in, make the export public; if "
            "it is a report saved from a browser or an .xls that is really HTML, open it in a spreadsheet program and "
            "save it as CSV or XLSX."
        )
    if "archive" in kind:
        return "Unpack it, and name the CSV or XLSX file inside as `inventory.source`."
    return "Export or save the stock as CSV (UTF-8) or XLSX, and name that file as `inventory.source`."


def _detected(data: bytes) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _wide(data[len(mark) :], encoding)
    if data.startswith(b"\xef\xbb\xbf"):
        data, label = data[3:], "utf-8 (with BOM)"
    elif wide := _unmarked_utf16(data):
        return _wide(data, wide)
    else:
        label = "utf-8"
    try:
        return Decoded(data.decode("utf-8"), label)
    except UnicodeDecodeError as error:
        return _blemished_utf8(data, error, label) or _windows(data)


def _wide(data: bytes, encoding: str) -> Decoded:
    unit = 4 if "32" in encoding else 2
    whole = data[: len(data) // unit * unit]
    text = whole.decode(encoding, "replace")
    spoiled = text.count("\ufffd")
    notes = [f"{spoiled} characters are not valid {encoding} and were replaced"] if spoiled else []
    return Decoded(text, encoding, notes)


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows as a NUL in every other byte of Western text."""
    head = data[:4096]
    half = len(head) // 2
    if half < 4:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.6 and odd < half * 0.1 else None


def _blemished_utf8(data: bytes, error: UnicodeDecodeError, label: str) -> Decoded | None:
    """UTF-8 that was cut inside a character, or that holds a few stray bytes among many valid sequences."""
    if error.reason == "unexpected end of data" and error.start >= len(data) - 3:
        whole = data[: error.start]
        return None if whole.isascii() else Decoded(whole.decode("utf-8"), label, [_CUT])
    text = data.decode("utf-8", "surrogateescape")
    stray = len(re.findall("[\udc80-\udcff]", text))
    sequences = len(re.findall("[^\x00-\x7f\udc80-\udcff]", text))
    if sequences < stray * _TRUSTED_SEQUENCES:
        return None
    mended = re.sub("[\udc80-\udcff]", lambda found: _windows(bytes([ord(found[0]) - 0xDC00])).text, text)
    return Decoded(mended, label, [f"{stray} bytes are not UTF-8 and were read as Windows-1252"])


def _windows(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("cp1252"), "cp1252")
    except UnicodeDecodeError:
        return Decoded(data.decode("iso-8859-1"), "iso-8859-1")


def _as_told(data: bytes, file: str, encoding: str) -> Decoded:
    name = "utf-8-sig" if encoding == "utf-8" else encoding
    try:
        return Decoded(data.decode(name), encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SettingsError(
            f"{file}:{line}: byte {error.start + 1} (0x{data[error.start]:02x}) is not valid {encoding}, "
            "which `inventory.encoding` demands",
            remedy="Set `inventory.encoding: auto`, or the encoding in which the file is really saved.",
        ) from None
