"""Sites, outputs and states behind addresses: on a local S3 server, and in the memory that fsspec has for tests."""

from __future__ import annotations

import json
import logging
import os
import shutil
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dealergen.errors import OutputError
from dealergen.fleet import Job
from dealergen.fleet.build import carry_out
from dealergen.fleet.lease import LOCK, site_lock
from dealergen.fleet.store import RemoteStore, StorageTrouble
from tests.fleet.conftest import CLOCK, SmallFleet, site_of, stock_of

CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}


@dataclass
class Bucket:
    """An S3 bucket on loopback."""

    files: Any
    endpoint: str
    name: str

    @property
    def storage(self) -> dict[str, Any]:
        return {"s3": {"endpoint_url": self.endpoint}}

    def at(self, folder: str) -> dict[str, bytes]:
        """Everything in a folder."""
        self.files.invalidate_cache()
        top = f"{self.name}/{folder}"
        return {path.removeprefix(f"{top}/"): self.files.cat_file(path) for path in self.files.find(top)}

    def tokens(self, folder: str) -> dict[str, Any]:
        """When each file was last written."""
        self.files.invalidate_cache()
        found = self.files.find(f"{self.name}/{folder}", detail=True)
        return {path: info["LastModified"] for path, info in found.items()}

    def put(self, source: Path, folder: str) -> None:
        for file in source.rglob("*"):
            if file.is_file():
                name = file.relative_to(source).as_posix()
                self.files.pipe_file(f"{self.name}/{folder}/{name}", file.read_bytes())


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(server: str, fleet: SmallFleet, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    import fsspec  # type: ignore[import-untyped]

    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    fleet.environment |= CREDENTIALS
    files = fsspec.filesystem("s3", endpoint_url=server, use_listings_cache=False)
    name = f"b-{uuid.uuid4().hex[:8]}"
    files.mkdir(name)
    return Bucket(files, server, name)


def test_sites_in_s3_and_on_disk_are_published_to_s3_as_their_single_builds_make_them(
    fleet: SmallFleet, bucket: Bucket
) -> None:
    away = fleet.dealer("away")
    fleet.dealer("here")
    bucket.put(away.root, "sources/away")
    fleet.write(
        sites=[
            {"name": "away", "site": f"s3://{bucket.name}/sources/away", "out": f"s3://{bucket.name}/www/away"},
            {"name": "here", "site": "dealers/here", "out": f"s3://{bucket.name}/www/here"},
        ],
        storage=bucket.storage,
    )
    report = fleet.report()
    for name in ("away", "here"):
        assert bucket.at(f"www/{name}") == fleet.single(name)
        assert site_of(report, name)["published"]["sent"] == len(fleet.single(name))
    head = bucket.files.call_s3("head_object", Bucket=bucket.name, Key="www/away/index.html")
    assert head["ContentType"] == "text/html"
    assert sorted(path.name for path in (fleet.root / "dealers/here").iterdir()) == [
        ".dealergen", "inventory.csv", "photos", "site.yaml",
    ]  # fmt: skip


def test_a_second_run_from_another_machine_sends_only_what_changed(fleet: SmallFleet, bucket: Bucket) -> None:
    site = fleet.dealer("away", 12)
    bucket.put(site.root, "src")
    place = f"s3://{bucket.name}/src"
    fleet.write(sites=[{"name": "away", "site": place, "out": f"s3://{bucket.name}/www"}], storage=bucket.storage)
    fleet.report()
    before = bucket.tokens("www")
    fleet.report()  # what the last build changed is told in changes.json: nothing, from here on
    states = bucket.tokens("src")
    (idle,) = fleet.report()["sites"]
    assert idle["published"] == {"sent": 0, "removed": 0}
    assert idle["report"]["pages"]["made"] == 0
    assert bucket.tokens("www") == before
    assert bucket.tokens("src") == states
    time.sleep(1.1)  # the storage tells whole seconds
    site.inventory(stock_of("away", 12).replace(",9000\n", ",9001\n", 1).replace(",9000,", ",9001,"))
    bucket.put(site.root, "src")
    (changed,) = fleet.report()["sites"]
    moved = {path for path, moment in bucket.tokens("www").items() if moment != before.get(path)}
    assert 0 < len(moved) == changed["published"]["sent"] < len(before) / 2


def test_what_goes_from_the_stock_goes_from_the_bucket(fleet: SmallFleet, bucket: Bucket) -> None:
    site = fleet.dealer("here", 12)
    fleet.write(
        sites=[{"name": "here", "site": "dealers/here", "out": f"s3://{bucket.name}/www"}], storage=bucket.storage
    )
    fleet.report()
    site.content("pages/about.md", "---\ntitle: About\n---\nHello\n")
    fleet.report()
    bucket.files.pipe_file(f"{bucket.name}/www/of-somebody-else.txt", b"stays")
    with_page = set(bucket.at("www"))
    (site.root / "content/pages/about.md").unlink()
    (gone,) = fleet.report()["sites"]
    assert gone["published"]["removed"] == len(with_page - set(bucket.at("www"))) > 0
    assert bucket.at("www")["of-somebody-else.txt"] == b"stays"


def test_what_somebody_changed_or_removed_in_the_bucket_is_put_right(fleet: SmallFleet, bucket: Bucket) -> None:
    fleet.dealer("here")
    fleet.write(
        sites=[{"name": "here", "site": "dealers/here", "out": f"s3://{bucket.name}/www"}], storage=bucket.storage
    )
    fleet.report()
    before = bucket.at("www")
    bucket.files.pipe_file(f"{bucket.name}/www/robots.txt", b"x" * len(before["robots.txt"]))
    bucket.files.rm_file(f"{bucket.name}/www/index.html")
    (mended,) = fleet.report()["sites"]
    assert mended["published"] == {"sent": 2, "removed": 0}
    assert bucket.at("www") == before


def test_photos_are_not_made_again_when_state_and_sources_are_in_a_bucket(fleet: SmallFleet, bucket: Bucket) -> None:
    site = fleet.dealer("away")
    bucket.put(site.root, "src")
    entry = {"name": "away", "site": f"s3://{bucket.name}/src", "out": f"s3://{bucket.name}/www"}
    fleet.write(sites=[entry], storage=bucket.storage)
    fleet.report()
    first = bucket.at("www")
    variants = {
        path: moment
        for path, moment in bucket.tokens("src/.dealergen/cache/photos").items()
        if path.endswith((".webp", ".jpg"))
    }
    assert len(variants) > 1
    time.sleep(1.1)
    bucket.files.rm(f"{bucket.name}/www", recursive=True)
    fleet.report()
    assert bucket.at("www") == first
    after = bucket.tokens("src/.dealergen/cache/photos")
    assert {path: after[path] for path in variants} == variants


def test_a_bucket_that_is_not_there_or_a_server_that_is_silent_is_told_in_a_sentence(
    fleet: SmallFleet, bucket: Bucket
) -> None:
    fleet.dealer("here")
    fleet.write(
        sites=[{"name": "here", "site": "dealers/here", "out": "s3://no-such-bucket-at-all/www"}],
        storage=bucket.storage,
    )
    (failed,) = fleet.report(code=1)["sites"]
    assert (failed["status"], failed["exit_code"]) == ("failed", 7)
    assert "no-such-bucket-at-all" in failed["error"]["message"]
    assert failed["attempts"] == 1


def test_a_remote_site_without_settings_names_its_address(fleet: SmallFleet, bucket: Bucket) -> None:
    fleet.write(sites=[{"name": "none", "site": f"s3://{bucket.name}/none"}], storage=bucket.storage)
    (failed,) = fleet.report(code=1)["sites"]
    assert failed["exit_code"] == 3
    assert f"There is no site.yaml in s3://{bucket.name}/none" in failed["error"]["message"]


@pytest.fixture
def memory() -> Iterator[Any]:
    """fsspec's storage in memory, empty."""
    import fsspec

    files = fsspec.filesystem("memory")
    files.store.clear()
    yield files
    files.store.clear()


def job_in_memory(fleet: SmallFleet, name: str) -> Job:
    return Job(name, str(fleet.root / "dealers" / name), "memory://out", "memory://state", now=CLOCK)


def published(memory: Any) -> dict[str, bytes]:
    return {path.removeprefix("/out/"): memory.cat_file(path) for path in memory.find("/out")}


def test_any_storage_of_fsspec_will_do(fleet: SmallFleet, memory: Any) -> None:
    fleet.dealer("aurora")
    result = carry_out(job_in_memory(fleet, "aurora"))
    assert result.ok, result.error
    assert published(memory) == fleet.single("aurora")
    assert carry_out(job_in_memory(fleet, "aurora")).published == {"sent": 0, "removed": 0}


def test_an_upload_that_breaks_off_anywhere_is_repaired_by_the_next_run(
    fleet: SmallFleet, memory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = fleet.dealer("aurora", 5)
    job = job_in_memory(fleet, "aurora")
    assert carry_out(job).ok
    calls = {"left": 0}
    whole_put = type(memory).put_file

    def put_until(self: Any, *args: Any, **options: Any) -> Any:
        if calls["left"] == 0:
            raise ConnectionResetError("the line is dead")
        calls["left"] -= 1
        return whole_put(self, *args, **options)

    for number, allowed in enumerate((0, 1, 7, 20, 45)):
        site.inventory(stock_of("aurora", 7 + number, first_price=35_000 + 500 * number))
        with monkeypatch.context() as broken:
            calls["left"] = allowed
            broken.setattr(type(memory), "put_file", put_until)
            lost = carry_out(job)
        assert (lost.status, lost.exit_code) == ("lost", 75)
        assert "the line is dead" in (lost.error or {})["message"]
        site.inventory(stock_of("aurora", 6, first_price=36_000 + 500 * number))
        assert carry_out(job).ok
        again = carry_out(job)
        assert again.published == {"sent": 0, "removed": 0}
        shown = {path for path in published(memory) if path.startswith("estoque/") and "uno" in path}
        assert shown


def test_after_a_broken_upload_no_file_is_left_that_nobody_plans(
    fleet: SmallFleet, memory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = fleet.dealer("aurora", 5)
    job = job_in_memory(fleet, "aurora")
    assert carry_out(job).ok
    before = published(memory)
    site.content("pages/about.md", "---\ntitle: About us\n---\nHello\n")
    whole_write = RemoteStore.write

    def write_until(self: RemoteStore, path: str, data: bytes) -> None:
        if path.endswith("ledger.json"):
            raise StorageTrouble("the line is dead")
        whole_write(self, path, data)

    with monkeypatch.context() as broken:
        broken.setattr(RemoteStore, "write", write_until)
        assert carry_out(job).status == "lost"
    added = set(published(memory)) - set(before)
    assert added
    (site.root / "content/pages/about.md").unlink()
    assert carry_out(job).ok
    assert published(memory) == before


def test_when_the_state_is_lost_the_published_ledger_tells_what_to_take_away(fleet: SmallFleet, memory: Any) -> None:
    site = fleet.dealer("aurora", 5)
    job = job_in_memory(fleet, "aurora")
    site.content("pages/about.md", "---\ntitle: About us\n---\nHello\n")
    assert carry_out(job).ok
    (page,) = (path for path in published(memory) if b"About us</h1>" in published(memory)[path])
    memory.rm("/state", recursive=True)
    (site.root / "content/pages/about.md").unlink()
    assert carry_out(job).ok
    assert page not in published(memory)


def test_two_builds_of_one_remote_site_wait_for_each_other(memory: Any) -> None:
    store = RemoteStore("memory://state", {})
    order: list[str] = []

    def hold() -> None:
        with site_lock(store, beat=0.05, patience=1, wait=10):
            order.append("first in")
            time.sleep(2.5)
            order.append("first out")

    first = threading.Thread(target=hold)
    first.start()
    while not order:
        time.sleep(0.01)
    with site_lock(store, beat=0.05, patience=1, wait=10) as confirm:
        order.append("second in")
        confirm()
    first.join()
    assert order == ["first in", "first out", "second in"]
    assert store.read(LOCK) is None


def test_a_lease_that_shows_no_life_is_taken_over_and_its_holder_may_not_publish(memory: Any) -> None:
    store = RemoteStore("memory://state", {})
    with site_lock(store, beat=60, patience=0.3, wait=5) as confirm_first:
        with site_lock(store, beat=60, patience=0.3, wait=5) as confirm_second:
            confirm_second()
            with pytest.raises(StorageTrouble, match="took this site over"):
                confirm_first()
        assert store.read(LOCK) is None


def test_a_site_that_stays_held_is_an_error_that_names_the_holder(memory: Any) -> None:
    store = RemoteStore("memory://state", {})
    with (
        site_lock(store, beat=0.05, patience=5),
        pytest.raises(OutputError, match=f"process {os.getpid()} on "),
        site_lock(store, beat=0.05, patience=5, wait=0.5),
    ):
        raise AssertionError("two builds hold one site")


def test_a_damaged_record_means_a_whole_build_and_no_error(fleet: SmallFleet, memory: Any) -> None:
    fleet.dealer("aurora")
    job = job_in_memory(fleet, "aurora")
    assert carry_out(job).ok
    before = published(memory)
    (record,) = (path for path in memory.find("/state") if path.endswith("published.json"))
    memory.pipe_file(record, b'{"index.html": [')
    assert carry_out(job).ok
    assert published(memory) == before
    assert json.loads(memory.cat_file(record)).keys() == before.keys()


def test_a_kept_copy_of_a_remote_site_fetches_only_what_is_new(fleet: SmallFleet, bucket: Bucket) -> None:
    site = fleet.dealer("away")
    bucket.put(site.root, "src")
    entry = {"name": "away", "site": f"s3://{bucket.name}/src", "out": "www/away"}
    fleet.write(sites=[entry], storage=bucket.storage, scratch="scratch")
    fleet.report()
    (copy,) = (fleet.root / "scratch" / "copies").iterdir()
    before = {path.name: path.stat().st_ino for path in copy.rglob("*") if path.is_file()}
    site.inventory(stock_of("away", 8))
    bucket.files.pipe_file(f"{bucket.name}/src/inventory.csv", (site.root / "inventory.csv").read_bytes())
    (built,) = fleet.report()["sites"]
    after = {path.name: path.stat().st_ino for path in copy.rglob("*") if path.is_file()}
    assert built["report"]["vehicles"] == 8
    assert {name for name in before if before[name] != after[name]} == {"inventory.csv", ".dealergen-tokens.json"}
    shutil.rmtree(fleet.root / "scratch")
