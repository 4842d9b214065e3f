from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from dealergen.config import Settings, load_settings
from dealergen.errors import SettingsError

Load = Callable[[str], Settings]


def test_the_least_that_can_be_said_is_filled_up_with_defaults(load: Load, minimal: str) -> None:
    settings = load(minimal)
    assert settings.dealer.name == "Aurora"
    assert settings.languages == ["pt-BR"]
    assert settings.currency == "BRL"
    assert settings.listing.per_page == 24
    assert settings.inventory.source == "inventory.csv"
    assert settings.inventory.guard.max_drop == 0.4
    assert settings.site_url == "https://www.example.com"


def test_values_that_yaml_would_guess_at_stay_what_was_written(load: Load, minimal: str) -> None:
    settings = load(
        minimal.replace("name: Loja Centro", "name: No")
        .replace("01310-100", "01310")
        .replace("country: BR", "country: NO")
        .replace("+55 19 3456-7890", "+551934567890")
        + "inventory: {defaults: {condition: yes, stock_number: 1_000}}\n"
    )
    rooftop = settings.rooftops[0]
    assert rooftop.name == "No"
    assert rooftop.address.postal_code == "01310"
    assert rooftop.address.country == "NO"
    assert rooftop.phones[0].number == "+551934567890"
    assert settings.inventory.defaults == {"condition": "yes", "stock_number": "1_000"}


def test_opening_hours_need_no_quotes(load: Load, minimal: str) -> None:
    slots = ("{days: [mon, tue], opens: 08:00, closes: 18:30}", "{days: [sat], opens: 09:00, closes: 24:00}")
    hours = "    hours:\n" + "".join(f"      - {slot}\n" for slot in slots)
    holidays = "    holidays:\n      - {date: 2026-12-25, name: Natal}\n"
    settings = load(minimal.replace("base_url", hours + holidays + "base_url"))
    rooftop = settings.rooftops[0]
    assert [(slot.opens, slot.closes) for slot in rooftop.hours] == [("08:00", "18:30"), ("09:00", "24:00")]
    assert rooftop.holidays[0].date == dt.date(2026, 12, 25)


def test_switches_and_numbers_are_read_as_such(load: Load, minimal: str) -> None:
    settings = load(minimal + "inventory: {publish_vin: yes, guard: {max_drop: 0.25}}\nlisting: {per_page: 12}\n")
    assert settings.inventory.publish_vin is True
    assert settings.inventory.guard.max_drop == 0.25
    assert settings.listing.per_page == 12


def test_a_section_whose_lines_are_all_commented_out_keeps_its_defaults(load: Load, minimal: str) -> None:
    assert load(minimal + "listing:\n#  per_page: 12\nlegal: ~\n").listing.per_page == 24


def test_columns_may_be_a_mapping_or_a_list_that_skips(load: Load, minimal: str) -> None:
    assert load(minimal + "inventory: {columns: {price: Preço}}\n").inventory.columns == {"price": "Preço"}
    assert load(minimal + "inventory: {columns: [make, null, model]}\n").inventory.columns == ["make", None, "model"]


def test_phones_are_kept_in_e164(load: Load, minimal: str) -> None:
    assert load(minimal).rooftops[0].sales_phone == "+551934567890"


def test_an_anchor_spares_writing_hours_twice(load: Load, minimal: str) -> None:
    settings = load(
        minimal.replace("    phones", "    hours: &usual [{days: [mon], opens: 08:00, closes: 18:00}]\n    phones")
        .replace(
            "base_url",
            "  - id: norte\n    name: Norte\n    hours: *usual\n    address: *here\n    phones: *phones\nbase_url",
        )
        .replace("address: {", "address: &here {")
        .replace("phones: [{", "phones: &phones [{")
    )
    assert settings.rooftops[1].hours == settings.rooftops[0].hours


def test_a_byte_order_mark_is_not_part_of_the_first_key(tmp_path: Path, minimal: str) -> None:
    path = tmp_path / "site.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + minimal.encode())
    assert isinstance(load_settings(path), Settings)


def test_a_missing_file_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path / "site.yaml")
    (problem,) = caught.value.problems
    assert problem.code == "settings.missing-file"
    assert "dealergen new" in problem.remedy


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path)


def test_a_file_in_latin_1_is_told_with_the_line_and_column_of_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    path.write_bytes("dealer:\n  name: Araçari\n".encode("latin-1"))
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.place)) == ("settings.encoding", f"{path}:2:12")


def test_a_control_character_is_told_with_its_place(load: Load, minimal: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(minimal.replace("Aurora", "Au\x07rora"))
    (problem,) = caught.value.problems
    assert problem.code == "settings.character"
    assert problem.value == "U+0007"
    assert problem.place is not None
    assert (problem.place.line, problem.place.column) == (1, 18)


def test_a_yaml_tag_cannot_run_code(load: Load, minimal: str) -> None:
    with pytest.raises(SettingsError):
        load(minimal + "theme: !!python/object/apply:os.getcwd []\n")
