"""Addresses: every page of one language, root-relative, with the base address's own path in front."""

from __future__ import annotations

from dealergen.config.presentation import FacetName
from dealergen.inventory import Vehicle
from dealergen.locale import Locale
from dealergen.site import FacetValue
from dealergen.site.facets import name_key

VOCABULARY_FACETS: frozenset[FacetName] = frozenset({"condition", "body", "fuel", "transmission", "color"})
BAND_FACETS: frozenset[FacetName] = frozenset({"price", "mileage"})


class Routes:
    """The addresses of one language. `facets` are the keys of facet pages that exist: (facet, key)."""

    def __init__(self, locale: Locale, *, default: bool, prefix: str, facets: frozenset[tuple[FacetName, str]]) -> None:
        self._locale = locale
        self._top = f"{prefix}/" if default else f"{prefix}/{locale.language.lower()}/"
        self._prefix = prefix
        self._facets = facets
        self._stock = f"{self._top}{locale.path('stock')}/"
        self._tails: dict[str, str] = {}

    def file(self, url: str) -> str:
        """The path of `url`'s file in the output folder."""
        path = url.removeprefix(self._prefix).lstrip("/")
        return path if path.endswith(".html") else f"{path}index.html"

    def home(self) -> str:
        return self._top

    def stock(self, page: int = 1) -> str:
        return self._numbered(self._stock, page)

    def has_facet(self, facet: FacetName, key: str) -> bool:
        return (facet, key) in self._facets

    def facet(self, value: FacetValue, page: int = 1) -> str:
        """The page of a facet's value; check `has_facet` before linking."""
        return self._numbered(self.facet_of(value.facet, value.key, value.label), page)

    def facet_of(self, facet: FacetName, key: str, label: str) -> str:
        if facet in ("make", "model"):
            return f"{self._stock}{key}/"
        return f"{self._stock}{self._locale.path(facet)}/{self._word(facet, key, label)}/"

    def vehicle(self, vehicle: Vehicle) -> str:
        tail = self._tails.get(vehicle.code)
        if tail is None:
            tail = self._tails[vehicle.code] = self._tail(vehicle)
        return f"{self._stock}{tail}"

    def rooftops(self) -> str:
        return f"{self._top}{self._locale.path('stores')}/"

    def rooftop(self, name: str) -> str:
        return f"{self.rooftops()}{name}/"

    def offers(self) -> str:
        return f"{self._top}{self._locale.path('offers')}/"

    def offer(self, name: str) -> str:
        return f"{self.offers()}{name}/"

    def blog(self, page: int = 1) -> str:
        return self._numbered(f"{self._top}{self._locale.path('blog')}/", page)

    def post(self, name: str) -> str:
        return f"{self.blog()}{name}/"

    def page(self, name: str) -> str:
        return f"{self._top}{name}/"

    def thanks(self) -> str:
        return f"{self._top}{self._locale.path('thanks')}/"

    def not_found(self) -> str:
        return f"{self._top}404.html"

    def _numbered(self, url: str, page: int) -> str:
        return url if page == 1 else f"{url}{self._locale.path('page')}/{page}/"

    def _word(self, facet: FacetName, key: str, label: str) -> str:
        locale = self._locale
        if facet in VOCABULARY_FACETS:
            return locale.slug(locale.t(f"{facet}.{label}"))
        if facet in BAND_FACETS and key.startswith("-"):
            return f"{locale.path('up_to')}-{key[1:]}"
        if facet in BAND_FACETS and key.endswith("-"):
            return f"{locale.path('above')}-{key[:-1]}"
        return key

    def _tail(self, vehicle: Vehicle) -> str:
        slug = self._locale.slug
        folders = [name_key(part) for part in (vehicle.make, vehicle.model) if part]
        name = [str(vehicle.year)] if vehicle.year else []
        name += [part for part in (slug(vehicle.trim), vehicle.code) if part]
        return "/".join((*folders, "-".join(name))) + "/"
