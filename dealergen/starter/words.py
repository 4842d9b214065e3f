"""What the starter's templates may write: answers, days from today, prices in the currency, distances in the unit."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from dealergen import __version__

from .answers import DEFAULTS, Answers
from .money import in_currency

if TYPE_CHECKING:
    from jinja2 import Environment

KM_PER_MILE: Final = Decimal("1.609344")


class Words:
    """The functions of the templates, for one set of answers, on one day."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._own = DEFAULTS[answers.language]
        self._today = answers.today()
        self._locale = _locale(answers)

    def day(self, days: int) -> str:
        """The date so many days from today, ISO 8601."""
        return (self._today + dt.timedelta(days)).isoformat()

    def written(self, days: int) -> str:
        """The same, for readers: 22 de novembro de 2026."""
        from babel.dates import format_date

        return format_date(self._today + dt.timedelta(days), "long", locale=self._locale)

    def year(self, years: int) -> int:
        return self._today.year + years

    def price(self, amount: int) -> str:
        """A price of the template, in its own currency, as plain digits in the dealer's."""
        return f"{self._price(amount):f}"

    def money(self, amount: int) -> str:
        """The same, for readers: R$ 62.900,00."""
        from babel.numbers import format_currency

        return format_currency(self._price(amount), self._answers.currency, locale=self._locale)

    def distance(self, amount: int) -> int:
        """A reading in the unit of the template's own country, in that of the dealer's, to the hundred if converted."""
        if self._own.distance == self._answers.distance:
            return amount
        factor = KM_PER_MILE if self._own.distance == "mi" else 1 / KM_PER_MILE
        return int((amount * factor / 100).to_integral_value() * 100)

    def _price(self, amount: int) -> Decimal:
        return in_currency(amount, self._own.currency, self._answers.currency)


def _locale(answers: Answers) -> str:
    """The language as the country writes it (`en_GB`, `es_MX`), where the CLDR knows it so."""
    from babel import localedata

    wanted = f"{answers.language[:2]}_{answers.country.upper()}"
    return wanted if localedata.exists(wanted) else answers.language.replace("-", "_")


def environment(answers: Answers) -> Environment:
    """Templates write `<< value|yaml >>`: other marks would meet those of TOML, GitHub's workflows and Markdown."""
    from jinja2 import Environment, StrictUndefined

    made = Environment(  # noqa: S701  YAML, CSV and Markdown: each value goes through the filter of its place
        variable_start_string="<<", variable_end_string=">>", undefined=StrictUndefined, keep_trailing_newline=True
    )
    words = Words(answers)
    made.filters.update(yaml=quoted, md=literal)
    made.globals.update(
        {name: getattr(words, name) for name in ("day", "written", "year", "price", "money", "distance")}
    )
    made.globals.update(site=answers, version=__version__)
    return made


def quoted(text: str) -> str:
    """`text` as a quoted YAML scalar on one line, whatever it holds."""
    import yaml

    return str(yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**9)).rstrip("\n")


def literal(text: str) -> str:
    """`text` on one line of Markdown, with the signs of Markdown and HTML taken as themselves."""
    escaped = re.sub(r"([\\`*_\[\]#|])", r"\\\1", " ".join(text.split()))
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
