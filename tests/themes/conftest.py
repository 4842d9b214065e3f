"""Pages of the theme galeria, rendered from views made up here, so that the theme is tested without a site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from dealergen.config.dealer import Colors
from dealergen.engine.templates import TemplateSet
from dealergen.engine.theme import Theme, load_theme
from dealergen.locale import load_locale
from dealergen.pages import views as v

REPOSITORY = Path(__file__).resolve().parents[2]
PHOTO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2" width="1200" height="800">'
    '<rect width="3" height="2" fill="#876"/></svg>'
)
LONG = "Avantgarde Exclusive Launch Edition 1.6 Turbo Automático de Nove Marchas"
ENDS_AT = "2026-11-30T23:59:59-03:00"


@pytest.fixture(scope="session")
def galeria() -> Theme:
    return load_theme("galeria", REPOSITORY)


@pytest.fixture(scope="session")
def hang(galeria: Theme, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Renders the theme's pages in the given brand colours and answers the folder that holds them."""

    def render(colors: Colors | None = None) -> Path:
        folder = tmp_path_factory.mktemp("galeria")
        (folder / "photo.svg").write_text(PHOTO, "utf-8")
        style, script = galeria.stylesheet(colors or Colors(), ""), galeria.script()
        for asset in (style, script, *galeria.assets.values()):
            (folder / asset.path).parent.mkdir(parents=True, exist_ok=True)
            (folder / asset.path).write_bytes(asset.data)
        press = Press(galeria, f"/{style.path}", f"/{script.path}")
        for name, (template, context) in pages(press).items():
            (folder / f"{name}.html").write_text(press.page(template, context), "utf-8")
        return folder

    return render


@pytest.fixture(scope="session")
def wall(hang: Callable[..., Path]) -> Path:
    """The pages in the usual colours."""
    return hang()


class Press:
    """Renders a template with what every page is handed."""

    def __init__(self, theme: Theme, style: str, script: str) -> None:
        self.templates = TemplateSet(theme)
        self.locale = load_locale("pt-BR", currency="BRL", distance="km", extra=theme.strings("pt-BR"))
        icons = f"/{theme.assets['icons.svg'].path}"
        self.shared: dict[str, Any] = {
            "site": site_view(style, script, tuple(f"/{theme.assets[font].path}" for font in theme.manifest.fonts)),
            "t": self.locale.t,
            "icon": lambda name: Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>').format(
                icons, name
            ),
        }

    def fragment(self, name: str, **context: Any) -> Markup:
        return Markup(self.templates.render(f"fragments/{name}.html", self.shared | context))  # noqa: S704 - escaped

    def page(self, template: str, context: Mapping[str, Any]) -> str:
        frame = {"header": self.fragment("header"), "footer": self.fragment("footer")}
        return self.templates.render(template, self.shared | frame | dict(context))


def pages(press: Press) -> dict[str, tuple[str, dict[str, Any]]]:
    """Page name → template and context; the hard cases among them."""
    cards = [press.fragment("vehicle_card", card=card(n)) for n in range(5)]
    offers = [press.fragment("offer_card", offer=offer(n)) for n in range(2)]
    posts = [press.fragment("post_card", post=post(n)) for n in range(2)]
    home = {
        "offers": offers, "featured": cards, "arrivals": cards, "facets": facets(), "posts": posts,
        "rooftops": (rooftop(),), "stock_count": 58, "stock_label": "58 veículos", "form": form("contact"),
    }  # fmt: skip
    listing = {
        "cards": cards, "count_label": "58 veículos", "intro": "Vistoriados.", "facets": facets(), "offers": [],
        "active": [v.Link("SUV", "/estoque/")], "pagination": pagination(),
    }  # fmt: skip
    campaign = {
        "offer": offer(0),
        "body": BODY,
        "legal": "Válido enquanto houver.",
        "cards": cards,
        "form": form("offer"),
    }
    place = press.fragment("place", rooftop=rooftop())
    store = {"rooftop": rooftop(), "cards": cards, "count_label": "5 veículos", "form": form("contact")}
    shown: dict[str, tuple[str, dict[str, Any]]] = {
        "home": ("home.html", home),
        "bare-home": ("home.html", home | {"offers": [], "arrivals": [], "posts": [], "facets": []}),
        "listing": ("listing.html", listing),
        "empty-listing": ("listing.html", listing | {"cards": [], "facets": [], "active": [], "pagination": None}),
        "vehicle": ("vehicle.html", {"vehicle": vehicle(photos=12), "similar": cards[:4], "place": place}),
        "unpictured": ("vehicle.html", {"vehicle": vehicle(photos=0, priced=False), "similar": [], "place": place}),
        "sold": (
            "sold.html",
            {"vehicle": vehicle(photos=2, sold="Vendido em 3 de maio"), "similar": cards[:3], "place": place},
        ),
        "rooftops": ("rooftops.html", {"rooftops": (rooftop(), rooftop())}),
        "rooftop": ("rooftop.html", store),
        "offers": ("offers.html", {"offers": offers, "featured": cards}),
        "offer": ("offer.html", campaign | {"ended": False, "offers": []}),
        "ended-offer": ("offer.html", campaign | {"ended": True, "offers": offers}),
        "blog": ("blog.html", {"posts": posts, "pagination": None}),
        "post": ("post.html", {"post": post(0), "body": BODY, "cards": cards, "posts": posts}),
        "page": ("page.html", {"body": BODY, "form": None}),
        "404": ("404.html", {"featured": cards, "facets": facets()}),
        "thanks": ("thanks.html", {"featured": cards, "rooftops": (rooftop(),)}),
    }  # fmt: skip
    return {name: (template, {**context, "page": page_view(name)}) for name, (template, context) in shown.items()}


