"""Formats by setting: AVIF first where asked for, effort by setting, HEIC where its library is, WebP left as it is."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from photos_pictures import OpenLibrary, encoded, halves, make, noisy
from PIL import Image

from dealergen.errors import Place
from dealergen.photos import decode, encode

ROW = Place("inventory.csv", 7, "photos")
HEIC_STUB = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"


def _variants(library_of: OpenLibrary, name: str, **options: object) -> dict[str, bytes]:
    library = library_of(**options)
    assert library.picture(name, source=ROW), library.problems
    return {artifact.path.rsplit("/", 1)[1]: make(artifact) for artifact in library.artifacts()}


def test_avif_comes_first_when_it_is_asked_for(folder: Path, open_library: OpenLibrary) -> None:
    (folder / "1.jpg").write_bytes(encoded(noisy(1000, 700)))
    library = open_library(formats=["jpg", "webp", "avif"])
    photo = library.picture("1.jpg", source=ROW)
    assert photo is not None
    assert [mime for mime, _ in photo.sources] == ["image/avif", "image/webp"]
    kinds: dict[str, list[int]] = {}
    for artifact in library.artifacts():
        image = Image.open(io.BytesIO(make(artifact)))
        kinds.setdefault(str(image.format), []).append(image.width)
        assert "exif" not in image.info
    assert kinds == {"AVIF": [400, 800, 1000], "WEBP": [400, 800, 1000], "JPEG": [800, 1000]}


def test_avif_is_smaller_than_webp_at_the_same_setting_and_no_worse(folder: Path, open_library: OpenLibrary) -> None:
    source = noisy(800, 600)
    (folder / "1.png").write_bytes(encoded(source, "PNG"))
    made = _variants(open_library, "1.png", formats=["avif", "webp", "jpg"], widths=[800])
    by_kind = {name.rsplit(".", 1)[1]: data for name, data in made.items()}
    assert len(by_kind["avif"]) < len(by_kind["webp"])
    assert _error(by_kind["avif"], source) < 1.3 * _error(by_kind["webp"], source)


def _error(data: bytes, source: Image.Image) -> float:
    """The mean squared difference of two pictures of one size."""
    pairs = zip(Image.open(io.BytesIO(data)).convert("RGB").tobytes(), source.tobytes(), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) / (source.width * source.height * 3)


def test_the_same_avif_comes_out_again(folder: Path, tmp_path: Path, open_library: OpenLibrary) -> None:
    import shutil

    (folder / "1.jpg").write_bytes(encoded(noisy(900, 600)))
    first = _variants(open_library, "1.jpg", formats=["avif", "jpg"])
    shutil.rmtree(tmp_path / "cache")
    assert _variants(open_library, "1.jpg", formats=["avif", "jpg"]) == first


def test_without_an_avif_encoder_the_site_is_built_without_avif_and_one_warning_says_so(
    folder: Path, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PIL import features

    monkeypatch.setattr(features, "check", lambda name: name != "avif")
    for name in ("1.jpg", "2.jpg"):
        (folder / name).write_bytes(encoded(halves()))
    library = open_library(formats=["avif", "webp", "jpg"])
    photos = [library.picture(name, source=ROW) for name in ("1.jpg", "2.jpg")]
    assert all(photo and [mime for mime, _ in photo.sources] == ["image/webp"] for photo in photos)
    assert [(problem.code, problem.level) for problem in library.problems] == [("photo.avif-output", "warning")]
    assert "photos.formats" in str(library.problems[0])


def test_adding_a_format_makes_that_format_alone(folder: Path, open_library: OpenLibrary) -> None:
    (folder / "1.jpg").write_bytes(encoded(halves(1000, 700)))
    before = _variants(open_library, "1.jpg")
    after = _variants(open_library, "1.jpg", formats=["avif", "webp", "jpg"])
    assert before.items() < after.items()
    assert {name.rsplit(".", 1)[1] for name in after.keys() - before.keys()} == {"avif"}


def test_the_method_of_webp_changes_webp_alone(folder: Path, open_library: OpenLibrary) -> None:
    (folder / "1.jpg").write_bytes(encoded(noisy(1000, 700)))
    before, after = _variants(open_library, "1.jpg"), _variants(open_library, "1.jpg", webp_method=0)
    same = before.keys() & after.keys()
    assert {name.rsplit(".", 1)[1] for name in same} == {"jpg"}
    largest = max(len(data) for name, data in before.items() if name.endswith("webp"))
    assert largest < max(len(data) for name, data in after.items() if name.endswith("webp"))


def test_another_pillow_keeps_everybodys_photos(
    folder: Path, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    import PIL

    (folder / "1.jpg").write_bytes(encoded(halves()))
    before, decoded = _variants(open_library, "1.jpg"), decode.decodes
    monkeypatch.setattr(PIL, "__version__", "99.0.0")
    assert _variants(open_library, "1.jpg") == before
    assert decode.decodes == decoded + 1  # to inspect the file: its index was not kept


def test_a_light_webp_of_the_right_size_is_published_as_it_is(folder: Path, open_library: OpenLibrary) -> None:
    data = encoded(noisy(1600, 1067), "WEBP", quality=20)
    assert len(data) < 0.1 * 1600 * 1067
    (folder / "1.webp").write_bytes(data)
    made = _variants(open_library, "1.webp")
    assert sum(body == data for body in made.values()) == 1
    assert next(name for name, body in made.items() if body == data).endswith("-1600.webp")


@pytest.mark.parametrize(
    ("what", "data"),
    [
        ("metadata", encoded(halves(800, 600), "WEBP", exif=b"Exif\0\0SecretPlace")),
        ("profile", encoded(halves(800, 600), "WEBP", icc_profile=b"SecretPlace profile")),
        ("trailer", encoded(halves(800, 600), "WEBP") + b"SecretPlace"),
        ("heavy", encoded(noisy(800, 600), "WEBP", lossless=True)),
        ("too wide", encoded(halves(2000, 1500), "WEBP")),
        (
            "moving",
            encoded(halves(800, 600), "WEBP", save_all=True, append_images=[halves(800, 600, left="#20c020")]),
        ),
    ],
)
def test_a_webp_that_holds_more_than_a_light_picture_is_made_anew(
    folder: Path, open_library: OpenLibrary, what: str, data: bytes
) -> None:
    (folder / "1.webp").write_bytes(data)
    for body in _variants(open_library, "1.webp").values():
        assert body != data
        assert b"SecretPlace" not in body
        assert getattr(Image.open(io.BytesIO(body)), "n_frames", 1) == 1


@pytest.fixture
def without_heif(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if pillow-heif were not installed."""
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    decode._reads_heic.cache_clear()
    yield
    decode._reads_heic.cache_clear()


