"""Artifacts as rows of bytes, with all that they are made from, so that another process can make them when asked.

A vehicle, and a fact that is still to be made, is a row of its own: what many pages share is kept once, and what did
not change since the last plan is not written again. What all pages share (editions, settings, templates, the photo
library) is left out, and put in again when a row is read.
"""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Callable
from dataclasses import fields
from hashlib import blake2b
from io import BytesIO
from operator import attrgetter
from types import CodeType, FunctionType
from typing import Any

from dealergen.build.assets import as_it_is
from dealergen.config import Rooftop, Settings
from dealergen.engine import Artifact, Fact, Renderer, Template, TemplateSet, TemplateSets, join_digests
from dealergen.engine.artifact import FactList
from dealergen.inventory import Vehicle
from dealergen.pages.edition import Edition
from dealergen.pages.pictures import Gallery
from dealergen.pages.routes import Routes
from dealergen.photos import Photo
from dealergen.seo.pages import Page
from dealergen.site import FacetValue, Site, StockVehicle

from . import thaw
from .making import bytes_of

Reference = tuple[str, object]
"""What stands in a row for a value: its kind, and which one."""
UNABLE = (pickle.PicklingError, TypeError, AttributeError, ValueError, RecursionError)
LONGEST_DIGEST = 32


class Freezer:
    """Hands each new row to `put`, which answers its number. It remembers what it has written."""

    def __init__(self, put: Callable[[bytes], int]) -> None:
        self.editions: dict[str, Edition] = {}
        """The editions that were met, by language: they go where the rows go, under one name for all."""
        self._put = put
        self._rows: dict[bytes, int] = {}
        self._globals: dict[object, Reference] = {}

    def freeze(self, artifact: Artifact, renderer: Renderer) -> tuple[int, bytes]:
        """The artifact's row, and its mark. One that cannot be taken apart is made now and kept as its bytes."""
        mark = mark_of(artifact)
        number = self._rows.get(mark)
        if number is None:
            try:
                number = self._put(self._frozen((artifact.maker, artifact.reads)))
            except UNABLE:
                made = Fact("data", b"", bytes_of(artifact, renderer))
                number = self._put(self._frozen((as_it_is, (made,))))
            self._rows[mark] = number
        return number, mark

    def refer(self, value: Any) -> Reference | None:
        """What stands in a row for `value`; None for what is written out in the row itself."""
        return REFERRED[type(value)](self, value)

    def fact(self, fact: Fact) -> Reference | None:
        """A fact that is made already is written out: it is small, or read by one artifact alone."""
        if fact._make is None:
            return (
                self._shared(_key(fact), lambda: (thaw.fact, *_parts(fact))) if type(fact._value) is Edition else None
            )
        return self._shared(_key(fact), lambda: (thaw.fact_to_make, fact.name, fact.digest, fact._make))

    def vehicle(self, vehicle: Vehicle) -> Reference:
        return self._shared(b"=vehicle\0" + vehicle.digest, lambda: (thaw.vehicle, *_values_of_vehicle(vehicle)))

    def function(self, function: FunctionType) -> Reference | None:
        """A function with a name is told once by its name; one without is written out, with what it closes over."""
        if "<" in function.__qualname__:
            return None
        return self._global(function, lambda: (thaw.same, function))

    def code(self, code: CodeType) -> Reference:
        return self._global(code, lambda: (marshal.loads, marshal.dumps(code)))

    def edition(self, edition: Edition) -> Reference:
        self.editions[edition.language] = edition
        return "edition", edition.language

    def _shared(self, key: bytes, parts: Callable[[], tuple[Any, ...]]) -> Reference:
        number = self._rows.get(key)
        if number is None:
            number = self._rows[key] = self._put(self._frozen(parts()))
        return "row", number

    def _global(self, value: FunctionType | CodeType, parts: Callable[[], tuple[Any, ...]]) -> Reference:
        if value not in self._globals:
            self._globals[value] = "row", self._put(pickle.dumps(parts()))
        return self._globals[value]

    def _frozen(self, value: object) -> bytes:
        stream = BytesIO()
        _Pickler(stream, self.refer).dump(value)
        return stream.getvalue()


