"""Spreadsheets damaged in every way, through the whole build: a site, or one clear error, and never anything else."""

from __future__ import annotations

import csv
import io
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from types import CodeType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from dealergen.errors import DealergenError
from tests.conftest import Dealership, open_dealership
from tests.site.reading import Page

HEADER = [
    *("Código", "Marca", "Modelo", "Versão", "Ano", "KM", "Preço", "Preço de", "Combustível", "Câmbio", "Carroceria"),
    *("Cor", "Situação", "Opcionais", "Descrição", "Fotos", "Data de entrada", "Custo"),
]
ROWS = [
    ["T1", "Fiat", "Argo", "Drive 1.0", "2021/2022", "42.000", "69.900", "", "Flex", "Manual", "Hatch", "Branco",
     "Disponível", "Ar|Rádio", "Um hatch.", "a.jpg|b.jpg", "02/11/2026", "55.111"],
    ["T2", "Fiat", "Toro", "Volcano", "2022/2022", "31.500", "139.900", "145.900", "Diesel", "Automático", "Picape",
     "Cinza", "Disponível", "", 'Uma "picape"\ncom duas linhas', "", "10/11/2026", "121.222"],
    ["T3", "Jeep", "Compass", "Longitude", "2020/2021", "58.200", "", "", "Flex", "Automático", "SUV", "Preto",
     "Vendido", "", "", "", "", "99.333"],
    ["T4", "BYD", "Dolphin", "GS", "2024/2024", "9.000", "124.900", "", "Elétrico", "Automático", "Hatch", "Azul",
     "Reservado", "", "", "https://fotos.example/4.jpg", "", "111.555"],
]  # fmt: skip
ODD_CELLS = [
    *("", " ", "-", "NULL", "0", "0,00", "-1", "1e309", "9" * 400, "∞", "NaN", "２０２１", "2021-13-45", "31/02/2026"),
    *("\x00", "\u202e", "\ud7ff", "\U0010ffff", "=1+1", "{{7*7}}", "<script>", "a" * 70_000, "\r\n", '"', '""', ";"),
    *("../..", "https://[", "http://x:99999999/", "//", "C:\\x", "1.2.3,4", "R$", "%", "km", "[1,", '{"a":', "|||"),
    *("\u00a0", "0x7e5", "²", "1_000"),
]
ODD_HEADERS = ["", "Marca", "Preço", "price", "g:price", "image[0].url", "Chassi", "x" * 5000, "🚗", "Ano;Ano", "\x00"]
INTRUDERS = [b'"', b"\x00" * 9, b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"<!DOCTYPE html>", b"PK\x03\x04"]
Bytes = Callable[[random.Random, bytes], bytes]
Table = list[list[str]]


def written(table: Table, delimiter: str = ";") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(table)
    return text.getvalue()


def odd_cell(chance: random.Random, table: Table) -> None:
    row = chance.choice(table[1:] or [[""]])
    if row:
        row[chance.randrange(len(row))] = chance.choice(ODD_CELLS)


def odd_column(chance: random.Random, table: Table) -> None:
    column, cell = chance.randrange(len(HEADER)), chance.choice(ODD_CELLS)
    for row in table[1:]:
        if column < len(row):
            row[column] = cell


def odd_header(chance: random.Random, table: Table) -> None:
    if table and table[0]:
        table[0][chance.randrange(len(table[0]))] = chance.choice(ODD_HEADERS)


def shifted_row(chance: random.Random, table: Table) -> None:
    chance.choice(table).insert(chance.randrange(3), chance.choice(ODD_CELLS))


def ragged_row(chance: random.Random, table: Table) -> None:
    row = chance.choice(table)
    del row[chance.randrange(len(row) + 1) :]


def repeated_rows(chance: random.Random, table: Table) -> None:
    table.extend([list(chance.choice(table)) for _ in range(chance.randrange(1, 30))])


def lost_row(chance: random.Random, table: Table) -> None:
    if len(table) > 1:
        del table[chance.randrange(len(table))]


def swapped_columns(chance: random.Random, table: Table) -> None:
    one, two = chance.randrange(len(HEADER)), chance.randrange(len(HEADER))
    for row in table[chance.randrange(2) :]:
        if max(one, two) < len(row):
            row[one], row[two] = row[two], row[one]


def flipped(chance: random.Random, data: bytes) -> bytes:
    marred = bytearray(data)
    for _ in range(chance.randrange(1, 20)):
        if marred:
            marred[chance.randrange(len(marred))] = chance.randrange(256)
    return bytes(marred)


def cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def spliced(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(INTRUDERS) + data[at:]


def reencoded(chance: random.Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(chance.choice(["utf-16", "utf-16-be", "cp1252", "utf-8-sig", "gb18030", "utf-7"]), "replace")


def untouched(_chance: random.Random, data: bytes) -> bytes:
    return data


TABLE_DAMAGE = [
    odd_cell,
    odd_cell,
    odd_column,
    odd_header,
    shifted_row,
    ragged_row,
    repeated_rows,
    lost_row,
    swapped_columns,
]
BYTE_DAMAGE: list[Bytes] = [untouched, untouched, untouched, flipped, cut, spliced, reencoded]


def damaged(seed: int) -> bytes:
    """The spreadsheet after one to four mishaps, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 (damage must be repeatable, not secret)
    table = [list(row) for row in (HEADER, *ROWS)]
    for _ in range(chance.randrange(1, 5)):
        chance.choice(TABLE_DAMAGE)(chance, table)
    return chance.choice(BYTE_DAMAGE)(chance, written(table, chance.choice(";;;,\t|")).encode("utf-8"))


@pytest.fixture(scope="module", autouse=True)
def templates_compiled_once() -> Iterator[None]:
    """Hundreds of builds with one theme in one language: each template's code is kept, which is half of the time."""
    known: dict[tuple[type, str, str | None], CodeType] = {}
    compile_anew = Environment.compile

    def compile_once(self: Environment, source: str, name: str | None = None, filename: str | None = None) -> CodeType:
        key = (type(self), source, name)
        if key not in known:
            known[key] = compile_anew(self, source, name, filename)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", compile_once)
        yield


@pytest.fixture(scope="module")
def lot(tmp_path_factory: pytest.TempPathFactory) -> Dealership:
    """A small lot whose guard takes what the tests throw at it, so that the build is what is tried."""
    guard = {"max_drop": 1, "max_price_shift": 1, "max_set_aside": 1}
    site = open_dealership(
        tmp_path_factory.mktemp("fuzz") / "dealership",
        inventory={"guard": guard},
        listing={"facets": ["make"], "min_vehicles": 1},
    )
    site.inventory(written([HEADER, *ROWS]))
    site.build()
    forget(site)
    return site


def forget(lot: Dealership) -> None:
    """Take the ledger back to its beginning: else each damaged car would stay for a month as a sold one."""
    ledger, first = lot.root / ".dealergen" / "ledger.json", lot.root / "first-ledger.json"
    if first.is_file():
        shutil.copy(first, ledger)
    else:
        shutil.copy(ledger, first)


@pytest.mark.parametrize("block", range(6))
def test_a_damaged_spreadsheet_ends_in_a_site_or_in_a_clear_error(lot: Dealership, block: int) -> None:
    outcomes: Counter[str] = Counter()
    for seed in range(block * 50, block * 50 + 50):
        before = lot.files()
        forget(lot)
        lot.inventory(damaged(seed))
        try:
            report = lot.build()
        except DealergenError as error:
            assert error.message, seed
            assert error.remedy or error.problems, f"{seed}: {error.message}"
            assert lot.files() == before, seed
            outcomes["refused"] += 1
        except Exception as error:
            raise AssertionError(f"seed {seed} ends in {error!r}") from error
        else:
            assert report.vehicles >= 0
            assert "/index.html" in {f"/{name}" for name in lot.files()}
            outcomes["built"] += 1
    assert outcomes["built"] >= 20
    assert outcomes["refused"] >= 1


@pytest.fixture(scope="module")
def vocabulary(lot: Dealership) -> tuple[set[str], set[str]]:
    """Every tag and every attribute that a page may have."""
    forget(lot)
    lot.inventory(written([HEADER, *ROWS]))
    lot.build()
    elements = [element for html in lot.pages().values() for element in Page(html).elements]
    described = {"p", "br", "ul", "ol", "li", "em", "strong"}
    return {element.tag for element in elements} | described, {name for item in elements for name in item.attributes}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    text=st.one_of(
        st.text(st.characters(codec="utf-8"), max_size=60),
        st.text(st.sampled_from("<>\"'&;/=`{}%#\\ \n\r\t\0\u2028aSscript"), max_size=40),
    ),
    column=st.integers(0, len(HEADER) - 1),
)
def test_any_text_in_any_cell_is_published_as_text_or_not_at_all(
    lot: Dealership, vocabulary: tuple[set[str], set[str]], text: str, column: int
) -> None:
    tags, attributes = vocabulary
    first = [*ROWS[0][:column], text, *ROWS[0][column + 1 :]]
    forget(lot)
    lot.inventory(written([HEADER, first, *ROWS[1:]]))
    try:
        lot.build()
    except DealergenError as error:
        raise AssertionError(f"one odd cell of {HEADER[column]} stops the build: {error}") from error
    shown = {address: html for address, html in lot.pages().items() if address.count("/") in (1, 2, 5)}
    assert len(shown) >= 5
    for address, html in shown.items():
        page = Page(html)
        for element in page.elements:
            assert element.tag in tags, f"{address}: <{element.tag}>"
            assert element.attributes.keys() <= attributes, f"{address}: {element}"
        assert all(script.attributes.keys() & {"src"} or page.nodes for script in page.all("script"))
        assert len(page.all("script")) == html.count("<script"), address
        assert "\0" not in html
