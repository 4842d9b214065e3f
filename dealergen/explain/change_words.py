"""Changes in words: a summary line, the rows of each kind, and the whole as Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from .changes import Car, Changes

Money = Callable[[Decimal], str]

TITLES = {
    "added": "Added",
    "removed": "Removed",
    "sold": "Sold",
    "back": "Back in stock",
    "repriced": "Re-priced",
    "reserved": "Reserved",
    "released": "No longer reserved",
}
SHOWN = 50
"""Rows of a table in Markdown."""
_MARKDOWN = str.maketrans({
    "|": "\\|", "<": "&lt;", ">": "&gt;", "`": "\\`", "*": "\\*", "_": "\\_", "[": "\\[", "]": "\\]", "@": "@\u200b",
})  # fmt: skip
"""What would be read as Markdown or HTML, or would call somebody, in a car's name."""


def summary(changes: Changes) -> str:
    """One line: `1 added · 2 re-priced · 3 pages new, 12 changed, 1 gone (1 redirected)`."""
    cars = [f"{len(cars)} {TITLES[kind].lower()}" for kind, cars in changes.cars.items() if cars]
    counts = {
        "new": len(changes.made),
        "changed": len(changes.changed),
        "with other surroundings": len(changes.remade),
        "gone": len(changes.gone),
    }
    pages = [f"{count} {word}" for word, count in counts.items() if count]
    if changes.redirected:
        pages[-1] += f" ({changes.redirected} redirected)"
    if not cars and not pages:
        return "No differences."
    return " · ".join([*(cars or ["no car differs"]), f"pages: {', '.join(pages) or 'none'}"])


def price_words(car: Car, money: Money) -> str:
    """`R$ 69.900 → R$ 66.900 (-4.3 %)` for a price that changed; else the price."""
    before, after = _price(car.before, money), _price(car.after, money)
    if before == after or not after:
        return before
    if not before:
        return after
    percent = f" ({car.percent:+} %)" if car.percent is not None else ""
    return f"{before} → {after}{percent}"


def _price(amount: Decimal | None, money: Money) -> str:
    return "on request" if amount is None else money(amount)


def shown_price(kind: str, car: Car, money: Money) -> str:
    """The price that matters: of a car that leaves the last one, of one that comes the new one, else both."""
    match kind:
        case "added":
            return _price(car.after, money)
        case "removed" | "sold":
            return _price(car.before, money)
        case _:
            return price_words(car, money)


def markdown(changes: Changes, money: Money, site_url: str) -> str:
    """The changes as a comment of a pull request: a heading, the summary, a table of cars, lists of pages."""
    parts = [f"### Showroom changes against {_escaped(changes.against)}", "", f"**{summary(changes)}**"]
    parts += [f"\n> [!WARNING]\n> {_escaped(notice)}" for notice in changes.notices]
    if any(changes.cars.values()):
        parts += ["", *_car_table(changes, money, site_url)]
    gone = [f"{address} → {target}" if target else f"{address} (410)" for address, target in changes.gone.items()]
    lists = (("New pages", changes.made), ("Changed pages", changes.changed), ("Gone pages", gone),
             ("Pages with other surroundings", changes.remade))  # fmt: skip
    for title, lines in lists:
        parts += _folded(title, lines)
    return "\n".join(parts) + "\n"


def _car_table(changes: Changes, money: Money, site_url: str) -> Iterator[str]:
    yield "| | Car | Price |"
    yield "|---|---|---:|"
    rows = [(kind, car) for kind, cars in changes.cars.items() for car in cars]
    for kind, car in rows[:SHOWN]:
        name = _escaped(car.name or car.code)
        linked = f"[{name}]({_origin(site_url)}{car.address})" if car.address and kind != "removed" else name
        yield f"| {TITLES[kind]} | {linked} | {shown_price(kind, car, money)} |"
    if len(rows) > SHOWN:
        yield f"| | … and {len(rows) - SHOWN} more | |"


def _folded(title: str, lines: Sequence[str]) -> Iterator[str]:
    if not lines:
        return
    yield from ("", f"<details><summary>{title} ({len(lines)})</summary>", "")
    yield from (f"- `{line}`" for line in lines[:SHOWN])
    if len(lines) > SHOWN:
        yield f"- … and {len(lines) - SHOWN} more"
    yield from ("", "</details>")


def _escaped(text: str) -> str:
    return " ".join(text.split()).translate(_MARKDOWN)


def _origin(site_url: str) -> str:
    scheme, _, rest = site_url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"
