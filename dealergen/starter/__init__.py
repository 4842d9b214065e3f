"""The start of a new dealership: what must be known of it, and the files that are made from that.

A folder a language holds the templates; `common` holds what is the same in all. `dealergen new` asks, this room makes.
"""

from .answers import DEFAULTS, LANGUAGES, Answers
from .plant import faults, plan, plant, require_empty

__all__ = ["DEFAULTS", "LANGUAGES", "Answers", "faults", "plan", "plant", "require_empty"]
