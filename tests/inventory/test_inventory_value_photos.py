"""Photo lists: split where photos begin, safe, each once, without stand-ins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealergen.inventory.photo_lists import is_stand_in, photos_of, read_photos, read_video

A, B = "https://cdn.example/a/1.jpg", "https://cdn.example/a/2.webp"


@pytest.mark.parametrize("separator", ["|", ",", ";", " ", "\n", "\r\n", ", ", " | ", "; ", "\t"])
def test_every_separator_splits_addresses(separator: str) -> None:
    assert photos_of(A + separator + B)[0] == (A, B)
    assert photos_of(separator.join(["/p/1.jpg", "/p/2.jpg"]))[0] == ("/p/1.jpg", "/p/2.jpg")


@pytest.mark.parametrize(
    "address",
    [
        "https://media.example/w_400,h_300,q_90,c_f,v1/trim/JK6X.webp", "https://h.example/b;c=1,2;d/3.jpg",
        "https://h.example/1.jpg;v=2?x=a,b", "https://h.example/img?id=7&w=1,2", "https://h.example/noextension",
        "https://h.example/foto%20(1).jpg", "http://h.example:8080/1.jpg",
    ],
)  # fmt: skip
def test_separators_inside_an_address_stay(address: str) -> None:
    assert photos_of(address) == ((address,), None)
    assert photos_of(f"{address}|{A}")[0] == (address, A)
    assert photos_of(f"{address},{A}")[0] == (address, A)


@pytest.mark.parametrize(
    ("text", "photos"),
    [
        (f'["{A}", "/2.jpg"]', (A, "/2.jpg")),
        (f"['{A}', '{B}']", (A, B)),
        ('[{"url": "https:\\/\\/h.example\\/1.jpg", "tag": ["front"]}]', ("https://h.example/1.jpg",)),
        ("0000123456_image", ("0000123456_image",)),
        ("a.jpg, b c.jpg;d.png", ("a.jpg", "b c.jpg", "d.png")),
        ("foto 1.jpg foto 2.jpg", ("foto 1.jpg", "foto 2.jpg")),
        ("one|two|three", ("one", "two", "three")),
        (f"{A},photos/2.jpg", (A, "photos/2.jpg")),
        ("//cdn.example/1.jpg", ("https://cdn.example/1.jpg",)),
        (f"{A}, {A}", (A,)),
        ("https://h.example/foto (1).jpg", ("https://h.example/foto%20(1).jpg",)),
        ("https://h.example/a/media/{resize}/x.jpg", ("https://h.example/a/media/w1024h768/x.jpg",)),
        ("https://h.example/{unknown}/x.jpg", ("https://h.example/x.jpg",)),
        ("", ()), ("NULL", ()), ("-", ()),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_the_photos_that_it_lists(text: str, photos: tuple[str, ...]) -> None:
    assert photos_of(text) == (photos, None)


@pytest.mark.parametrize(
    "stand_in",
    [
        "https://h.example/semfoto.png", "https://h.example/sem-foto.jpg", "https://h.example/no-photo.jpg",
        "https://h.example/noimage.gif", "https://h.example/img/no_image_available.png",
        "https://h.example/placeholder.png", "https://h.example/lazy.gif", "https://via.placeholder.com/300x200",
        "https://h.example/coming-soon.jpg", "https://h.example/logo.png", "/img/dealer-logo.svg",
        "https://h.example/kein_bild.jpg", "sin-foto.jpg", "https://placehold.co/600x400",
    ],
)  # fmt: skip
def test_stand_ins_are_left_out(stand_in: str) -> None:
    assert is_stand_in(stand_in)
    assert photos_of(stand_in) == ((), None)
    listed = f"{A}|{stand_in}"
    assert photos_of(listed)[0] == read_photos([listed]).values[listed] == (A,)


@pytest.mark.parametrize(
    "address",
    ["https://casino-photos.example/no-photo/1.jpg", "https://h.example/piano-photo1.jpg",
     "https://h.example/catalogo-1.jpg", "https://h.example/sedan.jpg", "https://h.example/nova-foto.jpg"],
)  # fmt: skip
def test_true_photos_with_like_names_stay(address: str) -> None:
    assert photos_of(address)[0] == (address,)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JavaScript:alert(1)", "jav\tascript:alert(1)", "data:image/png;base64,AAAA",
        "file:///etc/passwd", "C:\\fotos\\a.jpg", "../../etc/passwd", "/photos/../../x.jpg", "%2e%2e/x.jpg",
        "https://user:pw@h.example/1.jpg", "http://[::1", "vbscript:x",
        "https:///1.jpg", "https://h.example/" + "a" * 3000,
    ],
)  # fmt: skip
def test_unsafe_addresses_are_refused_with_a_warning(address: str) -> None:
    photos, doubt = photos_of(address)
    assert photos == ()
    assert doubt is not None
    assert doubt.code == "inventory.photo-unsafe"


def test_a_bad_address_does_not_take_the_good_ones_along() -> None:
    photos, doubt = photos_of(f"{A}|../x.jpg|{B}")
    assert photos == (A, B)
    assert doubt is not None


def test_the_quick_way_and_the_long_way_agree() -> None:
    quick = "|".join(f"/photos/ab/s1000-{number}.jpg" for number in range(6))
    assert read_photos([quick]).values[quick] == photos_of(quick)[0] == tuple(quick.split("|"))


def test_a_video_is_an_address_of_the_web() -> None:
    assert read_video("https://video.example/watch?v=abc") == ("https://video.example/watch?v=abc", None)
    assert read_video("") == ("", None)
    for bad in ("javascript:alert(1)", "just words", "/local.mp4"):
        address, doubt = read_video(bad)
        assert address == ""
        assert doubt is not None


NAMES = st.from_regex(r"[a-z][a-z0-9_-]{0,12}", fullmatch=True).filter(lambda name: not is_stand_in(name + ".jpg"))
ADDRESSES = st.builds(
    lambda folder, name, ending: f"https://h.example/{folder}/{name}.{ending}",
    st.sampled_from(["a", "w_400,h_300", "x;y=1", "2024/05", "p%20q"]),
    NAMES,
    st.sampled_from(["jpg", "jpeg", "png", "webp", "avif"]),
)


@given(
    st.lists(ADDRESSES, min_size=1, max_size=8, unique=True),
    st.sampled_from(["|", ",", ";", " ", "\n", ", ", "; ", " | ", "\r\n"]),
)
def test_any_addresses_joined_by_any_separator_come_back(addresses: list[str], separator: str) -> None:
    joined = separator.join(addresses)
    assert photos_of(joined)[0] == tuple(addresses)
    assert read_photos([joined]).values[joined] == tuple(addresses)


@given(st.lists(NAMES.map(lambda name: name + ".jpg"), min_size=1, max_size=8, unique=True), st.sampled_from("|,;\n"))
def test_any_file_names_joined_by_any_separator_come_back(names: list[str], separator: str) -> None:
    assert photos_of(separator.join(names))[0] == tuple(names)


@given(st.text(max_size=300) | st.text("|,;/:. \n\\{}[]'\"ahtps&%2e<>", max_size=300))
def test_whatever_stands_in_a_cell_no_photo_is_unsafe(text: str) -> None:
    for photo in photos_of(text)[0] + read_photos([text]).values[text]:
        assert "\\" not in photo
        assert ".." not in photo.split("/")
        scheme = photo.split(":", 1)[0].lower() if ":" in photo.split("/", 1)[0] else ""
        assert scheme in ("", "http", "https")
