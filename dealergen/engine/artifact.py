"""What the engine works on: facts, fragments and artifacts, and the fingerprints that tie them together.

A `Fact` is a named value with a digest. An `Artifact` is a path, the facts that it is made from, and a maker, which is
handed those facts and nothing else: so what is shown is what is hashed, and a dependency cannot be forgotten.
Facts are derived from facts: a view, a list, or a `fragment` (a piece of HTML that many pages share).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Protocol

from markupsafe import Markup

from dealergen.errors import Place

from .code import code_of

View = Callable[..., Mapping[str, Any]]
"""A pure function from facts' values to a template's context."""


class Fact:
    """A named value that an artifact reads, with a digest that changes exactly when the value does.

    `parts` are the facts that a derived one is made from; `template` is a fragment's.
    """

    __slots__ = ("_make", "_value", "digest", "name", "parts", "template")

    def __init__(
        self,
        name: str,
        digest: bytes,
        value: Any = None,
        *,
        make: Callable[[], Any] | None = None,
        parts: Sequence[Fact] = (),
        template: str = "",
    ) -> None:
        self.name = name
        self.digest = digest
        self.parts = parts
        self.template = template
        self._value = value
        self._make = make

    @property
    def value(self) -> Any:
        """The value; a lazy one is made at the first call and kept."""
        if self._make is not None:
            self._value, self._make = self._make(), None
        return self._value

    def __repr__(self) -> str:
        return f"Fact({self.name!r}, {self.digest.hex()[:8]})"


class FactList(Fact):
    """A fact whose value is the list of its parts' values."""

    __slots__ = ()


class Renderer(Protocol):
    """What turns a template and its context into text; `TemplateSet` is one."""

    def render(self, template: str, context: Mapping[str, Any]) -> str: ...

    def closure(self, template: str) -> bytes:
        """A digest over the template and everything that it extends, includes or imports."""
        ...


def derive(name: str, function: Callable[..., Any], *facts: Fact) -> Fact:
    """A fact made from facts by a pure function, when first asked for; it changes when one of them does."""
    digest = join_digests((name.encode(), code_of(function), *[fact.digest for fact in facts]))
    return Fact(name, digest, make=lambda: function(*[fact.value for fact in facts]), parts=facts)


def fragment(name: str, renderer: Renderer, template: str, view: View, *facts: Fact) -> Fact:
    """A fact whose value is HTML: `template` with what `view` makes of the facts, rendered when first asked for."""
    own = (renderer.closure(template), code_of(view), code_of(renderer))
    digest = join_digests((*own, *[fact.digest for fact in facts]))

    def made() -> Markup:
        return Markup(renderer.render(template, view(*[fact.value for fact in facts])))  # noqa: S704

    return Fact(name, digest, make=made, parts=facts, template=template)


def listed(name: str, facts: Sequence[Fact]) -> Fact:
    """Facts as one fact whose value is the list of theirs."""
    digest = join_digests([fact.digest for fact in facts])
    return FactList(name, digest, make=lambda: [fact.value for fact in facts], parts=facts)


@dataclass(frozen=True, slots=True)
class Template:
    """A maker that renders a template. `view` turns the facts' values, in order, into the template's context."""

    name: str
    view: View


Function = Callable[..., bytes]
"""A maker that is handed the facts' values, by name, and answers the artifact's bytes."""

Maker = Template | Function


@dataclass(slots=True)
class Artifact:
    """One thing that is published: where it goes, how it is made, what from, and on whose behalf."""

    path: str
    """Relative to the output folder, with forward slashes."""
    maker: Maker
    reads: tuple[Fact, ...]
    source: Place
    """The record that asked for it, for messages."""


def digest_of(*parts: object) -> bytes:
    """A digest over plain values (str, bytes, numbers, None, dates, tuples, lists, dicts with str keys).

    Independent of the hash seed: mappings are sorted, sets are refused.
    """
    return blake2b(_canonical(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _canonical(value: object) -> str:
    match value:
        case dict():
            return "{" + ",".join(f"{key!r}:{_canonical(value[key])}" for key in sorted(value)) + "}"
        case list() | tuple():
            return "[" + ",".join(map(_canonical, value)) + "]"
        case set() | frozenset():
            raise TypeError("a set has no order; sort it first")
        case _:
            return repr(value)


def join_digests(digests: Iterable[bytes]) -> bytes:
    """One digest over several, in order."""
    return blake2b(b"".join(digests), digest_size=16).digest()
