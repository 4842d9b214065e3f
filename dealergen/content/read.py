"""Reads `content/`: each Markdown file an entry; what does not hold is told of all files at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import cast

from dealergen.config import Settings
from dealergen.config.load import validated
from dealergen.config.suggest import did_you_mean
from dealergen.errors import ContentError, Place, Problem
from dealergen.locale import slug

from .front_matter import part
from .markdown import Body, render
from .model import KINDS, Entry, Kind, OfferMeta, PageMeta, PostMeta
from .moments import moment

FOLDER = "content"
_TAG = re.compile(r"[a-z]{2}(?:-[A-Za-z]{2,4})?")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OUTWARD = re.compile(r"(?:https?:)?//([^/?#]*)", re.IGNORECASE)


def read_content(root: Path, settings: Settings) -> tuple[list[Entry], list[Problem]]:
    """Every entry below `root`/content, by kind, name and language, and what deserves a look (warnings).

    Raises ContentError with every problem of every file.
    """
    entries: list[Entry] = []
    problems = list(_unknown_folders(root))
    for kind in KINDS:
        for path in _files(root / FOLDER / kind):
            entry, found = _entry(path, path.relative_to(root).as_posix(), kind, settings)
            problems.extend(found)
            if entry is not None:
                entries.append(entry)
    problems.extend(_twins(entries))
    if errors := [problem for problem in problems if problem.level == "error"]:
        count = "a problem" if len(errors) == 1 else f"{len(errors)} problems"
        raise ContentError(f"content has {count}", remedy="Mend what is listed and try again.", problems=problems)
    order = list(KINDS)
    return sorted(entries, key=lambda entry: (order.index(entry.kind), entry.name, entry.language)), problems


def _files(folder: Path) -> list[Path]:
    """Markdown files; names that begin with `_` or `.`, and READMEs, are notes of the house."""
    if not folder.is_dir():
        return []
    return sorted(
        path for path in folder.glob("*.md") if path.name[0] not in "_." and path.stem != "README" and path.is_file()
    )


def _unknown_folders(root: Path) -> Iterator[Problem]:
    folder = root / FOLDER
    if not folder.is_dir():
        return
    for path in sorted(path for path in folder.iterdir() if path.is_dir() and path.name[0] not in "_."):
        if path.name not in KINDS and any(path.glob("*.md")):
            near = did_you_mean(path.name, KINDS)
            remedy = f"Did you mean '{near}'?" if near else f"Content stands in {', '.join(KINDS)}."
            place = Place(path.relative_to(root).as_posix())
            yield Problem("content.folder", "nothing is read from this folder", place, path.name, remedy, "warning")


def _entry(path: Path, file: str, kind: Kind, settings: Settings) -> tuple[Entry | None, list[Problem]]:
    named = _named(path.stem, file, settings)
    if isinstance(named, Problem):
        return None, [named]
    name, language = named
    text = _text(path, file)
    if isinstance(text, Problem):
        return None, [text]
    parted = part(text, file)
    if isinstance(parted, Problem):
        return None, [parted]
    if not parted.document.problems and parted.document.data is None:
        parted.document.data = {}
    found, problems = validated(KINDS[kind], parted.document)
    if found is None:
        return None, [_as_content(problem) for problem in problems]
    meta = cast("OfferMeta | PostMeta | PageMeta", found)
    if isinstance(meta, OfferMeta) and _ends_first(meta, settings):
        place = parted.document.place(("valid_to",))
        remedy = "Check 'valid_from' and 'valid_to'."
        return None, [Problem("content.dates", "the offer ends before it begins", place, str(meta.valid_to), remedy)]
    body = render(parted.body, language)
    return _made(kind, name, language, meta, body, file), list(_outward_images(body, file, settings.photos.hosts))


def _named(stem: str, file: str, settings: Settings) -> tuple[str, str] | Problem:
    """Name and language, as the file's name has them: `about.en` → about, en."""
    name, _, language = stem.partition(".")
    if not _NAME.fullmatch(name):
        remedy = f"Rename it to {slug(name) or 'a-name'}.md."
        message = "a file's name becomes an address: lower-case letters, digits and single hyphens"
        return Problem("content.name", message, Place(file), stem, remedy)
    if not language:
        return name, settings.default_language
    if language in settings.languages:
        return name, language
    near = did_you_mean(language, settings.languages)
    remedy = f"Did you mean '{near}'? " if near else ""
    remedy += f"The site's languages are {', '.join(settings.languages)} (`languages` in site.yaml)."
    if _TAG.fullmatch(language):
        message = "the site has no such language, so this file is left out"
        return Problem("content.language", message, Place(file), language, remedy, "warning")
    return Problem("content.language", "this is not a language's tag", Place(file), language, remedy)


def _text(path: Path, file: str) -> str | Problem:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return Problem("content.encoding", "the file is not UTF-8", Place(file), remedy="Save it as UTF-8.")
    except OSError as error:
        return Problem("content.unreadable", f"the file cannot be read: {error.strerror}", Place(file))


def _as_content(problem: Problem) -> Problem:
    return replace(problem, code=problem.code.replace("settings.", "content.", 1))


def _ends_first(meta: OfferMeta, settings: Settings) -> bool:
    zone = settings.rooftops[0].zone
    return moment(meta.valid_to, zone, end=True) < moment(meta.valid_from, zone, end=False)


def _made(kind: Kind, name: str, language: str, meta: OfferMeta | PostMeta | PageMeta, body: Body, file: str) -> Entry:
    content = repr((kind, name, language, meta.model_dump_json(), body.html))
    digest = blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return Entry(kind, name, language, meta, body.html, body.words, file, digest, body.images)


def _outward_images(body: Body, file: str, hosts: Sequence[str]) -> Iterator[Problem]:
    for source in body.images:
        if (host := _OUTWARD.match(source)) and host[1].lower() not in hosts:
            yield Problem(
                "content.outward-image",
                "this picture lies on another site, which would see every visitor, so it is left out",
                Place(file), source, "Save it beside the content and name its path, or add its host to photos.hosts.",
                "warning",
            )  # fmt: skip


def _twins(entries: list[Entry]) -> Iterator[Problem]:
    """Two files for one entry: `about.md` and `about.pt-BR.md` where pt-BR is the default language."""
    seen: dict[tuple[str, str, str], str] = {}
    for entry in entries:
        key = (entry.kind, entry.name, entry.language)
        if key in seen:
            message = f"this is the same entry in the same language as {seen[key]}"
            yield Problem("content.twice", message, Place(entry.file), remedy="Delete or rename one of the two.")
        seen.setdefault(key, entry.file)
