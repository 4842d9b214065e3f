"""Bytes to text: encodings by rule, and everything that is no table refused by name."""

from __future__ import annotations

import codecs

import pytest

from dealergen.errors import InventoryRefused, SettingsError
from dealergen.inventory.decode import decode

TEXT = "Modelo;Preço\nPálio;10 €\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode("utf-8"), "utf-8 (with BOM)"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)
def test_every_encoding_of_an_export_reads_as_the_same_text(data: bytes, encoding: str) -> None:
    decoded = decode(data, "stock.csv")
    assert (decoded.text, decoded.encoding) == (TEXT, encoding)


def test_bytes_that_windows_1252_leaves_undefined_read_as_latin_1() -> None:
    decoded = decode(b"Modelo;Cor\nP\xe1lio;a\x81b\n", "stock.csv")
    assert (decoded.text, decoded.encoding) == ("Modelo;Cor\nPálio;a\x81b\n", "iso-8859-1")


def test_utf_8_cut_inside_its_last_character_stays_utf_8() -> None:
    data = "Modelo;Preço\nPálio;10 €".encode()[:-1]
    decoded = decode(data, "stock.csv")
    assert decoded.text == "Modelo;Preço\nPálio;10 "
    assert decoded.notes == ["the file ends in the middle of a character"]


def test_an_accent_as_the_very_last_byte_of_a_latin_1_file_is_kept() -> None:
    assert decode(b"model\nCaf\xe9", "stock.csv").text == "model\nCafé"


def test_one_stray_byte_does_not_garble_a_file_in_utf_8() -> None:
    data = ("Preço " * 20).encode() + b"caf\xe9\n"
    decoded = decode(data, "stock.csv")
    assert decoded.text == "Preço " * 20 + "café\n"
    assert decoded.notes == ["1 bytes are not UTF-8 and were read as Windows-1252"]


def test_nul_characters_are_left_out_and_told() -> None:
    decoded = decode(b"make,model\nFi\0at,Uno\n", "stock.csv")
    assert decoded.text == "make,model\nFiat,Uno\n"
    assert decoded.notes == ["1 NUL characters were left out"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (codecs.BOM_UTF8, "is empty"),
        (b"\n\n<!DOCTYPE html><html><body>Sign in</body></html>", "a web page, perhaps a sign-in page"),
        (codecs.BOM_UTF8 + b"  <html><body>moved</body></html>", "is a web page, not"),
        ("<html><body>olá</body></html>".encode("utf-16"), "is a web page, not"),
        (b" " * 10_000 + b"<html>", "is a web page, not"),
        (b"<table><tr><td>Marca</td></tr></table>", "is a web page, not"),
        (b"<br />\n<b>Warning</b>: mysqli_connect() failed", "is a web page, not"),
        (codecs.BOM_UTF8 + b'<?xml version="1.0"?><estoque/>', "an XML document"),
        (b'[{"make": "Fiat"}]', "a JSON document"),
        (b'{"vehicles": []}', "a JSON document"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"{\\rtf1\\ansi}", "an RTF document"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    ],
)
def test_what_is_no_table_is_refused_by_its_name(data: bytes, kind: str) -> None:
    with pytest.raises(InventoryRefused) as refused:
        decode(data, "stock.csv")
    assert kind in refused.value.message
    assert refused.value.message.startswith("stock.csv is")
    assert refused.value.remedy


def test_a_cell_that_holds_html_does_not_make_a_table_a_web_page() -> None:
    assert decode(b"model,description\nUno,<b>Nice</b> <html>\n", "stock.csv").encoding == "utf-8"


def test_the_chosen_encoding_is_obeyed() -> None:
    assert decode("Preço €".encode("iso-8859-15"), "stock.csv", "iso-8859-15").text == "Preço €"
    assert decode("型号".encode("gb18030"), "stock.csv", "gb18030").text == "型号"


def test_a_chosen_encoding_that_does_not_fit_names_the_line_and_the_byte() -> None:
    with pytest.raises(SettingsError) as refused:
        decode(b"make,model\nFiat,P\xe1lio\n", "stock.csv", "utf-8")
    assert refused.value.message.startswith("stock.csv:2: byte 18 (0xe1) is not valid utf-8")
