"""Columns to fields: settings win, private columns stay out, then come vendor profile, aliases and a look inside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from dealergen.config.inventory import InventorySettings
from dealergen.errors import SettingsError

from .alias import alias_of, known_words, private_reason, unit_of
from .fields import FIELDS
from .header import key_of, looks_like_data, words_of
from .nearness import did_you_mean, nearest_key
from .profile import Profile
from .sniff import decide, why_not
from .table import Mapping, Table

_SETTINGS_RANK: Final = -2
_PROFILE_RANK: Final = -1
_EMPTY_FIELD: Final = "-"
_LOOKALIKE: Final = 0.84
_SUGGESTED_AMONG: Final = 80
"""Columns that are compared with every known word; exports of hundreds of columns have names of their own."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """One column's claim to feed a field; the lowest wins."""

    field: str
    index: int
    rank: int
    number: int
    """Of a numbered column; 0 otherwise."""
    reason: str

    @property
    def order(self) -> tuple[int, int, int]:
        return self.rank, self.number, self.index


def map_columns(
    table: Table, settings: InventorySettings, profile: Profile | None, elsewhere: Collection[str] = ()
) -> Mapping:
    """Which column feeds which field, and why the others feed none.

    `elsewhere` holds the header keys of the other files of the same inventory: a header named in settings must stand in
    one of them at least. Raises SettingsError for a header or a field in `inventory.columns` that does not exist.
    """
    if isinstance(settings.columns, list):
        return _positional(table, settings.columns, "settings", {})
    if table.header_line == 0 and profile is not None and profile.positional:
        return _positional(table, profile.positional, f"profile {profile.name}", profile.units)
    explicit, blocked = _explicit(table, settings.columns, elsewhere)
    reasons = ["unknown"] * len(table.header)
    claims = _claims(table, profile, explicit, blocked, reasons)
    columns = _settled(table, claims, reasons)
    _promote_prices(columns)
    suggestions = [
        _suggestion(table, index, columns) if reason == "unknown" and index < _SUGGESTED_AMONG else ""
        for index, reason in enumerate(reasons)
    ]
    return Mapping(columns, reasons, suggestions, profile.name if profile else "", _units(table, columns, profile))


def header_meaning(header: str, profile: Profile | None, columns: InventorySettings) -> str | None:
    """What a header cell stands for: a field, an ambiguous word's rule, a private column; None when unknown."""
    if isinstance(columns.columns, dict) and header.strip() in columns.columns.values():
        return f"settings {header}"
    if profile is not None and key_of(header) in profile.columns:
        return profile.columns[key_of(header)] or f"profile {header}"
    if private := private_reason(header):
        return f"{private} {key_of(header)}"
    found = alias_of(header)
    return found.target if found else None


def _positional(table: Table, fields: Sequence[str | None], reason: str, units: object) -> Mapping:
    """The fields in the columns' order, for a file without a header row."""
    columns: dict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(fields):
        if name in (None, "", _EMPTY_FIELD):
            continue
        _known_field(str(name))
        if name in columns and not FIELDS[str(name)].many:
            raise SettingsError(
                f"inventory.columns names the field {name!r} twice, at {columns[str(name)][0] + 1} and {index + 1}",
                remedy="Put null in the place of the column that should not be read.",
            )
        columns[str(name)].append(index)
    named = {index for indexes in columns.values() for index in indexes}
    reasons = [reason if index in named else "unknown" for index in range(len(table.header))]
    kept = {name: [index for index in indexes if index < len(table.header)] for name, indexes in columns.items()}
    return Mapping(
        {name: indexes for name, indexes in kept.items() if indexes},
        reasons,
        [""] * len(table.header),
        reason.removeprefix("profile ") if reason != "settings" else "",
        dict(units) if isinstance(units, dict) else {},
    )


def _known_field(name: str) -> None:
    if name not in FIELDS:
        raise SettingsError(
            f"inventory.columns: there is no field named {name!r}{did_you_mean(name, FIELDS)}",
            remedy=f"The fields are: {', '.join(FIELDS)}.",
        )


def _explicit(
    table: Table, wanted: dict[str, str], elsewhere: Collection[str]
) -> tuple[dict[int, tuple[str, int]], set[str]]:
    """Column → (field, place in its list), and the fields that settings leave empty or feed."""
    found: dict[int, tuple[str, int]] = {}
    blocked: set[str] = set()
    for name, text in wanted.items():
        _known_field(name)
        blocked.add(name)
        if text.strip() == _EMPTY_FIELD:
            continue
        for place, header in enumerate(_named_headers(table, name, text)):
            index = _index_of(table.header, header)
            if index is None and key_of(header) not in elsewhere:
                raise SettingsError(
                    f"inventory.columns: {name}: {table.file} has no column {header!r}"
                    f"{did_you_mean(header, [cell for cell in table.header if cell.strip()])}",
                    remedy=f"Its columns are: {', '.join(cell.strip() for cell in table.header if cell.strip())}.",
                )
            if index is not None:
                found[index] = (name, place)
    return found, blocked


