"""A disk that is full, read-only or in the way: one clear sentence, every page still whole, and a later build mends it.

A small disk and a read-only folder are mounted where this process may do so; where it may not, the kernel's limit on
the size of a file and the rights of a folder stand in for them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from dealergen.errors import OutputError
from tests.conftest import Dealership
from tests.faults.faults_lot import ChangingLot, clean_build, differences, ledger_of, standing

BUILD = """
import json, sys
from datetime import datetime
from pathlib import Path
from dealergen.build import build_site
from dealergen.errors import DealergenError
try:
    build_site(Path(sys.argv[1]), now=datetime.fromisoformat(sys.argv[2]), jobs=int(sys.argv[3]))
    print(json.dumps(["built", ""]))
except DealergenError as error:
    print(json.dumps([error.message, error.remedy]))
"""


@cache
def namespace() -> list[str]:
    """The words before a command that give it mounts of its own; none where that is not allowed."""
    for words in (["unshare", "--mount"], ["unshare", "--mount", "--map-root-user"]):
        try:
            tried = subprocess.run([*words, "mount", "-t", "tmpfs", "none", "/mnt"], check=False, capture_output=True)
        except FileNotFoundError:
            return []
        if tried.returncode == 0:
            return words
    return []


SMALL_DISK = """
    cp -a {out} {kept}
    mount -t tmpfs -o size=64m none {out}
    cp -a {kept}/. {out}
    dd if=/dev/zero of={out}/filler bs=4k 2>/dev/null || true
    truncate -s -120K {out}/filler
    "$@"
    rm {out}/filler
    rm -r {kept}
    cp -a {out} {kept}
    exit 0
