"""The manifest is read back as it was written, or counts as none."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealergen.engine.manifest import Manifest, Record, read_manifest, write_manifest
from dealergen.errors import OutputError
from tests.engine.test_engine_make import build, files, page

NAMES = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"]), min_size=1)
DIGESTS = st.binary(min_size=16, max_size=16).map(bytes.hex)
RECORDS = st.builds(Record, DIGESTS, DIGESTS, st.integers(0, 2**40), st.integers(0, 2**63))


def manifest_of(count: int) -> Manifest:
    return {
        f"estoque/fiat/argo/2021-drive-{number:08d}/index.html": Record(f"{number:032x}", "0" * 32, 20_000, 10**18)
        for number in range(count)
    }


@given(st.dictionaries(NAMES, RECORDS, max_size=6))
def test_what_is_written_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, manifest: Manifest) -> None:
    file = tmp_path_factory.getbasetemp() / "manifest.tsv"
    write_manifest(file, manifest)
    assert read_manifest(file) == manifest


def test_cut_short_anywhere_it_counts_as_none(tmp_path: Path) -> None:
    file = tmp_path / "manifest.tsv"
    write_manifest(file, manifest_of(3))
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        assert read_manifest(file) == {}, whole[:length]


@pytest.mark.parametrize("header", ["dealergen manifest 1", "dealergen manifest 99", "something else", ""])
def test_of_another_version_it_counts_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, header: str) -> None:
    file = tmp_path / "manifest.tsv"
    with monkeypatch.context() as patched:
        patched.setattr("dealergen.engine.manifest.HEADER", header)
        write_manifest(file, manifest_of(3))
        assert len(read_manifest(file)) == 3
    assert read_manifest(file) == {}


@given(st.integers(0), st.integers(1, 255))
def test_with_any_byte_damaged_it_counts_as_none(
    tmp_path_factory: pytest.TempPathFactory, place: int, change: int
) -> None:
    file = tmp_path_factory.getbasetemp() / "damaged.tsv"
    write_manifest(file, manifest_of(3))
    data = bytearray(file.read_bytes())
    data[place % len(data)] ^= change
    file.write_bytes(data)
    assert read_manifest(file) == {}


def test_a_hundred_thousand_lines_take_less_than_a_build_would_notice(tmp_path: Path) -> None:
    file, manifest = tmp_path / "manifest.tsv", manifest_of(100_000)
    write_manifest(file, manifest)
    spent = []
    for _ in range(3):
        begun = time.process_time()
        assert len(read_manifest(file)) == 100_000
        spent.append(time.process_time() - begun)
    assert min(spent) < 1.0


@pytest.mark.parametrize("name", ["a\tb.txt", "a\nb.txt", "pre\udce7os.txt", "\x00.txt"])
def test_a_name_that_no_address_can_hold_is_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError) as caught:
        build(tmp_path, [page("fine.html", "Argo"), page(name, "Mobi")])
    assert caught.value.message.startswith(f"The name {name!a} cannot be published")
    assert not (tmp_path / "out").exists()


def test_after_its_loss_a_full_build_ends_in_the_same_site(tmp_path: Path) -> None:
    artifacts = [page(f"{number}.html", f"car {number}") for number in range(5)]
    build(tmp_path, artifacts)
    standing = files(tmp_path / "out")
    (tmp_path / "state" / "manifest.tsv").unlink()
    assert len(build(tmp_path, artifacts).made) == 5
    assert files(tmp_path / "out") == standing
