"""The model: settings, inventory, content and ledger joined at the build's clock.

`build_site_model` makes a `Site`, which pages, feeds and lints draw on; `read_ledger` and `write_ledger` keep what must
outlive a build; `weekly_rows`, `holiday_rows` and `opening_hours_specification` tell a rooftop's hours.
"""

from .hours import HolidayRow, HoursRow, holiday_rows, opening_hours_specification, weekly_rows
from .join import build_site_model
from .ledger import Ledger, TargetFor
from .ledger_io import LEDGER_FILE, PUBLIC_PATH, fetch_bytes, read_ledger, write_ledger
from .model import FacetValue, Site, StockVehicle
from .records import UrlRecord, VehicleRecord

__all__ = [
    "LEDGER_FILE",
    "PUBLIC_PATH",
    "FacetValue",
    "HolidayRow",
    "HoursRow",
    "Ledger",
    "Site",
    "StockVehicle",
    "TargetFor",
    "UrlRecord",
    "VehicleRecord",
    "build_site_model",
    "fetch_bytes",
    "holiday_rows",
    "opening_hours_specification",
    "read_ledger",
    "weekly_rows",
    "write_ledger",
]
