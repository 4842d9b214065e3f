"""Writes an inventory of N plausible used cars: `python bench/generate.py N FILE`. Seeded: the same N, the same file.

Eighteen columns and six photo addresses a car, so that a page has what a real vehicle page has.
"""

from __future__ import annotations

import csv
import hashlib
import random
import sys
from collections.abc import Iterator
from pathlib import Path

CATALOG = {
    "Audi": "A1,A3,A4,A6,Q2,Q3,Q5,e-tron",
    "BMW": "1 Series,2 Series,3 Series,5 Series,X1,X3,X5,i4",
    "Citroën": "C1,C3,C4,C5 X,Berlingo,e-C4",
    "Dacia": "Sandero,Duster,Jogger,Logan,Spring",
    "Fiat": "500,Panda,Tipo,500X,Doblo",
    "Ford": "Fiesta,Focus,Puma,Kuga,Mondeo,Mustang,Ranger,Mach-E",
    "Honda": "Jazz,Civic,CR-V,HR-V,e",
    "Hyundai": "i10,i20,i30,Tucson,Kona,Ioniq 5,Santa Fe",
    "Jeep": "Renegade,Compass,Avenger,Wrangler",
    "Kia": "Picanto,Rio,Ceed,Sportage,Niro,EV6,Sorento",
    "Land Rover": "Defender,Discovery,Evoque,Velar",
    "Mazda": "Mazda2,Mazda3,Mazda6,CX-3,CX-5,MX-5",
    "Mercedes-Benz": "A-Class,B-Class,C-Class,E-Class,GLA,GLC,GLE,EQA",
    "Mini": "Cooper,Countryman,Clubman,Cabrio",
    "Nissan": "Micra,Juke,Qashqai,X-Trail,Leaf,Ariya",
    "Opel": "Corsa,Astra,Mokka,Grandland,Insignia,Combo",
    "Peugeot": "108,208,308,508,2008,3008,5008,Rifter",
    "Renault": "Clio,Captur,Megane,Scenic,Kadjar,Zoe,Twingo,Austral",
    "Seat": "Ibiza,Leon,Arona,Ateca,Tarraco",
    "Škoda": "Fabia,Scala,Octavia,Superb,Kamiq,Karoq,Kodiaq,Enyaq",
    "Toyota": "Aygo,Yaris,Corolla,C-HR,RAV4,Prius,Land Cruiser,Hilux",
    "Volkswagen": "up!,Polo,Golf,Passat,T-Roc,T-Cross,Tiguan,ID.3,ID.4,Touran",
    "Volvo": "V40,V60,V90,XC40,XC60,XC90,S60",
}
TRIMS = ("Base", "Comfort", "Style", "Sport", "Sport Line", "Business", "Premium", "Premium Plus", "GT Line", "Launch")
FUELS = {"Petrol": 42, "Diesel": 28, "Hybrid": 12, "Plug-in hybrid": 7, "Electric": 9, "LPG": 2}
BODIES = ("Hatchback", "Saloon", "Estate", "SUV", "Coupe", "Convertible", "MPV", "Pickup")
COLORS = ("Black", "White", "Silver", "Grey", "Blue", "Red", "Green", "Orange", "Brown", "Beige")
CITIES = ("Antwerp", "Ghent", "Bruges", "Brussels", "Leuven", "Hasselt", "Liege", "Namur", "Mons", "Kortrijk")
CONDITIONS = {"New": 6, "Demo": 5, "Used": 64, "Certified pre-owned": 25}
FEATURES = (  # noqa: SIM905 - fifty short strings read better run together
    'Adaptive cruise control|Air conditioning|Alloy wheels 17"|Alloy wheels 19"|Ambient lighting|Android Auto|'
    "Apple CarPlay|Automatic emergency braking|Blind spot monitor|Bluetooth|Climate control (3-zone)|DAB+ radio|"
    "Digital cockpit|Electric mirrors|Electric seats|Electric tailgate|Fog lights|Front & rear parking sensors|"
    "Full service history|Head-up display|Heated front seats|Heated steering wheel|Hill start assist|Isofix|"
    "Keyless entry|Keyless start|Lane keeping assist|Leather upholstery|LED headlights|Memory seats|Navigation system|"
    "One owner|Panoramic roof|Parking camera 360|Privacy glass|Rain sensor|Reversing camera|Roof rails|Speed limiter|"
    "Sport seats|Start/stop system|Tow bar (detachable)|Traffic sign recognition|Tyre pressure monitoring|"
    "USB-C charging|Ventilated seats|Voice control|Winter tyres included|Wireless charging|Wood trim"
).split("|")
SENTENCES = (
    "Our own workshop has prepared this {color} {make} {model} {trim}, and it can be collected this week.",
    "A main dealer supplied it new in {year}, and it has covered {km} km since.",
    "Its {fuel} engine and {gear} gearbox suit short trips in town as well as long days on the motorway.",
    "The cabin is clean and free of smoke, with room for passengers & luggage.",
    "Every service was done on time, and the stamped booklet comes with the car.",
    "Like each of our cars it has passed a check of 120 points and carries a year's warranty.",
    "We gladly take your present car in part exchange and work out a monthly plan that fits.",
    "See it in our {city} showroom, or ask us to film it for you.",
    "The bodywork shows no more than the light marks that its age explains.",
    "Both keys, the manuals and the certificate of conformity are here.",
    "We deliver anywhere in the country for a small fee.",
    "The tyres have at least 5 mm of tread, and the brakes were measured at the last service.",
    "Don't wait too long: cars with this equipment seldom stay.",
)
COLUMNS = (
    "stock_id", "vin", "make", "model", "trim", "year", "price", "mileage_km", "fuel", "transmission", "body", "color",
    "doors", "city", "condition", "description", "features", "photos",
)  # fmt: skip


