"""The report of changes, for what runs around a build: deployments, caches, search engines.

`.dealergen/changes.json` tells what the last build touched, `.dealergen/schedule.json` when the site would change next
though nothing is edited. Neither holds the time of the build: one that changes nothing writes nothing. Each report
that has something to tell has an id of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from dealergen.engine import Outcome
from dealergen.engine.writer import replace_file
from dealergen.seo.indexnow import save_receipt, take_in
from dealergen.site import Ledger, Site

from .plan import Plan

CHANGES = "changes.json"
SCHEDULE = "schedule.json"
KINDS = ("added", "changed", "removed")


def write_schedule(state: Path, site: Site) -> None:
    """The moments at which the site would differ with the same inputs, soonest first."""
    moments = [moment.isoformat() for moment in site.changes_at]
    _write(state / SCHEDULE, {"next": moments[:1], "changes": moments})


def write_changes(state: Path, plan: Plan, outcome: Outcome, site: Site) -> None:
    """What the build did, by address, vehicle and language. What the last report said, and no search engine has been
    told, is left waiting."""
    if site.settings.seo.indexnow_key:
        save_receipt(state, take_in(state, site.settings.site_url))
    _write(state / CHANGES, changes_of(plan, outcome, site))


def changes_of(plan: Plan, outcome: Outcome, site: Site) -> dict[str, Any]:
    """The report. Addresses are root-relative, with the base address's own path, as in the ledger.

    `announce` holds those that search engines should look at.
    """
    pages = {page.artifact.path: page for page in plan.pages}
    urls = {
        "added": [quote(pages[path].url) for path in outcome.added if path in pages],
        "changed": [quote(pages[path].url) for path in outcome.changed if path in pages],
        "removed": [_address(path, plan.prefix) for path in outcome.removed if path.endswith(".html")],
    }
    leads = plan.ledger.redirects()
    unlisted = {quote(page.url) for page in plan.pages if not page.indexed}
    touched = [url for kind in KINDS for url in urls[kind]]
    return {
        "id": uuid4().hex if touched else "",
        "site": site.settings.site_url,
        **urls,
        "redirected": {url: leads[url] for url in urls["removed"] if leads.get(url)},
        "announce": [url for url in touched if url not in unlisted],
        "vehicles": {kind: _vehicles(urls[kind], plan.ledger) for kind in KINDS},
        "languages": _languages(urls, plan),
        "counts": {
            "pages": {kind: len(urls[kind]) for kind in KINDS},
            "files": {kind: len(getattr(outcome, kind)) for kind in KINDS},
        },
    }


def _address(path: str, prefix: str) -> str:
    return quote(f"{prefix}/{path.removesuffix('index.html')}")


def _vehicles(urls: Iterable[str], ledger: Ledger) -> list[str]:
    """The codes of the vehicles that pages are about, each once."""
    records = (ledger.urls.get(url) for url in urls)
    return sorted({record.code for record in records if record and record.code})


def _languages(urls: Mapping[str, list[str]], plan: Plan) -> dict[str, dict[str, int]]:
    """How many pages of each language, told by the home page that an address lies under."""
    homes: dict[str, str] = {}
    for page in plan.pages:
        homes[page.language] = min(homes.get(page.language, page.url), page.url, key=len)
    longest = sorted(homes.items(), key=lambda home: -len(home[1]))
    counts = {language: dict.fromkeys(KINDS, 0) for language in homes}
    for kind in KINDS:
        for url in urls[kind]:
            language = next((language for language, home in longest if url.startswith(home)), None)
            if language:
                counts[language][kind] += 1
    return counts


def _write(file: Path, value: object) -> None:
    text = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
    if not _stands(file, text):
        replace_file(file, text.encode())


def _stands(file: Path, text: str) -> bool:
    try:
        return file.read_text("utf-8") == text
    except (OSError, ValueError):
        return False
