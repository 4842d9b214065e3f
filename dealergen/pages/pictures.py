"""Pictures for pages: a vehicle's photos, or a drawing that stands in for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice

from dealergen.engine import Artifact, Fact, digest_of, join_digests
from dealergen.errors import Place, Problem
from dealergen.inventory import Vehicle
from dealergen.photos import Photo, PhotoLibrary
from dealergen.photos.drawn import placeholder_svg

from .views import Picture, PictureSource

DRAWING_SIZE = (1600, 1067)


@dataclass(slots=True)
class Gallery:
    """Every vehicle's photos, looked up once for all languages."""

    library: PhotoLibrary
    prefix: str
    limit: int
    """The most photos of one vehicle."""
    links: bytes = b""
    """A digest over the settings by which a linked photo's address is made."""
    _drawings: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Path → body and colour family of the drawings that pages ask for."""

    def photos(self, vehicle: Vehicle) -> Fact:
        """The vehicle's usable photos; a drawing where there are none.

        Photos that are sure to be links are looked at when a page asks for them: an address is all that is known.
        """
        refs = vehicle.photos[: self.limit]
        if refs and self.library.only_links(refs):
            digest = blake2b("\n".join(refs).encode("utf-8", "surrogatepass"), digest_size=16, key=self.links).digest()
            return Fact("photos", digest, make=lambda: self._usable(vehicle))
        photos = self._usable(vehicle)
        return Fact("photos", join_digests(photo.digest for photo in photos), photos)

    def _usable(self, vehicle: Vehicle) -> list[Photo]:
        place = Place(vehicle.file, vehicle.line, "photos")
        found = (self.library.picture(ref, source=place) for ref in vehicle.photos)
        return list(islice((photo for photo in found if photo is not None), self.limit)) or [self._drawing(vehicle)]

    def photo(self, ref: str, source: Place) -> Photo | None:
        """A picture that content or settings name."""
        return self.library.picture(ref, source=source)

    def refuse(self, ref: str, source: Place) -> None:
        """Note once that a picture is left out because another site would see who looks at it."""
        told = Problem(
            "content.outward-image", "this picture would be loaded from another site and is left out", source, ref,
            "Save it beside the content and name its path, or name its host in photos.hosts.", "warning",
        )  # fmt: skip
        if told not in self.library.problems:
            self.library.problems.append(told)

    def artifacts(self) -> Iterator[Artifact]:
        """Everything that pages were promised."""
        yield from self.library.artifacts()
        for path, (body, color) in sorted(self._drawings.items()):
            facts = (Fact("body", body.encode(), body), Fact("color_family", color.encode(), color))
            yield Artifact(path, placeholder_svg, facts, Place("dealergen/photos/drawn"))

    def _drawing(self, vehicle: Vehicle) -> Photo:
        body, color = vehicle.body or "sedan", vehicle.color_family or "gray"
        path = f"media/drawn/{body}-{color}.svg"
        self._drawings[path] = (body, color)
        width, height = DRAWING_SIZE
        return Photo(
            src=f"{self.prefix}/{path}", width=width, height=height, srcset="", sources=(), color="",
            digest=digest_of("drawing", path, self.prefix),
        )  # fmt: skip


def picture_view(photo: Photo, alt: str) -> Picture:
    """A photo with the words for those who do not see it."""
    sources = tuple(PictureSource(mime, srcset) for mime, srcset in photo.sources)
    drawn = photo.is_drawing
    return Picture(photo.src, alt, photo.width, photo.height, sources, photo.srcset, photo.color, drawn)
