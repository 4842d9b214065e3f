"""From a cell to what a page shows: sizes, formats, orientation, colours; and what is left out."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from photos_pictures import OpenLibrary, encoded, halves
from PIL import Image, ImageCms

from dealergen.engine import Artifact
from dealergen.errors import DealergenError, Place
from dealergen.photos import Photo, PhotoLibrary, decode

ROW = Place("inventory.csv", 7, "photos")
SHARED = Path(__file__).resolve().parents[3] / "shared" / "photos"


def make(artifact: Artifact) -> bytes:
    """What the engine does with an artifact."""
    assert callable(artifact.maker)
    return artifact.maker(**{fact.name: fact.value for fact in artifact.reads})


def shown(library: PhotoLibrary, ref: str) -> Photo:
    photo = library.picture(ref, source=ROW)
    assert photo is not None, library.problems
    return photo


def published(library: PhotoLibrary) -> dict[str, Image.Image]:
    images: dict[str, Image.Image] = {}
    for artifact in library.artifacts():
        images["/" + artifact.path] = Image.open(io.BytesIO(make(artifact)))
    return images


def near(pixel: object, color: tuple[int, int, int], tolerance: int = 14) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) <= tolerance for a, b in zip(pixel[:3], color, strict=True))


def test_a_photo_is_published_in_each_width_in_webp_and_in_two_in_jpeg(folder: Path, open_library: OpenLibrary) -> None:
    (folder / "Fiat Argo.jpg").write_bytes(encoded(halves(2400, 1600)))
    library = open_library()
    photo = shown(library, "Fiat Argo.jpg")
    images = published(library)
    base = photo.src.removesuffix("-800.jpg")
    assert base.startswith("/media/fiat-argo-")
    assert photo.srcset == f"{base}-800.jpg 800w, {base}-1600.jpg 1600w"
    assert photo.largest == f"{base}-1600.jpg"
    assert (photo.width, photo.height) == (1600, 1067)
    ((mime, srcset),) = photo.sources
    better = srcset.split(" ")[0].removesuffix("-400.webp")
    assert mime == "image/webp"
    assert srcset == ", ".join(f"{better}-{width}.webp {width}w" for width in (400, 800, 1600))
    assert sorted(images) == sorted(
        [f"{base}-800.jpg", f"{base}-1600.jpg", *(f"{better}-{width}.webp" for width in (400, 800, 1600))]
    )
    for path, image in images.items():
        width = int(path.rsplit("-", 1)[1].split(".")[0])
        assert image.size == (width, round(width * 1600 / 2400))
        assert image.format == ("WEBP" if path.endswith("webp") else "JPEG")
        assert near(image.convert("RGB").getpixel((width // 6, 50)), (0xC0, 0x20, 0x20))
        assert near(image.convert("RGB").getpixel((width // 2, 50)), (0x20, 0x40, 0xC0))


@pytest.mark.parametrize(
    ("source", "widths"), [(1280, [400, 800, 1280]), (1600, [400, 800, 1600]), (800, [400, 800]), (120, [120])]
)
def test_a_photo_is_never_enlarged(folder: Path, open_library: OpenLibrary, source: int, widths: list[int]) -> None:
    (folder / "1.png").write_bytes(encoded(halves(source, source * 2 // 3), "PNG"))
    library = open_library()
    photo = shown(library, "1.png")
    assert photo.width == source
    assert sorted({image.width for image in published(library).values()}) == widths


@pytest.mark.parametrize("orientation", range(10))
def test_every_exif_orientation_is_shown_upright(folder: Path, open_library: OpenLibrary, orientation: int) -> None:
    """The stored picture is the upright one turned as the tag says (TIFF 6.0, tag 274); 0 and 9 mean nothing."""
    stored_from = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    upright = halves(900, 600)
    upright.paste("#20a020", (0, 400, 900, 600))
    stored = upright.transpose(stored_from[orientation]) if orientation in stored_from else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    (folder / "1.jpg").write_bytes(encoded(stored, exif=exif))
    library = open_library()
    photo = shown(library, "1.jpg")
    assert (photo.width, photo.height) == (900, 600)
    for image in published(library).values():
        width, height = image.size
        assert width > height
        assert near(image.convert("RGB").getpixel((width // 6, height // 4)), (0xC0, 0x20, 0x20))
        assert near(image.convert("RGB").getpixel((width * 2 // 3, height // 4)), (0x20, 0x40, 0xC0))
        assert near(image.convert("RGB").getpixel((width // 2, height * 5 // 6)), (0x20, 0xA0, 0x20))


def test_positions_and_serial_numbers_are_not_published(folder: Path, open_library: OpenLibrary) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretMaker"
    exif.get_ifd(0x8825)[1] = "S"
    comment = b"SecretComment"
    (folder / "1.jpg").write_bytes(encoded(halves(), exif=exif, comment=comment, xmp=b"<x>SecretXmp</x>"))
    (folder / "2.png").write_bytes(encoded(halves(600, 900), "PNG", exif=exif))
    library = open_library()
    shown(library, "1.jpg")
    shown(library, "2.png")
    assert b"Secret" in (folder / "1.jpg").read_bytes()
    for artifact in library.artifacts():
        data = make(artifact)
        assert b"Secret" not in data
        assert not Image.open(io.BytesIO(data)).getexif()
        assert "icc_profile" not in Image.open(io.BytesIO(data)).info


def _with_alpha() -> Image.Image:
    image = halves().convert("RGBA")
    image.paste((0, 0, 0, 0), (450, 0, 900, 600))
    return image


@pytest.mark.parametrize(
    ("kind", "image"),
    [
        ("JPEG", halves().convert("CMYK")),
        ("PNG", halves().convert("P", palette=Image.Palette.ADAPTIVE)),
        ("GIF", halves().convert("P", palette=Image.Palette.ADAPTIVE)),
        ("PNG", _with_alpha()),
        ("WEBP", halves()),
        ("BMP", halves()),
        ("TIFF", halves()),
    ],
)
def test_every_colour_mode_keeps_its_colours(
    folder: Path, open_library: OpenLibrary, kind: str, image: Image.Image
) -> None:
    (folder / "1.jpg").write_bytes(encoded(image, kind))
    library = open_library()
    shown(library, "1.jpg")
    for picture in published(library).values():
        assert near(picture.convert("RGB").getpixel((picture.width // 6, 50)), (0xC0, 0x20, 0x20), 40)


def test_transparency_is_white_in_jpeg_and_kept_in_webp(folder: Path, open_library: OpenLibrary) -> None:
    (folder / "1.png").write_bytes(encoded(_with_alpha(), "PNG"))
    library = open_library()
    shown(library, "1.png")
    for path, picture in published(library).items():
        clear = picture.convert("RGBA").getpixel((picture.width * 3 // 4, 50))
        assert isinstance(clear, tuple)
        assert clear[3] == 0 if path.endswith("webp") else near(clear, (255, 255, 255), 3)


def test_sixteen_bits_of_grey_are_scaled_not_clipped(folder: Path, open_library: OpenLibrary) -> None:
    (folder / "1.png").write_bytes(encoded(Image.new("I;16", (400, 300), 128 * 256), "PNG"))
    library = open_library()
    assert near(_rgb(shown(library, "1.png").color), (128, 128, 128), 3)
    for picture in published(library).values():
        assert near(picture.convert("RGB").getpixel((200, 150)), (128, 128, 128), 3)


def test_another_colour_space_becomes_srgb(folder: Path, open_library: OpenLibrary) -> None:
    """The Lab profile's mid grey (L* = 50) is sRGB 119 (CIE 15); read as plain numbers it would be 128."""
    lab = Image.new("LAB", (400, 300), (128, 128, 128))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    data = encoded(lab, "TIFF", icc_profile=profile.tobytes())
    (folder / "1.tif").write_bytes(data)
    library = open_library()
    shown(library, "1.tif")
    for picture in published(library).values():
        assert near(picture.convert("RGB").getpixel((200, 150)), (119, 119, 119), 4)


