"""Where the vehicles come from, how the columns are named, and when to refuse a file."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .base import Identifier, SettingsModel, Share, Text


class Guard(SettingsModel):
    """When a new file is refused, so that a broken export never wipes the site."""

    max_drop: Share = 0.4
    """The largest share of the vehicles of the last build that may vanish at once."""
    max_price_shift: Share = 0.5
    """The share of prices that may be ten times (or a tenth of) the last build's before the file is refused."""
    max_set_aside: Share = 0.5
    """The largest share of rows that may be set aside as unreadable."""
    min_vehicles: int = Field(default=1, ge=0)
    """The fewest vehicles that a file must hold."""


class Source(SettingsModel):
    """How a file at a URL is fetched."""

    timeout: float = Field(default=20, gt=0, le=300)
    """Seconds to wait for the server."""
    max_bytes: int = Field(default=64_000_000, ge=1000)
    """The largest file that is accepted, in bytes."""
    retries: int = Field(default=3, ge=0, le=10)
    """How often to try again, with growing pauses, before the last good copy is used."""


class NumberStyle(SettingsModel):
    """How numbers are written, when the columns themselves leave doubt."""

    decimal: Literal["auto", ".", ","] = "auto"
    """The decimal mark of prices and mileages; `auto` decides for each column from all its values."""


class InventorySettings(SettingsModel):
    """The inventory: one spreadsheet or several, read as one list of vehicles."""

    source: Text | list[Text] = "inventory.csv"
    """A path, a glob (`exports/*.csv`), an HTTPS URL (such as a published Google Sheet), or a list of these."""
    profile: Identifier = "auto"
    """A vendor's profile (`homenet`, `vauto`, `google-vehicles`, …), or `auto` to recognise the columns."""
    columns: dict[str, Text] | list[str | None] = Field(default_factory=dict)
    """Field → header, winning over what is recognised (`price: Preço Público/Venda`; `-` leaves a field empty).
    For a file without a header row: the list of fields, one a column, `null` to skip one."""
    defaults: dict[str, str] = Field(default_factory=dict)
    """Field → value for vehicles whose column is missing or empty (`make: Chevrolet`, `condition: new`)."""
    encoding: Literal["auto", "utf-8", "utf-16", "cp1252", "iso-8859-15", "gb18030"] = "auto"
    """The file's encoding; `auto` tries strict UTF-8 (and UTF-16 by its mark), then cp1252."""
    delimiter: Literal["auto", ",", ";", "tab", "|"] = "auto"
    """What stands between columns; `auto` parses the file each way and takes the most regular."""
    sheet: Text | None = None
    """The sheet of an Excel workbook; the first one that looks like an inventory if unset."""
    numbers: NumberStyle = Field(default_factory=NumberStyle)
    """How numbers are written."""
    mileage_unit: Literal["auto", "km", "mi", "mil"] = "auto"
    """The unit of the mileage column where neither the column's name nor its values tell (`mil`: Swedish, 10 km)."""
    duplicates: Literal["newest", "fullest"] = "newest"
    """Which of two rows with one VIN is kept: the later one in the file, or the one with the most values."""
    publish_vin: bool = False
    """Print full VINs on vehicle pages. Off by default: they help cloning fraud and are personal data in the EU."""
    guard: Guard = Field(default_factory=Guard)
    """When a file is refused."""
    fetch: Source = Field(default_factory=Source)
    """How a URL is fetched."""
