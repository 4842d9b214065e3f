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

Reference = int | str
"""What stands in a row for a value: another row's number, or the name of what all pages share."""
UNABLE = (pickle.PicklingError, TypeError, AttributeError, ValueError, RecursionError)
LONGEST_DIGEST = 32


class Freezer:
    """Hands each new row to `put`, which answers its number. It remembers what it has written."""

    def __init__(self, put: Callable[[bytes], int]) -> None:
        self.editions: dict[str, Edition] = {}
        """The editions that were met, by language: they go where the rows go, under one name for all."""
        self._put = put
        self._rows: dict[bytes, int] = {}
        self._globals: dict[object, int] = {}
        self._met: set[int] = set()
        self._referred: dict[type, Callable[[Any], Reference | None]] = {
            Fact: self._fact,
            Vehicle: self._vehicle,
            FunctionType: self._function,
            CodeType: self._code,
            Edition: self._edition,
            Rooftop: _rooftop,
            Settings: _named("settings"),
            TemplateSet: _named("renderer"),
            TemplateSets: _named("renderer"),
            Gallery: _named("gallery"),
            Site: _whole_site,
        }

    def begin(self) -> None:
        """Another plan begins, with facts of its own."""
        self._met.clear()

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

    def _frozen(self, value: object) -> bytes:
        referred = self._referred

        def refer(value: Any) -> Reference | None:
            handle = referred.get(type(value))
            return None if handle is None else handle(value)

        return _pickled(value, refer)

    def _fact(self, fact: Fact) -> Reference | None:
        """A fact that is made already is written out where it is first met; for others who read it, it gets a row."""
        make = fact._make
        if make is not None:
            return self._shared(_key(fact), lambda: (thaw.fact_to_make, fact.name, fact.digest, *_parts(make)))
        if id(fact) in self._met:
            return self._shared(_key(fact), lambda: (thaw.fact, fact.name, fact.digest, fact._value))
        self._met.add(id(fact))
        return None

    def _vehicle(self, vehicle: Vehicle) -> Reference:
        key = b"=vehicle\0" + vehicle.digest
        number = self._rows.get(key)
        if number is None:
            row = pickle.dumps((thaw.vehicle, *_values_of_vehicle(vehicle)), pickle.HIGHEST_PROTOCOL)
            number = self._rows[key] = self._put(row)
        return number

    def _function(self, function: FunctionType) -> Reference:
        """A function with a name is told once by its name; one without, with what it closes over, each time."""
        if "<" in function.__qualname__:
            return self._put(self._frozen((thaw.function, *_parts(function))))
        return self._global(function, lambda: (thaw.same, function))

    def _code(self, code: CodeType) -> Reference:
        return self._global(code, lambda: (marshal.loads, marshal.dumps(code)))

    def _edition(self, edition: Edition) -> Reference:
        self.editions[edition.language] = edition
        return f"edition {edition.language}"

    def _shared(self, key: bytes, parts: Callable[[], tuple[Any, ...]]) -> int:
        number = self._rows.get(key)
        if number is None:
            number = self._rows[key] = self._put(self._frozen(parts()))
        return number

    def _global(self, value: FunctionType | CodeType, parts: Callable[[], tuple[Any, ...]]) -> int:
        if value not in self._globals:
            self._globals[value] = self._put(pickle.dumps(parts(), pickle.HIGHEST_PROTOCOL))
        return self._globals[value]


def mark_of(artifact: Artifact) -> bytes:
    """Another mark means that the artifact would come out differently, templates aside."""
    maker = artifact.maker
    names = (maker.name, maker.view.__qualname__) if isinstance(maker, Template) else (maker.__qualname__,)
    head = "\0".join((artifact.path, *names)).encode()
    return join_digests((head, *[fact.digest for fact in artifact.reads]))


def freeze_editions(editions: dict[str, Edition]) -> bytes:
    """Every edition, with the settings, as one value."""
    return _pickled(editions, lambda _value: None)


def _key(fact: Fact) -> bytes:
    digest = fact.digest if len(fact.digest) <= LONGEST_DIGEST else blake2b(fact.digest, digest_size=16).digest()
    return fact.name.encode() + b"\0" + digest


def _parts(make: Callable[[], Any]) -> tuple[Any, ...]:
    """A function as what it is told by: itself when it has a name, else its module, code, cells and defaults."""
    if not isinstance(make, FunctionType) or "<" not in make.__qualname__:
        return (make,)
    cells = tuple([cell.cell_contents for cell in make.__closure__ or ()])
    return make.__module__, make.__code__, cells, make.__defaults__


def _pickled(value: object, refer: Callable[[Any], Reference | None]) -> bytes:
    """`value` with stand-ins where `refer` answers one, and without what no digest covers."""
    stream = BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = REDUCED
    pickler.persistent_id = refer  # type: ignore[method-assign]
    pickler.dump(value)
    return stream.getvalue()


def _named(name: str) -> Callable[[Any], Reference]:
    return lambda _value: name


def _rooftop(rooftop: Rooftop) -> Reference:
    return f"rooftop {rooftop.id}"


def _whole_site(_site: Site) -> Reference:
    raise TypeError("a maker is not handed the whole site")


def _fact(fact: Fact) -> Any:
    return thaw.fact, (fact.name, fact.digest, fact.value)


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