def _named_headers(table: Table, name: str, text: str) -> list[str]:
    """One header; or, for a field that takes many, several with commas between them."""
    if _index_of(table.header, text) is not None or "," not in text or not FIELDS[name].many:
        return [text]
    return [part.strip() for part in text.split(",") if part.strip()]


def _index_of(header: Sequence[str], wanted: str) -> int | None:
    exact = [index for index, cell in enumerate(header) if cell.strip() == wanted.strip()]
    alike = exact or [index for index, cell in enumerate(header) if key_of(cell) and key_of(cell) == key_of(wanted)]
    return alike[0] if alike else None


def _claims(
    table: Table,
    profile: Profile | None,
    explicit: dict[int, tuple[str, int]],
    blocked: set[str],
    reasons: list[str],
) -> list[_Claim]:
    claims: list[_Claim] = []
    for index, header in enumerate(table.header):
        if index in explicit:
            name, place = explicit[index]
            claims.append(_Claim(name, index, _SETTINGS_RANK, place, "settings"))
        elif private := private_reason(header):
            reasons[index] = private
        elif claim := _recognised(table, index, header, profile, reasons):
            if claim.field in blocked:
                reasons[index] = f"{claim.field} is told by settings"
            else:
                claims.append(claim)
    return claims


def _recognised(table: Table, index: int, header: str, profile: Profile | None, reasons: list[str]) -> _Claim | None:
    """The claim by profile, by alias or by the values of an ambiguous column; None, with a reason noted, for none."""
    key = key_of(header)
    if not key or not _filled(table.rows, index):
        reasons[index] = "empty" if key and (alias_of(header) or not _filled(table.rows, index)) else "unknown"
        return None
    if profile is not None and key in profile.columns:
        target = profile.columns[key]
        reasons[index] = f"profile {profile.name}"
        return _Claim(target, index, _PROFILE_RANK, _place(profile, key), f"profile {profile.name}") if target else None
    found = alias_of(header)
    if found is None:
        return None
    number = 0 if found.number is None else found.number + 1
    if not found.ambiguous:
        return _Claim(found.target, index, found.rank, number, "alias")
    decided = decide(found.target, table.rows, index)
    if decided is None:
        reasons[index] = why_not(found.target)
        return None
    return _Claim(decided, index, found.rank, number, "alias and values")


def _place(profile: Profile, key: str) -> int:
    return list(profile.columns).index(key)


def _filled(rows: Sequence[Sequence[str]], index: int) -> bool:
    return any(index < len(row) and row[index] and not row[index].isspace() for row in rows)


def _settled(table: Table, claims: list[_Claim], reasons: list[str]) -> dict[str, list[int]]:
    """The winners; of a field that takes one column, the others are told whom they duplicate."""
    columns: dict[str, list[int]] = {}
    for claim in sorted(claims, key=lambda claim: (list(FIELDS).index(claim.field), claim.order)):
        holders = columns.setdefault(claim.field, [])
        if holders and not FIELDS[claim.field].many:
            reasons[claim.index] = f"duplicate of {table.header[holders[0]].strip()}"
            continue
        holders.append(claim.index)
        reasons[claim.index] = claim.reason
    return columns


def _promote_prices(columns: dict[str, list[int]]) -> None:
    """A lone "regular" or "reduced" price is the price."""
    for stand_in in ("sale_price", "was_price"):
        if "price" not in columns and stand_in in columns:
            columns["price"] = columns.pop(stand_in)


def _units(table: Table, columns: dict[str, list[int]], profile: Profile | None) -> dict[str, str]:
    units = {name: unit for name, unit in (profile.units if profile else {}).items() if name in columns}
    for name, indexes in columns.items():
        if unit := unit_of(table.header[indexes[0]], name):
            units[name] = unit
    return units


def _suggestion(table: Table, index: int, columns: dict[str, list[int]]) -> str:
    """`price: Pirce` for a near miss of a word whose field nothing feeds yet, if the values can be of that field."""
    header = table.header[index].strip()
    near = _near_miss(key_of(header))
    found = alias_of(near) if near else None
    if found is None or found.ambiguous or (found.target in columns and not FIELDS[found.target].many):
        return ""
    if FIELDS[found.target].kind in ("text", "long_text", "choice") and _mostly_numbers(table, index):
        return ""
    plain = words_of(header) and not any(mark in header for mark in ":#{}[]&*!|>'\"%@`,")
    return f"{found.target}: {header}" if plain else f'{found.target}: "{header}"'


def _near_miss(key: str) -> str | None:
    """A known word that differs by little, or only in the order of its letters."""
    if len(key) < 4:
        return None
    swapped = (word for word in known_words() if len(word) == len(key) and sorted(word) == sorted(key))
    return next(swapped, None) or nearest_key(key, known_words(), _LOOKALIKE)


def _mostly_numbers(table: Table, index: int) -> bool:
    cells = [row[index] for row in table.rows[:50] if index < len(row) and row[index].strip()]
    return sum(map(looks_like_data, cells)) * 2 > len(cells)
