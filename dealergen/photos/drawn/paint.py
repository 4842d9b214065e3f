"""Paint: from one colour, the tones that light makes of it on a car; and a typical paint for each colour family."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dealergen.inventory.vocabulary import ColorFamily
from dealergen.photos.color import from_oklab, to_oklab

FAMILY_PAINTS: Final[dict[ColorFamily, str]] = {
    "black": "#1d1f23", "white": "#eceef0", "silver": "#b9bfc4", "gray": "#6a7077", "blue": "#27508f", "red": "#a8201f",
    "green": "#2f5a45", "yellow": "#e0b02a", "orange": "#cf6420", "brown": "#5d4234", "beige": "#c9b79a",
    "gold": "#b5985a", "purple": "#56386e", "pink": "#c9798f", "other": "#7f8a93",
}  # fmt: skip
"""What stands for a colour family when the paint itself is not known."""

GLASS: Final = "#1b242c"
RUBBER: Final = "#17191b"
TRIM: Final = "#202427"
CHROME: Final = "#cfd5d9"


@dataclass(frozen=True, slots=True)
class Paint:
    """A paint under soft light from above. Near-black and near-white are pulled in, so that form stays visible."""

    color: str

    def tone(self, step: float) -> str:
        """The paint lit (`step` from 0 to 1) or shaded (0 to -1); light is slightly cool, shade slightly deeper."""
        light, a, b = to_oklab(self.color)
        light = min(0.93, max(0.27, light))
        if step >= 0:
            keep = 1 - 0.55 * step
            return from_oklab((light + (0.985 - light) * step, a * keep, b * keep - 0.008 * step))
        return from_oklab((light * (1 + step * 0.82), a * (1 + step * 0.35), b * (1 + step * 0.35) - 0.004))

    @property
    def dark(self) -> bool:
        return to_oklab(self.color)[0] < 0.45

    @property
    def line(self) -> str:
        """For panel gaps."""
        return self.tone(-0.72)