def test_a_broken_colour_profile_costs_nothing(folder: Path, open_library: OpenLibrary) -> None:
    (folder / "1.jpg").write_bytes(encoded(halves(), icc_profile=b"not a profile"))
    library = open_library()
    shown(library, "1.jpg")
    assert library.problems == []


def _rgb(color: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(color.removeprefix("#")))


def test_the_colour_held_open_is_the_one_that_fills_most_of_the_picture(
    folder: Path, open_library: OpenLibrary
) -> None:
    (folder / "1.png").write_bytes(encoded(halves(), "PNG"))
    assert near(_rgb(shown(open_library(), "1.png").color), (0x20, 0x40, 0xC0), 3)


def _claiming(width: int, height: int) -> bytes:
    """A PNG whose header claims a size that its few bytes do not hold."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def _cut_short() -> bytes:
    data = encoded(Image.effect_noise((900, 600), 80).convert("RGB"))
    return data[: len(data) * 2 // 5]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "photo.empty"),
        (b"<!doctype html><title>404</title>", "photo.html"),
        (b"<svg/>", "photo.vector"),
        (b"hello", "photo.unknown"),
        (_claiming(20000, 15000), "photo.too-large"),
        (encoded(Image.new("RGB", (1, 1)), "GIF"), "photo.too-small"),
        (encoded(Image.new("RGB", (40, 900)), "PNG"), "photo.odd-shape"),
        (_cut_short(), "photo.truncated"),
        (b"\xff\xd8\xff\xe0" + bytes(400), "photo.damaged"),
    ],
)
def test_a_file_that_cannot_be_shown_is_left_out_with_its_reason(
    folder: Path, open_library: OpenLibrary, data: bytes, code: str
) -> None:
    (folder / "1.jpg").write_bytes(data)
    for _ in ("cold", "warm"):
        library = open_library()
        assert library.picture("1.jpg", source=ROW) is None
        (problem,) = library.problems
        assert (problem.code, problem.level, problem.place, problem.value) == (code, "warning", ROW, "1.jpg")
        assert problem.remedy
        assert list(library.artifacts()) == []
        library.save_index()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 4000), st.binary(min_size=1, max_size=6)), min_size=1, max_size=6), st.data())
def test_damaged_bytes_give_a_picture_or_a_warning_never_a_failure(
    folder: Path, open_library: OpenLibrary, wounds: list[tuple[int, bytes]], data: st.DataObject
) -> None:
    kind = data.draw(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "TIFF"]))
    body = bytearray(encoded(halves(90, 60), kind))
    for where, bite in wounds:
        at = where % len(body)
        body[at : at + len(bite)] = bite
    (folder / "1.jpg").write_bytes(body)
    library = open_library(widths=[64])
    photo = library.picture("1.jpg", source=ROW)
    assert (photo is None) == (len(library.problems) == 1)
    for artifact in library.artifacts():
        assert make(artifact)


def test_identical_pictures_are_published_once(folder: Path, open_library: OpenLibrary) -> None:
    data = encoded(halves())
    for name in ("a.jpg", "b.jpg", "c.png"):
        (folder / name).write_bytes(data)
    library = open_library()
    first, *others = (shown(library, name) for name in ("a.jpg", "b.jpg", "c.png"))
    assert all(other.src == first.src for other in others)
    assert len(list(library.artifacts())) == 5


def test_one_decode_makes_every_variant(folder: Path, open_library: OpenLibrary) -> None:
    (folder / "1.jpg").write_bytes(encoded(halves(2000, 1400)))
    library = open_library()
    shown(library, "1.jpg")
    before = decode.decodes
    assert len(published(library)) == 5
    assert decode.decodes == before + 1


def test_a_warm_build_decodes_nothing_and_says_the_same(folder: Path, open_library: OpenLibrary) -> None:
    for number in range(3):
        (folder / f"{number}.jpg").write_bytes(encoded(halves(1000 + number, 700)))
    (folder / "bad.jpg").write_bytes(_cut_short())
    names = ["0.jpg", "1.jpg", "2.jpg", "bad.jpg"]

    def build() -> tuple[list[Photo | None], dict[str, bytes]]:
        library = open_library()
        photos = [library.picture(name, source=ROW) for name in names]
        library.save_index()
        return photos, {artifact.path: make(artifact) for artifact in library.artifacts()}

    cold, before = build(), decode.decodes
    assert build() == cold
    assert decode.decodes == before


def test_a_file_long_unchanged_is_not_even_opened(
    folder: Path, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    (folder / "1.jpg").write_bytes(encoded(halves()))
    os.utime(folder / "1.jpg", (1_000_000_000, 1_000_000_000))
    library = open_library()
    cold = shown(library, "1.jpg")
    library.save_index()
    library = open_library()
    (folder / "1.jpg").chmod(0)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail(f"opened {self}"))
    assert shown(library, "1.jpg") == cold


def test_a_changed_picture_gets_another_address(folder: Path, open_library: OpenLibrary) -> None:
    (folder / "1.bmp").write_bytes(encoded(halves(), "BMP"))
    library = open_library()
    before = shown(library, "1.bmp")
    library.save_index()
    (folder / "1.bmp").write_bytes(encoded(halves(left="#20c020"), "BMP"))
    after = shown(open_library(), "1.bmp")
    assert after.src != before.src
    assert after.digest != before.digest


@pytest.mark.parametrize("changed", [{"quality": 60}, {"widths": [400, 800, 1200]}])
def test_other_settings_give_other_addresses(
    folder: Path, open_library: OpenLibrary, changed: dict[str, object]
) -> None:
    (folder / "1.jpg").write_bytes(encoded(halves(2000, 1400)))
    before = {artifact.path for artifact in _all(open_library())}
    after = {artifact.path for artifact in _all(open_library(**changed))}
    assert not before & after


def _all(library: PhotoLibrary) -> list[Artifact]:
    shown(library, "1.jpg")
    return list(library.artifacts())


def test_a_damaged_or_foreign_index_is_begun_anew(folder: Path, tmp_path: Path, open_library: OpenLibrary) -> None:
    (folder / "1.jpg").write_bytes(encoded(halves()))
    index = tmp_path / "cache" / "photos" / "index.json"
    index.parent.mkdir(parents=True)
    for text in ("", "[]", "{", '{"epoch":1}', '{"epoch":1,"files":{"a":[1]},"pictures":{}}', '{"epoch":0}'):
        index.write_text(text)
        assert shown(open_library(), "1.jpg").width == 900


def test_a_lost_cache_is_made_again_byte_for_byte(folder: Path, tmp_path: Path, open_library: OpenLibrary) -> None:
    import shutil

    (folder / "1.jpg").write_bytes(encoded(halves()))
    library = open_library()
    shown(library, "1.jpg")
    first = [make(artifact) for artifact in library.artifacts()]
    shutil.rmtree(tmp_path / "cache")
    assert [make(artifact) for artifact in library.artifacts()] == first


def test_a_photo_that_changes_while_the_site_is_built_is_told(folder: Path, open_library: OpenLibrary) -> None:
    (folder / "1.jpg").write_bytes(encoded(halves()))
    library = open_library()
    shown(library, "1.jpg")
    (folder / "1.jpg").write_bytes(encoded(halves(left="#20c020")))
    with pytest.raises(DealergenError, match=r"1\.jpg changed while the site was built"):
        make(next(library.artifacts()))


def test_inspecting_ahead_on_threads_finds_the_same(folder: Path, open_library: OpenLibrary) -> None:
    names = [f"{number}.jpg" for number in range(6)]
    for number, name in enumerate(names):
        (folder / name).write_bytes(encoded(halves(500 + number, 400)))
    ahead, plain = open_library(), open_library()
    ahead.inspect([*names, "gone.jpg", "https://e.com/1.jpg", "javascript:x"], threads=3)
    before = decode.decodes
    found = [shown(ahead, name) for name in names]
    assert decode.decodes == before
    assert found == [shown(plain, name) for name in names]
    assert ahead.problems == []


def test_a_site_below_its_hosts_root_prefixes_addresses_not_files(folder: Path, tmp_path: Path) -> None:
    from dealergen.config.presentation import PhotoSettings

    (folder / "1.jpg").write_bytes(encoded(halves()))
    library = PhotoLibrary(PhotoSettings(), folder.parent, tmp_path / "cache", prefix="/loja")
    photo = shown(library, "1.jpg")
    assert photo.src.startswith("/loja/media/1-")
    assert all(part.startswith("/loja/media/1-") for part in photo.srcset.split(", "))
    assert all(artifact.path.startswith("media/1-") for artifact in library.artifacts())


@pytest.mark.skipif(not SHARED.is_dir(), reason="the collection of awkward photos is not beside the repository")
def test_the_collection_of_awkward_photos(tmp_path: Path) -> None:
    from dealergen.config.presentation import PhotoSettings

    library = PhotoLibrary(PhotoSettings(folder="photos"), SHARED.parent, tmp_path)
    pictures = sorted(path.name for path in SHARED.iterdir() if path.suffix.lower() in {".jpg", ".png"})
    left_out = {name for name in pictures if library.picture(name, source=ROW) is None}
    assert left_out == {"bomb-20000x15000-1bit.png", "html-error-page.jpg", "truncated-40pct.jpg", "zero-byte.jpg"}
    assert {problem.code for problem in library.problems} == {
        "photo.too-large", "photo.html", "photo.truncated", "photo.empty",
    }  # fmt: skip
    assert shown(library, "exif6-sideways.jpg").width == 1280
    assert all(image.format in {"JPEG", "WEBP"} for image in published(library).values())
