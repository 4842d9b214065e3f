"""Photos at addresses, brought here: what a real server can do to them, and what the site shows for it."""

from __future__ import annotations

import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from photos_pictures import encoded, halves, make
from photos_server import Answer, PhotoServer, serving

from dealergen.config.presentation import PhotoSettings
from dealergen.errors import Place, Problem
from dealergen.photos import Photo, PhotoLibrary, decode

ROW = Place("inventory.csv", 7, "photos")
PICTURE = encoded(halves())
OTHER = encoded(halves(left="#20c020"))
HERE = frozenset({"127.0.0.1"})


@pytest.fixture
def server() -> Iterator[PhotoServer]:
    with serving() as site:
        yield site


@dataclass
class Days:
    """Builds one after the other in one site; `now` is moved by the test, pauses are noted instead of waited."""

    root: Path
    trusted: frozenset[str] = HERE
    now: float = field(default_factory=time.time)
    pauses: list[float] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    made: dict[str, bytes] = field(default_factory=dict)

    def build(self, *urls: str, **download: object) -> list[Photo | None]:
        settings = PhotoSettings.model_validate({"remote": "download", "widths": [400], "download": download})
        library = PhotoLibrary(
            settings, self.root, self.root / "cache", trusted=self.trusted, pause=self.pauses.append,
            clock=lambda: self.now,
        )  # fmt: skip
        library.inspect(urls)
        photos = [library.picture(url, source=ROW) for url in urls]
        self.made = {artifact.path: make(artifact) for artifact in library.artifacts()}
        self.problems = library.problems
        library.save_index()
        library.prune(settings.keep_days)
        return photos

    def codes(self) -> list[str]:
        assert all(problem.level == "warning" and problem.remedy for problem in self.problems)
        return [problem.code for problem in self.problems]


@pytest.fixture
def days(tmp_path: Path) -> Days:
    return Days(tmp_path)


def test_a_photo_at_an_address_is_published_like_a_local_one(server: PhotoServer, days: Days) -> None:
    url = server.answers("/fotos/Onix%20Branco.jpg?x=1", Answer(PICTURE, headers={"Content-Type": "text/plain"}))
    (photo,) = days.build(url)
    assert photo is not None
    assert photo.src.startswith("/media/onix-branco-")
    assert (photo.width, photo.height) == (400, 267)
    assert photo.color
    assert len(days.made) == 2
    assert days.problems == []


def test_a_current_photo_is_not_asked_for_again_and_a_warm_build_decodes_nothing(
    server: PhotoServer, days: Days
) -> None:
    url = server.answers("/1.jpg", Answer(PICTURE))
    first, decoded = days.build(url), decode.decodes
    assert days.build(url) == first
    assert (server.paths(), decode.decodes) == (["/1.jpg"], decoded)


def test_an_unchanged_photo_is_asked_for_by_its_validators_and_not_sent_again(server: PhotoServer, days: Days) -> None:
    stamp = "Tue, 01 Sep 2026 10:00:00 GMT"
    url = server.answers(
        "/1.jpg", Answer(PICTURE, headers={"ETag": '"a1"', "Last-Modified": stamp}), Answer(status=304)
    )
    first, decoded = days.build(url), decode.decodes
    days.now += 25 * 3600
    assert days.build(url) == first
    assert decode.decodes == decoded
    _, (_, headers) = server.asked
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"a1"', stamp)
    days.build(url)
    assert len(server.asked) == 2  # current again for a day


@pytest.mark.parametrize(
    ("says", "hours", "asked"),
    [("max-age=7200", 1, 1), ("max-age=7200", 3, 2), ("no-cache", 0, 2), ("max-age=999999999, immutable", 25, 2)],
)
def test_a_servers_word_on_how_long_a_photo_lasts_is_heeded_up_to_a_day(
    server: PhotoServer, days: Days, says: str, hours: int, asked: int
) -> None:
    url = server.answers("/1.jpg", Answer(PICTURE, headers={"Cache-Control": says}))
    days.build(url)
    days.now += hours * 3600
    days.build(url)
    assert len(server.asked) == asked


