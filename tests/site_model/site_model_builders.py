"""Small dealerships to join: settings, vehicles, entries and days, each with what a test names and plain rest."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dealergen.config import Settings
from dealergen.content import Entry, OfferMeta, PageMeta, PostMeta
from dealergen.inventory import Inventory, Vehicle
from dealergen.site import Ledger, Site, StockVehicle, build_site_model

ZONE = ZoneInfo("America/Sao_Paulo")
DAY = dt.timedelta(days=1)


def rooftop(**values: Any) -> dict[str, Any]:
    address = {"street": "Rua A, 1", "city": "Campinas", "region": "SP", "postal_code": "13000-000", "country": "BR"}
    phones = [{"number": "+551935550100"}]
    return {"id": "centro", "name": "Loja Centro", "address": address, "phones": phones} | values


def settings(**values: Any) -> Settings:
    plain = {"dealer": {"name": "Loja"}, "rooftops": [rooftop()], "base_url": "https://www.example.com"}
    return Settings.model_validate(plain | values)


def day(text: str, clock: str = "12:00") -> dt.datetime:
    """A moment in the main rooftop's time zone."""
    return dt.datetime.fromisoformat(f"{text}T{clock}").replace(tzinfo=ZONE)


def vehicle(code: str, price: int | None = None, **values: Any) -> Vehicle:
    plain: dict[str, Any] = {"make": "Fiat", "model": "Argo", "year": 2021, "body": "hatchback", "rooftop": "centro"}
    cost = None if price is None else Decimal(price)
    return Vehicle(code=code, file="inventory.csv", line=2, price=cost, **(plain | values)).sealed()


def offer(name: str, first: Any, last: Any, **values: Any) -> Entry:
    words = {"title": name, "summary": "Resumo", "call_to_action": "Reserve o seu", "legal": "Enquanto durar."}
    meta = OfferMeta.model_validate(words | {"valid_from": first, "valid_to": last} | values)
    return Entry("offers", name, "pt-BR", meta, "<p>Oferta</p>", 1, f"content/offers/{name}.md", name.encode())


def post(name: str, date: Any, **values: Any) -> Entry:
    words = {"title": name, "summary": "Resumo", "author": "Redação", "date": date}
    meta = PostMeta.model_validate(words | values)
    return Entry("posts", name, "pt-BR", meta, "<p>Texto</p>", 1, f"content/posts/{name}.md", name.encode())


def page(name: str, **values: Any) -> Entry:
    meta = PageMeta.model_validate({"title": name} | values)
    return Entry("pages", name, "pt-BR", meta, "<p>Texto</p>", 1, f"content/pages/{name}.md", name.encode())


def site(
    vehicles: list[Vehicle],
    now: dt.datetime,
    ledger: Ledger | None = None,
    entries: list[Entry] | None = None,
    **values: Any,
) -> Site:
    return build_site_model(settings(**values), Path(), Inventory(vehicles), entries or [], ledger or Ledger(), now)


def codes(entries: list[StockVehicle] | tuple[StockVehicle, ...]) -> list[str]:
    return [entry.vehicle.code for entry in entries]