def mark_of(artifact: Artifact) -> bytes:
    """Another mark means that the artifact would come out differently, templates aside."""
    maker = artifact.maker
    names = (maker.name, maker.view.__qualname__) if isinstance(maker, Template) else (maker.__qualname__,)
    head = "\0".join((artifact.path, *names)).encode()
    return join_digests((head, *[fact.digest for fact in artifact.reads]))


def freeze_editions(editions: dict[str, Edition]) -> bytes:
    """Every edition, with the settings, as one value."""
    stream = BytesIO()
    _Pickler(stream, _nothing_shared).dump(editions)
    return stream.getvalue()


def _key(fact: Fact) -> bytes:
    digest = fact.digest if len(fact.digest) <= LONGEST_DIGEST else blake2b(fact.digest, digest_size=16).digest()
    return fact.name.encode() + b"\0" + digest


class _Pickler(pickle.Pickler):
    """Pickles functions without a name, leaves out what no digest covers, and asks `refer` for stand-ins."""

    def __init__(self, stream: BytesIO, refer: Callable[[Any], Reference | None]) -> None:
        super().__init__(stream, protocol=5)
        self._refer = refer

    def persistent_id(self, value: Any) -> Reference | None:
        return self._refer(value) if type(value) in REFERRED else None

    def reducer_override(self, value: Any) -> Any:
        reduce = REDUCED.get(type(value))
        return NotImplemented if reduce is None else reduce(value)


def _nothing_shared(_value: Any) -> None:
    return None


def _whole_site(_freezer: Freezer, _site: Site) -> Reference:
    raise TypeError("a maker is not handed the whole site")


def _standing(name: str) -> Callable[[Freezer, Any], Reference]:
    return lambda _freezer, _value: (name, None)


def _rooftop(_freezer: Freezer, rooftop: Rooftop) -> Reference:
    return "rooftop", rooftop.id


REFERRED: dict[type, Callable[[Freezer, Any], Reference | None]] = {
    Fact: Freezer.fact,
    Vehicle: Freezer.vehicle,
    FunctionType: Freezer.function,
    CodeType: Freezer.code,
    Edition: Freezer.edition,
    Rooftop: _rooftop,
    Settings: _standing("settings"),
    TemplateSet: _standing("renderer"),
    TemplateSets: _standing("renderer"),
    Gallery: _standing("gallery"),
    Site: _whole_site,
}


def _function(function: FunctionType) -> Any:
    if "<" not in function.__qualname__:
        return NotImplemented
    cells = tuple([cell.cell_contents for cell in function.__closure__ or ()])
    return thaw.function, (function.__module__, function.__code__, cells, function.__defaults__)


def _fact(fact: Fact) -> Any:
    return thaw.fact, _parts(fact)


def _parts(fact: Fact) -> tuple[str, bytes, Any]:
    return fact.name, fact.digest, fact.value


def _fact_list(fact: FactList) -> Any:
    return thaw.fact_list, (fact.name, fact.digest, tuple(fact.parts))


def _page(page: Page) -> Any:
    """A sitemap prints addresses: the artifact behind a page is not in its digest."""
    return thaw.page, _values_of_page(page)


def _facet_value(value: FacetValue) -> Any:
    """Who has a facet's value is told by other facts."""
    return FacetValue, (value.facet, value.key, value.label, ())


def _routes(routes: Routes) -> Any:
    """Without the addresses of every vehicle so far."""
    return thaw.routes, (vars(routes) | {"_tails": {}},)


def _values_of(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*[field.name for field in fields(kind)])


_values_of_vehicle, _values_of_stock, _values_of_photo = map(_values_of, (Vehicle, StockVehicle, Photo))
_values_of_page = attrgetter(*[field.name for field in fields(Page) if field.name != "artifact"])

REDUCED: dict[type, Callable[[Any], Any]] = {
    FunctionType: _function,
    Fact: _fact,
    FactList: _fact_list,
    Page: _page,
    FacetValue: _facet_value,
    Routes: _routes,
    StockVehicle: lambda stock: (thaw.stock_vehicle, _values_of_stock(stock)),
    Photo: lambda photo: (thaw.photo, _values_of_photo(photo)),
    Template: lambda template: (thaw.template, (template.name, template.view)),
}
"""A dataclass by its values alone, in order, is a third of the bytes and of the time."""
