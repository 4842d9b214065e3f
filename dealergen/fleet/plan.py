"""From fleet.yaml to one job a site; sites that would write over each other are refused before anything is built."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from dealergen.config.suggest import did_you_mean
from dealergen.errors import Problem, UsageError

from .job import Action, Job
from .places import absolute, below, is_remote, same_place
from .settings import Fleet, SiteEntry, refused

SECRETS = ("secret", "token", "password", "key")
"""What names of credentials have in them."""


def plan_jobs(
    fleet: Fleet, *, now: dt.datetime | None = None, accept: bool = False, action: Action = "build"
) -> list[Job]:
    """A job for each site, in the order of the file; all share one clock.

    Raises `SettingsError` with every clash: one name, one output or one folder of state for two sites, an output that
    holds a site's sources.
    """
    clock = (now or dt.datetime.now(dt.UTC).replace(microsecond=0)).isoformat()
    problems = [*_secrets(fleet), *_missing(fleet), *_repeated_names(fleet)]
    if problems:
        raise refused(fleet.document.file, problems)
    jobs = [_job(fleet, entry, clock, accept, action) for entry in fleet.settings.sites]
    if problems := [*_clashes(fleet, jobs), *_over_sources(fleet, jobs), *_within_memory(fleet, jobs)]:
        raise refused(fleet.document.file, problems)
    return jobs


def select(jobs: Iterable[Job], only: Iterable[str], without: Iterable[str]) -> list[Job]:
    """The jobs named in `only` (all, if empty) and not in `without`. Raises `UsageError` for an unknown name."""
    found = list(jobs)
    names = [job.name for job in found]
    wanted, unwanted = set(only), set(without)
    for name in sorted((wanted | unwanted).difference(names)):
        near = did_you_mean(name, names)
        raise UsageError(f"There is no site {name!r} in the fleet", remedy=f"Did you mean {near!r}?" if near else "")
    chosen = [job for job in found if (not wanted or job.name in wanted) and job.name not in unwanted]
    if not chosen:
        raise UsageError("No site is left to build", remedy="Name fewer sites with --except.")
    return chosen


def _job(fleet: Fleet, entry: SiteEntry, clock: str, accept: bool, action: Action) -> Job:
    settings, defaults = fleet.settings, fleet.settings.defaults

    def place(given: str | None, otherwise: str) -> str:
        return absolute(given.replace("{name}", entry.name), fleet.folder) if given else otherwise

    site = place(entry.site or defaults.site, "")
    base_url = entry.base_url or defaults.base_url or ""
    return Job(
        name=entry.name,
        site=site,
        out=place(entry.out or defaults.out, below(site, "public")),
        state=place(entry.state or defaults.state, below(site, ".dealergen")),
        action=action,
        base_url=base_url.replace("{name}", entry.name),
        inventory=place(entry.inventory or defaults.inventory, ""),
        themes=place(settings.themes, ""),
        shared_cache=place(settings.shared_cache, ""),
        scratch=place(settings.scratch, ""),
        now=clock,
        accept=accept,
        memory_mb=entry.memory_mb or defaults.memory_mb,
        timeout=settings.timeout,
        storage=settings.storage,
    )


def _secrets(fleet: Fleet) -> Iterator[Problem]:
    for protocol, options in fleet.settings.storage.items():
        for name in options:
            if any(word in name.lower() for word in SECRETS):
                place = fleet.document.key_place(("storage", protocol, name))
                remedy = "Hand it over in the environment (AWS_ACCESS_KEY_ID, …) or by the machine's role."
                yield Problem("fleet.secret", "credentials do not belong in a file", place, name, remedy)


def _missing(fleet: Fleet) -> Iterator[Problem]:
    if fleet.settings.defaults.site:
        return
    for index, entry in enumerate(fleet.settings.sites):
        if not entry.site:
            place = fleet.document.place(("sites", index))
            remedy = f"Add `site: path/to/{entry.name}`, or `defaults.site: path/to/{{name}}` for all."
            yield Problem("fleet.site-missing", f"'{entry.name}' does not say where its site is", place, remedy=remedy)


def _repeated_names(fleet: Fleet) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, entry in enumerate(fleet.settings.sites):
        if entry.name in seen:
            place = fleet.document.place(("sites", index, "name"))
            yield Problem("fleet.name-twice", "two sites have this name", place, entry.name, "Give each one its own.")
        seen.add(entry.name)


def _clashes(fleet: Fleet, jobs: list[Job]) -> Iterator[Problem]:
    """Outputs that are equal or lie within each other, and states that are equal, compared without regard to case."""
    for role, message, remedy in (
        ("out", "would be published over '{other}'", "Give each site a folder of its own, outside the others'."),
        ("state", "keeps its state where '{other}' keeps it", "Give one of the two a `state:` of its own."),
    ):
        placed = sorted((same_place(getattr(job, role)).casefold(), index) for index, job in enumerate(jobs))
        for (above, other), (here, index) in _nested(placed):
            if here == above or role == "out":
                first, second = sorted((other, index))
                text = f"'{jobs[second].name}' {message.format(other=jobs[first].name)}"
                place = fleet.document.place(("sites", second, role))
                yield Problem(f"fleet.{role}-shared", text, place, getattr(jobs[second], role), remedy)


def _nested(placed: list[tuple[str, int]]) -> Iterator[tuple[tuple[str, int], tuple[str, int]]]:
    """Each place with the nearest one before it, in sorted order, that it is equal to or lies within."""
    open_places: list[tuple[str, int]] = []
    for here in placed:
        while open_places and not here[0].startswith(open_places[-1][0]):
            open_places.pop()
        if open_places:
            yield open_places[-1], here
        open_places.append(here)


def _over_sources(fleet: Fleet, jobs: list[Job]) -> Iterator[Problem]:
    outs = {same_place(job.out): index for index, job in enumerate(jobs)}
    for job in jobs:
        parts = same_place(job.site).split("/")
        above = ("/".join(parts[:length]) + "/" for length in range(1, len(parts)))
        for index in (outs[folder] for folder in above if folder in outs):
            place = fleet.document.place(("sites", index, "out"))
            message = f"the output of '{jobs[index].name}' is, or holds, the folder of '{job.name}'"
            remedy = "Choose a folder of its own, such as `public` within the site's."
            yield Problem("fleet.out-over-site", message, place, jobs[index].out, remedy)


def _within_memory(fleet: Fleet, jobs: list[Job]) -> Iterator[Problem]:
    """`memory://` lives in one process, and each site is built in one of its own."""
    for index, job in enumerate(jobs):
        for role in ("site", "out", "state"):
            location = getattr(job, role)
            if is_remote(location) and location.startswith("memory:"):
                place = fleet.document.place(("sites", index, role))
                message = "memory:// is gone when the process that builds the site ends"
                yield Problem("fleet.memory", message, place, location, "Choose a path or a shared storage.")
