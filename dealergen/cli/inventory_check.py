"""`dealergen inventory check`: how a spreadsheet is understood, for a person, a machine, or the system's vendor."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from dealergen.errors import DealergenError, UsageError

from .inventory_account import account_of, exit_code_of, write_report
from .root import SETTINGS, find_root
from .terminal import terminal_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dealergen.config import InventorySettings, Rooftop
    from dealergen.inventory import Inventory


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check reads with: a site's settings, or the defaults, under the command's options."""

    settings: InventorySettings
    root: Path
    currency: str
    distance: Literal["km", "mi"]
    rooftops: Sequence[Rooftop]


@click.group()
def inventory() -> None:
    """Look at the inventory without building."""


@inventory.command()
@click.argument("files", nargs=-1, metavar="[FILE|URL]...")
@click.option("--site", metavar="PATH", type=click.Path(path_type=Path), help="Use this site's settings and stores.")
@click.option("--profile", metavar="NAME", help="The vendor's profile, or auto.")
@click.option(
    "--columns",
    multiple=True,
    metavar="FIELD=HEADER",
    help="A column by hand; may be repeated. Or, without headers: a,b,-,c.",
)
@click.option("--delimiter", type=click.Choice(["auto", ",", ";", "tab", "|"]), help="What stands between columns.")
@click.option("--encoding", metavar="NAME", help="utf-8, utf-16, cp1252, iso-8859-15, gb18030, or auto.")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook.")
@click.option("--currency", metavar="CODE", help="The site's currency (ISO 4217). Default: the site's, or BRL.")
@click.option(
    "--distance", type=click.Choice(["km", "mi"]), help="The site's unit of distance. Default: the site's, or km."
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON on stdout, and nothing else there.")
@click.option(
    "--csv", "report", type=click.Path(path_type=Path, dir_okay=False), metavar="REPORT",
    help="Write one line a problem to this file, for the system's vendor.",
)  # fmt: skip
@click.pass_context
def check(
    context: click.Context,
    /,
    files: tuple[str, ...],
    site: Path | None,
    as_json: bool,
    report: Path | None,
    **told: Any,
) -> None:
    """Show how spreadsheets are understood: columns, values, rows set aside, and how to correct it.

    FILE is a CSV, TSV or workbook, or an HTTPS address. Without one, the inventory of site.yaml is checked.

    \b
    Exit codes: 0 fine; 1 rows were set aside; 2 usage; 3 settings; 4 a build would refuse the inventory.
    """
    checked = _checked(files, site, told)
    found: Inventory | None = None
    refusal: DealergenError | None = None
    try:
        found = _read(checked)
        _guard(found, checked)
    except DealergenError as error:
        refusal = error
    if report is not None:
        write_report(report, found, refusal)
    if as_json:
        click.echo(json.dumps(account_of(found, refusal), ensure_ascii=False, indent=2))
    elif found is not None:
        _show(context, found, checked, report)
    _leave(context, found, refusal, as_json=as_json)


def _leave(context: click.Context, found: Inventory | None, refusal: DealergenError | None, *, as_json: bool) -> None:
    if refusal is not None and not as_json:
        raise refusal
    if code := exit_code_of(found, refusal):
        context.exit(code)


def _checked(files: tuple[str, ...], site: Path | None, told: dict[str, Any]) -> Checked:
    """The site's settings where there is a site, overridden by what the command line says."""
    from dealergen.config import InventorySettings, load_settings

    root = _site_root(files, site)
    settings = load_settings(root / SETTINGS) if root else None
    base = settings.inventory if settings else InventorySettings()
    if not files and settings is None:
        raise UsageError(
            "Which file?", remedy="Name one: dealergen inventory check FILE; or run it in a site's folder."
        )
    return Checked(
        settings=_overridden(base, files, told),
        root=root or Path.cwd(),
        currency=_currency(told["currency"]) or (settings.currency if settings else "BRL"),
        distance=told["distance"] or (settings.units.distance if settings else "km"),
        rooftops=settings.rooftops if settings else (),
    )


def _site_root(files: tuple[str, ...], site: Path | None) -> Path | None:
    """The site's folder; without `--site` the working folder, if it is a site's and all the files are in it.

    A file from elsewhere is another dealer's: this site's columns would be read into it.
    """
    if site is not None or not files:
        return find_root(site)
    from dealergen.inventory.fetch import is_address

    here = Path.cwd().resolve()
    own = all(not is_address(file) and here in Path(file).resolve().parents for file in files)
    return here if own and (here / SETTINGS).is_file() else None


def _currency(code: str | None) -> str | None:
    if code is not None and not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise UsageError(f"--currency {code!r} is no currency code", remedy="Use ISO 4217, such as BRL, EUR or USD.")
    return code.upper() if code else None


def _overridden(base: InventorySettings, files: tuple[str, ...], told: dict[str, Any]) -> InventorySettings:
    from pydantic import ValidationError

    from dealergen.config import InventorySettings
    from dealergen.inventory.fetch import is_address

    changed = {name: told[name] for name in ("profile", "delimiter", "encoding", "sheet") if told[name] is not None}
    if files:
        changed["source"] = [file if is_address(file) else str(Path(file).absolute()) for file in files]
    if told["columns"]:
        changed["columns"] = _columns(told["columns"], base)
    try:
        return InventorySettings.model_validate({**base.model_dump(), **changed})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise UsageError(
            f"--{name} {changed.get(name)!r}: {first['msg']}", remedy="See --help for what fits."
        ) from None


def _columns(told: Sequence[str], base: InventorySettings) -> dict[str, str] | list[str | None]:
    """`price=Preço` added to the site's columns; or one list of fields, for files without a header row."""
    if len(told) == 1 and "=" not in told[0]:
        return [None if part.strip() in ("", "-", "null") else part.strip() for part in told[0].split(",")]
    columns = dict(base.columns) if isinstance(base.columns, dict) else {}
    for pair in told:
        name, sign, header = pair.partition("=")
        if not sign or not header.strip():
            raise UsageError(f"--columns {pair!r} is not FIELD=HEADER", remedy="Write, say, --columns price='Preço'.")
        columns[name.strip()] = header.strip()
    return columns


def _read(checked: Checked) -> Inventory:
    import datetime as dt

    from dealergen.inventory.read import read_inventory

    return read_inventory(
        checked.settings,
        checked.root,
        currency=checked.currency,
        distance=checked.distance,
        rooftops=checked.rooftops,
        now=dt.datetime.now(dt.UTC).date(),
        cache=checked.root / ".dealergen" / "cache",
    )


def _guard(found: Inventory, checked: Checked) -> None:
    from dealergen.inventory.guard import check_guard

    check_guard(found, checked.settings.guard, None, accept=False)


def _show(context: click.Context, found: Inventory, checked: Checked, report: Path | None) -> None:
    from .inventory_view import show_inventory

    terminal = terminal_of(context)
    if terminal.quiet:
        return
    units = "" if checked.rooftops else f"{checked.currency} and {checked.distance}"
    show_inventory(found, default_units=units, all_of_each=terminal.verbose)
    if report is not None:
        click.echo(f"One line a problem is in {report}.")
