"""Reads what `freeze` wrote: artifacts whose facts are fetched, and made, only when they are asked for."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from io import BytesIO
from types import CellType, CodeType, FunctionType
from typing import Any

from dealergen.engine import Artifact, Fact, Renderer, Template
from dealergen.engine.artifact import FactList, View
from dealergen.errors import Place
from dealergen.inventory import Vehicle
from dealergen.pages.edition import Edition
from dealergen.pages.pictures import Gallery
from dealergen.pages.routes import Routes
from dealergen.photos import Photo
from dealergen.seo.pages import Page
from dealergen.site import StockVehicle

MOST = 20_000
"""Shared parts that are kept once they were fetched."""


class Thawer:
    """Puts artifacts together from rows. `row` answers the bytes of a row by its number."""

    def __init__(
        self, row: Callable[[int], bytes], editions: Mapping[str, Edition], renderer: Renderer, gallery: Gallery
    ) -> None:
        settings = next(iter(editions.values())).settings
        self._row = row
        self._editions = editions
        self._rooftops = {rooftop.id: rooftop for rooftop in settings.rooftops}
        self._standing = {"settings": settings, "renderer": renderer, "gallery": gallery}
        self._kept: dict[int, Any] = {}

    def artifact(self, path: str, number: int, source: Place) -> Artifact:
        """The artifact of a row, for `path` and on behalf of `source`."""
        maker, reads = self._thawed(number)
        return Artifact(path, maker, reads, source)

    def _thawed(self, number: int) -> Any:
        unpickler = pickle.Unpickler(BytesIO(self._row(number)))  # noqa: S301 - our own cache, as trusted as templates
        unpickler.persistent_load = self._stand_in  # type: ignore[method-assign]
        return unpickler.load()

    def _stand_in(self, reference: int | str) -> Any:
        if isinstance(reference, int):
            return self._shared(reference)
        kind, _, which = reference.partition(" ")
        match kind:
            case "edition":
                return self._editions[which]
            case "rooftop":
                return self._rooftops[which]
        return self._standing[kind]

    def _shared(self, number: int) -> Any:
        if number not in self._kept:
            if len(self._kept) > MOST:
                self._kept.clear()
            put_together, *parts = self._thawed(number)
            self._kept[number] = put_together(*parts)
        return self._kept[number]


def thaw_editions(data: bytes) -> dict[str, Edition]:
    """What `freeze_editions` wrote."""
    editions: dict[str, Edition] = pickle.loads(data)  # noqa: S301 - our own cache, trusted as the site's templates are
    return editions


def same(value: Any) -> Any:
    return value


def fact(name: str, digest: bytes, value: Any) -> Fact:
    return Fact(name, digest, value)


def fact_to_make(name: str, digest: bytes, *make: Any) -> Fact:
    return Fact(name, digest, make=make[0] if len(make) == 1 else function(*make))


def fact_list(name: str, digest: bytes, parts: Sequence[Fact]) -> Fact:
    return FactList(name, digest, make=lambda: [part.value for part in parts], parts=parts)


def function(module: str, code: CodeType, cells: tuple[Any, ...], defaults: tuple[Any, ...] | None) -> FunctionType:
    """A function without a name of its own, over the values that it had closed over."""
    names = vars(sys.modules.get(module) or import_module(module))
    return FunctionType(code, names, code.co_name, defaults, tuple(map(CellType, cells)))


def template(name: str, view: View) -> Template:
    return Template(name, view)


def vehicle(*values: Any) -> Vehicle:
    return Vehicle(*values)


def stock_vehicle(*values: Any) -> StockVehicle:
    return StockVehicle(*values)


def photo(*values: Any) -> Photo:
    return Photo(*values)


def page(*values: Any) -> Page:
    """A page as a sitemap needs it."""
    return Page(NOWHERE, *values)


def routes(state: dict[str, Any]) -> Routes:
    made = Routes.__new__(Routes)
    vars(made).update(state)
    return made


def _nothing() -> bytes:
    return b""


NOWHERE = Artifact("", _nothing, (), Place(""))