BODY = Markup("<p>Um texto.</p><h2>Um título</h2><ul><li>Um item</li></ul><table><tr><td>Larga</td></tr></table>")


def picture(drawn: bool = False) -> v.Picture:
    return v.Picture("/photo.svg", "Um carro de lado", 1200, 800, color="#887766", drawn=drawn)


def card(n: int) -> v.Card:
    facts = tuple(
        v.Fact(name, name, value) for name, value in (("year", "2020/2021"), ("mileage", "48.210 km"), ("fuel", "Flex"))
    )
    price = (
        v.PriceBlock("R$ 1.164.900", "R$ 1.168.900", "R$ 4.000") if n % 2 else v.PriceBlock(ask="Preço sob consulta")
    )
    badges = (v.Badge("price_drop", "Baixou de preço"), v.Badge("certified", "Certificado"))[: n % 3]
    return v.Card(
        f"/estoque/{n}/", "Mercedes-Benz", "Classe C 180", LONG if n else "", "2020/2021", "48.210 km", facts[: n + 1],
        price, badges, picture(), n, "Loja Centro", "available",
    )  # fmt: skip


def offer(n: int) -> v.OfferCard:
    return v.OfferCard(
        "/ofertas/bonus/", f"Bônus de R$ {n + 1}.000 na troca", "Só neste mês.", "Bônus", "R$ 64.900",
        "Até 30 de novembro", ENDS_AT if n == 0 else "", "Garanta o bônus", picture() if n == 0 else None,
    )  # fmt: skip


def post(n: int) -> v.PostCard:
    return v.PostCard(
        "/blog/laudo/", "Como ler o laudo cautelar antes de comprar", "Linha por linha.", "12 de novembro de 2026",
        "2026-11-12", "Equipe", "Compra", picture() if n else None, "4 min de leitura",
    )  # fmt: skip


def facets() -> list[v.FacetGroup]:
    makes = tuple(v.Link(f"Marca {n}", f"/estoque/{n}/", 20 - n) for n in range(11))
    prices = (v.Link("Até R$ 50.000", "/estoque/preco/", 8), v.Link("Acima de R$ 120.000", "/estoque/caros/", 9))
    return [v.FacetGroup("make", "Marca", makes), v.FacetGroup("price", "Preço", prices)]


def pagination() -> v.Pagination:
    numbers = (v.Link("1", "/estoque/"), v.Link("2", "/estoque/pagina/2/", current=True), None, v.Link("9", "/9/"))
    return v.Pagination(2, 9, "/estoque/", "/estoque/pagina/3/", numbers, first=25)


def rooftop() -> v.RooftopView:
    return v.RooftopView(
        "centro", "Loja Centro", "/lojas/centro/", "Rua das Provas, 10 – Centro", "Testópolis – SP, 13000-000",
        (v.Phone("(19) 3555-0100", "tel:+551935550100", "Vendas"),), "ola@garagem-teste.example",
        "https://wa.me/551935550100", "https://www.openstreetmap.org/",
        (v.DayHours("segunda-feira a sexta-feira", "8:00 às 18:00"),),
        (v.HolidayHours("25 de dezembro", "Natal", "Fechado"),), v.Link("Veja os 31 veículos", "/estoque/loja/", 31),
    )  # fmt: skip


def form(intent: Any) -> v.FormView:
    return v.FormView(
        "/api/lead", intent, "Fale com a gente", "Envie", "Olá!", "Autorizo.", "/privacidade/", (("vehicle", "abc"),)
    )


def vehicle(photos: int, priced: bool = True, sold: str = "") -> v.VehicleView:
    pictures = tuple(picture() for _ in range(photos)) or (picture(drawn=True),)
    facts = (v.Fact("make", "Marca", "Mercedes-Benz", "/estoque/"), v.Fact("trim", "Versão", LONG))
    return v.VehicleView(
        card(1 if priced else 2), "abc", "AV-0142", "Mercedes-Benz Classe C 180", pictures, facts * 3,
        (v.SpecGroup("Identificação", facts),), ("Ar-condicionado", LONG), Markup("<p>Único dono.</p>"),
        "https://video.example/1", rooftop(), v.Phone("(19) 3555-0100", "tel:+551935550100"),
        "https://wa.me/551935550100", form("vehicle"), "#b3202a", sold,
    )  # fmt: skip


def site_view(style: str, script: str, fonts: tuple[str, ...]) -> v.SiteView:
    links = tuple(v.Link(label, f"/{label}.html") for label in ("listing", "offers", "rooftops", "blog", "page"))
    return v.SiteView(
        "Garagem Teste", "Garagem Teste Ltda.", "CNPJ 11.222.333/0001-81", "Carros bons", "/home.html", "/listing.html",
        style, script, "", None, "ola@garagem-teste.example", "2026", "Imagens ilustrativas.",
        (v.Link("Instagram", "https://social.example/garagem"),), links, (v.Link("Privacidade", "/privacidade/"),),
        (rooftop(),), "#1d3b36", {"offers": "/offers.html", "blog": "/blog.html"}, fonts,
    )  # fmt: skip


def page_view(kind: str) -> v.PageView:
    alternates = (v.Alternate("pt-BR", "Português", "/home.html", current=True), v.Alternate("en", "English", "/en/"))
    return v.PageView(
        kind, "pt-BR", "ltr", f"{kind} | Garagem", "Uma descrição.", f"Um título de {kind}",
        "https://www.garagem-teste.example/", "", alternates, "website", "", "pt_BR", (Markup('{"@type":"Thing"}'),),
        (v.Link("Início", "/"), v.Link(LONG, "")),
    )  # fmt: skip
