"""Whole sites with photos: what is decoded, what pages load, and what settings about photos refuse."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from photos_pictures import encoded, halves

from dealergen.config import load_settings
from dealergen.errors import SettingsError
from dealergen.photos import decode
from tests.conftest import Dealership

HEAD = "stock_number;make;model;year;price;photos\n"


def _with_photos(site: Dealership, count: int = 3) -> None:
    (site.root / "photos").mkdir()
    for number in range(count):
        (site.root / "photos" / f"{number}.jpg").write_bytes(encoded(halves(900 + number, 600)))
    rows = [f"A{number};Fiat;Argo;2022;{60_000 + number};{number}.jpg" for number in range(count)]
    site.inventory(HEAD + "\n".join(rows) + "\n")


def test_a_warm_cache_of_photos_decodes_nothing(dealership: Dealership) -> None:
    _with_photos(dealership)
    start = decode.decodes
    dealership.build()
    assert decode.decodes == start + 6  # each photo once to look at it, and once to make its five variants
    published = dealership.files()
    dealership.build()
    shutil.rmtree(dealership.out)
    dealership.build()
    assert decode.decodes == start + 6
    assert dealership.files() == published


def test_an_output_that_outlived_the_cache_is_not_made_again(dealership: Dealership) -> None:
    _with_photos(dealership)
    dealership.build()
    shutil.rmtree(dealership.root / ".dealergen" / "cache" / "photos")
    start = decode.decodes
    dealership.build()
    assert decode.decodes == start + 3  # only looked at


@pytest.mark.parametrize("jobs", [1, 3])
def test_photos_come_out_the_same_however_many_work_on_them(dealership: Dealership, jobs: int) -> None:
    _with_photos(dealership)
    dealership.settings(photos={"formats": ["avif", "webp", "jpg"]})
    dealership.build()
    first = dealership.files()
    shutil.rmtree(dealership.out)
    shutil.rmtree(dealership.root / ".dealergen")
    dealership.build(jobs=jobs)
    assert dealership.files() == first


def test_avif_is_offered_first_in_the_page(dealership: Dealership) -> None:
    _with_photos(dealership, 1)
    dealership.settings(photos={"formats": ["jpg", "webp", "avif"]})
    dealership.build()
    page = next(html for html in dealership.pages().values() if "<picture" in html)
    picture = page[page.index("<picture") : page.index("</picture>")]
    assert re.findall(r'<source type="([^"]+)"', picture) == ["image/avif", "image/webp"]
    for file in re.findall(r"/(media/[^ \"]+\.(?:avif|webp|jpg))", page):
        assert (dealership.out / file).is_file()


def _linked(site: Dealership, **photos: object) -> None:
    site.settings(photos=photos)
    site.inventory(HEAD + "A1;Fiat;Argo;2022;60000;http://127.0.0.1:9/fotos/a 1.jpg\n")


def test_an_image_service_is_asked_for_every_width_and_the_policy_allows_it(dealership: Dealership) -> None:
    service = "https://img.example/w={width}/{url}"
    _linked(dealership, remote="service", service=service, widths=[400, 1600])
    dealership.build()
    address = "http%3A%2F%2F127.0.0.1%3A9%2Ffotos%2Fa%25201.jpg"
    page = next(html for html in dealership.pages().values() if "<h1" in html and "img.example/w=1600" in html)
    assert f'srcset="https://img.example/w=400/{address} 400w, https://img.example/w=1600/{address} 1600w"' in page
    policy = (dealership.out / "_headers").read_text()
    assert "https://img.example" in policy
    assert "127.0.0.1" not in policy


def test_a_service_on_the_sites_own_host_needs_no_allowance(dealership: Dealership) -> None:
    _linked(dealership, remote="service", service="/.netlify/images?w={width}&url={url}")
    dealership.build()
    assert any('src="/.netlify/images?w=800&amp;url=http%3A%2F%2F' in html for html in dealership.pages().values())
    assert "127.0.0.1" not in (dealership.out / "_headers").read_text()


def test_a_build_never_asks_this_machine_for_photos_whatever_a_spreadsheet_says(dealership: Dealership) -> None:
    _linked(dealership, remote="download")
    report = dealership.build()
    assert [problem.code for problem in report.warnings if problem.code.startswith("photo.")] == ["photo.private"]
    assert not any("127.0.0.1" in html for html in dealership.pages().values())
    assert "127.0.0.1" not in (dealership.out / "_headers").read_text()


@pytest.mark.parametrize(
    ("photos", "told"),
    [
        ({"remote": "service"}, "photos.remote"),
        ({"remote": "service", "service": "https://img.example/{url}"}, "{width}"),
        ({"service": "http://img.example/{width}/{url}"}, "photos.service"),
        ({"formats": ["webp"]}, "jpg"),
        ({"formats": []}, "photos.formats"),
        ({"formats": ["jpg", "gif"]}, "photos.formats"),
        ({"avif_speed": 4}, "photos.avif_speed"),
        ({"webp_method": 7}, "photos.webp_method"),
        ({"download": {"concurrency": 0}}, "photos.download.concurrency"),
        ({"trusted": ["127.0.0.1"]}, "trusted"),
    ],
)
def test_settings_that_do_not_hold_are_told_with_their_place(
    dealership: Dealership, photos: dict[str, object], told: str
) -> None:
    dealership.settings(photos=photos)
    with pytest.raises(SettingsError) as refused:
        load_settings(Path(dealership.root / "site.yaml"))
    (problem,) = refused.value.problems
    assert told in str(problem)
    assert problem.place is not None
    assert problem.place.line is not None
    assert problem.remedy
