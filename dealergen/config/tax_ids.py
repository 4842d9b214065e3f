"""Check digits of the numbers under which companies are registered."""

from __future__ import annotations

import re

_CNPJ = re.compile(r"[0-9A-Z]{12}[0-9]{2}")


def cnpj_fault(number: str) -> str | None:
    """What is wrong with a CNPJ, in words; None if its two check digits hold.

    The rule is Receita Federal's modulo 11: weights 2 to 9 from right to left, again and again; the digit is 11 less
    the remainder, and 0 where the remainder is 0 or 1. Since July 2026 (Instrução Normativa RFB 2.229/2024) the first
    twelve places may hold letters too, each worth its ASCII code less 48.
    """
    bare = re.sub(r"[./\s-]", "", number).upper()
    if not _CNPJ.fullmatch(bare):
        return "a CNPJ has 14 places, the last two of them digits"
    if len(set(bare)) == 1:
        return "a CNPJ is not one digit over and over"
    first = _check_digit(bare[:12])
    if bare[12:] != f"{first}{_check_digit(bare[:12] + str(first))}":
        return "its check digits do not fit, so a place was mistyped"
    return None


def _check_digit(places: str) -> int:
    total = sum((ord(place) - 48) * (2 + index % 8) for index, place in enumerate(reversed(places)))
    return 0 if total % 11 < 2 else 11 - total % 11
