from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dealergen.config import Settings
from dealergen.content import KINDS, OfferMeta, PageMeta, PostMeta, moment, read_content
from dealergen.content.schema import content_schema
from dealergen.errors import ContentError

Site = Callable[[dict[str, str]], Path]

OFFER = """\
---
title: Taxa zero
summary: Só neste mês.
valid_from: 2026-11-01
valid_to: 2026-11-30
call_to_action: Reserve o seu
legal: Sujeito a aprovação.
price: 89900
---
Corpo.
"""
POST = "---\ntitle: Um\nsummary: Dois\ndate: 2026-05-03 09:30\nauthor: A equipe\n---\nTexto.\n"
PAGE = "---\ntitle: Sobre\n---\n# Quem somos\n\nTexto.\n"


def _told(error: ContentError) -> list[str]:
    return [f"{problem.code} {problem}" for problem in error.problems]


def test_a_site_without_content_has_no_entries(site: Site, settings: Settings) -> None:
    assert read_content(site({}), settings) == ([], [])


def test_each_kind_is_read_with_its_own_front_matter(site: Site, settings: Settings) -> None:
    root = site({"content/pages/sobre.md": PAGE, "content/posts/um.md": POST, "content/offers/zero.md": OFFER})
    entries, problems = read_content(root, settings)
    assert problems == []
    assert [(entry.kind, entry.name, entry.language) for entry in entries] == [
        ("offers", "zero", "pt-BR"),
        ("posts", "um", "pt-BR"),
        ("pages", "sobre", "pt-BR"),
    ]
    offer, post, page = (entry.meta for entry in entries)
    assert isinstance(offer, OfferMeta)
    assert (offer.valid_from, offer.price) == (dt.date(2026, 11, 1), Decimal(89900))
    assert isinstance(post, PostMeta)
    assert post.date == dt.datetime(2026, 5, 3, 9, 30)  # noqa: DTZ001 (as written: the zone is the rooftop's)
    assert isinstance(page, PageMeta)
    assert entries[2].html == '<h2 id="s-quem-somos">Quem somos</h2>\n<p>Texto.</p>'
    assert entries[2].words == 3
    assert entries[2].file == "content/pages/sobre.md"


def test_translations_share_a_name(site: Site, settings: Settings) -> None:
    root = site({"content/pages/about.md": PAGE, "content/pages/about.en.md": PAGE.replace("Sobre", "About")})
    entries, _ = read_content(root, settings)
    assert [(entry.name, entry.language) for entry in entries] == [("about", "en"), ("about", "pt-BR")]


def test_notes_of_the_house_are_not_published(site: Site, settings: Settings) -> None:
    files = {f"content/pages/{name}": "no front matter" for name in ("_draft.md", ".hidden.md", "README.md", "a.txt")}
    assert read_content(site(files), settings) == ([], [])


def test_files_from_windows_are_read_alike(site: Site, settings: Settings) -> None:
    root = site({"content/pages/sobre.md": "\ufeff" + PAGE.replace("\n", "\r\n")})
    (entry,), _ = read_content(root, settings)
    assert entry.html == '<h2 id="s-quem-somos">Quem somos</h2>\n<p>Texto.</p>'


def test_the_digest_changes_exactly_when_the_entry_does(site: Site, settings: Settings) -> None:
    first = read_content(site({"content/pages/sobre.md": PAGE}), settings)[0][0].digest
    assert read_content(site({"content/pages/sobre.md": PAGE}), settings)[0][0].digest == first
    assert read_content(site({"content/pages/sobre.md": PAGE + "Mais."}), settings)[0][0].digest != first
    titled = PAGE.replace("title: Sobre", "title: Outro")
    assert read_content(site({"content/pages/sobre.md": titled}), settings)[0][0].digest != first


