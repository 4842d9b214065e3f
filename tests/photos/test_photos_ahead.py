"""Making many photos ahead of the pages: each by one decode, nothing twice; and what the cache keeps."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from photos_pictures import OpenLibrary, encoded, halves, make, noisy

from dealergen.config.presentation import PhotoSettings
from dealergen.errors import DealergenError, OutputError, Place
from dealergen.photos import PhotoLibrary, decode, workshop
from dealergen.photos.variants import Original

ROW = Place("inventory.csv", 7, "photos")
DAY = 86_400


def _asked(library: PhotoLibrary, *names: str) -> PhotoLibrary:
    library.inspect(names)
    for name in names:
        assert library.picture(name, source=ROW), library.problems
    return library


def _photos(folder: Path, count: int) -> list[str]:
    names = [f"{number}.jpg" for number in range(count)]
    for number, name in enumerate(names):
        (folder / name).write_bytes(encoded(halves(900 + number, 600)))
    return names


@pytest.mark.parametrize("threads", [1, 3])
def test_each_photo_is_decoded_once_however_many_threads_and_variants(
    folder: Path, tmp_path: Path, open_library: OpenLibrary, threads: int
) -> None:
    library = _asked(open_library(formats=["avif", "webp", "jpg"]), *_photos(folder, 5))
    before = decode.decodes
    assert library.make_ahead(tmp_path / "public", threads) == 5
    assert decode.decodes == before + 5
    assert all(make(artifact) for artifact in library.artifacts())
    assert decode.decodes == before + 5


def test_what_is_made_ahead_is_what_pages_would_have_made(
    folder: Path, tmp_path: Path, open_library: OpenLibrary
) -> None:
    import shutil

    library = _asked(open_library(), *_photos(folder, 3))
    alone = {artifact.path: make(artifact) for artifact in reversed(list(library.artifacts()))}
    shutil.rmtree(tmp_path / "cache")
    library.make_ahead(tmp_path / "public", 2)
    assert {artifact.path: make(artifact) for artifact in library.artifacts()} == alone


def test_a_variant_that_alone_is_missing_comes_out_as_before(folder: Path, open_library: OpenLibrary) -> None:
    (folder / "1.jpg").write_bytes(encoded(noisy(2000, 1300)))
    artifacts = list(_asked(open_library(), "1.jpg").artifacts())
    before = [make(artifact) for artifact in artifacts]
    for artifact, data in zip(artifacts, before, strict=True):
        artifact.reads[0].value.file.unlink()
        assert make(artifact) == data


def test_the_heaviest_photos_come_first(
    folder: Path, tmp_path: Path, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = {"a.png": 300, "b.png": 900, "c.png": 600}
    for name, width in sizes.items():
        (folder / name).write_bytes(encoded(noisy(width, width), "PNG"))
    library = _asked(open_library(), *sizes)
    order: list[str] = []
    monkeypatch.setattr(workshop, "make_missing", lambda original: order.append(Path(original.file).name))
    library.make_ahead(tmp_path / "public", 1)
    assert order == ["b.png", "c.png", "a.png"]


def test_nothing_is_made_for_pictures_that_stand_in_the_output_although_the_cache_is_gone(
    folder: Path, tmp_path: Path, open_library: OpenLibrary
) -> None:
    import shutil

    library = _asked(open_library(), *_photos(folder, 2))
    out = tmp_path / "public"
    (out / "media").mkdir(parents=True)
    for artifact in library.artifacts():
        (out / artifact.path).write_bytes(make(artifact))
    shutil.rmtree(tmp_path / "cache")
    before = decode.decodes
    assert library.make_ahead(out, 2) == 0
    assert decode.decodes == before
    next((out / "media").iterdir()).unlink()
    assert library.make_ahead(out, 2) == 1


def test_a_photo_that_changes_meanwhile_is_told_of_by_its_own_artifact(
    folder: Path, tmp_path: Path, open_library: OpenLibrary
) -> None:
    library = _asked(open_library(), *_photos(folder, 2))
    (folder / "1.jpg").write_bytes(encoded(halves(left="#20c020")))
    assert library.make_ahead(tmp_path / "public", 2) == 2
    first, *_, last = library.artifacts()
    assert make(first)
    with pytest.raises(DealergenError, match=r"1\.jpg changed while the site was built"):
        make(last)


def test_a_cache_that_cannot_be_written_stops_the_work_with_one_sentence(
    folder: Path, tmp_path: Path, open_library: OpenLibrary
) -> None:
    library = _asked(open_library(), *_photos(folder, 3))
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "photos").write_text("a file where a folder must be")
    with pytest.raises(OutputError, match="the photo cache cannot be written"):
        library.make_ahead(tmp_path / "public", 2)


def test_progress_counts_photos(folder: Path, tmp_path: Path, open_library: OpenLibrary) -> None:
    told: list[tuple[str, int]] = []

    class Told:
        def step(self, name: str, total: int) -> None:
            told.append((name, total))

        def advance(self, n: int = 1) -> None:
            told.append(("+", n))

        def done(self) -> None:
            told.append(("done", 0))

    library = _asked(open_library(), *_photos(folder, 2))
    library.make_ahead(tmp_path / "public", 2, Told())
    library.make_ahead(tmp_path / "public", 2, Told())
    assert told == [("photos", 2), ("+", 1), ("+", 1), ("done", 0)]


class Weeks:
    """One site, built week after week."""

    def __init__(self, root: Path, cache: Path) -> None:
        self.root = root
        self.cache = cache
        self.now = time.time()

    def build(self, *names: str, keep: int = 60) -> int:
        library = PhotoLibrary(PhotoSettings(widths=[64]), self.root, self.cache, clock=lambda: self.now)
        _asked(library, *names)
        for artifact in library.artifacts():
            make(artifact)
        library.save_index()
        gone = library.prune(keep)
        self.now += 7 * DAY
        return gone

    def kept(self) -> set[str]:
        """The digests whose variants are in the cache."""
        return {path.name for path in (self.cache / "photos").glob("??/*")}


@pytest.fixture
def weeks(folder: Path, tmp_path: Path) -> Weeks:
    for name, color in (("here.jpg", "#c02020"), ("sold.jpg", "#20c020")):
        (folder / name).write_bytes(encoded(halves(left=color)))
        os.utime(folder / name, (1_000_000_000, 1_000_000_000))
    return Weeks(folder.parent, tmp_path / "cache")


def test_variants_of_a_photo_that_nothing_names_go_after_the_days_set_and_not_before(weeks: Weeks) -> None:
    weeks.build("here.jpg", "sold.jpg")
    assert len(weeks.kept()) == 2
    assert [weeks.build("here.jpg") for _ in range(8)] == [0] * 8
    assert len(weeks.kept()) == 2
    assert sum(weeks.build("here.jpg") for _ in range(2)) == 1
    assert len(weeks.kept()) == 1
    before = decode.decodes
    weeks.build("here.jpg")
    assert decode.decodes == before


def test_a_photo_that_comes_back_in_time_is_not_made_again(weeks: Weeks) -> None:
    weeks.build("here.jpg", "sold.jpg")
    for _ in range(6):
        weeks.build("here.jpg")
    standing = {path: path.stat().st_mtime_ns for path in (weeks.cache / "photos").glob("??/*/*")}
    weeks.build("here.jpg", "sold.jpg")
    assert {path: path.stat().st_mtime_ns for path in (weeks.cache / "photos").glob("??/*/*")} == standing
    for _ in range(7):
        weeks.build("here.jpg")
    assert len(weeks.kept()) == 2  # the days count from the last time


def test_what_a_killed_build_left_half_written_goes_too(weeks: Weeks) -> None:
    weeks.build("here.jpg")
    (folder,) = (weeks.cache / "photos").glob("??/*")
    (folder / "abc-64.webp.99-1.tmp").write_bytes(b"half")
    weeks.build("here.jpg")
    weeks.build("here.jpg")
    assert not list(folder.glob("*.tmp"))
    assert len(list(folder.iterdir())) == 2


def test_a_site_without_photos_has_no_cache_to_sweep(tmp_path: Path) -> None:
    library = PhotoLibrary(PhotoSettings(), tmp_path, tmp_path / "cache")
    assert library.prune(1) == 0
    assert not (tmp_path / "cache").exists()


def test_the_fallback_has_two_sizes_and_the_others_all(tmp_path: Path) -> None:
    from dealergen.photos.encode import encodings_for

    encodings = encodings_for(PhotoSettings(formats=["avif", "webp", "jpg"]))
    original = Original("x", "d" * 32, (1600, 1000), (400, 800, 1200, 1600), encodings, tmp_path)
    assert [original.widths_in(encoding) for encoding in encodings] == [
        (400, 800, 1200, 1600), (400, 800, 1200, 1600), (800, 1600),
    ]  # fmt: skip