"""
"""Words of a shell that put the site on a disk with room for little more, and keep what then stands there."""


def largest_file(lot: ChangingLot) -> str:
    """Words of a shell after which no file may be as large as the largest page; the ledger still may."""
    largest = max(len(html.encode()) for html in lot.site.pages().values())
    limit = (largest - 1) // 512
    assert len(ledger_of(lot)) < limit * 512 - 2000
    return f"trap '' XFSZ; ulimit -f {limit}"


def build_after(shell: str, lot: ChangingLot, jobs: int = 1) -> tuple[str, str]:
    """What a build says, as error and remedy, after the words of a shell in a namespace of its own."""
    build = [sys.executable, "-c", BUILD, str(lot.site.root), lot.now.isoformat(), str(jobs)]
    line = [*namespace(), "sh", "-ec", f'{shell}\nexec "$@"', "sh", *build]
    done = subprocess.run(line, check=False, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    message, remedy = json.loads(done.stdout)
    return message, remedy


def whole(pages: dict[str, str]) -> bool:
    return all(html.rstrip().endswith("</html>") for html in pages.values())


@pytest.fixture
def lot(tmp_path: Path) -> ChangingLot:
    lot = ChangingLot(tmp_path / "lot", seed=5, vehicles=60)
    lot.site.build(now=lot.now)
    lot.change()
    return lot


def test_a_full_disk(lot: ChangingLot, tmp_path: Path) -> None:
    before, out, kept = ledger_of(lot), lot.site.out, tmp_path / "kept"
    if namespace():
        message, remedy = build_after(SMALL_DISK.format(out=out, kept=kept), lot)
        assert "No space left on device" in message
        assert remedy == "The disk is full: make room and build again."
        stood = {str(file): file.read_text("utf-8") for file in kept.rglob("*.html")}
    else:
        message, _ = build_after(largest_file(lot), lot)
        assert "File too large" in message
        stood = lot.site.pages()
    assert len(stood) >= len(lot.site.pages())
    assert whole(stood)
    lot.site.build(now=lot.now)
    assert differences(standing(lot), clean_build(lot, before, tmp_path / "clean")) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_files_that_may_not_grow(lot: ChangingLot, tmp_path: Path, jobs: int) -> None:
    before = ledger_of(lot)
    message, remedy = build_after(largest_file(lot), lot, jobs)
    assert "cannot be written: File too large" in message
    assert remedy.startswith("No file may grow so large here")
    assert whole(lot.site.pages())
    lot.site.build(now=lot.now)
    assert differences(standing(lot), clean_build(lot, before, tmp_path / "clean")) == []


def test_a_read_only_folder(lot: ChangingLot, tmp_path: Path) -> None:
    before, old = ledger_of(lot), lot.site.files()
    out = lot.site.out
    if namespace():
        message, remedy = build_after(f"mount --bind {out} {out}\nmount -o remount,ro,bind {out}", lot)
        assert "Read-only file system" in message
        assert remedy == "The disk is read-only: choose another folder with --out."
    else:
        for folder in (out, *(path for path in out.rglob("*") if path.is_dir())):
            folder.chmod(0o555)
        message, remedy = build_after("", lot)
        for folder in (out, *(path for path in out.rglob("*") if path.is_dir())):
            folder.chmod(0o755)
        assert "Permission denied" in message
        assert remedy.startswith("Give yourself the right to write there")
    assert str(out) in message
    assert lot.site.files() == old
    lot.site.build(now=lot.now)
    assert differences(standing(lot), clean_build(lot, before, tmp_path / "clean")) == []


def test_a_file_where_the_sites_folder_must_be(dealership: Dealership) -> None:
    dealership.inventory("Marca;Modelo;Ano;Preço\nFiat;Argo;2021;69900\n")
    dealership.out.write_text("a note")
    with pytest.raises(OutputError) as caught:
        dealership.build()
    assert caught.value.message == f"{dealership.out} is a file, but the site's folder must stand there"
    assert caught.value.remedy == "Move it away."
    assert dealership.out.read_text() == "a note"


def test_a_file_where_the_folder_of_state_must_be(dealership: Dealership) -> None:
    dealership.inventory("Marca;Modelo;Ano;Preço\nFiat;Argo;2021;69900\n")
    (dealership.root / ".dealergen").write_text("")
    with pytest.raises(OutputError) as caught:
        dealership.build()
    assert caught.value.message == f"The folder {dealership.root / '.dealergen'} cannot be used: a file stands there"
    assert not dealership.out.exists()


def test_a_file_of_somebody_else_where_a_pages_folder_must_be(lot: ChangingLot, tmp_path: Path) -> None:
    before = ledger_of(lot)
    lot.site.content("pages/contato.md", "---\ntitle: Contato\n---\n\nVenha.\n")
    (lot.site.out / "contato").write_text("not ours")
    with pytest.raises(OutputError) as caught:
        lot.site.build(now=lot.now)
    assert str(lot.site.out / "contato") in caught.value.message
    assert caught.value.remedy.lower().endswith("move it away.")
    assert whole(lot.site.pages())
    (lot.site.out / "contato").unlink()
    lot.site.build(now=lot.now)
    assert differences(standing(lot), clean_build(lot, before, tmp_path / "clean")) == []


@pytest.mark.parametrize(
    "place", [".", "..", "content", "content/posts", "static", "templates", ".dealergen", "photos"]
)
def test_the_site_is_never_built_among_its_sources(dealership: Dealership, place: str) -> None:
    dealership.inventory("Marca;Modelo;Ano;Preço\nFiat;Argo;2021;69900\n")
    dealership.content("pages/sobre.md", "---\ntitle: Sobre\n---\n\nNós.\n")
    out = dealership.root / place
    before = sorted(path for path in dealership.root.rglob("*") if ".dealergen" not in path.parts)
    with pytest.raises(OutputError) as caught:
        dealership.build(out=out)
    assert caught.value.message.startswith(f"The site cannot be built into {out.resolve()}")
    assert caught.value.remedy == "Choose a folder of its own with --out, such as public/."
    assert sorted(path for path in dealership.root.rglob("*") if ".dealergen" not in path.parts) == before


def test_a_link_to_the_sources_does_not_fool_it(dealership: Dealership) -> None:
    dealership.inventory("Marca;Modelo;Ano;Preço\nFiat;Argo;2021;69900\n")
    dealership.content("pages/sobre.md", "---\ntitle: Sobre\n---\n\nNós.\n")
    (dealership.root / "elsewhere").symlink_to(dealership.root / "content")
    with pytest.raises(OutputError):
        dealership.build(out=dealership.root / "elsewhere")
