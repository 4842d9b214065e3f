"""What the cells of a photo column lead to."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from photos_pictures import OpenLibrary, encoded, halves

from dealergen.errors import Place

ROW = Place("inventory.csv", 7, "photos")


@pytest.mark.parametrize(
    ("on_disk", "ref"),
    [
        ("1.jpg", "1.jpg"),
        ("1.jpg", "photos/1.jpg"),
        ("1.jpg", "/photos/1.jpg"),
        ("1.jpg", "./1.jpg"),
        ("IMG_0001.JPG", "img_0001.jpg"),
        ("img_0001.jpg", "IMG_0001.JPG"),
        ("foto ação nº1 (capa).jpg", "foto ação nº1 (capa).jpg"),
        ("foto ação nº1 (capa).jpg", "foto%20a%C3%A7%C3%A3o%20n%C2%BA1%20(capa).jpg"),
        (unicodedata.normalize("NFD", "ação.jpg"), unicodedata.normalize("NFC", "ação.jpg")),
        (unicodedata.normalize("NFC", "AÇÃO.jpg"), unicodedata.normalize("NFD", "ação.jpg")),
        ("car[2] - copy.png", "car[2] - copy.png"),
        ("A-17.webp", "A-17"),
        ("A-17.PNG", "a-17"),
        ("lot 3/a.jpg", "Lot 3\\A.jpg"),
        ("1.jpg", "C:\\photos\\1.jpg"),
        ("1.jpg", "1.jpg?v=20260101"),
        ("1.jpg", "  1.jpg "),
    ],
)
def test_a_local_photo_is_found_however_it_is_spelled(
    folder: Path, open_library: OpenLibrary, on_disk: str, ref: str
) -> None:
    (folder / on_disk).parent.mkdir(exist_ok=True)
    (folder / on_disk).write_bytes(encoded(halves()))
    library = open_library()
    photo = library.picture(ref, source=ROW)
    assert photo is not None
    assert photo.src.startswith("/media/")
    assert library.problems == []


def test_the_exact_spelling_wins_over_another_case(folder: Path, open_library: OpenLibrary) -> None:
    (folder / "a.jpg").write_bytes(encoded(halves(640, 480)))
    (folder / "A.jpg").write_bytes(encoded(halves(320, 240)))
    photo = open_library().picture("A.jpg", source=ROW)
    assert photo is not None
    assert photo.width == 320


def test_an_address_is_linked_as_it_is(open_library: OpenLibrary) -> None:
    url = "https://img.example.com/a/1.jpg?w=800&h=600,fit"
    photo = open_library().picture(url, source=ROW)
    assert photo is not None
    assert (photo.src, photo.width, photo.height, photo.srcset) == (url, 0, 0, "")


@pytest.mark.parametrize(
    ("ref", "src"),
    [
        ("https://e.com/a b(1).jpg", "https://e.com/a%20b(1).jpg"),
        ("HTTPS://e.com/ã.jpg", "https://e.com/%C3%A3.jpg"),
        ("https://e.com/%20(1).jpg", "https://e.com/%20(1).jpg"),
        ("//cdn.e.com/1.jpg", "https://cdn.e.com/1.jpg"),
        ('https://e.com/"><script>.jpg', "https://e.com/%22%3E%3Cscript%3E.jpg"),
        ("https://e.com/a\r\nb.jpg", "https://e.com/a%0D%0Ab.jpg"),
        ("https://e.com/{resize}/1.jpg", "https://e.com/w1600/1.jpg"),
    ],
)
def test_an_odd_address_is_made_fit_for_an_attribute(open_library: OpenLibrary, ref: str, src: str) -> None:
    photo = open_library().picture(ref, source=ROW)
    assert photo is not None
    assert photo.src == src


@pytest.mark.parametrize("ref", ["javascript:alert(1)", "data:image/png;base64,AAAA", "ftp://e.com/1.jpg", "https://"])
def test_other_schemes_are_refused(open_library: OpenLibrary, ref: str) -> None:
    library = open_library(base_url="https://cdn.example.com")
    assert library.picture(ref, source=ROW) is None
    assert [problem.code for problem in library.problems] == ["photo.scheme"]


@pytest.mark.parametrize(
    "ref", ["../../secret.jpg", "..\\..\\secret.jpg", "a/../../../secret.jpg", "%2e%2e/%2e%2e/secret.jpg"]
)
def test_nothing_outside_the_site_is_reached_by_dots(
    folder: Path, tmp_path: Path, open_library: OpenLibrary, ref: str
) -> None:
    (tmp_path / "secret.jpg").write_bytes(encoded(halves()))
    library = open_library()
    assert library.picture(ref, source=ROW) is None
    assert [problem.code for problem in library.problems] == ["photo.outside"]


def test_nothing_outside_the_site_is_reached_by_links(folder: Path, tmp_path: Path, open_library: OpenLibrary) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.jpg").write_bytes(encoded(halves()))
    (folder / "link.jpg").symlink_to(outside / "secret.jpg")
    (folder / "door").symlink_to(outside)
    library = open_library()
    assert library.picture("link.jpg", source=ROW) is None
    assert library.picture("door/secret.jpg", source=ROW) is None
    assert [problem.code for problem in library.problems] == ["photo.outside", "photo.outside"]


def test_a_link_within_the_site_is_followed(folder: Path, open_library: OpenLibrary) -> None:
    (folder / "1.jpg").write_bytes(encoded(halves()))
    (folder / "cover.jpg").symlink_to(folder / "1.jpg")
    assert open_library().picture("cover.jpg", source=ROW) is not None


def test_a_missing_photo_is_told_once_with_its_row_and_a_remedy(open_library: OpenLibrary) -> None:
    library = open_library()
    assert library.picture("gone.jpg", source=ROW) is None
    assert library.picture("gone.jpg", source=Place("inventory.csv", 9)) is None
    (problem,) = library.problems
    assert problem.level == "warning"
    assert str(problem) == (
        "inventory.csv:7 [photos]: the photo is not in the photo folder (found 'gone.jpg'). "
        "Put it there, or set `photos.base_url` to the address that the photos are served from."
    )


@pytest.mark.parametrize(
    ("ref", "src"),
    [
        ("/fotos/1.jpg", "https://cdn.example.com/x/fotos/1.jpg"),
        ("fotos\\a b.jpg", "https://cdn.example.com/x/fotos/a%20b.jpg"),
        ("ação.jpg", "https://cdn.example.com/x/a%C3%A7%C3%A3o.jpg"),
    ],
)
def test_a_missing_photo_is_linked_under_base_url(open_library: OpenLibrary, ref: str, src: str) -> None:
    library = open_library(base_url="https://cdn.example.com/x/")
    photo = library.picture(ref, source=ROW)
    assert photo is not None
    assert photo.src == src
    assert library.problems == []


def test_names_made_to_hurt_harm_nothing(open_library: OpenLibrary) -> None:
    library = open_library()
    for ref in ("a\0b.jpg", "", ".", "/", "x" * 5000, "a/" * 2000, "\u202egpj.exe", "con.jpg", "~/.ssh/id"):
        assert library.picture(ref, source=ROW) is None
    assert len(library.problems) == 9
