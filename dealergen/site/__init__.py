"""The model: settings, inventory, content and ledger joined at the build's clock."""

from .ledger import Ledger
from .model import FacetValue, Site, StockVehicle

__all__ = ["FacetValue", "Ledger", "Site", "StockVehicle"]
