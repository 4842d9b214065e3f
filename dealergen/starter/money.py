"""Prices for the starter's vehicles in any currency: plausible to the eye, and no rate to trade on."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

UNITS_PER_DOLLAR: Final[dict[str, str]] = {
    "USD": "1", "EUR": "0.9", "GBP": "0.78", "CHF": "0.85", "BRL": "5.4", "CAD": "1.38", "AUD": "1.5", "NZD": "1.7",
    "SEK": "10", "NOK": "10.5", "DKK": "6.7", "PLN": "3.8", "CZK": "22", "HUF": "350", "RON": "4.5", "TRY": "41",
    "MXN": "18.5", "ARS": "1400", "CLP": "950", "COP": "4000", "PEN": "3.6", "UYU": "40", "PYG": "7500", "BOB": "6.9",
    "DOP": "62", "CRC": "505", "GTQ": "7.7", "ZAR": "18", "AOA": "915", "MZN": "64", "INR": "87", "JPY": "150",
}  # fmt: skip
"""Rough orders of magnitude, so that a small car does not cost as much as a house. Others are taken as dollars."""


def in_currency(price: int, own: str, wanted: str) -> Decimal:
    """`price` in the currency `own`, as a dealer in `wanted` would write it: three digits, then a step below."""
    if own == wanted:
        return Decimal(price)
    value = price * Decimal(UNITS_PER_DOLLAR.get(wanted, "1")) / Decimal(UNITS_PER_DOLLAR[own])
    step = Decimal(10) ** (value.adjusted() - 2)
    return (value / step).to_integral_value() * step - step / 10