def rows(count: int) -> Iterator[tuple[object, ...]]:
    """`count` cars in the order of `COLUMNS`."""
    chance = random.Random(20261122)
    makes = list(CATALOG)
    weights = [1 + (position * 7) % 5 for position in range(len(makes))]
    for number in range(count):
        make = chance.choices(makes, weights)[0]
        yield _car(number, make, chance)


def _car(number: int, make: str, chance: random.Random) -> tuple[object, ...]:
    model, trim = chance.choice(CATALOG[make].split(",")), chance.choice(TRIMS)
    condition = chance.choices(list(CONDITIONS), list(CONDITIONS.values()))[0]
    year = 2025 if condition in ("New", "Demo") else chance.randint(2012, 2025)
    km = _mileage(condition, year, chance)
    price = max(2950, int((14000 + chance.random() * 46000) * 0.9 ** (2025 - year) / 50) * 50)
    fuel = chance.choices(list(FUELS), list(FUELS.values()))[0]
    gear = "Automatic" if fuel in ("Electric", "Hybrid", "Plug-in hybrid") or chance.random() < 0.4 else "Manual"
    color, city = chance.choice(COLORS), chance.choice(CITIES)
    words = {"color": color.lower(), "make": make, "model": model, "trim": trim, "km": km, "year": year}
    words |= {"fuel": fuel.lower(), "gear": gear.lower(), "city": city}
    mark = hashlib.sha1(str(number).encode(), usedforsecurity=False).hexdigest()
    stock = f"S{100000 + number}"
    vin = "WVW" + mark[:14].upper().replace("I", "1").replace("O", "0").replace("Q", "9")
    photos = "|".join(f"/photos/{mark[:2]}/{stock.lower()}-{mark[2:8]}-{shot}.jpg" for shot in range(1, 7))
    features = "|".join(chance.sample(FEATURES, chance.randint(8, 15)))
    return (
        stock, vin, make, model, trim, year, price, km, fuel, gear, chance.choice(BODIES), color,
        chance.choice((3, 5, 5, 5, 4)), city, condition, _description(words, chance), features, photos,
    )  # fmt: skip


def _mileage(condition: str, year: int, chance: random.Random) -> int:
    if condition == "New":
        return chance.randint(5, 60)
    if condition == "Demo":
        return chance.randint(500, 8000)
    return chance.randint(8, 22) * 1000 * (2026 - year) + chance.randint(0, 999)


def _description(words: dict[str, object], chance: random.Random) -> str:
    target = chance.randint(60, 104)
    sentences = list(SENTENCES)
    chance.shuffle(sentences)
    text: list[str] = []
    for sentence in sentences:
        if len(text) >= target:
            break
        text += sentence.format(**words).split()
    return " ".join(text)


def main(count: int, file: Path) -> None:
    """Write `count` cars to `file`."""
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows(count))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
