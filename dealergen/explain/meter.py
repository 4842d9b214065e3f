"""A meter at the build's seams: it stands before the templates, around the makers, and beside the engine's progress.

What it measures is what a build does, in one process, in the order of the plan; nothing is patched.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from dealergen.engine import Artifact, Fact, Renderer, Template
from dealergen.engine.manifest import Record
from dealergen.engine.reads import maker_name


@dataclass(slots=True)
class Tally:
    """How often, how long and how much. Times are seconds."""

    count: int = 0
    total: float = 0.0
    longest: float = 0.0
    size: int = 0
    """Bytes; of a template, characters."""

    def add(self, seconds: float, size: int) -> None:
        self.count += 1
        self.total += seconds
        self.longest = max(self.longest, seconds)
        self.size += size

    @property
    def mean(self) -> float:
        return self.total / self.count if self.count else 0.0

    def as_json(self) -> dict[str, float | int]:
        return {
            "count": self.count,
            "seconds": round(self.total, 6),
            "mean": round(self.mean, 9),
            "max": round(self.longest, 6),
            "bytes": self.size,
        }


class Steps:
    """Seconds by step; each ends where the next begins."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._name = ""
        self._since = perf_counter()

    def begin(self, name: str) -> None:
        """`name` begins, and what was under way ends; an empty name only ends."""
        now = perf_counter()
        if self._name:
            self.seconds[self._name] += now - self._since
        self._name, self._since = name, now


@dataclass
class Meter:
    """An observer, a progress and the wrapping of makers and renderers, for one build without worker processes."""

    steps: Steps
    makers: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    """By template for pages, by function for the rest: all that making one takes, writing included."""
    templates: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    """By template, the time within Jinja."""
    parts: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    """What making consists of: `compile`, `fragments`, `facts`, `views`, `templates`, `functions`, `write`."""
    artifacts: list[tuple[float, str, int]] = field(default_factory=list)
    """Seconds, path and bytes of everything that was made."""
    _began: float = 0.0
    _mark: float = 0.0
    _within: bool = False
    """Whether the maker itself is at work, its facts being at hand."""

    def through(self, renderer: Renderer) -> Renderer:
        """`renderer`, measured."""
        return MeteredRenderer(renderer, self)

    def wrapped(self, artifact: Artifact) -> Artifact:
        """`artifact` with its maker measured."""
        maker = artifact.maker
        if isinstance(maker, Template):
            return Artifact(
                artifact.path, Template(maker.name, self._view(maker.view)), artifact.reads, artifact.source
            )
        return Artifact(artifact.path, self._function(maker), artifact.reads, artifact.source)

    def compiled(self, seconds: float, again: float) -> None:
        """A template was compiled, in `seconds`; to know that, it was rendered once more than needed, in `again`."""
        self.parts["compile"] += seconds
        self._mark += seconds + again
        self._began += again

    def rendered(self, template: str, seconds: float, size: int) -> None:
        """The renderer made `size` characters."""
        self.templates[plain(template)].add(seconds, size)
        self.parts["templates" if self._within else "fragments"] += seconds
        self._mark += seconds  # so that it does not count towards what it happens in as well

    def made(self, artifact: Artifact, before: Record | None, after: Record) -> None:  # noqa: ARG002
        now = perf_counter()
        seconds = now - self._began
        template = artifact.maker.name if isinstance(artifact.maker, Template) else ""
        self.makers[plain(template) or maker_name(artifact)].add(seconds, after.size)
        self.artifacts.append((seconds, artifact.path, after.size))
        self.parts["write"] += now - self._mark
        self._began, self._mark, self._within = now, now, False

    def step(self, name: str, total: int) -> None:  # noqa: ARG002
        self.steps.begin(name)
        self._began = self._mark = perf_counter()

    def advance(self, n: int = 1) -> None:
        """What was done is known from `made`."""

    def done(self) -> None:
        self.steps.begin("finish")

    def _view(self, view: Callable[..., Mapping[str, Any]]) -> Callable[..., Mapping[str, Any]]:
        @functools.wraps(view)
        def measured(*values: Any) -> Mapping[str, Any]:
            self._facts_at_hand()
            context = view(*values)
            self._lap("views")
            return context

        return measured

    def _function(self, function: Callable[..., bytes]) -> Callable[..., bytes]:
        @functools.wraps(function)
        def measured(**values: Any) -> bytes:
            self._facts_at_hand()
            data = function(**values)
            self._lap("functions")
            return data

        return measured

    def _facts_at_hand(self) -> None:
        self._lap("facts")
        self._within = True

    def _lap(self, part: str) -> None:
        now = perf_counter()
        self.parts[part] += now - self._mark
        self._mark = now


class MeteredRenderer:
    """A renderer that tells a meter what each rendering took.

    A template's first rendering compiles it: a second one tells the two apart.
    """

    def __init__(self, inner: Renderer, meter: Meter) -> None:
        self.func = inner  # named as by functools.partial, so that fingerprints cover the inner one's code
        self._meter = meter
        self._seen: set[str] = set()

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        started = perf_counter()
        text = self.func.render(template, context)
        seconds = perf_counter() - started
        if template not in self._seen:
            self._seen.add(template)
            started = perf_counter()
            self.func.render(template, context)
            again = perf_counter() - started
            self._meter.compiled(max(0.0, seconds - again), again)
            seconds = min(seconds, again)
        self._meter.rendered(template, seconds, len(text))
        return text

    def closure(self, template: str) -> bytes:
        return self.func.closure(template)


def fragment_uses(artifacts: Iterable[Artifact]) -> dict[str, int]:
    """Template → how often artifacts are handed a fragment made with it."""
    uses: dict[str, int] = defaultdict(int)
    for artifact in artifacts:
        _count(artifact.reads, uses)
    return uses


def _count(facts: Iterable[Fact], uses: dict[str, int]) -> None:
    for fact in facts:
        if fact.template:
            uses[plain(fact.template)] += 1
        else:
            _count(fact.parts, uses)


def plain(template: str) -> str:
    """A template's name without its language."""
    return template.partition(":")[2] or template
