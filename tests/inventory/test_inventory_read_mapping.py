"""Columns to fields: six languages, ambiguous words, settings, near misses, and the columns that stay private."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dealergen.config import InventorySettings
from dealergen.errors import SettingsError
from dealergen.inventory.alias import alias_of
from dealergen.inventory.fields import FIELDS
from dealergen.inventory.mapping import map_columns
from dealergen.inventory.profile import Profile
from dealergen.inventory.sniff import rules
from dealergen.inventory.table import Mapping, Table


def mapped(
    header: Sequence[str],
    *rows: Sequence[str],
    settings: InventorySettings | None = None,
    profile: Profile | None = None,
) -> Mapping:
    data = [list(row) for row in rows] or [["x"] * len(header)]
    table = Table("stock.csv", list(header), data, list(range(2, 2 + len(data))), "utf-8", ",", 1)
    return map_columns(table, settings or InventorySettings(), profile)


@pytest.mark.parametrize(
    ("field", "headers"),
    [
        ("vin", ["Chassi", "g:vin", "Bastidor", "Fahrgestellnummer", "Numéro de châssis", "Telaio", "VIN"]),
        ("stock_number", ["Stock#", "stock_number", "Número de stock", "Interne Nummer", "N° stock", "Codice interno"]),
        ("plate", ["Placa", "Matrícula", "Kennzeichen", "Immatriculation", "Targa", "License Plate"]),
        ("make", ["Marca", "Marque", "Hersteller", "Fabricante", "MARKA", "Brand", "manufacturer_name"]),
        ("model", ["Modelo", "Modèle", "Modell", "Modello", "model_name"]),
        ("trim", ["Versão", "Versión", "Ausführung", "Finition", "Allestimento", "Series"]),
        ("year", ["Ano Modelo", "Año", "Modelljahr", "Année", "Anno", "BikeYear", "anomodelo"]),
        (
            "year_made",
            ["Ano Fabricação", "Erstzulassung", "ROK PRODUKCJI", "yearOfRegistration", "Mise en circulation"],
        ),
        (
            "mileage",
            ["Quilometragem", "Kilometraje", "Kilometerstand", "Kilométrage", "Chilometraggio", "Odometer", "Milage"],
        ),
        ("price", ["Preço Público/Venda", "Precio", "Verkaufspreis", "Prix TTC", "Prezzo", "SellingPrice", "g:price"]),
        ("fuel", ["Combustível", "Combustible", "Kraftstoff", "Carburant", "Alimentazione", "PALIWO", "fuelType"]),
        ("transmission", ["Câmbio", "Caja de cambios", "Getriebe", "Boîte de vitesses", "SKRZYNIA BIEGÓW", "gearbox"]),
        ("drivetrain", ["Tração", "Tracción", "Antrieb", "Trazione", "DriveTrain", "drive_wheel_configuration"]),
        (
            "body",
            ["Carroceria", "Carrocería", "Karosserieform", "Carrosserie", "Carrozzeria", "body_style", "vehicleType"],
        ),
        ("power", ["Potência", "Leistung", "Puissance", "Potenza", "EnginePower"]),
        ("doors", ["Portas", "Puertas", "Türen", "Tueren", "Portes", "Porte", "num_doors"]),
        ("color", ["Cor", "Colour", "Außenfarbe", "Couleur", "Colore", "ExteriorColor", "paint_color"]),
        ("interior_color", ["Cor interna", "Color interior", "Innenfarbe", "Sellerie", "Color 2"]),
        ("photos", ["Fotos", "Imágenes", "Bilder", "Photos", "Immagini", "ImageList", "Photo URLs", "image_link-src"]),
        ("arrived", ["Data de entrada", "Fecha de ingreso", "DateInStock", "Date d'entrée"]),
        ("rooftop", ["Loja", "Sucursal", "Standort", "Concession", "Sede", "dealership"]),
    ],
)
def test_header_words_of_six_languages_are_known(field: str, headers: list[str]) -> None:
    assert {header: mapped([header]).columns for header in headers} == {header: {field: [0]} for header in headers}


def test_every_alias_leads_to_a_field_or_to_a_rule() -> None:
    from dealergen.inventory.alias import known_words

    aliases = {word: alias for word in known_words() if (alias := alias_of(word))}
    assert len(aliases) > 1000
    assert {a.target for a in aliases.values() if not a.ambiguous} <= set(FIELDS)
    assert {a.target for a in aliases.values() if a.ambiguous} <= rules()


@pytest.mark.parametrize(
    ("header", "values", "field"),
    [
        ("Type", ["New", "Used", "Used"], "condition"),
        ("Type", ["N", "U", "U"], "condition"),
        ("Tipo", ["SUV", "Sedan", "Hatch"], "body"),
        ("Type", ["A12", "B13", "C14"], None),
        ("Condition", ["Pre-Owned", "Pre-Owned"], "condition"),
        ("Condition", ["EXCELLENT", "GOOD", "FAIR"], None),
        ("Estado", ["SP", "RJ", "MG"], None),
        ("Estado", ["seminuevo", "nuevo"], "condition"),
        ("Estado", ["Disponible", "Vendido", "Reservado"], "status"),
        ("Zustand", ["Gebraucht", "Neuwagen"], "condition"),
        ("Title", ["New", "Used", "Certified Pre-Owned"], "condition"),
        ("Title", ["2019 Fiat Uno", "2020 Ford Ka"], "title"),
        ("description", ["2009 Yamaha R6", "2016 Nissan Rogue"], "title"),
        ("description", ["A very nice car.", "One owner, full history, come and see it."], "description"),
        ("Veículo", ["43124", "111651", "111832"], "stock_number"),
        ("Veículo", ["Fiat Uno Mille", "Ford Ka SE", "VW Gol G5"], "title"),
        ("Estoque", ["VN - VEICULOS  NOVOS", "VD - VEICULO NOVO EM DEMONSTRACAO"], "condition"),
        ("id", ["1", "2", "3"], "stock_number"),
        ("codigo", ["005340-6", "803039-1"], None),
        ("Motor", ["Gasolina", "Diesel", "Flex"], "fuel"),
        ("Motor", ["1.0 Turbo", "2.0 TDI"], "engine"),
        ("Style", ["Sedan", "SUV"], "body"),
        ("Style", ["LX", "EX-L Navi"], "trim"),
        ("link", ["https://x.example/1.jpg", "https://x.example/2.webp?w=1"], "photos"),
        ("link", ["https://x.example/car/1", "https://x.example/car/2"], None),
        ("Opcionais", ["Ar condicionado, Direção hidráulica", "ABS"], "features"),
        ("Opcionais", ["(693) UE1, (736) PEC", "(690) PDB"], None),
        (
            "features",
            ["This car tames the chaos of any family with its cavernous comfort and powerful towing muscle."],
            None,
        ),
        ("Novo", ["Sim", "Não"], "new"),
        ("New", ["New", "Used"], "condition"),
        ("Status", ["In Stock", "Coming Soon"], "status"),
        ("Status", ["New", "Used"], "condition"),
        ("line", ["Onix", "S10"], "model"),
    ],
)
def test_an_ambiguous_header_is_decided_by_its_values(header: str, values: list[str], field: str | None) -> None:
    mapping = mapped([header], *([value] for value in values))
    assert mapping.columns == ({field: [0]} if field else {})


PRIVATE = [
    "Valor Compra", "Custo Operacional", "Custo Venda", "NF Compra", "Valor HoldBack", "Floor", "Nr. Renavam", "CPF",
    "Valor Agregado", "invoice_amount", "Invoice", "cost", "price_cost", "price_wholesale", "actual cash value",
    "Dealer Price", "dealerPrice", "dealerprice", "BookValue", "book_value", "net price", "soldPrice", "Sold Price",
    "purchase_price", "Purchase Date", "bottom line", "key #", "Notes", "Staff Notes", "internal_comments",
    "Observação interna", "Margem", "Lucro", "profit", "Gross Profit", "owner name", "Proprietário", "unitcost",
    "Einkaufspreis", "EK Preis", "Händlerpreis", "Prix d'achat", "Prix de revient", "Prezzo acquisto", "Costo",
    "Precio de compra", "Coste", "Marge", "Gewinn", "Jd Power Trade In", "holdBack", "Risk Light", "custo_total",
    "Interne Notiz", "Note interne", "Preço de custo", "Preço mínimo", "Wholesale Price", "Comprador", "Valor FIPE",
]  # fmt: skip


@pytest.mark.parametrize("header", PRIVATE)
def test_private_columns_are_never_taken_by_themselves(header: str) -> None:
    mapping = mapped(["Modelo", header], ["Uno", "31990"])
    assert mapping.columns == {"model": [0]}
    assert mapping.reasons[1].startswith("private (")
    assert mapping.suggestions[1] == ""


def test_not_even_a_profile_can_publish_a_private_column() -> None:
    profile = Profile("leaky", "Leaky", "", frozenset(), {"invoice": "price", "model": "model"})
    assert mapped(["model", "invoice"], profile=profile).columns == {"model": [0]}


def test_settings_can_publish_a_private_column_on_purpose() -> None:
    mapping = mapped(["Modelo", "Notes"], settings=InventorySettings(columns={"description": "Notes"}))
    assert mapping.columns == {"model": [0], "description": [1]}
    assert mapping.reasons == ["alias", "settings"]


@pytest.mark.parametrize(
    "header", ["internet_price", "InternetPrice", "Sales Comments", "Comentários", "Número interno", "Cor interna"]
)
def test_public_columns_are_not_mistaken_for_private_ones(header: str) -> None:
    assert not mapped([header]).reasons[0].startswith("private")


def test_settings_win_over_what_is_recognised() -> None:
    settings = InventorySettings(columns={"price": "Valor B"})
    mapping = mapped(["Modelo", "Preço", "Valor B"], settings=settings)
    assert mapping.columns["price"] == [2]
    assert mapping.reasons == ["alias", "price is told by settings", "settings"]


def test_a_hyphen_in_settings_leaves_a_field_empty() -> None:
    mapping = mapped(["Modelo", "Preço"], settings=InventorySettings(columns={"price": "-"}))
    assert mapping.columns == {"model": [0]}


def test_settings_may_name_several_columns_for_photos_in_order() -> None:
    settings = InventorySettings(columns={"photos": "Capa B, Capa A"})
    assert mapped(["Modelo", "Capa A", "Capa B"], settings=settings).columns["photos"] == [2, 1]


def test_a_header_in_settings_that_is_not_in_the_file_is_an_error_with_the_nearest_one() -> None:
    with pytest.raises(SettingsError) as wrong:
        mapped(["Modelo", "Preço Final"], settings=InventorySettings(columns={"price": "Preco Finl"}))
    assert wrong.value.message.endswith("has no column 'Preco Finl'; did you mean 'Preço Final'?")
    assert "Modelo, Preço Final" in wrong.value.remedy


def test_a_field_in_settings_that_does_not_exist_is_an_error_with_the_nearest_one() -> None:
    with pytest.raises(SettingsError, match="no field named 'prise'; did you mean 'price'"):
        mapped(["Modelo"], settings=InventorySettings(columns={"prise": "Modelo"}))


def test_a_field_listed_twice_for_a_file_without_headers_is_an_error() -> None:
    with pytest.raises(SettingsError, match="names the field 'make' twice"):
        mapped(["column 1", "column 2"], settings=InventorySettings(columns=["make", "make"]))


def test_listed_columns_feed_fields_by_position() -> None:
    settings = InventorySettings(columns=["make", None, "photos", "photos"])
    mapping = mapped([f"column {n}" for n in range(1, 5)], settings=settings)
    assert mapping.columns == {"make": [0], "photos": [2, 3]}
    assert mapping.reasons == ["settings", "unknown", "settings", "settings"]


def test_a_near_miss_is_suggested_and_never_taken() -> None:
    mapping = mapped(["Model", "Pirce", "Mileage"])
    assert mapping.columns == {"model": [0], "mileage": [2]}
    assert (mapping.reasons[1], mapping.suggestions[1]) == ("unknown", "price: Pirce")


def test_a_suggested_header_that_yaml_would_misread_is_quoted() -> None:
    assert mapped(["Model", "Pirce: #"]).suggestions[1] == 'price: "Pirce: #"'


def test_numbered_photo_columns_gather_in_their_order() -> None:
    header = ["Model", "Image 10", "Image 2", "Image 1"]
    assert mapped(header).columns["photos"] == [3, 2, 1]
    header = ["model", "image[1].url", "image[0].url", "image[0].tag[0]"]
    assert mapped(header).columns["photos"] == [2, 1]


def test_the_main_photo_comes_before_the_additional_ones() -> None:
    assert mapped(["additional_image_link", "model", "image_link"]).columns["photos"] == [2, 0]


def test_several_prices_are_a_chain_and_not_a_duplicate() -> None:
    mapping = mapped(["model", "asking_price", "retail_price", "internet_price", "salePrice", "MSRP"])
    assert mapping.columns["price"] == [3, 1]
    assert (mapping.columns["was_price"], mapping.columns["sale_price"], mapping.columns["msrp"]) == ([2], [4], [5])


def test_a_lone_retail_price_is_the_price() -> None:
    assert mapped(["model", "Retail Price"]).columns == {"model": [0], "price": [1]}


def test_a_second_column_for_one_field_is_told_as_a_duplicate() -> None:
    mapping = mapped(["VIN", "Chassi", "Model"])
    assert mapping.columns["vin"] == [0]
    assert mapping.reasons[1] == "duplicate of VIN"


def test_an_empty_column_leaves_its_field_to_a_filled_one() -> None:
    mapping = mapped(["Model", "Stock Number", "id"], ["Uno", "", "17"], ["Ka", " ", "18"])
    assert mapping.columns["stock_number"] == [2]
    assert mapping.reasons[1] == "empty"


@pytest.mark.parametrize(
    ("header", "field", "unit"),
    [
        ("Miles", "mileage", "mi"),
        ("KM", "mileage", "km"),
        ("mileage_km", "mileage", "km"),
        ("Mileage [mi]", "mileage", "mi"),
        ("Miltal", "mileage", "mil"),
        ("price_usd", "price", "USD"),
        ("Preço (R$)", "price", "BRL"),
        ("Prix €", "price", "EUR"),
    ],
)
def test_headers_tell_their_unit(header: str, field: str, unit: str) -> None:
    mapping = mapped(["model", header])
    assert mapping.columns[field] == [1]
    assert mapping.units == {field: unit}
