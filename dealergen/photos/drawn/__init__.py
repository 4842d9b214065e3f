"""Cars drawn as SVG in their own body style and paint: the demo's photos, and what stands in for missing photos."""

from .cars import View, draw_car, placeholder_svg

__all__ = ["View", "draw_car", "placeholder_svg"]
