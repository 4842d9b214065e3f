"""A file's kind is told by its bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from photos_pictures import encoded, halves
from PIL import features

from dealergen.photos.sniff import sniff


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_real_picture_is_told_by_its_first_64_bytes(kind: str) -> None:
    assert sniff(encoded(halves(), kind)[:64]) == kind.lower()


@pytest.mark.skipif(not features.check("avif"), reason="this Pillow has no AVIF")
def test_avif_is_not_taken_for_heic() -> None:
    assert sniff(encoded(halves(), "AVIF")[:64]) == "avif"


def test_an_iphone_picture_is_heic() -> None:
    assert sniff(b"\x00\x00\x00\x24ftypheic\x00\x00\x00\x00mif1MiHEmiafheix") == "heic"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html>", "html"),
        (b"\xef\xbb\xbf\r\n <HTML><body>404", "html"),
        (b'<?xml version="1.0"?><svg xmlns="x"/>', "svg"),
        (b"<svg/>", "svg"),
        (b'<?xml version="1.0"?><Error><Code>AccessDenied</Code>', "html"),
        (b"stock;make;model", "unknown"),
        (b"RIFF\x00\x00\x00\x00WAVE", "unknown"),
        (b"\x00\x00\x00\x18ftypmp42", "unknown"),
    ],
)
def test_what_is_no_picture_is_called_by_its_name(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


@given(st.binary(max_size=300))
def test_any_bytes_have_some_kind(data: bytes) -> None:
    assert (sniff(data) == "empty") == (data == b"")
