"""Texts of cells: one line, several lines, features, and the ways to say nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealergen.inventory.facts import read_counts, read_descriptions
from dealergen.inventory.features import features_of
from dealergen.inventory.tokens import LINE_LIMIT, PARAGRAPH_LIMIT, folded, line, paragraphs, says_nothing


@pytest.mark.parametrize(
    "text",
    ["", " ", "NULL", "null", "N/A", "#N/A", "-", "--", "–", "'-", "?", "nan", "none", "n.d.", "s/d", "xxx", "xxxx xx",
     "  /  /     ", "0001-01-01", "\u00a0", "...", "k. A.", "Não informado", "(blank)", "#REF!"],
)  # fmt: skip
def test_nothing_is_said_in_many_ways(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["0", "2020", "No", "XC60", "年", "X", "xx", "R$", "-1", "None Such", "A", "ü"])
def test_short_values_are_values(text: str) -> None:
    assert not says_nothing(text)


def test_a_line_has_no_breaks_and_nothing_invisible() -> None:
    assert line(" Model\r\n3\t\u00a0Long  Range ") == "Model 3 Long Range"
    assert line("abc\u202edef\u2066\u200b\x00") == "abcdef"
    assert line("Black &amp;amp; White") == "Black & White"
    assert line("x" * 1000) == "x" * LINE_LIMIT
    assert line("<script>") == "<script>"


def test_paragraphs_keep_their_breaks() -> None:
    assert paragraphs("One<br>two<BR/>three") == "One\ntwo\nthree"
    assert paragraphs("One\r\n\r\n\r\n\r\ntwo  \nthree") == "One\n\ntwo\nthree"
    assert paragraphs("Fish &amp;amp; chips") == "Fish & chips"
    assert paragraphs("a\u202eb\u0007c") == "abc"
    assert paragraphs("ALL CAPS STAY {{ 7*7 }}") == "ALL CAPS STAY {{ 7*7 }}"


def test_a_long_description_is_cut_with_a_warning() -> None:
    text = "word " * 300_000
    meaning = read_descriptions([text, "short"])
    assert len(meaning.values[text]) <= PARAGRAPH_LIMIT
    assert list(meaning.doubts) == [text]
    assert meaning.doubts[text].code == "inventory.text-cut"


@given(st.text(max_size=300))
def test_no_text_keeps_controls_or_overrides(text: str) -> None:
    for character in line(text) + paragraphs(text):
        assert unicodedata.category(character) not in ("Cc", "Cs") or character in "\n\t"
        assert character not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    assert "\n" not in line(text)


@given(st.text(max_size=60))
def test_folding_is_stable_and_ignores_case(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert folded("Utilitário/SUV  4×4 Größe Škoda") == "utilitario suv 4x4 grosse skoda"


@pytest.mark.parametrize(
    ("text", "features"),
    [
        ("Airbag|ABS|Airbag", ("Airbag", "ABS")),
        ("Air conditioning; Alarm ;", ("Air conditioning", "Alarm")),
        ("Airbag\nAlarm\r\nABS", ("Airbag", "Alarm", "ABS")),
        ("Airbag, Alarm, Ar condicionado", ("Airbag", "Alarm", "Ar condicionado")),
        ("(693) UE1, (745) R8E", ()),
        ("(690) PDB, (693) UE1, (697) R8D", ()),
        ("<ul><li>Airbag</li><li><b>Alarm</b></li></ul>", ("Airbag", "Alarm")),
        ('Alloy wheels 17"|Climate control (3-zone)', ('Alloy wheels 17"', "Climate control (3-zone)")),
        ("Motor 1,6 Turbo", ("Motor 1,6 Turbo",)),
        ("NULL", ()),
        ("", ()),
    ],
)
def test_features_are_what_a_buyer_can_read(text: str, features: tuple[str, ...]) -> None:
    assert features_of(text) == features


def test_prose_is_no_list_of_features() -> None:
    prose = "A great truck that is known for its durability, power, and comfort. It is popular for both work and play."
    assert features_of(prose + " " + prose) == ()


@pytest.mark.parametrize(
    ("text", "doors"), [("4", 4), ("4dr", 4), ("5.0", 5), ("4 portas", 4), ("4/5", 5), ("0", None)]
)
def test_doors_are_counted(text: str, doors: int | None) -> None:
    meaning = read_counts("doors", [text])
    assert meaning.values[text] == doors
    assert not meaning.doubts


def test_a_count_that_no_vehicle_has_is_refused() -> None:
    assert read_counts("doors", ["154"]).values == {"154": None}
    assert read_counts("doors", ["154"]).doubts["154"].code == "inventory.doors-implausible"
    assert read_counts("seats", ["53"]).values == {"53": 53}