def _heic(image: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    import_module("pillow_heif").from_pillow(image).save(out, **options)
    return out.getvalue()


def test_an_iphones_photo_is_left_out_with_the_remedy_where_nothing_reads_it(
    folder: Path, open_library: OpenLibrary, without_heif: None
) -> None:
    (folder / "1.heic").write_bytes(HEIC_STUB)
    library = open_library()
    assert library.picture("1.heic", source=ROW) is None
    (problem,) = library.problems
    assert (problem.code, problem.level) == ("photo.heic", "warning")
    assert 'pip install "dealergen[heic]"' in problem.remedy


def test_an_iphones_photo_is_published_where_its_library_is_installed(folder: Path, open_library: OpenLibrary) -> None:
    (folder / "1.jpg").write_bytes(_heic(halves()))
    made = _variants(open_library, "1.jpg")
    assert {name.rsplit(".", 1)[1] for name in made} == {"webp", "jpg"}
    for body in made.values():
        image = Image.open(io.BytesIO(body)).convert("RGB")
        red, _, blue = image.getpixel((image.width // 6, image.height // 2))  # type: ignore[misc]
        assert red > 150
        assert blue < 80


def test_a_photo_left_out_for_want_of_a_library_is_there_once_it_is_installed(
    folder: Path, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "1.heic").write_bytes(_heic(halves()))
    with monkeypatch.context() as absent:
        absent.setitem(sys.modules, "pillow_heif", None)
        decode._reads_heic.cache_clear()
        library = open_library()
        assert library.picture("1.heic", source=ROW) is None
        library.save_index()
    decode._reads_heic.cache_clear()
    assert open_library().picture("1.heic", source=ROW) is not None


def test_a_turned_iphone_photo_is_shown_upright(folder: Path, open_library: OpenLibrary) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = halves(900, 600).transpose(Image.Transpose.ROTATE_90)
    (folder / "1.heic").write_bytes(_heic(stored, exif=exif.tobytes()))
    photo = open_library().picture("1.heic", source=ROW)
    assert photo is not None
    assert (photo.width, photo.height) == (900, 600)


def test_a_damaged_iphone_photo_is_told(folder: Path, open_library: OpenLibrary) -> None:
    (folder / "1.heic").write_bytes(HEIC_STUB)
    library = open_library()
    assert library.picture("1.heic", source=ROW) is None
    assert [problem.code for problem in library.problems] == ["photo.damaged"]


def test_every_format_that_settings_know_has_a_media_type() -> None:
    from typing import get_args

    from dealergen.config.photos import PhotoFormat

    assert set(get_args(PhotoFormat)) == set(encode.MIME)
