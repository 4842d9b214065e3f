"""Photos: where they are, the sizes and formats made of them, and what becomes of those at an address."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from .base import SettingFault, SettingsModel, Text

PhotoFormat = Literal["avif", "webp", "jpg"]


class PhotoDownload(SettingsModel):
    """How photos at addresses are fetched, with `remote: download`."""

    concurrency: int = Field(default=8, ge=1, le=32)
    """How many are fetched at once."""
    timeout: float = Field(default=20, gt=0, le=300)
    """Seconds that one photo may take."""
    max_bytes: int = Field(default=20_000_000, ge=1000, le=64_000_000)
    """The largest photo that is accepted, in bytes."""
    retries: int = Field(default=2, ge=0, le=10)
    """How often to try again, with growing pauses, before the earlier copy is used."""
    recheck_hours: float = Field(default=24, ge=0)
    """How long a fetched photo counts as current before its server is asked whether it has changed; 0: each build."""


class PhotoSettings(SettingsModel):
    """Where photos are, and what is made of them."""

    folder: str = "photos"
    """The folder of local photos, relative to site.yaml."""
    base_url: str | None = None
    """Put before a photo that is a bare path (`/photos/1.jpg`) and is not found in the folder."""
    widths: list[Annotated[int, Field(ge=64, le=4096)]] = Field(default_factory=lambda: [400, 800, 1600], min_length=1)
    """The widths made of each local photo, in pixels; a photo is never enlarged."""
    quality: int = Field(default=76, ge=30, le=95)
    """The quality of WebP and JPEG, 30 to 95; AVIF is made to look the same."""
    formats: list[PhotoFormat] = Field(default_factory=lambda: list[PhotoFormat](["webp", "jpg"]), min_length=1)
    """The formats made: `avif` (smaller, slower to make), `webp`, and `jpg`, which portals and social networks need."""
    webp_method: int = Field(default=4, ge=0, le=6)
    """How hard WebP tries, 0 (fast) to 6 (small); 4 takes a third of the time of 6, for files a few percent larger."""
    avif_speed: int = Field(default=9, ge=8, le=10)
    """How fast AVIF is made, 8 (small) to 10 (fast)."""
    remote: Literal["link", "download", "service"] = "link"
    """What becomes of photos at an address: pages link to them; or they are fetched and treated like local ones; or
    the host's image service (`service`) scales them."""
    service: Annotated[str, StringConstraints(pattern=r"^(/|https://)")] | None = Field(
        default=None, examples=["/.netlify/images?w={width}&url={url}", "https://img.example.com/{width}/{url}"]
    )
    """The image service's address, with `{width}` and `{url}` (the photo's address, percent-encoded)."""
    download: PhotoDownload = Field(default_factory=PhotoDownload)
    """How photos at addresses are fetched."""
    max_per_vehicle: int = Field(default=30, ge=1, le=100)
    """The most photos shown for one vehicle."""
    hosts: list[Text] = Field(default_factory=list)
    """Hosts from which pages may load pictures; empty means: those that the inventory names."""
    keep_days: int = Field(default=60, ge=1)
    """How long the cache keeps what was made of photos that nothing names any more, in days."""

    @field_validator("formats")
    @classmethod
    def _best_first(cls, formats: list[PhotoFormat]) -> list[PhotoFormat]:
        if "jpg" not in formats:
            raise SettingFault(
                "photo-formats", "jpg is missing from the formats",
                remedy="Add jpg: portals, social networks and old browsers read nothing else.",
            )  # fmt: skip
        return [name for name in ("avif", "webp", "jpg") if name in formats]

    @model_validator(mode="after")
    def _complete_service(self) -> Self:
        if self.remote == "service" and not self.service:
            raise SettingFault(
                "photo-service", "remote is service, but service does not say where it is", "remote",
                remedy="Set `service` to its address with {width} and {url}, or `remote` to link.",
            )  # fmt: skip
        if self.service and not ("{width}" in self.service and "{url}" in self.service):
            raise SettingFault(
                "photo-service", "the image service's address lacks {width} or {url}", "service",
                remedy="Write both where the service wants them: https://img.example.com/{width}/{url}.",
            )  # fmt: skip
        return self