def test_faults_of_all_files_are_told_at_once_with_line_and_column(site: Site, settings: Settings) -> None:
    root = site(
        {
            "content/offers/a.md": OFFER.replace("summary:", "sumary:").replace("2026-11-30", "30/11/2026"),
            "content/offers/b.md": OFFER.replace("price: 89900", "price: 89.900"),
            "content/posts/c.md": POST.replace("title: Um", "title: Um: dois"),
            "content/pages/d.md": "Texto sem nada antes.\n",
            "content/pages/e.md": "\n---\ntitle: Sem fim\n",
            "content/pages/f.md": "---\n---\nTexto.\n",
        }
    )
    with pytest.raises(ContentError) as caught:
        read_content(root, settings)
    assert caught.value.exit_code == 5
    assert _told(caught.value) == [
        (
            "content.missing content/offers/a.md:2:1: the file needs 'summary'. "
            "Add `summary:` (one or two sentences for cards and search engines)."
        ),
        (
            "content.extra-forbidden content/offers/a.md:3:1: 'sumary' is not a setting here (found 'sumary'). "
            "Did you mean 'summary'?"
        ),
        (
            "content.date content/offers/a.md:5:11: 'valid_to': this is not a date (found '30/11/2026'). "
            "Write year-month-day, like 2026-11-30, or with a time: 2026-11-30 18:00."
        ),
        (
            "content.amount content/offers/b.md:8:8: 'price': it could be thousands or decimals (found '89.900'). "
            "Write 89900, without separators."
        ),
        (
            "content.syntax content/posts/c.md:2:10: a colon stands where no key can be. "
            "Put text that holds ': ' between quotes, and check the indentation."
        ),
        (
            "content.front-matter content/pages/d.md:1:1: the file does not begin with front matter. "
            "Begin it with a line of three hyphens, then `title: …`, then three hyphens again."
        ),
        (
            "content.front-matter content/pages/e.md:2:1: the front matter that begins here does not end. "
            "Put a line of three hyphens between the settings and the text."
        ),
        "content.missing content/pages/f.md:2:1: the file needs 'title'. Add `title:` (the headline).",
    ]


def test_a_day_that_the_calendar_lacks_is_told(site: Site, settings: Settings) -> None:
    with pytest.raises(ContentError) as caught:
        read_content(site({"content/offers/a.md": OFFER.replace("2026-11-30", "2026-11-31")}), settings)
    assert "no such day" in _told(caught.value)[0]


def test_an_offer_that_ends_before_it_begins_is_told(site: Site, settings: Settings) -> None:
    with pytest.raises(ContentError) as caught:
        read_content(site({"content/offers/a.md": OFFER.replace("2026-11-30", "2026-10-31")}), settings)
    assert _told(caught.value) == [
        (
            "content.dates content/offers/a.md:5:11: the offer ends before it begins (found '2026-10-31'). "
            "Check 'valid_from' and 'valid_to'."
        )
    ]


def test_an_offer_of_one_day_is_whole(site: Site, settings: Settings) -> None:
    entries, _ = read_content(site({"content/offers/a.md": OFFER.replace("2026-11-30", "2026-11-01")}), settings)
    assert len(entries) == 1


def test_a_name_that_is_unfit_for_an_address_is_told_with_one_that_fits(site: Site, settings: Settings) -> None:
    with pytest.raises(ContentError) as caught:
        read_content(site({"content/pages/Sobre Nós.md": PAGE}), settings)
    (problem,) = caught.value.problems
    assert problem.remedy == "Rename it to sobre-nos.md."


def test_a_language_that_the_site_lacks_is_left_out_with_a_warning(site: Site, settings: Settings) -> None:
    entries, (problem,) = read_content(site({"content/pages/sobre.fr.md": PAGE}), settings)
    assert entries == []
    assert (problem.level, problem.code, problem.value) == ("warning", "content.language", "fr")


def test_an_ending_that_is_no_language_is_told(site: Site, settings: Settings) -> None:
    with pytest.raises(ContentError) as caught:
        read_content(site({"content/pages/sobre.draft.md": PAGE}), settings)
    assert "not a language's tag" in _told(caught.value)[0]