def test_a_changed_photo_is_shown(server: PhotoServer, days: Days) -> None:
    url = server.answers("/1.jpg", Answer(PICTURE), Answer(OTHER))
    (before,) = days.build(url, recheck_hours=0)
    (after,) = days.build(url, recheck_hours=0)
    assert before
    assert after
    assert before.src != after.src


def test_a_photo_that_is_not_there_is_left_out(server: PhotoServer, days: Days) -> None:
    assert days.build(server.url("/none.jpg")) == [None]
    assert days.codes() == ["photo.gone"]
    assert "404" in str(days.problems[0])
    assert days.problems[0].place == ROW
    assert (len(server.asked), days.pauses) == (1, [])


def test_a_photo_that_was_taken_away_is_left_out_although_a_copy_is_here(server: PhotoServer, days: Days) -> None:
    url = server.answers("/1.jpg", Answer(PICTURE), Answer(status=410))
    assert days.build(url, recheck_hours=0) != [None]
    assert days.build(url, recheck_hours=0) == [None]
    assert days.codes() == ["photo.gone"]


def test_a_server_that_stumbles_is_asked_again_with_growing_pauses(server: PhotoServer, days: Days) -> None:
    url = server.answers("/1.jpg", Answer(status=500), Answer(status=503), Answer(PICTURE))
    assert days.build(url) != [None]
    assert days.problems == []
    assert days.pauses == [0.5, 1.0]


def test_a_server_says_how_long_to_wait_within_reason(server: PhotoServer, days: Days) -> None:
    url = server.answers(
        "/1.jpg",
        Answer(status=429, headers={"Retry-After": "7"}),
        Answer(status=503, headers={"Retry-After": "86400"}),
        Answer(PICTURE),
    )
    assert days.build(url) != [None]
    assert days.pauses == [7.0, 30.0]


def test_while_a_server_is_down_the_earlier_copy_is_shown_and_a_warning_says_so(
    server: PhotoServer, days: Days
) -> None:
    url = server.answers("/1.jpg", Answer(PICTURE), Answer(status=500))
    first = days.build(url, recheck_hours=0)
    assert days.build(url, recheck_hours=0) == first
    assert days.codes() == ["photo.stale"]
    assert "500" in str(days.problems[0])


def test_without_an_earlier_copy_the_photo_is_left_out(server: PhotoServer, days: Days) -> None:
    url = server.answers("/1.jpg", Answer(status=500))
    assert days.build(url, retries=1) == [None]
    assert days.codes() == ["photo.unfetched"]
    assert len(server.asked) == 2


def test_a_server_that_accepts_and_never_answers_is_given_up_on(server: PhotoServer, days: Days) -> None:
    url = server.answers("/1.jpg", Answer(PICTURE, wait=3.0))
    started = time.monotonic()
    assert days.build(url, timeout=0.3, retries=0) == [None]
    assert time.monotonic() - started < 2
    assert "0.3 seconds" in str(days.problems[0])


def test_a_body_that_drips_is_given_up_on(server: PhotoServer, days: Days) -> None:
    url = server.answers("/1.jpg", Answer(PICTURE, drip=40, wait=0.1))
    started = time.monotonic()
    assert days.build(url, timeout=0.5, retries=0) == [None]
    assert time.monotonic() - started < 3
    assert days.codes() == ["photo.unfetched"]


@pytest.mark.parametrize("announced", [True, False])
def test_a_photo_beyond_the_limit_is_not_read_to_the_end(server: PhotoServer, days: Days, announced: bool) -> None:
    headers = {} if announced else {"Content-Length": ""}
    url = server.answers("/1.jpg", Answer(PICTURE + bytes(200_000), headers=headers))
    assert days.build(url, max_bytes=100_000) == [None]
    assert "larger than 100,000 bytes" in str(days.problems[0])
    assert len(server.asked) == 1


