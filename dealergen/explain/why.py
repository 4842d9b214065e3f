"""`dealergen why`: what a page reads, why it was made when it was, and whether the next build would make it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dealergen.build.load import load_site
from dealergen.build.plan import Plan, plan_site
from dealergen.build.remember import NOTES
from dealergen.engine import Artifact, Template
from dealergen.engine.make import fingerprint
from dealergen.engine.makings import Build, Making, makings_of, parse_builds
from dealergen.engine.manifest import Record
from dealergen.engine.reads import ReadsLog, maker_name
from dealergen.errors import Place, UsageError
from dealergen.site import Site, UrlRecord

from .find import address_of, artifact_path, find_path, nearest
from .last_build import last_builds, last_manifest
from .reasons import FACTS, Reason, reasons


@dataclass(frozen=True, slots=True)
class Account:
    """Everything on record of one artifact."""

    path: str
    address: str
    kind: str
    """`vehicles page`, `listings page`, …, or `file` for what is no page."""
    source: Place
    """The record that asked for it."""
    maker: str
    """The view of its template, or the function that makes its bytes."""
    template: str
    closure: dict[str, str]
    """The templates that it and its fragments are made of, each with its file."""
    reads: dict[str, str]
    """Fact → short digest, as it is planned now."""
    made_at: str
    """ISO 8601; empty where no build has made it, or none that is on record."""
    clock: str
    """The moment that it was made for."""
    reasons: list[Reason]
    """Why it was made then."""
    pending: list[Reason] = field(default_factory=list)
    """Why the next build would make it again; empty if it is up to date."""

    def as_json(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "address": self.address,
            "kind": self.kind,
            "source": {"file": self.source.file, "line": self.source.line},
            "maker": self.maker,
            "template": self.template,
            "closure": self.closure,
            "reads": self.reads,
            "made_at": self.made_at or None,
            "clock": self.clock or None,
            "reasons": [reason.as_json() for reason in self.reasons],
            "up_to_date": not self.pending,
            "pending": [reason.as_json() for reason in self.pending],
        }


@dataclass(frozen=True, slots=True)
class Gone:
    """An address that was published once, and is not any more."""

    address: str
    since: dt.date
    gone: dt.date
    leads_to: str | None

    def as_json(self) -> dict[str, Any]:
        return {
            "address": self.address,
            "published": self.since.isoformat(),
            "gone": self.gone.isoformat(),
            "leads_to": self.leads_to,
        }


def explain(root: Path, typed: str, *, out: Path, now: dt.datetime | None = None) -> Account | Gone:
    """What is known of the page or file that `typed` (an address, a path, a file in `out`) means.

    `now` is the clock of the plan that the last build is compared with. Raises UsageError, with the nearest address,
    where nothing of that name is planned or was ever published.
    """
    site = load_site(root, base_url=None, now=now, accept=True).site
    plan = plan_site(site)
    artifacts = {artifact.path: artifact for artifact in plan.artifacts}
    path = find_path(typed, artifacts, out, plan.prefix)
    if path is not None:
        return _account(artifacts[path], plan, site, root, out)
    address = address_of(artifact_path(typed, out, plan.prefix))
    for known in (f"{plan.prefix}{address}", f"{plan.prefix}{address}/"):
        record = plan.ledger.urls.get(known)
        if record is not None and record.gone:
            return _gone(known, record)
    raise _unknown(typed, artifacts)


def _account(artifact: Artifact, plan: Plan, site: Site, root: Path, out: Path) -> Account:
    builds = last_builds(root, out)
    makings = makings_of(builds, artifact.path)
    record = last_manifest(root, out).get(artifact.path)
    planned = _as_planned(artifact, plan, site)
    template = artifact.maker.name if isinstance(artifact.maker, Template) else ""
    last = makings[0] if makings else None
    return Account(
        path=artifact.path,
        address=address_of(artifact.path),
        kind=_kind(artifact, plan),
        source=artifact.source,
        maker=maker_name(artifact),
        template=template,
        closure=_closure(plan, planned.templates),
        reads=planned.reads,
        made_at=last.build.written_at if last and record else "",
        clock=last.build.clock if last and record else "",
        reasons=_past(makings, artifact, builds) if record else [],
        pending=_pending(artifact, record, planned, last, plan, out, builds),
    )


def _closure(plan: Plan, templates: Sequence[str]) -> dict[str, str]:
    """Every template that some of `templates` (the page's own, and those of its fragments) are made of → its file."""
    language = templates[0].partition(":")[0] if templates else ""
    names = {name for template in templates for name in plan.templates.sources(template)}
    return {name: plan.templates.file(f"{language}:{name}") for name in sorted(names)}


def _kind(artifact: Artifact, plan: Plan) -> str:
    page = next((page for page in plan.pages if page.artifact is artifact), None)
    return f"{page.group} page, {page.language}" if page else "file"


def _as_planned(artifact: Artifact, plan: Plan, site: Site) -> Making:
    """The making that a build now would be."""
    log = ReadsLog(site.now, NOTES, plan.templates.sources)
    unmade = Record("", "", 0, 0)
    log.made(artifact, unmade, Record("-", "", 0, 0))
    (build,) = parse_builds(log.lines())
    return makings_of([build], artifact.path)[0]


def _past(makings: Sequence[Making], artifact: Artifact, builds: Sequence[Build]) -> list[Reason]:
    if not makings:
        return []
    before = makings[1] if len(makings) > 1 else None
    if before is None and makings[0].cause == "changed":
        return [Reason("fact", "not on record: it was first made before such records were kept")]
    return reasons(before, makings[0], artifact, builds)


def _pending(
    artifact: Artifact,
    record: Record | None,
    planned: Making,
    last: Making | None,
    plan: Plan,
    out: Path,
    builds: Sequence[Build],
) -> list[Reason]:
    if record is None:
        return [Reason("new", "no build has made it yet")]
    if not record.matches(out / artifact.path):
        return [Reason("restored", "its file is missing, or not as the last build left it")]
    if record.fingerprint == fingerprint(artifact, plan.renderer):
        return []
    return reasons(last, planned, artifact, builds) if last else [Reason("fact", FACTS["data"])]


def _gone(address: str, record: UrlRecord) -> Gone:
    assert record.gone is not None  # noqa: S101 - asked for by the caller
    return Gone(address, record.since, record.gone, record.to)


def _unknown(typed: str, paths: dict[str, Artifact]) -> UsageError:
    near = nearest(typed, paths)
    hint = f"Did you mean {near if near.startswith('/') else '/' + near}? " if near else ""
    return UsageError(
        f"Nothing is published at {typed}, and nothing ever was",
        remedy=f"{hint}Name an address (/estoque/), a path below the output folder, or a whole URL.",
    )
