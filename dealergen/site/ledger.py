"""What must outlive a build: first-seen dates, last prices, every address ever published."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Ledger:
    """To be completed."""
