"""After any sequence of edits a build leaves exactly what a clean build would, byte for byte.

Hypothesis makes the sequences. `DEALERGEN_SEQUENCES=5000` looks further than CI does, at random.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.engine.engine_edits import GALERIA, Lot, Row, offer, page, picture, post, reuse_templates, row

pytestmark = pytest.mark.audit

SEQUENCES = int(os.environ.get("DEALERGEN_SEQUENCES", "200"))
STEPS = 6
NUMBERS = st.integers(0, 11)
PLACES = st.integers(0, 11)
WORDS = st.sampled_from(["azul", "verde", "São João & filhos", "<b>", "{{ 7 }}"])
TEMPLATES = st.sampled_from(
    ["thanks.html", "fragments/vehicle_card.html", "fragments/footer.html", "vehicle.html", "base.html", "listing.html"]
)

DURATIONS = st.sampled_from([dt.timedelta(hours=7), dt.timedelta(days=1), dt.timedelta(days=16), dt.timedelta(days=45)])
CELLS = {
    "Situação": ["Disponível", "Reservado", "Vendido", "Em breve"],
    "Preço": ["49900", "61000", "", "88000"],
    "KM": ["0", "31000", ""],
    "Modelo": ["Argo", "Mobi"],
    "Cor": ["Preto", "Azul"],
    "Fotos": ["", "a.jpg", "a.jpg|b.jpg", "c.jpg", "https://img.example/1.jpg"],
    "Descrição": ["", "Único dono.", "<script>alert(1)</script>"],
}
EDITS = st.sampled_from([(column, text) for column, texts in CELLS.items() for text in texts])
SETTINGS: list[dict[str, object]] = [
    {"listing": {"min_vehicles": 1, "per_page": 6}},
    {"listing": {"min_vehicles": 3, "per_page": 12, "order": "price"}},
    {"listing": {"facets": ["make", "body"], "similar": 1, "min_vehicles": 2}},
    {"dealer": {"name": "Outra Garagem", "colors": {"primary": "#123456", "accent": "#abcdef"}}},
    {"legal": {"footer": "CNPJ 00", "price_note": "Sujeito a venda prévia"}},
    {"lifecycle": {"sold_days": 3}},
    {"languages": ["pt-BR", "en"]},
    {"languages": ["en", "pt-BR"]},
    {"languages": ["pt-BR"]},
    {"currency": "EUR"},
    {"photos": {"widths": [64, 90]}},
    {"seo": {"vehicle_title": "{make} {model}"}},
    {"units": {"distance": "mi"}},
    {"base_url": "https://www.example.com/loja"},
    {"forms": {"action": "https://leads.example/in"}},
    {"navigation": [{"label": "Estoque", "to": "stock"}]},
]


class Edits(RuleBasedStateMachine):
    """Edits of everything that a site is made from; after each, one build here and one from nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="edits-"))
        self.lot = Lot(self.folder)

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        self.lot.build()

    @rule(number=NUMBERS, place=PLACES)
    def add_a_row(self, number: int, place: int) -> None:
        if all(car["Código"] != f"T{number}" for car in self.lot.rows):
            self.lot.rows.insert(place, row(number))

    @precondition(lambda self: len(self.lot.rows) > 1)
    @rule(place=PLACES)
    def remove_a_row(self, place: int) -> None:
        del self.lot.rows[place % len(self.lot.rows)]

    @rule(place=PLACES, cell=EDITS)
    def edit_a_cell(self, place: int, cell: tuple[str, str]) -> None:
        self._car(place)[cell[0]] = cell[1]

    @rule(chance=st.randoms(use_true_random=False))
    def shuffle_the_rows(self, chance: object) -> None:
        chance.shuffle(self.lot.rows)  # type: ignore[attr-defined]

    @rule(by=DURATIONS)
    def let_time_pass(self, by: dt.timedelta) -> None:
        self.lot.now += by

    @rule(name=st.sampled_from("ab"), starts=st.integers(-3, 3), days=st.integers(1, 20), number=NUMBERS, words=WORDS)
    def write_an_offer(self, name: str, starts: int, days: int, number: int, words: str) -> None:
        start = self.lot.now + dt.timedelta(days=starts)
        self.lot.put(f"content/offers/{name}.md", offer(start, days, [f"T{number}"], words))

    @rule(
        name=st.sampled_from("ab"), in_days=st.integers(-5, 5), words=WORDS, shown=st.sampled_from(["", "photos/a.jpg"])
    )
    def write_a_post(self, name: str, in_days: int, words: str, shown: str) -> None:
        self.lot.put(f"content/posts/{name}.md", post(self.lot.now + dt.timedelta(days=in_days), words, shown))

    @rule(name=st.sampled_from(["sobre", "sobre.en"]), words=WORDS, slug=st.sampled_from([None, "quem-somos", "nos"]))
    def write_a_page(self, name: str, words: str, slug: str | None) -> None:
        self.lot.put(f"content/pages/{name}.md", page(words, slug))

    @rule(name=st.sampled_from(["offers/a", "offers/b", "posts/a", "posts/b", "pages/sobre", "pages/sobre.en"]))
    def remove_content(self, name: str) -> None:
        self.lot.drop(f"content/{name}.md")

    @rule(name=st.sampled_from("abc"), kind=st.integers(0, 5))
    def put_a_photo(self, name: str, kind: int) -> None:
        self.lot.put(f"photos/{name}.jpg", picture(kind))

    @rule(name=st.sampled_from("abc"))
    def remove_a_photo(self, name: str) -> None:
        self.lot.drop(f"photos/{name}.jpg")

    @rule(name=st.sampled_from(["verify.html", "price/list.txt", "robots-extra.txt"]), words=WORDS)
    def put_a_static_file(self, name: str, words: str) -> None:
        self.lot.put(f"static/{name}", words)

    @rule(name=st.sampled_from(["verify.html", "price/list.txt", "robots-extra.txt"]))
    def remove_a_static_file(self, name: str) -> None:
        self.lot.drop(f"static/{name}")

    @rule(name=TEMPLATES, words=st.sampled_from(["one", "two"]))
    def override_a_template(self, name: str, words: str) -> None:
        self.lot.put(f"templates/{name}", (GALERIA / name).read_text("utf-8") + f"<!-- {words} -->")

    @rule(name=TEMPLATES)
    def drop_an_override(self, name: str) -> None:
        self.lot.drop(f"templates/{name}")

    @rule(fault=st.sampled_from(["{{ nobody.knows }}", "{% if %}", "{% include 'nowhere.html' %}"]))
    def break_a_template(self, fault: str) -> None:
        self.lot.put("templates/thanks.html", fault)

    @rule(changed=st.sampled_from(SETTINGS))
    def change_the_settings(self, changed: dict[str, object]) -> None:
        self.lot.settings = self.lot.settings | changed

    @rule(place=PLACES, words=st.sampled_from(["", "edited by hand"]))
    def tamper_with_a_published_file(self, place: int, words: str) -> None:
        files = sorted(file for file in (self.lot.root / "public").rglob("*") if file.is_file())
        victim = files[place * 7 % len(files)]
        if words:
            victim.write_text(words)
        else:
            victim.unlink()

    @rule(damage=st.sampled_from(["", "dealergen manifest 0\nend 0", "\0\0"]))
    def damage_the_manifest(self, damage: str) -> None:
        self.lot.put(".dealergen/builds/public/manifest.tsv", damage)

    @invariant()
    def it_equals_a_clean_build(self) -> None:
        before = self.lot.ledger()
        built = self.lot.build()
        if built is None:
            return
        clean, standing = self.lot.clean_build(before), self.lot.standing()
        different = [path for path in sorted(clean.keys() | standing.keys()) if clean.get(path) != standing.get(path)]
        assert different == []

    def _car(self, place: int) -> Row:
        return self.lot.rows[place % len(self.lot.rows)]


def test_after_any_sequence_of_edits_a_build_equals_a_clean_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reuse_templates(monkeypatch, tmp_path)
    run_state_machine_as_test(
        Edits,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize="DEALERGEN_SEQUENCES" not in os.environ,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