def test_a_body_cut_short_is_asked_for_again(server: PhotoServer, days: Days) -> None:
    url = server.answers("/1.jpg", Answer(PICTURE[:200], headers={"Content-Length": "99999"}), Answer(PICTURE))
    assert days.build(url, timeout=1) != [None]
    assert days.problems == []


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"<!doctype html><title>Log in</title>", "a web page"),
        (b"", "an empty answer"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a drawing"),
        (b'{"error": "gone"}', "no known format"),
    ],
)
def test_what_only_claims_to_be_a_photo_never_replaces_one(
    server: PhotoServer, days: Days, body: bytes, what: str
) -> None:
    posing = Answer(body, headers={"Content-Type": "image/jpeg"})
    fresh = server.answers("/new.jpg", posing)
    known = server.answers("/1.jpg", Answer(PICTURE), posing)
    first = days.build(known, recheck_hours=0)
    assert days.build(known, fresh, recheck_hours=0) == [*first, None]
    assert sorted(days.codes()) == ["photo.stale", "photo.unfetched"]
    assert all(what in str(problem) for problem in days.problems)


def test_a_damaged_photo_is_left_out_by_its_own_fault(server: PhotoServer, days: Days) -> None:
    url = server.answers("/1.jpg", Answer(b"\xff\xd8\xff\xe0" + bytes(400)))
    assert days.build(url) == [None]
    assert days.codes() == ["photo.damaged"]


def test_one_picture_at_two_addresses_is_made_once(server: PhotoServer, days: Days) -> None:
    urls = [server.answers(path, Answer(PICTURE)) for path in ("/a.jpg", "/b.jpg", "/a.jpg?width=800")]
    first, *others = days.build(*urls)
    assert first
    assert all(other == first for other in others)
    assert len(days.made) == 2


def test_a_photo_named_by_many_vehicles_is_asked_for_once(server: PhotoServer, days: Days) -> None:
    url = server.answers("/1.jpg", Answer(PICTURE))
    days.build(url, url, url)
    assert server.paths() == ["/1.jpg"]


def test_as_many_photos_are_fetched_at_once_as_the_setting_says(server: PhotoServer, days: Days) -> None:
    urls = [server.answers(f"/{number}.jpg", Answer(PICTURE, wait=0.05)) for number in range(24)]
    assert None not in days.build(*urls, concurrency=4)
    assert 2 <= server.busiest <= 4


def test_a_redirect_is_followed(server: PhotoServer, days: Days) -> None:
    server.answers("/real.jpg", Answer(PICTURE))
    url = server.answers("/1.jpg", Answer(status=302, headers={"Location": "/real.jpg"}))
    assert days.build(url) != [None]
    assert server.paths() == ["/1.jpg", "/real.jpg"]


def test_redirects_in_a_circle_end(server: PhotoServer, days: Days) -> None:
    url = server.answers("/1.jpg", Answer(status=302, headers={"Location": "/1.jpg"}))
    assert days.build(url) == [None]
    assert "redirects more than 5 times" in str(days.problems[0])
    assert len(server.asked) == 6


def test_a_redirect_into_a_private_network_is_not_followed(server: PhotoServer, days: Days) -> None:
    with serving("127.0.0.2") as inner:
        secret = inner.answers("/latest/meta-data", Answer(PICTURE))
        url = server.answers("/1.jpg", Answer(status=302, headers={"Location": secret}))
        assert days.build(url) == [None]
        assert days.codes() == ["photo.private"]
        assert inner.asked == []


@pytest.mark.parametrize("where", ["file:///etc/passwd", "ftp://127.0.0.1/1.jpg", "gopher://x/", "http://"])
def test_a_redirect_to_anything_but_the_web_is_not_followed(server: PhotoServer, days: Days, where: str) -> None:
    url = server.answers("/1.jpg", Answer(status=302, headers={"Location": where}))
    assert days.build(url, retries=0) == [None]
    assert days.codes() == ["photo.unfetched"]
    assert days.made == {}


