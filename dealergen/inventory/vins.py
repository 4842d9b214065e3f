"""Vehicle identification numbers and number plates: what is one, and what about it is odd."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from .meaning import Doubt
from .tokens import says_nothing

_SEPARATORS = re.compile(r"[\s.\-_/*]+")
_PLAUSIBLE = re.compile(r"[A-Z0-9]{9,20}")
_NO_VIN = re.compile(r"NO?VIN|SEM|SIN|SANS|OHNE|UNKNOWN|PENDING|TBD|TBA|NONE|NULL|CHASSI|VINNUM|TEST|DUMMY|FAKE|XXX")
_THREE_DIGITS = re.compile(r"\d[A-Z]*\d[A-Z]*\d")
_ALPHABET = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_VALUES: Final = dict(
    zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "012345678912345678123457923456789"), strict=True)
)
_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_SEQUENCES: Final = "0123456789" * 3
_STANDARD_SINCE: Final = 1981
"""The first model year of 17 characters (ISO 3779, 49 CFR 565)."""
_PLATE = re.compile(r"[A-Z0-9]{2,10}")
_BRAZILIAN_PLATE = re.compile(r"[A-Z]{3}\d(?:\d|[A-Z])\d{2}")
"""Three letters and four digits; since 2018 (Mercosul) the second digit is a letter."""


def vin_of(text: str) -> str:
    """The VIN of a cell in capitals without separators; "" for whatever is none (`NOVIN-12`, `0`, `11111111111`).

    Fewer than 17 characters are taken from nine up: vehicles from before 1981, boats and trailers have such numbers.
    """
    vin = text.upper() if text.isalnum() and text.isascii() else _SEPARATORS.sub("", text[:60]).upper()
    if not _PLAUSIBLE.fullmatch(vin) or _is_filler(vin):
        return ""
    return vin


def vin_doubt(vin: str, year: int | None) -> Doubt | None:
    """What is odd about a VIN: its length or letters since 1981, or the check digit where the law wants one."""
    if _ALPHABET.fullmatch(vin):
        return _check_doubt(vin) if vin[0] in "12345" and vin[8] != check_digit(vin) else None
    if year is not None and year < _STANDARD_SINCE:
        return None
    reason = "has letters that no VIN has (I, O, Q)" if len(vin) == 17 else f"has {len(vin)} characters instead of 17"
    return Doubt("inventory.vin-malformed", f"the VIN {reason}", "Compare it with the vehicle's papers.")


@lru_cache(maxsize=65_536)
def check_digit(vin: str) -> str:
    """The ninth character by 49 CFR 565.15: `0` to `9` or `X`. `vin` has 17 characters of the VIN alphabet."""
    remainder = sum(map(int.__mul__, map(_VALUES.__getitem__, vin), _WEIGHTS)) % 11
    return "X" if remainder == 10 else str(remainder)


def plate_of(text: str) -> str:
    """A number plate in capitals without separators; "" for none."""
    if says_nothing(text):
        return ""
    plate = _SEPARATORS.sub("", text[:30]).upper()
    return plate if _PLATE.fullmatch(plate) and any(map(str.isdigit, plate)) and len(set(plate)) > 1 else ""


def plate_doubt(text: str, currency: str) -> Doubt | None:
    """Where prices are in reais: a plate that is neither of the old form nor of the Mercosul."""
    if currency != "BRL" or says_nothing(text) or _BRAZILIAN_PLATE.fullmatch(plate_of(text)):
        return None
    message = "the plate is neither ABC1234 nor ABC1D23"
    remedy = "Compare it with the vehicle's papers; it is not published."
    return Doubt("inventory.plate-malformed", message, remedy, shown=f"…{text.strip()[-1:]}")


def _is_filler(vin: str) -> bool:
    return not _THREE_DIGITS.search(vin) or len(set(vin)) < 3 or vin in _SEQUENCES or _NO_VIN.match(vin) is not None


def _check_doubt(vin: str) -> Doubt:
    message = f"the VIN's check digit is {vin[8]} and should be {check_digit(vin)}, so a character may be mistyped"
    return Doubt("inventory.vin-check-digit", message, "Compare it with the vehicle's papers.")
