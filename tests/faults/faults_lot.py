"""A dealership that changes, builds of it in processes of their own, and a reader that never looks away."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dealergen.build import build_site
from tests.conftest import NOW, Dealership

HEADER = "Código;Marca;Modelo;Versão;Ano;KM;Preço;Combustível;Carroceria;Cor;Situação"
MODELS = [("Fiat", "Argo", "Hatch"), ("Fiat", "Toro", "Picape"), ("Jeep", "Compass", "SUV"), ("Honda", "Civic", "Sedã")]
JOURNAL = Path(".dealergen/builds/public/journal")


class ChangingLot:
    """A site of a few hundred vehicles, and a day that goes by with each change."""

    def __init__(self, root: Path, seed: int, vehicles: int = 240) -> None:
        root.mkdir()
        self.site = Dealership(root)
        self.random = random.Random(seed)  # noqa: S311 - the same fate at every run
        self.now = NOW
        self.rows = {number: self._row(number) for number in range(vehicles)}
        self.next = vehicles
        self.name = "Garagem Teste"
        self.write()

    def change(self) -> None:
        """What a day brings: cars come, go and change their price; now and then the name on every page."""
        self.now += dt.timedelta(days=1)
        for number in self.random.sample(sorted(self.rows), 6):
            del self.rows[number]
        for number in self.random.sample(sorted(self.rows), 20):
            self.rows[number] = self._row(number)
        for _ in range(6):
            self.rows[self.next] = self._row(self.next)
            self.next += 1
        if self.random.random() < 0.6:
            self.name = f"Garagem {self.random.randrange(1000)}"
        self.write()

    def write(self) -> None:
        self.site.settings(dealer={"name": self.name}, listing={"min_vehicles": 2, "per_page": 24})
        self.site.inventory("\n".join([HEADER, *(self.rows[number] for number in sorted(self.rows))]) + "\n")
        page = f"---\ntitle: Sobre\n---\n\nDesde {self.now:%Y-%m-%d}.\n"
        self.site.content("pages/sobre.md" if self.now.day % 2 else "pages/quem-somos.md", page)
        (self.site.root / "content/pages" / ("quem-somos.md" if self.now.day % 2 else "sobre.md")).unlink(
            missing_ok=True
        )

    def _row(self, number: int) -> str:
        make, model, body = MODELS[number % len(MODELS)]
        price, mileage = self.random.randrange(30, 200) * 1000, self.random.randrange(1, 90) * 1000
        status = self.random.choice(["Disponível"] * 8 + ["Reservado", "Vendido"])
        return f"T{number};{make};{model};V{number % 7};2020/2021;{mileage};{price};Flex;{body};Branco;{status}"


def build_apart(root: Path, **how: Any) -> int:
    """Start a build in a process of its own, in a group of its own; answers its id. Exits with 0, or 9 on an error."""
    pid = os.fork()
    if pid == 0:
        code = 9
        try:
            os.setsid()
            build_site(root, **how)
            code = 0
        finally:
            os._exit(code)
    return pid


def kill(pid: int, *, whole_group: bool) -> bool:
    """SIGKILL; False when the process had ended before."""
    (os.killpg if whole_group else os.kill)(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status)


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.0005)
    return True


def clean_build(lot: ChangingLot, ledger: bytes | None, where: Path) -> dict[str, bytes]:
    """What a build from nothing makes of the same inputs, at the same clock, after the same earlier builds."""
    shutil.rmtree(where, ignore_errors=True)
    shutil.copytree(lot.site.root, where, ignore=shutil.ignore_patterns("public", ".public*", ".dealergen"))
    if ledger is not None:
        (where / ".dealergen").mkdir()
        (where / ".dealergen/ledger.json").write_bytes(ledger)
    clean = Dealership(where)
    clean.build(now=lot.now)
    return clean.files() | {"(ledger)": (where / ".dealergen/ledger.json").read_bytes()}


def ledger_of(lot: ChangingLot) -> bytes:
    return (lot.site.root / ".dealergen/ledger.json").read_bytes()


def standing(lot: ChangingLot) -> dict[str, bytes]:
    return lot.site.files() | {"(ledger)": ledger_of(lot)}


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


@contextmanager
def reader(out: Path, log: Path, *, always: frozenset[str] = frozenset()) -> Iterator[None]:
    """A process that reads files of `out` all the time and logs every one that is not whole.

    `always` are files that must be there at every moment.
    """
    pid = os.fork()
    if pid == 0:
        try:
            _read_for_ever(out, log, sorted(always))
        finally:
            os._exit(1)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _read_for_ever(out: Path, log: Path, always: list[str]) -> None:
    chance, read = random.Random(1), 0  # noqa: S311
    while True:
        names = always or [str(file.relative_to(out)) for file in out.rglob("*") if file.suffix in WHOLE]
        chance.shuffle(names)
        for name in names[:400]:
            fault = _fault(out / name, missing=not always)
            read += 1
            time.sleep(0.0002)
            if fault or read % 200 == 0:
                with log.open("a") as lines:
                    lines.write(f"{fault}\n" if fault else f"read {read}\n")


def _fault(file: Path, *, missing: bool) -> str:
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return "" if missing else f"fault: {file} is missing"
    except NotADirectoryError:
        return ""
    return "" if file.suffix not in WHOLE or WHOLE[file.suffix](data) else f"fault: {file} ends with {data[-40:]!r}"


def _parses(data: bytes) -> bool:
    try:
        json.loads(data)
    except ValueError:
        return False
    return True


WHOLE: dict[str, Callable[[bytes], bool]] = {
    ".html": lambda data: data.rstrip().endswith(b"</html>"),
    ".json": _parses,
    ".xml": lambda data: data.rstrip().endswith((b"</urlset>", b"</sitemapindex>")),
    ".svg": lambda data: data.rstrip().endswith(b"</svg>"),
}


def faults_in(log: Path) -> list[str]:
    return [line for line in log.read_text().splitlines() if line.startswith("fault")]


def reads_in(log: Path) -> int:
    return sum(line.startswith("read") for line in log.read_text().splitlines()) * 200
