"""`dealergen build --verify`: what it says of a good build, and of ones that are not."""

from __future__ import annotations

import json
import os
from pathlib import Path

from PIL import Image

from dealergen.explain.compare import differences
from tests.conftest import NOW, Dealership
from tests.explain.conftest import CARS, HEADER, LATER, Run


def test_a_build_after_edits_is_verified(lot: Dealership, run: Run) -> None:
    lot.build()
    lot.inventory(HEADER + CARS.replace("69.900", "66.900").replace("A4;Honda", "A5;Honda"))
    result = run("build", "--now", LATER, "--verify")
    assert result.exit_code == 0, result.output
    assert "Verified: a clean build makes the same, byte for byte." in result.output


def test_verifying_leaves_the_records_of_the_build_as_they_are(lot: Dealership, run: Run) -> None:
    lot.build()
    lot.inventory(HEADER + CARS.replace("69.900", "66.900"))
    run("build", "--now", LATER, "--verify")
    changes = json.loads((lot.root / ".dealergen" / "changes.json").read_text())
    assert any("argo" in url for url in changes["changed"])
    assert not any("civic" in url for url in changes["added"])


def test_a_page_that_was_tampered_with_is_named_with_its_line_and_heading(lot: Dealership, run: Run) -> None:
    lot.build()
    page = lot.out / "estoque" / "index.html"
    head, _, tail = page.read_text("utf-8").rpartition("Volcano")
    forge(page, f"{head}Vulcano{tail}".encode())
    result = run("build", "--now", NOW.isoformat(), "--verify")
    assert result.exit_code == 1
    assert "estoque/index.html: differs from line " in result.stderr
    assert 'under "' in result.stderr
    before, after = (line for line in result.stderr.splitlines() if "ulcano" in line or "Volcano" in line)
    assert " - " in before
    assert "Vulcano" in before
    assert " + " in after
    assert "Volcano" in after
    assert "1 file not as a clean build makes them" in result.stderr


def test_a_page_that_no_build_would_make_any_more_is_named(lot: Dealership, run: Run) -> None:
    lot.build()
    stray = lot.out / "media" / "stray.jpg"
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"\xff\xd8stray")
    (lot.out / "google1234.html").write_text("put here by hand")
    result = run("build", "--now", NOW.isoformat(), "--verify", "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["ok"] is False
    assert [(one["path"], one["kind"]) for one in told["differences"]] == [("media/stray.jpg", "left over")]


def test_a_first_build_with_an_offer_that_ends_is_verified_at_its_clock(lot: Dealership, run: Run) -> None:
    lot.content(
        "offers/feirao.md",
        "---\ntitle: Feirão\nsummary: Preços de novembro.\nvalid_from: 2026-11-01\nvalid_to: 2026-11-22\n"
        "call_to_action: Quero este preço\nlegal: Válido até 22/11.\n---\nAté domingo.\n",
    )
    result = run("build", "--now", "2026-11-22T23:59:59-03:00", "--verify", "--json")
    assert json.loads(result.stdout)["differences"] == []
    assert (lot.out / "ofertas" / "feirao" / "index.html").is_file()


def test_photos_are_verified_with_the_pages(lot: Dealership, run: Run) -> None:
    (lot.root / "photos").mkdir()
    Image.linear_gradient("L").resize((640, 480)).convert("RGB").save(lot.root / "photos" / "argo.jpg")
    rows = [row + (";argo.jpg" if row.startswith("A1") else ";") for row in CARS.splitlines()]
    lot.inventory("\n".join([HEADER.strip() + ";Fotos", *rows]) + "\n")
    told = json.loads(run("build", "--now", LATER, "--verify", "--json").stdout)
    assert told["differences"] == []
    (picture,) = list(lot.out.glob("media/**/*argo*.jpg"))[:1]
    forge(picture, picture.read_bytes()[:-1] + b"\x00")
    told = json.loads(run("build", "--now", LATER, "--verify", "--json").stdout)
    assert [one["path"] for one in told["differences"]] == [picture.relative_to(lot.out).as_posix()]


def test_binary_files_differ_without_a_line(tmp_path: Path) -> None:
    built, clean = two_folders(
        tmp_path, {"a.jpg": b"\xff\xd8\x00", "same.txt": b"x"}, {"a.jpg": b"\xff\xd8\x01", "same.txt": b"x"}
    )
    (found,) = differences(built, clean, {"a.jpg", "same.txt"})
    assert (found.path, found.kind, found.line) == ("a.jpg", "differs", None)


def test_a_file_that_is_missing_and_one_that_ends_early_are_told_apart(tmp_path: Path) -> None:
    built, clean = two_folders(tmp_path, {"a.txt": b"one\n"}, {"a.txt": b"one\ntwo\n", "b.txt": b"x"})
    cut, missing = differences(built, clean, {"a.txt"})
    assert (cut.line, cut.before, cut.built, cut.clean) == (2, ("one",), "", "two")
    assert (missing.path, missing.kind) == ("b.txt", "missing")


def test_a_long_line_is_shown_around_what_differs(tmp_path: Path) -> None:
    built, clean = two_folders(tmp_path, {"a.css": b"x" * 5000 + b"red"}, {"a.css": b"x" * 5000 + b"blue"})
    (found,) = differences(built, clean, {"a.css"})
    assert found.built.endswith("xred")
    assert found.clean.endswith("xblue")
    assert len(found.built) < 200


def two_folders(tmp_path: Path, built: dict[str, bytes], clean: dict[str, bytes]) -> tuple[Path, Path]:
    for name, files in (("built", built), ("clean", clean)):
        (tmp_path / name).mkdir()
        for path, data in files.items():
            (tmp_path / name / path).write_bytes(data)
    return tmp_path / "built", tmp_path / "clean"


def forge(file: Path, data: bytes) -> None:
    """Change a file behind the manifest's back: same size, same time."""
    status = file.stat()
    file.write_bytes(data)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
