"""Settings: site.yaml read into one typed, immutable `Settings`, every error with its file, line and column."""

from .dealer import Dealer
from .inventory import InventorySettings
from .load import load_settings
from .rooftop import Rooftop
from .settings import Settings

__all__ = ["Dealer", "InventorySettings", "Rooftop", "Settings", "load_settings"]