def test_without_the_allowance_of_tests_this_machine_is_not_asked(server: PhotoServer, days: Days) -> None:
    days.trusted = frozenset()
    host, port = server.address.removeprefix("http://").split(":")
    named = [server.url("/1.jpg"), f"http://localhost:{port}/1.jpg", f"http://[::ffff:{host}]:{port}/1.jpg"]
    named += [f"http://0x7f.1:{port}/1.jpg", f"http://2130706433:{port}/1.jpg"]
    assert days.build(*named, retries=0) == [None] * len(named)
    assert days.codes() == ["photo.private"] * len(named)
    assert server.asked == []


def test_a_host_that_never_answers_is_soon_left_alone(days: Days) -> None:
    with serving() as gone:
        address = gone.address
    urls = [f"{address}/{number}.jpg" for number in range(40)]
    assert days.build(*urls, concurrency=1, retries=2) == [None] * 40
    assert len(days.pauses) < 10
    assert sum("has not answered in this build" in str(problem) for problem in days.problems) > 30


def test_a_server_that_cannot_prove_who_it_is_is_not_believed(days: Days, tmp_path: Path) -> None:
    """Connections go to an address that was looked up before; certificates are still held against the host's name."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ("-subj", "/CN=photos.example", "-addext", "subjectAltName=DNS:photos.example", "-days", "2")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *subject, "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    with serving(tls=tls) as server:
        url = server.answers("/1.jpg", Answer(PICTURE))
        assert days.build(url, retries=0) == [None]
        assert "CERTIFICATE_VERIFY_FAILED" in str(days.problems[0])
        assert server.asked == []


def test_a_copy_that_was_lost_or_damaged_on_disk_is_fetched_again(server: PhotoServer, days: Days) -> None:
    url = server.answers("/1.jpg", Answer(PICTURE, headers={"ETag": '"a"'}))
    first = days.build(url)
    (body,) = (days.root / "cache" / "photos" / "remote" / "bodies").glob("??/*")
    body.unlink()
    assert days.build(url) == first
    (card,) = (days.root / "cache" / "photos" / "remote").glob("??/*.json")
    card.write_text("{")
    assert days.build(url) == first
    assert len(server.asked) == 3
    assert all("if-none-match" not in headers for _, headers in server.asked)


def test_photos_that_nothing_names_any_more_go_after_a_while(server: PhotoServer, days: Days) -> None:
    kept, sold = server.answers("/a.jpg", Answer(PICTURE)), server.answers("/b.jpg", Answer(OTHER))
    days.build(kept, sold)
    for _ in range(9):
        days.now += 7 * 86_400
        days.build(kept)
    left = sorted(path.name for path in (days.root / "cache" / "photos" / "remote").glob("??/*.json"))
    bodies = list((days.root / "cache" / "photos" / "remote" / "bodies").glob("??/*"))
    assert (len(left), len(bodies)) == (1, 1)
    assert bodies[0].read_bytes() == PICTURE


def test_progress_counts_each_photo_that_is_fetched(server: PhotoServer, tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []

    class Told:
        def step(self, name: str, total: int) -> None:
            told.append((name, total))

        def advance(self, n: int = 1) -> None:
            told.append(("+", n))

        def done(self) -> None:
            told.append(("done", 0))

    settings = PhotoSettings(remote="download")
    library = PhotoLibrary(settings, tmp_path, tmp_path / "cache", trusted=HERE)
    urls = [server.answers(f"/{number}.jpg", Answer(PICTURE)) for number in range(3)]
    library.inspect(urls, progress=Told())
    library.save_index()
    assert told == [("fetch photos", 3), ("+", 1), ("+", 1), ("+", 1), ("done", 0)]
