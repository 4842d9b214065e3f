"""Two thousand broken files: each ends in an inventory or in a clean refusal, never in a traceback."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from dealergen.config import InventorySettings
from dealergen.errors import DealergenError
from dealergen.inventory.model import Inventory
from dealergen.inventory.read import read_inventory

FILES = sorted((Path(__file__).parent / "files").glob("*.[ct]sv"))
ROUNDS = 2_000
PARTS = 8

Mutation = Callable[[random.Random, bytes], bytes]


def flip_bytes(dice: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 30)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def drop_delimiters(dice: random.Random, data: bytes) -> bytes:
    return bytes(byte for byte in data if byte not in b",;\t" or dice.random() > 0.1)


def add_quotes(dice: random.Random, data: bytes) -> bytes:
    for _ in range(dice.randint(1, 5)):
        place = dice.randrange(len(data))
        data = data[:place] + b'"' + data[place:]
    return data


def double_header(_dice: random.Random, data: bytes) -> bytes:
    first, _, rest = data.partition(b"\n")
    return first + b"\n" + first + b"\n" + rest


def duplicate_columns(_dice: random.Random, data: bytes) -> bytes:
    return b"\n".join(line + b"," + line + b";" + line for line in data.split(b"\n"))


def truncate(dice: random.Random, data: bytes) -> bytes:
    return data[: dice.randrange(len(data))]


def swell(dice: random.Random, data: bytes) -> bytes:
    place = dice.randrange(len(data))
    return data[:place] + dice.choice([b"9", b"x", b"1.000,", b"\xe9", b'""', b"(", b"http://"]) * 20_000 + data[place:]


def add_nuls(dice: random.Random, data: bytes) -> bytes:
    return b"".join(bytes([byte, 0]) if dice.random() < 0.05 else bytes([byte]) for byte in data)


def mix_newlines(dice: random.Random, data: bytes) -> bytes:
    ends = [b"\n", b"\r\n", b"\r", b"\n\n", b"\n\r"]
    return b"".join(line + dice.choice(ends) for line in data.splitlines())


def recode(dice: random.Random, data: bytes) -> bytes:
    return data.decode("latin-1").encode(dice.choice(["utf-16", "utf-16-le", "utf-8-sig", "utf-32", "utf-8"]))


def shuffle_cells(dice: random.Random, data: bytes) -> bytes:
    cells = data.split(b",")
    dice.shuffle(cells)
    return b",".join(cells)


def poison(dice: random.Random, data: bytes) -> bytes:
    evil = [
        "=cmd()", "{{ 7*7 }}", "<script>", "\u202e", "9" * 400, "1e999", "-0", "NaN", "inf", "٣٤٥", "²", "½",
        "31/02/2026", "0000/9999", "1" * 5000, "[" * 2000, '{"a":', "\x85", "\u2028", "R$ ,,,", "..", "/", "2026-13-45",
        "km", "é" * 50,
    ]  # fmt: skip
    cells = data.split(b",")
    for _ in range(dice.randint(1, 12)):
        cells[dice.randrange(len(cells))] = dice.choice(evil).encode()
    return b",".join(cells)


MUTATIONS: list[Mutation] = [
    flip_bytes, drop_delimiters, add_quotes, double_header, duplicate_columns, truncate, swell, add_nuls, mix_newlines,
    recode, shuffle_cells, poison,
]  # fmt: skip


def mutant(seed: int) -> bytes:
    dice = random.Random(seed)  # noqa: S311  # a seeded die, not a secret
    data = dice.choice(FILES).read_bytes()
    for mutation in dice.sample(MUTATIONS, dice.randint(1, 3)):
        data = mutation(dice, data) or b"\n"
    return data


@pytest.mark.parametrize("part", range(PARTS))
def test_a_broken_file_ends_in_an_inventory_or_in_a_clean_refusal(part: int, tmp_path: Path) -> None:
    settings = InventorySettings(source="broken.csv")
    read_some = refused_some = False
    for seed in range(part, ROUNDS, PARTS):
        (tmp_path / "broken.csv").write_bytes(mutant(seed))
        try:
            found = read_inventory(
                settings,
                tmp_path,
                currency="BRL",
                distance="km",
                rooftops=(),
                now=dt.date(2026, 11, 22),
                cache=tmp_path,
            )
        except DealergenError as refusal:
            assert refusal.message, seed
            assert refusal.exit_code in (3, 4), seed
            refused_some = True
        except Exception as crash:  # the very thing that must not happen: say with which file
            raise AssertionError(f"mutant {seed} ends in {crash!r}") from crash
        else:
            check_account(found, seed)
            read_some = True
    assert read_some
    assert refused_some


def check_account(found: Inventory, seed: int) -> None:
    rows = sum(file.rows for file in found.files)
    assert len(found.vehicles) + len(found.set_aside) + len(found.duplicates) == rows, seed
    assert len({vehicle.code for vehicle in found.vehicles}) == len(found.vehicles), seed
