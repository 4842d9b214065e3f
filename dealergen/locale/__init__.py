"""What a visitor reads: the strings of each language, and numbers, money and dates as that language writes them."""

from .locale import Locale, load_locale
from .slugs import slug
from .strings import LANGUAGES

__all__ = ["LANGUAGES", "Locale", "load_locale", "slug"]
