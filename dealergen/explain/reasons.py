"""Why a page was made again: what differs between what it was made from then and before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dealergen.engine import Artifact, Fact
from dealergen.engine.artifact import FactList
from dealergen.engine.makings import Build, Making
from dealergen.engine.reads import short
from dealergen.site import StockVehicle

Kind = Literal["new", "restored", "code", "template", "setting", "vehicle", "fact"]

FACTS: Mapping[str, str] = {
    "addresses": "the addresses of its translations",
    "arrivals": "the new arrivals",
    "body": "the text",
    "calendar": "opening hours and holidays, as they stand at the build's clock",
    "cards": "the vehicles on it, or their order",
    "code": "dealergen's own code",
    "counts": "the numbers of vehicles beside the filters",
    "data": "the bytes of the file",
    "linked": "which makes, models, bodies and so on have a page of their own",
    "edition": "the settings, the theme, the words and the addresses that all pages share",
    "ended": "whether the offer has ended",
    "entry": "the text or the front matter",
    "featured": "the featured vehicles, or their order",
    "lot": "the list that it is a page of: its vehicles, their number, their names or their order",
    "offers": "the offers on it",
    "photo": "the picture",
    "photos": "the photos",
    "policy": "the hosts whose pictures may be loaded, or where forms go",
    "posts": "the posts on it",
    "rooftop": "the store's settings",
    "rows": "the addresses that are gone, or where they lead",
    "similar": "the similar vehicles, or their order",
    "stock_count": "the number of vehicles in stock",
    "urls": "the addresses of the site, their days of change or their pictures",
    "variant": "the original photo, or how it is to be made",
    "vehicle": "the vehicle's row, and what the clock and the ledger make of it",
}
"""What the facts that pages read are, for a person."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that differs: which, and its value before and after where they are known."""

    kind: Kind
    what: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        return f"{self.what}: {self.before or '–'} → {self.after or '–'}" if self.before or self.after else self.what

    def as_json(self) -> dict[str, str]:
        return {"kind": self.kind, "what": self.what, "before": self.before, "after": self.after}


def reasons(before: Making | None, after: Making, artifact: Artifact | None, builds: Sequence[Build]) -> list[Reason]:
    """Everything that differs between two makings of an artifact, what weighs most first.

    `artifact` is as it is planned now, and tells which vehicles are in its lists; `builds` are those on record.
    """
    if after.cause == "restored":
        return [Reason("restored", "its file was missing, or not as the last build had left it")]
    if before is None:
        return [Reason("new", "it was made for the first time")]
    broad = [*_code(before, after), *_templates(before, after), *_settings(before, after)]
    facts = [*_vehicles(before, after), *_facts(before, after, artifact, builds, bool(broad))]
    found = list(dict.fromkeys([*facts, *broad]))
    return found or [Reason("code", "dealergen's own code, in a part that shapes what the page reads")]


def _code(before: Making, after: Making) -> Iterator[Reason]:
    if before.reads.get("code") != after.reads.get("code"):
        yield Reason("code", f"dealergen's own code: {after.maker}, or what it calls")
    elif before.maker != after.maker:
        yield Reason("code", "the function that makes it", before.maker, after.maker)


def _templates(before: Making, after: Making) -> Iterator[Reason]:
    main = before.templates[:1], after.templates[:1]
    if main[0] != main[1]:
        yield Reason("template", "the template that it is made with", _plain(*main[0]), _plain(*main[1]))
        return
    for template in after.templates:
        then, now = before.build.templates.get(template, {}), after.build.templates.get(template, {})
        for name in sorted(then.keys() | now.keys()):
            if then and now and then.get(name) != now.get(name):
                how = "new in it" if name not in then else "no longer in it" if name not in now else "edited"
                yield Reason("template", f"the template {name} ({how})")


def _plain(*names: str) -> str:
    """The template's name without its language."""
    return "".join(name.partition(":")[2] for name in names)


def _settings(before: Making, after: Making) -> Iterator[Reason]:
    for then, now in _notes(before, after, "edition"):
        names = sorted(name for name in then.keys() | now.keys() if then.get(name) != now.get(name))
        yield from (Reason("setting", _setting(name)) for name in names)


def _setting(name: str) -> str:
    if name.startswith("theme "):
        return f"the theme's {name.removeprefix('theme ').replace('_', ' ')}"
    if name.startswith("content/"):
        return f"the address of {name}"
    return name if " " in name else f"site.yaml: {name}"


def _notes(before: Making, after: Making, fact: str) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    then, now = before.reads.get(fact), after.reads.get(fact)
    if then and now and then != now:
        yield before.build.notes.get(then, {}), after.build.notes.get(now, {})


def _vehicles(before: Making, after: Making) -> Iterator[Reason]:
    """What differs of the vehicle that the page is about."""
    for then, now in _notes(before, after, "vehicle"):
        yield from _vehicle(then, now, "")


def _vehicle(then: Mapping[str, str], now: Mapping[str, str], name: str) -> Iterator[Reason]:
    names = [key for key in now if then.get(key) != now[key]] if then else []
    if not names:
        what = f"{name}: " if name else ""
        yield Reason("vehicle", f"{what}its description, features, photos or another detail")
    for key in names:
        yield Reason("vehicle", f"{name}: {key}" if name else key, then.get(key, ""), now[key])


def _facts(
    before: Making, after: Making, artifact: Artifact | None, builds: Sequence[Build], broad: bool
) -> Iterator[Reason]:
    for name in sorted(before.reads.keys() | after.reads.keys()):
        if name in ("code", "edition", "vehicle") or before.reads.get(name) == after.reads.get(name):
            continue
        members = list(_members(name, after, artifact, builds))
        yield from members
        listed = artifact is not None and isinstance(_fact(name, artifact.reads), FactList)
        if not members and not (broad and listed):  # what lists hold is made with the templates and settings
            yield Reason("fact", FACTS.get(name, f"the fact {name!r}"))


def _members(name: str, after: Making, artifact: Artifact | None, builds: Sequence[Build]) -> Iterator[Reason]:
    """What differs of the vehicles in a list, as far as they were noted in the same build."""
    fact = _fact(name, artifact.reads) if artifact is not None else None
    for part in fact.parts if isinstance(fact, FactList) else ():
        stock = _stock(part)
        now = after.build.notes.get(short(stock.digest)) if stock is not None else None
        if stock is None or now is None:
            continue
        name = f"{stock.vehicle.name} ({stock.vehicle.file}:{stock.vehicle.line})"
        then = _earlier(stock.vehicle.code, after.build, builds)
        if then is None:
            yield Reason("vehicle", f"{name}: new in stock")
        elif then != now:
            yield from _vehicle(then, now, name)


def _fact(name: str, facts: Sequence[Fact]) -> Fact | None:
    for fact in facts:
        if fact.name == name:
            return fact
        if not isinstance(fact, FactList) and (found := _fact(name, fact.parts)):
            return found
    return None


def _stock(fact: Fact) -> StockVehicle | None:
    """The vehicle that a fact is derived from."""
    if fact.name == "vehicle" and isinstance(fact.value, StockVehicle):
        return fact.value
    return next((stock for part in fact.parts if (stock := _stock(part))), None)


def _earlier(code: str, build: Build, builds: Sequence[Build]) -> dict[str, str] | None:
    """What was last noted of a vehicle before `build`."""
    known = builds[: builds.index(build)] if build in builds else builds
    for earlier in reversed(known):
        for note in earlier.notes.values():
            if note.get("code") == code:
                return note
    return None
