"""What a change of the project's own code makes anew: all that it touches, and nothing else."""

from __future__ import annotations

import ast
import inspect
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FrameType

import pytest

from dealergen.build import plan as plan_module
from dealergen.build.load import load_site
from dealergen.engine import Artifact, Fact, Template, workers
from dealergen.engine.code import _file, code_digest, reached
from tests.conftest import NOW
from tests.engine.engine_edits import Lot, offer, page, picture, post

REPOSITORY = Path(__file__).parents[2]
PACKAGE = REPOSITORY / "dealergen"
COUNT = """
import json, sys
from datetime import datetime
from importlib import import_module
from pathlib import Path
import dealergen
run = import_module("dealergen.build.run")
make = run.make
def counted(*arguments, **options):
    outcome = make(*arguments, **options)
    print(json.dumps([dealergen.__file__, outcome.made]))
    return outcome
run.make = counted
run.build_site(Path(sys.argv[1]), now=datetime.fromisoformat(sys.argv[2]), jobs=1)
"""
ENGINE = {"dealergen.engine.workers", "dealergen.engine.artifact", "dealergen.engine.writer"}
"""What calls the makers."""


@pytest.fixture(scope="module")
def lot(tmp_path_factory: pytest.TempPathFactory) -> Lot:
    """A site with something of everything, in two languages."""
    lot = Lot(tmp_path_factory.mktemp("code"))
    lot.settings |= {"languages": ["pt-BR", "en"]}
    lot.rows[0] |= {"Fotos": "a.jpg", "Situação": "Vendido"}
    lot.rows[1] |= {"Fotos": "a.jpg"}
    lot.put("photos/a.jpg", picture(1))
    lot.put("content/offers/a.md", offer(NOW, 5, ["T1"], "azul"))
    lot.put("content/posts/a.md", post(NOW, "azul", "photos/a.jpg"))
    lot.put("content/pages/sobre.md", page("azul"))
    lot.put("static/a.txt", "text")
    lot.build()
    return lot


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package and its themes, to be edited."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("dealergen", "themes"):
        shutil.copytree(REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def made_with(copy: Path, lot: Lot) -> set[str]:
    """The artifacts that a build with this copy of the package makes."""
    done = subprocess.run(
        [sys.executable, "-c", COUNT, str(lot.root), NOW.isoformat()],
        env=os.environ | {"PYTHONPATH": str(copy)},
        cwd=copy, capture_output=True, text=True, check=True,
    )  # fmt: skip
    package, made = json.loads(done.stdout)
    assert package == str(copy / "dealergen/__init__.py")
    return set(made)


def made_after_an_edit_of(name: str, copy: Path, lot: Lot) -> set[str]:
    made_with(copy, lot)
    file = copy / "dealergen" / name
    before = file.read_bytes()
    file.write_bytes(before + b"\n# edited\n")
    try:
        return made_with(copy, lot)
    finally:
        file.write_bytes(before)


@pytest.mark.parametrize(
    "module", ["cli/build.py", "serve/app.py", "check/run.py", "inventory/read.py", "build/run.py", "starter/plant.py"]
)
def test_code_that_no_maker_reaches_makes_nothing_anew(copy: Path, lot: Lot, module: str) -> None:
    assert made_after_an_edit_of(module, copy, lot) == set()


def test_the_code_of_vehicle_pages_makes_them_anew_and_no_other_page(copy: Path, lot: Lot) -> None:
    made = made_after_an_edit_of("pages/vehicles.py", copy, lot)
    assert len(made) == 2 * 4
    assert all(path.count("/") == 4 + path.startswith("en/") for path in made)


def test_the_code_of_listings_makes_listings_anew_and_no_vehicle_page(copy: Path, lot: Lot) -> None:
    made = made_after_an_edit_of("pages/listings.py", copy, lot)
    assert {"estoque/index.html", "en/inventory/index.html"} <= made
    assert not any(path.count("/") == 4 + path.startswith("en/") for path in made)


def test_the_code_of_redirects_and_headers_makes_those(copy: Path, lot: Lot) -> None:
    assert made_after_an_edit_of("seo/hosting.py", copy, lot) == {"robots.txt", "_redirects", "_headers"}


@pytest.mark.parametrize(
    "module", ["locale/formats.py", "locale/strings/pt-BR.yaml", "engine/templates.py", "errors.py"]
)
def test_code_and_data_under_every_page_make_every_page_anew(copy: Path, lot: Lot, module: str) -> None:
    pages = {path.relative_to(lot.root / "public").as_posix() for path in (lot.root / "public").rglob("*.html")}
    assert pages <= made_after_an_edit_of(module, copy, lot)


def test_nothing_runs_while_an_artifact_is_made_that_its_fingerprint_does_not_cover(
    lot: Lot, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = load_site(lot.root, base_url=None, now=NOW, accept=True).site
    plan = plan_module.plan_site(site)
    uncovered: dict[str, set[str]] = {}
    for artifact in plan.artifacts:
        covered = ENGINE | reached(type(plan.renderer).__module__)
        for module in answerable(artifact):
            covered |= reached(module)
        ran = modules_run_by(workers.Task(artifact, "", ""), lot.clean, plan.renderer)
        if ran - covered:
            uncovered[artifact.path] = ran - covered
    assert uncovered == {}


def answerable(artifact: Artifact) -> Iterator[str]:
    """The modules whose code stands in the artifact's fingerprint."""
    maker = artifact.maker
    yield (maker.view if isinstance(maker, Template) else maker).__module__
    waiting = list(artifact.reads)
    while waiting:
        fact = waiting.pop()
        waiting += fact.parts
        yield from _deriving(fact)


def _deriving(fact: Fact) -> Iterator[str]:
    """The module of the function that a derived fact, or a fragment, is made by."""
    if fact.parts and fact._make is not None:
        values = inspect.getclosurevars(fact._make).nonlocals
        yield from (values[name].__module__ for name in ("function", "view") if name in values)


def modules_run_by(task: workers.Task, out: Path, renderer: object) -> set[str]:
    ran: set[str] = set()

    def watch(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and (name := frame.f_globals.get("__name__", "")).startswith("dealergen."):
            ran.add(name)

    sys.setprofile(watch)
    try:
        result = workers._attempt(task, out, renderer)  # type: ignore[arg-type]
    finally:
        sys.setprofile(None)
    assert isinstance(result, workers.Made), result
    return ran


def test_imports_are_read_from_the_text_as_the_parser_reads_them() -> None:
    for file in PACKAGE.rglob("*.py"):
        parts = ("dealergen", *file.relative_to(PACKAGE).with_suffix("").parts)
        name = ".".join(parts).removesuffix(".__init__")
        assert set(_imported(file, name)) <= reached(name), name


def _imported(file: Path, name: str) -> Iterator[str]:
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            names = [base, *(f"{base}.{alias.name}" for alias in node.names)]
        yield from (found for found in names if found.partition(".")[0] == "dealergen" and _file(found))


def test_a_view_of_a_package_beside_dealergen_answers_for_its_own_modules_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "vendor_pages"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "views.py").write_text("from . import words\nfrom dealergen.locale import slug\n")
    (package / "words.py").write_text("HELLO = 'hello'\n")
    (package / "apart.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    import_module("vendor_pages.views")
    found = reached("vendor_pages.views")
    assert {"vendor_pages", "vendor_pages.views", "vendor_pages.words", "dealergen.locale.slugs"} <= found
    assert "vendor_pages.apart" not in found
    assert code_digest("vendor_pages.views") != code_digest("vendor_pages.words")


def test_code_of_no_known_place_has_a_digest_of_its_own() -> None:
    assert code_digest("builtins") != code_digest("nowhere.at.all")
    assert reached("builtins") == {"builtins"}