def test_two_files_for_one_entry_are_told(site: Site, settings: Settings) -> None:
    with pytest.raises(ContentError) as caught:
        read_content(site({"content/pages/sobre.md": PAGE, "content/pages/sobre.pt-BR.md": PAGE}), settings)
    assert "same entry" in _told(caught.value)[0]


def test_a_file_that_is_not_utf_8_is_told(site: Site, settings: Settings) -> None:
    root = site({"content/pages/sobre.md": PAGE})
    (root / "content/pages/sobre.md").write_bytes("---\ntitle: Araçari\n---\n".encode("latin-1"))
    with pytest.raises(ContentError) as caught:
        read_content(root, settings)
    assert "UTF-8" in _told(caught.value)[0]


def test_a_misspelt_folder_is_told(site: Site, settings: Settings) -> None:
    _, (problem,) = read_content(site({"content/offer/a.md": OFFER}), settings)
    assert (problem.level, problem.remedy) == ("warning", "Did you mean 'offers'?")


def test_a_picture_from_another_site_is_told(site: Site, settings: Settings) -> None:
    text = PAGE + "\n![a](fotos/a.jpg) ![b](https://example.net/b.jpg)\n"
    (entry,), (problem,) = read_content(site({"content/pages/sobre.md": text}), settings)
    assert entry.images == ("fotos/a.jpg", "https://example.net/b.jpg")
    assert (problem.level, problem.code, problem.value) == (
        "warning",
        "content.outward-image",
        "https://example.net/b.jpg",
    )


CUIABA = ZoneInfo("America/Cuiaba")


@pytest.mark.parametrize(
    ("value", "end", "expected"),
    [
        (dt.date(2026, 11, 30), False, "2026-11-30T00:00:00-04:00"),
        (dt.date(2026, 11, 30), True, "2026-11-30T23:59:59-04:00"),
        (dt.datetime(2026, 11, 30, 18, 0), True, "2026-11-30T18:00:00-04:00"),  # noqa: DTZ001
        (dt.datetime(2026, 11, 30, 18, 0, tzinfo=dt.UTC), True, "2026-11-30T14:00:00-04:00"),
    ],
)
def test_a_bare_day_lasts_from_its_first_to_its_last_second(value: dt.date, end: bool, expected: str) -> None:
    assert moment(value, CUIABA, end=end).isoformat() == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-11-30", dt.date(2026, 11, 30)),
        ("'2026-11-30'", dt.date(2026, 11, 30)),
        ("2026-11-30T00:00", dt.datetime(2026, 11, 30)),  # noqa: DTZ001
        ("2026-11-30 18:00:30", dt.datetime(2026, 11, 30, 18, 0, 30)),  # noqa: DTZ001
        ("2026-11-30 18:00 -03:00", dt.datetime(2026, 11, 30, 21, tzinfo=dt.UTC)),
        ("2026-11-30T18:00Z", dt.datetime(2026, 11, 30, 18, tzinfo=dt.UTC)),
    ],
)
def test_days_and_moments_are_told_apart(site: Site, settings: Settings, written: str, expected: dt.date) -> None:
    text = OFFER.replace("valid_to: 2026-11-30", f"valid_to: {written}")
    (entry,), _ = read_content(site({"content/offers/a.md": text}), settings)
    assert isinstance(entry.meta, OfferMeta)
    assert entry.meta.valid_to == expected
    assert type(entry.meta.valid_to) is type(expected)


def test_each_kind_has_a_schema_for_editors() -> None:
    for kind in KINDS:
        schema = content_schema(kind)
        assert str(schema["$id"]).endswith(f"/content-{kind}.schema.json")
        properties = schema["properties"]
        assert isinstance(properties, dict)
        assert set(properties) == set(KINDS[kind].model_fields)
