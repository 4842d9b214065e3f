"""`docs/reference/fields.md`: what a spreadsheet can feed, the words of its headers, and vendors' profiles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

import dealergen.inventory
from dealergen.inventory.fields import FIELDS
from dealergen.inventory.profile import Profile, all_profiles
from dealergen.inventory.vocabulary import VOCABULARIES

from .markdown import code, codes, page, table

ROOM: Final = Path(dealergen.inventory.__file__).parent
KINDS: Final = {
    "text": "one line, 200 characters at most",
    "long_text": "paragraphs, 20,000 characters at most; HTML is sanitised to paragraphs, lists and emphasis",
    "identity": "letters and digits; separators do not count",
    "integer": "a small whole number (`4`, `4dr`, `4 portas`; of `4/5` the greater)",
    "distance": "a number with or without a unit; converted to the site's unit",
    "money": "an amount in the site's currency; placeholders mean that visitors ask",
    "year": "`2021`, `2020/2021`, `03/2021`, `2021 reg`",
    "date": "a day in any common form; the order of day and month is decided from the whole column",
    "choice": "a word of a closed vocabulary, in any of six languages",
    "flag": "yes or no, in any of six languages",
    "photos": "addresses or file names, as a list in one cell or one a column",
    "features": "a list, parted by bars, semicolons, line breaks or commas",
    "unit": "`km`, `mi` or `mil`",
}
"""What the cells of each kind of field hold."""
LANGUAGES: Final = {
    "pt": "Portuguese", "en": "English", "es": "Spanish", "de": "German", "fr": "French", "it": "Italian",
    "nordic_polish_dutch": "Swedish, Polish and Dutch",
}  # fmt: skip
INTRODUCTION = """What a column of a spreadsheet can feed, which headers are recognised, and which systems are known.
This page is made from the code and its data files. How a file is read is told in [inventory.md](../inventory.md).

A column that feeds none of these fields is never published."""
WORDS = """Headers are compared without case, accents, spaces and punctuation; `g:` and other prefixes, and the number
of a numbered column (`Foto 3`), do not count. Of several columns for one field the earlier word wins."""
AMBIGUOUS = """These words mean different things in different exports, so the values below them decide. Where they do
not tell, the column is left out, and `dealergen inventory check` says so."""
PRIVATE = """A column with one of these words in its header is never mapped by itself; only `inventory.columns` in
site.yaml can publish it."""
PROFILES = """A profile names the columns of one system's export. It is recognised by its headers (all of those in the
second column must be there), or named: `inventory.profile: homenet`. A file `profiles/NAME.yaml` beside site.yaml adds
one, or replaces the one of that name; another package adds some through the entry-point group `dealergen.profiles`."""


def fields_reference() -> str:
    """The page."""
    return page(
        "Fields, header words and profiles",
        INTRODUCTION,
        "## Fields", _fields(),
        "### What the cells hold", table(("kind", "cells"), [(code(kind), text) for kind, text in KINDS.items()]),
        "### Closed vocabularies", _vocabularies(),
        "## Header words", WORDS, *_header_words(),
        "## Words that the values decide", AMBIGUOUS, _ambiguous_words(),
        "## Words of private columns", PRIVATE, _private_words(),
        "## Profiles", PROFILES, *map(_profile, shipped_profiles()),
    )  # fmt: skip


def shipped_profiles() -> Iterator[Profile]:
    """The profiles in the package; not those of other packages that happen to be installed."""
    shipped = {path.stem for path in (ROOM / "profiles").glob("*.yaml")}
    return (profile for profile in all_profiles(None) if profile.name in shipped)


def _fields() -> str:
    rows = [
        (code(field.name), code(field.kind), "yes" if field.many else "", field.meaning) for field in FIELDS.values()
    ]
    return table(("field", "kind", "several columns", "meaning"), rows)


def _vocabularies() -> str:
    return table(("field", "words"), [(code(name), codes(words)) for name, words in VOCABULARIES.items()])


def _header_words() -> Iterator[str]:
    for language, title in LANGUAGES.items():
        words: Mapping[str, list[Any]] = _data(f"aliases/{language}.yaml")["fields"]
        rows = [(code(field), _listed(texts)) for field, texts in words.items()]
        yield f"### {title}\n\n" + table(("field", "words, the most telling first"), rows)


def _ambiguous_words() -> str:
    gathered: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for rule, words in _data(f"aliases/{language}.yaml").get("ambiguous", {}).items():
            gathered.setdefault(rule, []).extend(map(str, words))
    return table(("rule", "words"), [(code(rule), _listed(dict.fromkeys(words))) for rule, words in gathered.items()])


def _private_words() -> str:
    groups: Mapping[str, Mapping[str, list[Any]]] = _data("private.yaml")
    rows = [(name, _listed(word for words in lists.values() for word in words)) for name, lists in groups.items()]
    return table(("private for its", "words"), rows)


def _profile(profile: Profile) -> str:
    source = f"{profile.title}. {profile.source}".rstrip(".") + "."
    headers = _data(f"profiles/{profile.name}.yaml")
    detect = headers.get("detect") or []
    known = f"Recognised by: {codes(map(str, detect))}." if detect else "Not recognised by itself: it must be named."
    return f"### `{profile.name}`\n\n{source}\n\n{known}\n\n{_columns(headers['columns'])}"


def _columns(columns: Mapping[str, str] | list[str | None]) -> str:
    if isinstance(columns, list):
        rows = [(str(number), code(str(field)) if field else "–") for number, field in enumerate(columns, 1)]
        return table(("column", "field"), rows)
    rows = [(code(str(header)), code(field) if field != "-" else "–") for header, field in columns.items()]
    return table(("header", "field"), rows)


def _listed(words: Any) -> str:
    return ", ".join(map(str, words))


def _data(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((ROOM / name).read_text("utf-8"))
    return data
