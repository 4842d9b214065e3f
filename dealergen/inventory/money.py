"""Prices: amounts in the site's currency, `None` for every way of saying "ask us", and the chain of price columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import Final, Literal

from .choices import says_ask
from .meaning import Doubt, Meaning
from .numbers import NUMBER, NumberFormat, format_of, number_of, plain
from .tokens import says_nothing
from .words import document

_CURRENCY = re.compile(r"(?:[a-z]{1,2}|u)?\$s?|s/|[^\W\d_]+|[€£₽₺₹¥₩₴₸₪₦]", re.IGNORECASE)
_NEGATIVE = re.compile(r"(?:^|[\s$€£])-\s?(?:[^\W\d_]{0,3}[$€£]?\s?)?\d|^\(.*\d.*\)$")
_EXPONENT = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
_PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s?%")
_MIN_PRICE: Final = 100
"""No vehicle costs less, in any currency; 1 and 12 and 0.01 are typed to get past a required field."""
_HIGHEST: Final = Decimal(10) ** 12


def read_prices(texts: Sequence[str], decimal: Literal["auto", ".", ","]) -> Meaning[Decimal | None]:
    """A column of prices, each text once. Placeholders and "on request" are None without a doubt."""
    style = format_of(texts, decimal, "money")
    meaning: Meaning[Decimal | None] = Meaning({}, notes=[style.note] if style.note else [])
    for text in texts:
        if text.isdecimal() and len(text) <= 12 and style.scale == 1:
            amount = Decimal(int(text))
            meaning.values[text] = None if is_placeholder(amount) else amount
            continue
        value, doubt = _price(text, style)
        meaning.values[text] = value
        if doubt:
            meaning.doubts[text] = doubt
    return meaning


def is_placeholder(amount: Decimal) -> bool:
    """Whether an amount only fills a required field, and means: ask.

    Below 100; a count from one (123, 1234, 12345, …); 111 and 1111; or one digit five times and more (99999, 11111111).
    A true price of 99999 is therefore shown as "ask"; 9999 and 999 are common prices and stay.
    """
    if amount < _MIN_PRICE:
        return True
    digits = str(amount)
    if "." in digits:
        return False
    alike = digits == digits[0] * len(digits)
    return "1234567890123".startswith(digits) or (alike and (len(digits) >= 5 or digits[0] == "1"))


def first_real(prices: Iterable[Decimal | None]) -> Decimal | None:
    """The first price that is one."""
    return next((price for price in prices if price is not None), None)


def asking_price(
    sale: Decimal | None, listed: Decimal | None, msrp: Decimal | None, was: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    """The price asked, and the higher one that it was before, if the columns tell one."""
    price = first_real((sale, listed, msrp))
    before = was if was is not None else (listed if sale is not None else None)
    return price, before if price is not None and before is not None and before > price else None


def foreign_currency(texts: Iterable[str], told: str, currency: str) -> tuple[str, str] | None:
    """A currency that the column names and that is not the site's, and the text that names it ("" for the header)."""
    for text in ("", *texts):
        for named in currencies_in(text or told) if not text.isdecimal() else ():
            if currency not in named:
                return "/".join(sorted(named)[:3]), text
    return None


def currencies_in(text: str) -> list[frozenset[str]]:
    """For each currency sign or word of a text: the ISO 4217 codes that it may mean."""
    found = (_currencies(match[0]) for match in _CURRENCY.finditer(plain(text)[:60]))
    return [named for named in found if named]


def _currencies(word: str) -> frozenset[str] | None:
    """Codes count in capitals only (`try` and `all` are words); signs and words in any case."""
    codes, signs = _spellings()
    return codes.get(word) or signs.get(word.upper()) or (signs["$"] if "$" in word else None)


@cache
def _spellings() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Codes, and signs and words in capitals, with the currencies that they may mean."""
    currency = document("currency")
    codes = {code: frozenset({code}) for code in currency["codes"]}
    signs = {str(sign).upper(): frozenset(meant) for sign, meant in currency["signs"].items()}
    return codes, signs | {"$": frozenset(currency["dollars"])}


def _price(text: str, style: NumberFormat) -> tuple[Decimal | None, Doubt | None]:
    bare = _PERCENT.sub(" ", plain(text[:200]))
    numbers = NUMBER.findall(bare)
    if not numbers:
        asks = says_nothing(text) or says_ask(text) or bool(currencies_in(text))
        return None, None if asks else _unreadable("is not a price", foreign=True)
    if doubt := _no_amount(bare, len(numbers)):
        return None, doubt
    amount = number_of(numbers[0], style)
    if amount is None or amount > _HIGHEST:
        return None, _unreadable("does not fit the way in which the column writes numbers")
    if is_placeholder(amount):
        odd = amount > 0 and _has_foreign_words(bare) and not says_ask(text)
        return None, _unreadable("is not a price", foreign=True) if odd else None
    return amount, None


def _no_amount(bare: str, numbers: int) -> Doubt | None:
    if _EXPONENT.search(bare):
        return _unreadable("was shortened by a spreadsheet and has lost digits")
    if numbers > 1:
        return _unreadable("holds more than one number")
    return _unreadable("is a negative price") if _NEGATIVE.search(bare) else None


def _has_foreign_words(bare: str) -> bool:
    """Words beside a small number that no price has: `2.0 Turbo`, `Onix 1.0`."""
    return any(not _currencies(word) for word in re.findall(r"[^\W\d_]{3,}", bare))


def _unreadable(reason: str, *, foreign: bool = False) -> Doubt:
    remedy = "Correct the cell, or set inventory.numbers.decimal if the column's decimal mark was mistaken."
    return Doubt("inventory.price-unreadable", f"the text {reason}; the vehicle is shown with its price on request",
                 remedy, foreign)  # fmt: skip
