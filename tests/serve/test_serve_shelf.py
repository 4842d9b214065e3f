"""The shelf holds every artifact of a plan, and gives back exactly what a build would have written."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from dealergen.build.load import load_site
from dealergen.build.plan import Plan, plan_site
from dealergen.engine import Artifact, Fact
from dealergen.engine.progress import Silent
from dealergen.errors import Place
from dealergen.serve.making import bytes_of
from dealergen.serve.shelf import Label, Shelf, newest
from dealergen.serve.shelving import ShelfWriter
from dealergen.serve.workshop import Made, open_workshop
from tests.conftest import NOW, Dealership
from tests.serve.planned_preview import ABOUT, STOCK, showroom

LABEL = Label("inputs", "code", 0.1, 3, 30)


@pytest.fixture
def site(tmp_path: Path) -> Dealership:
    return showroom(tmp_path.resolve() / "showroom")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "shelves"


def planned(site: Dealership) -> Plan:
    return plan_site(load_site(site.root, base_url=None, now=NOW, accept=True).site)


def put(writer: ShelfWriter, plan: Plan) -> Shelf:
    return Shelf(writer.put_plan(plan.artifacts, plan.renderer, Silent(), LABEL))


def rows(shelf: Shelf) -> int:
    shelf.close()
    with sqlite3.connect(shelf.file) as database:
        count: int = database.execute("SELECT count(*) FROM rows").fetchone()[0]
    database.close()
    return count


def test_everything_that_comes_off_the_shelf_is_what_a_build_writes(site: Dealership, folder: Path) -> None:
    site.build()
    written = site.files()
    plan = planned(site)
    workshop = open_workshop(site.root, put(ShelfWriter(folder), plan))
    assert {artifact.path for artifact in plan.artifacts} == written.keys()
    assert [path for path, data in written.items() if workshop.read(path) != data] == []
    assert {Path(path).suffix for path in written} >= {".html", ".xml", ".webp", ".jpg", ".svg", ".css", ".js", ".txt"}
    workshop.shelf.close()


def test_what_did_not_change_is_not_put_there_again(site: Dealership, folder: Path) -> None:
    writer = ShelfWriter(folder)
    first = rows(put(writer, planned(site)))
    assert rows(put(writer, planned(site))) == first
    site.inventory(STOCK.replace("69.900", "68.900"))
    assert first < rows(put(writer, planned(site))) < first * 1.5


def test_a_plan_stays_as_it_was_opened_when_another_is_put_there(site: Dealership, folder: Path) -> None:
    writer = ShelfWriter(folder)
    first = put(writer, planned(site))
    before = {path: first.spot(path) for path in ("index.html", "sobre/index.html", "novo/index.html")}
    site.content("pages/novo.md", ABOUT)
    second = put(writer, planned(site))
    assert before == {path: first.spot(path) for path in before}
    assert before["novo/index.html"] is None
    assert second.spot("novo/index.html") is not None
    first.close()
    second.close()


def test_a_shelf_full_of_leftovers_is_begun_anew(
    site: Dealership, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dealergen.serve.shelving.BATCH", 10)
    writer = ShelfWriter(folder)
    files = set()
    for price in range(60_000, 60_012):
        site.inventory(
            STOCK.replace("69.900", str(price)).replace("139.900", str(price)).replace("118.500", str(price))
        )
        shelf = put(writer, planned(site))
        files.add(shelf.file)
        shelf.close()
    assert len(files) > 1
    assert [file.name for file in sorted(folder.glob("*.shelf"))] == [shelf.file.name]


def _locked() -> Callable[..., bytes]:
    lock = threading.Lock()

    def made(word: str) -> bytes:
        with lock:
            return word.encode()

    return made


def _greeting(word: str, *, mark: str = "!") -> Callable[..., bytes]:
    return lambda name, ending=mark: f"{word} {name}{ending}".encode()


@pytest.mark.parametrize(("maker", "made"), [(_locked(), b"Ana"), (_greeting("Hello"), b"Hello Ana!")])
def test_a_maker_of_any_kind_can_be_put_there(
    site: Dealership, folder: Path, maker: Callable[..., bytes], made: bytes
) -> None:
    name = "word" if maker.__name__ == "made" else "name"
    artifact = Artifact("odd.txt", maker, (Fact(name, b"1", "Ana"),), Place("site.yaml", 3))
    plan = planned(site)
    plan.artifacts.append(artifact)
    assert bytes_of(artifact, plan.renderer) == made
    shelf = put(ShelfWriter(folder), plan)
    spot = shelf.spot("odd.txt")
    assert spot is not None
    assert spot.source == Place("site.yaml", 3)
    assert open_workshop(site.root, shelf).read("odd.txt") == made
    shelf.close()


@pytest.mark.parametrize("left", [b"", b"not a shelf", b"SQLite format 3\0" + b"\0" * 200])
def test_what_is_no_whole_shelf_is_not_looked_at(folder: Path, left: bytes) -> None:
    folder.mkdir()
    (folder / "7.shelf").write_bytes(left)
    (folder / "8.part").write_bytes(left)
    assert newest(folder) is None
    assert newest(folder / "nowhere") is None


def test_the_newest_whole_shelf_is_taken(site: Dealership, folder: Path) -> None:
    put(ShelfWriter(folder), planned(site)).close()
    (folder / "9.shelf").write_bytes(b"cut short")
    shelf = newest(folder)
    assert shelf is not None
    assert (shelf.file.name, shelf.label) == ("1.shelf", LABEL)
    shelf.close()


def test_the_least_lately_asked_for_pages_make_room_for_new_ones() -> None:
    made = Made(room=10)
    made.put("a", b"aaaa")
    made.put("b", b"bbbb")
    assert made.get("a") == b"aaaa"
    made.put("c", b"cccc")
    assert [made.get(mark) for mark in "abc"] == [b"aaaa", None, b"cccc"]
    made.put("c", b"cc")
    made.put("d", b"dddd")
    assert [made.get(mark) for mark in "acd"] == [b"aaaa", b"cc", b"dddd"]
    made.put("e", b"e" * 11)
    assert [made.get(mark) for mark in "acde"] == [None, None, None, None]
