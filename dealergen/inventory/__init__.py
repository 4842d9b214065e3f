"""A dealer's spreadsheet, as it really is, read into vehicles: decode, dialect, columns, values, identity, guard."""

from .model import ColumnReport, Duplicate, FileReport, Inventory
from .vehicle import Vehicle

__all__ = ["ColumnReport", "Duplicate", "FileReport", "Inventory", "Vehicle"]
