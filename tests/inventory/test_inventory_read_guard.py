"""The guard: what is refused before it can replace the published site, and what --accept lets through."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dealergen.config.inventory import Guard
from dealergen.errors import InventoryRefused, Place, Problem
from dealergen.inventory.guard import check_guard
from dealergen.inventory.model import FileReport, Inventory
from dealergen.inventory.vehicle import Vehicle


def inventory(prices: list[int | None], *, set_aside: int = 0) -> Inventory:
    vehicles = [
        Vehicle(f"code{number}", "stock.csv", number + 2, model="Uno", price=None if price is None else Decimal(price))
        for number, price in enumerate(prices)
    ]
    problems = [Problem("inventory.ragged", "the row has 3 cells", Place("stock.csv", 99))] * set_aside
    file = FileReport("stock.csv", "utf-8", ",", 1, "", rows=len(prices) + set_aside)
    return Inventory(vehicles, [file], problems)


def last(prices: list[int | None]) -> dict[str, Decimal | None]:
    return {f"code{number}": None if price is None else Decimal(price) for number, price in enumerate(prices)}


def refusal(new: Inventory, previous: dict[str, Decimal | None] | None, guard: Guard | None = None) -> InventoryRefused:
    with pytest.raises(InventoryRefused) as refused:
        check_guard(new, guard or Guard(), previous, accept=False)
    return refused.value


def test_a_usual_day_passes() -> None:
    new = inventory([10_000, 21_000, None, 33_000])
    assert check_guard(new, Guard(), last([10_000, 20_000, 25_000, 30_000, 44_000]), accept=False) == []


def test_the_first_build_has_nothing_to_compare_with() -> None:
    assert check_guard(inventory([10_000]), Guard(), None, accept=False) == []


def test_an_inventory_without_vehicles_is_refused() -> None:
    assert "it holds 0 vehicles, and inventory.guard.min_vehicles is 1" in refusal(inventory([]), None).message


def test_a_site_may_want_no_vehicles() -> None:
    assert check_guard(inventory([]), Guard(min_vehicles=0), None, accept=False) == []


def test_an_inventory_that_shrank_too_much_is_refused_with_the_numbers_and_the_way_out() -> None:
    refused = refusal(inventory([10_000] * 5), last([10_000] * 10))
    assert "it shrank from 10 vehicles to 5, by 50%, more than inventory.guard.max_drop allows (40%)" in refused.message
    assert "--accept" in refused.remedy
    assert refused.exit_code == 4
    assert [problem.code for problem in refused.problems] == ["inventory.guard-drop"]


def test_exactly_the_allowed_drop_passes() -> None:
    assert check_guard(inventory([10_000] * 6), Guard(), last([10_000] * 10), accept=False) == []


def test_a_stock_that_was_wholly_renewed_is_no_drop() -> None:
    previous = {f"old{number}": Decimal(10_000) for number in range(10)}
    assert check_guard(inventory([10_000] * 10), Guard(), previous, accept=False) == []


def test_mostly_unreadable_rows_are_refused_and_the_first_is_told() -> None:
    refused = refusal(inventory([10_000] * 4, set_aside=6), None)
    assert "6 of 10 rows cannot be read" in refused.message
    assert "stock.csv:99: the row has 3 cells" in refused.message


@pytest.mark.parametrize("factor", [Decimal(10), Decimal("0.1"), Decimal(100), Decimal("0.01"), Decimal("0.001")])
def test_prices_that_moved_by_powers_of_ten_are_refused(factor: Decimal) -> None:
    new = inventory([100_000, 200_000, 300_000, 44_000])
    previous: dict[str, Decimal | None] = {
        f"code{number}": Decimal(price) / factor for number, price in enumerate([100_000, 200_000, 300_000])
    }
    previous["code3"] = Decimal(44_000)
    message = refusal(new, previous).message
    assert "3 of 4 prices are ten, a hundred or a thousand times those of the last build" in message


def test_a_few_odd_prices_and_real_reductions_pass() -> None:
    new = inventory([100_000, 20_000, 30_000, 40_000])
    assert check_guard(new, Guard(), last([10_000, 22_000, 33_000, 44_000]), accept=False) == []


def test_vehicles_without_a_price_do_not_count() -> None:
    new = inventory([100_000, None, None])
    assert "1 of 1 prices" in refusal(new, last([10_000, None, 30_000])).message


def test_all_reasons_are_told_at_once() -> None:
    refused = refusal(inventory([100_000] * 2), last([10_000] * 10))
    assert [problem.code for problem in refused.problems] == ["inventory.guard-drop", "inventory.guard-price-shift"]


def test_accept_turns_the_refusal_into_warnings() -> None:
    found = check_guard(inventory([10_000] * 5), Guard(), last([10_000] * 10), accept=True)
    assert [(problem.code, problem.level) for problem in found] == [("inventory.guard-drop", "warning")]
