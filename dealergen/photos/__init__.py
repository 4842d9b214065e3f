"""Photos: what a spreadsheet names becomes pictures that load fast, and a car without photos gets a drawing.

`PhotoLibrary` finds each photo, sniffs and measures it, and plans its WebP and JPEG variants as artifacts; a photo that
cannot be used is left out with a warning. `drawn` draws cars as SVG in their own body style and paint.
"""

from .library import PhotoLibrary
from .photo import Photo

__all__ = ["Photo", "PhotoLibrary"]
