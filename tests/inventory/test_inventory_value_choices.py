"""Words in six languages onto the closed vocabularies, and yes and no."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealergen.inventory.choices import choice, color_family, read_choices, read_flags
from dealergen.inventory.vocabulary import VOCABULARIES
from dealergen.inventory.words import document

FUELS = {
    "gasoline": ["Gasoline Fuel", "Unleaded", "Petrol", "Gasolina", "Benzin", "Essence", "Benzina", "Bensin", "gas"],
    "diesel": ["DIESEL", "Diesel Fuel", "Gasóleo", "Gasoil", "Turbodiesel"],
    "flex": ["ALCO/GASOL", "Flex", "Flexible", "Flex Fuel", "Etanol/Gasolina", "Álcool/Gasolina", "E85"],
    "hybrid": ["Gasoline / Electric Hybrid", "Híbrido", "Hybrid Fuel", "Ibrida benzina", "Mild Hybrid Diesel", "MHEV",
               "Benzin/Elektro", "Gasolina/Elétrico"],
    "plug_in_hybrid": ["Plug-in Bensin", "PHEV", "Plug-in hybrid", "Híbrido Enchufable", "Hybride rechargeable"],
    "electric": ["BEV AWD", "Electric Fuel System", "Electricity", "Elétrico", "Eléctrico", "Elektro", "Électrique"],
    "cng": ["GNV", "Gasolina e GNV", "Erdgas", "Metano"],
    "lpg": ["LPG", "GLP", "GPL", "Autogas"],
    "ethanol": ["Álcool", "Etanol"],
    "hydrogen": ["Wasserstoff", "Hidrogênio"],
}  # fmt: skip
TRANSMISSIONS = {
    "automatic": ["8 Speed Automatic", "6-Speed Shiftable Automatic", "AUTOMÁTICO", "Automatik", "Boîte automatique",
                  "1-Speed Direct-Drive Automatic", "Tiptronic", "Automatico", "8AT"],
    "manual": ["Manual-6", "6-Speed Manual", "Schaltgetriebe", "Manuelle", "BVM6", "Manuale", "Mecânico", "6MT"],
    "cvt": ["CVT", "Xtronic CVT", "7-Speed Shiftable CVT", "Continuously Variable Transmission (CVT)"],
    "dual_clutch": ["7-Speed Double Clutch", "DSG", "PDK", "Doppelkupplungsgetriebe", "S tronic", "Dupla embreagem"],
    "automated_manual": ["Automatizado", "Dualogic", "Robotizzato", "Semi-automatic", "Halbautomatik"],
}  # fmt: skip
DRIVETRAINS = {
    "fwd": [
        "FWD",
        "Front Wheel Drive",
        "FrontWheelDriveConfiguration",
        "Dianteira",
        "Vorderradantrieb",
        "Traction avant",
    ],
    "rwd": ["RWD", "Rear Wheel Drive", "Traseira", "Heckantrieb", "Propulsion"],
    "awd": ["AWD", "AllWheelDriveConfiguration", "Allrad", "quattro", "xDrive", "4MATIC", "Tração integral"],
    "4wd": ["4X4", "4x4", "Four Wheel Drive", "4WD", "FourWheelDriveConfiguration"],
}
BODIES = {
    "suv": ["SUV", "suv", "EAWD Sport Utility", "Sport Utility Vehicle (SUV)/Multi-Purpose Vehicle (MPV)",
            "SUV / Utilitário esportivo", "Geländewagen", "Todoterreno", "Crossover"],
    "pickup": ["Crew Cab", "Pickup", "Picape", "Cabine Dupla", "Truck", "Double Cab"],
    "wagon": ["Kombi", "Estate", "Break", "Station Wagon", "Perua"],
    "hatchback": ["Hatchback", "Hatch", "Halvkombi 5-dörrar", "Citadine"],
    "sedan": ["Sedã", "Saloon", "Limousine", "Berline", "4dr Sdn", "Berlina"],
    "convertible": ["Cabrio", "Conversível", "Convertible/SUV", "Roadster"],
    "minivan": ["MPV", "Minivan", "Monovolume", "Familjebuss"],
    "truck": ["Lkw", "Caminhão", "Camion"],
    "bus": ["Bus", "Ônibus", "Autobus"],
    "trailer": ["Anhänger", "Reboque", "Remorque"],
    "motorcycle": ["Motocicleta", "Motorrad", "Scooter", "Moto"],
    "coupe": ["2dr Coupe", "Cupê"],
    "van": ["Van", "Furgão", "Kastenwagen", "Fourgon"],
}  # fmt: skip
CONDITIONS = {
    "new": ["NEW", "N", "Novo", "0 KM", "zero km", "Nuevo", "Neuwagen", "Neuf", "Nuovo", "VN - VEICULOS  NOVOS"],
    "demo": ["Demo", "VD - VEICULO NOVO EM DEMONSTRACAO", "Vorführwagen", "Tageszulassung"],
    "certified": ["Certified Pre-Owned", "CPO", "Certified", "Seminovo certificado"],
    "used": ["USED", "U", "Pre-Owned", "Seminovo", "Semi-novo", "Usado", "Gebraucht", "d'occasion", "Usato", "As-Is",
             "not certified"],
}  # fmt: skip
STATUSES = {
    "available": ["In Stock", "available", "Disponível", "En stock", "Verfügbar"],
    "reserved": ["Bloqueado", "Pedido", "Reservado", "Sale Pending", "On Hold", "réservé", "Reserviert"],
    "sold": ["SOLD", "Vendido", "Verkauft", "Vendu", "NOT_AVAILABLE", "out of stock"],
    "coming_soon": ["Coming Soon", "In Transit", "Em trânsito", "im Zulauf", "Próximamente", "Bientôt disponible"],
}
EVERY = {
    "fuel": FUELS, "transmission": TRANSMISSIONS, "drivetrain": DRIVETRAINS, "body": BODIES, "condition": CONDITIONS,
    "status": STATUSES,
}  # fmt: skip
CASES = [(field, text, word) for field, words in EVERY.items() for word, texts in words.items() for text in texts]


@pytest.mark.parametrize(("field", "text", "word"), CASES)
def test_a_dealers_word_is_known(field: str, text: str, word: str) -> None:
    meaning = read_choices(field, [text])
    assert meaning.values == {text: word}
    assert not meaning.doubts


@pytest.mark.parametrize(
    ("field", "text"),
    [("body", "Car"), ("body", "4dr"), ("body", "Sport"), ("drivetrain", "4X2"), ("condition", "excellent"),
     ("fuel", "NULL"), ("transmission", "N/A"), ("status", "")],
)  # fmt: skip
def test_a_word_that_tells_nothing_is_no_doubt(field: str, text: str) -> None:
    meaning = read_choices(field, [text])
    assert meaning.values == {text: None}
    assert not meaning.doubts


def test_an_unknown_word_is_told_with_the_nearest_known_one() -> None:
    doubt = read_choices("fuel", ["Disel"]).doubts["Disel"]
    assert doubt.code == "inventory.fuel-unknown"
    assert "Did you mean 'diesel'" in doubt.remedy
    assert "plug_in_hybrid" in doubt.remedy


@pytest.mark.parametrize("field", EVERY)
def test_every_word_of_the_data_file_is_of_the_vocabulary(field: str) -> None:
    words = document(field)
    told = {*words["spellings"], *(value for rule in words["words"] for value in rule)} - {"unspecified"}
    assert told <= set(VOCABULARIES[field])


@pytest.mark.parametrize("field", EVERY)
def test_the_vocabularys_own_words_are_known(field: str) -> None:
    meant = ["pickup" if word == "truck" else word for word in VOCABULARIES[field]]  # a truck of North America
    assert [choice(field, word) for word in VOCABULARIES[field]] == meant


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("PRETO OURO NEGRO", "black"), ("Summit White", "white"), ("CINZA TOPAZIO", "gray"), ("AZUL BOREAL", "blue"),
        ("Azul Boreal", "blue"), ("*PRETO GLOBAL (GBA) MET", "black"), ("Pearl White Tricoat", "white"),
        ("Octane Red Pearl", "red"), ("Silver Ice Metallic", "silver"), ("Jet Black with Red accents", "black"),
        ("Black/Tan", "black"), ("Dunkelblau", "blue"), ("Rosso Alfa", "red"), ("Weiß", "white"), ("Gris", "gray"),
        ("Granite Crystal", "gray"), ("Blizzard Pearl", "white"), ("Amarillo", "yellow"), ("Marrom", "brown"),
        ("Vert anglais", "green"), ("Laranja", "orange"), ("Bege", "beige"), ("Prata", "silver"),
        ("PRATA SHARK", "silver"), ("VERMELHO SCARLET", "red"), ("CINZA AMBAR", "gray"),
    ],
)  # fmt: skip
def test_a_paints_name_tells_its_family(name: str, family: str) -> None:
    assert color_family(name) == family


def test_a_paint_that_tells_no_colour_has_no_family() -> None:
    assert color_family("Hellraisin") is None
    assert color_family("") is None


def test_every_colour_word_is_of_the_vocabulary() -> None:
    families = {family for words in document("color_family").values() for family in words}
    assert families <= set(VOCABULARIES["color_family"])


@pytest.mark.parametrize("text", ["TRUE", "yes", "Sim", "sí", "ja", "Oui", "vero", "1", "1.0", "x", "✓", "Wahr", "S"])
def test_yes(text: str) -> None:
    assert read_flags("reserved", [text]).values[text] is True


@pytest.mark.parametrize("text", ["FALSE", "no", "Não", "nein", "Non", "falso", "0", "0.0", "N"])
def test_no(text: str) -> None:
    assert read_flags("reserved", [text]).values[text] is False


def test_a_flags_own_words_count() -> None:
    certified = read_flags("certified", ["Certified", "As-Is", "NULL", "perhaps"])
    assert list(certified.values.values()) == [True, False, None, None]
    assert list(certified.doubts) == ["perhaps"]
    assert read_flags("new", ["Novo", "Usado"]).values == {"Novo": True, "Usado": False}


@given(st.lists(st.text(max_size=50), max_size=5), st.sampled_from(list(EVERY)))
def test_nothing_raises_and_nothing_leaves_the_vocabulary(texts: list[str], field: str) -> None:
    values = read_choices(field, texts).values
    assert set(values) == set(texts)
    assert set(values.values()) <= {None, *VOCABULARIES[field]}
