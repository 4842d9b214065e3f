"""Colours: the dominant colour of a picture, and mixing in a space in which equal steps look equal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

Rgb = tuple[int, int, int]
Oklab = tuple[float, float, float]


def dominant(image: Image.Image) -> str:
    """The colour that fills most of the picture, as `#rrggbb`: the mean of the fullest of 512 boxes of colour space."""
    small = image.convert("RGB").resize((32, 32))
    boxes: dict[Rgb, list[Rgb]] = {}
    data = small.tobytes()
    for at in range(0, len(data), 3):
        red, green, blue = data[at], data[at + 1], data[at + 2]
        boxes.setdefault((red >> 5, green >> 5, blue >> 5), []).append((red, green, blue))
    fullest = max(sorted(boxes.values()), key=len)
    red, green, blue = (round(sum(channel) / len(fullest)) for channel in zip(*fullest, strict=True))
    return to_hex((red, green, blue))


def from_hex(color: str) -> Rgb:
    """`#rrggbb` as three numbers from 0 to 255."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def to_hex(rgb: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*rgb)


def mix(first: str, second: str, share: float) -> str:
    """`first` with `share` (0 to 1) of `second`, mixed in Oklab."""
    a, b = to_oklab(first), to_oklab(second)
    return from_oklab((a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share))


def lightness(color: str) -> float:
    """Perceived lightness, 0 (black) to 1 (white)."""
    return to_oklab(color)[0]


def relight(color: str, value: float, chroma: float = 1.0) -> str:
    """The same hue at lightness `value`, with its chroma scaled."""
    _, a, b = to_oklab(color)
    return from_oklab((min(1.0, max(0.0, value)), a * chroma, b * chroma))


def to_oklab(color: str) -> Oklab:
    """Björn Ottosson's Oklab (2020)."""
    red, green, blue = (_linear(channel / 255) for channel in from_hex(color))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def from_oklab(lab: Oklab) -> str:
    """The nearest `#rrggbb`; what lies outside sRGB is clipped channel by channel."""
    light, a, b = lab
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    red, green, blue = (round(255 * _gamma(min(1.0, max(0.0, channel)))) for channel in linear)
    return to_hex((red, green, blue))


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _gamma(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else float(1.055 * channel ** (1 / 2.4) - 0.055)
