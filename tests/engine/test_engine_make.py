"""What stands in the output folder after a build, whatever stood there before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from dealergen.engine import Artifact, Fact, Outcome, Template, digest_of, make
from dealergen.errors import OutputError, Place, RenderError


class Words:
    """A renderer whose templates are format strings, so that a test sees exactly what was rendered."""

    def __init__(self, **templates: str) -> None:
        self.templates = templates
        self.renders = 0

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        self.renders += 1
        return self.templates[template].format(**context)

    def closure(self, template: str) -> bytes:
        return digest_of(template, self.templates[template])


def car_view(car: str) -> Mapping[str, Any]:
    if car == "broken":
        raise ValueError("no such car")
    return {"car": car}


def page(path: str, car: str, template: str = "car") -> Artifact:
    return Artifact(path, Template(template, car_view), (Fact("car", digest_of(car), car),), Place("inventory.csv", 2))


def files(out: Path) -> dict[str, str]:
    return {path.relative_to(out).as_posix(): path.read_text() for path in sorted(out.rglob("*")) if path.is_file()}


def build(tmp_path: Path, artifacts: list[Artifact], words: Words | None = None, jobs: int = 1) -> Outcome:
    return make(artifacts, tmp_path / "out", tmp_path / "state", words or Words(car="<p>{car}</p>"), jobs=jobs)


def test_a_first_build_writes_every_artifact(tmp_path: Path) -> None:
    outcome = build(tmp_path, [page("a/index.html", "Argo"), page("b.html", "Mobi")])
    assert files(tmp_path / "out") == {"a/index.html": "<p>Argo</p>", "b.html": "<p>Mobi</p>"}
    assert (outcome.added, outcome.changed, outcome.removed) == (["a/index.html", "b.html"], [], [])


def test_a_second_build_with_no_change_renders_and_writes_nothing(tmp_path: Path) -> None:
    words = Words(car="<p>{car}</p>")
    artifacts = [page(f"{number}.html", f"car {number}") for number in range(5)]
    build(tmp_path, artifacts, words)
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    state = (tmp_path / "state" / "manifest.tsv").stat().st_mtime_ns
    words.renders = 0
    outcome = build(tmp_path, artifacts, words)
    assert words.renders == 0
    assert outcome.skipped == 5
    assert outcome.written == 0
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")} == times
    assert (tmp_path / "state" / "manifest.tsv").stat().st_mtime_ns == state


def test_one_changed_fact_makes_one_page_again(tmp_path: Path) -> None:
    words = Words(car="<p>{car}</p>")
    build(tmp_path, [page("a.html", "Argo"), page("b.html", "Mobi")], words)
    words.renders = 0
    outcome = build(tmp_path, [page("a.html", "Argo 2"), page("b.html", "Mobi")], words)
    assert words.renders == 1
    assert outcome.changed == ["a.html"]
    assert files(tmp_path / "out")["a.html"] == "<p>Argo 2</p>"


def test_the_same_bytes_from_new_facts_are_not_written_again(tmp_path: Path) -> None:
    build(tmp_path, [page("a.html", "Argo")], Words(car="the same"))
    stamp = (tmp_path / "out" / "a.html").stat().st_mtime_ns
    outcome = build(tmp_path, [page("a.html", "Mobi")], Words(car="the same"))
    assert outcome.made == ["a.html"]
    assert outcome.written == 0
    assert (tmp_path / "out" / "a.html").stat().st_mtime_ns == stamp
    assert build(tmp_path, [page("a.html", "Mobi")], Words(car="the same")).made == []


def test_a_changed_template_makes_its_pages_again(tmp_path: Path) -> None:
    build(tmp_path, [page("a.html", "Argo")], Words(car="<p>{car}</p>"))
    build(tmp_path, [page("a.html", "Argo")], Words(car="<b>{car}</b>"))
    assert files(tmp_path / "out") == {"a.html": "<b>Argo</b>"}


def test_what_is_not_planned_any_more_is_taken_away_with_its_empty_folders(tmp_path: Path) -> None:
    build(tmp_path, [page("a/b/index.html", "Argo"), page("a/c.html", "Mobi")])
    (tmp_path / "out" / "hand-made.txt").write_text("mine")
    outcome = build(tmp_path, [page("a/c.html", "Mobi")])
    assert outcome.removed == ["a/b/index.html"]
    assert not (tmp_path / "out" / "a" / "b").exists()
    assert files(tmp_path / "out") == {"a/c.html": "<p>Mobi</p>", "hand-made.txt": "mine"}


def test_a_file_that_somebody_changed_by_hand_is_made_again(tmp_path: Path) -> None:
    artifacts = [page("a.html", "Argo")]
    build(tmp_path, artifacts)
    (tmp_path / "out" / "a.html").write_text("tampered with")
    build(tmp_path, artifacts)
    assert files(tmp_path / "out") == {"a.html": "<p>Argo</p>"}


def test_two_sources_for_one_path_are_an_error_that_names_both(tmp_path: Path) -> None:
    twin = Artifact("A.html", Template("car", car_view), (), Place("content/pages/a.md"))
    with pytest.raises(OutputError) as caught:
        build(tmp_path, [page("a.html", "Argo"), twin])
    assert "inventory.csv:2" in caught.value.message
    assert "content/pages/a.md" in caught.value.message
    assert not (tmp_path / "out").exists()


def test_a_page_that_fails_keeps_its_last_good_version_and_the_rest_is_built(tmp_path: Path) -> None:
    build(tmp_path, [page("a.html", "Argo"), page("b.html", "Mobi"), page("gone.html", "Uno")])
    with pytest.raises(RenderError) as caught:
        build(tmp_path, [page("a.html", "broken"), page("b.html", "Mobi 2")])
    (problem,) = caught.value.problems
    assert str(problem.place) == "inventory.csv:2"
    assert "no such car" in problem.message
    assert files(tmp_path / "out") == {"a.html": "<p>Argo</p>", "b.html": "<p>Mobi 2</p>", "gone.html": "<p>Uno</p>"}
    outcome = build(tmp_path, [page("a.html", "Argo 3"), page("b.html", "Mobi 2")])
    assert outcome.removed == ["gone.html"]
    assert files(tmp_path / "out") == {"a.html": "<p>Argo 3</p>", "b.html": "<p>Mobi 2</p>"}


@pytest.mark.parametrize("damage", ["", "dealergen manifest 0\nend 0", "dealergen manifest 1\nx\ty\nend 1", "\x00\xff"])
def test_a_damaged_manifest_means_a_full_build_and_not_an_error(tmp_path: Path, damage: str) -> None:
    artifacts = [page("a.html", "Argo")]
    build(tmp_path, artifacts)
    (tmp_path / "state" / "manifest.tsv").write_text(damage)
    assert build(tmp_path, artifacts).made == ["a.html"]
    assert build(tmp_path, artifacts).made == []


def test_what_an_interrupted_build_left_behind_is_swept_up(tmp_path: Path) -> None:
    build(tmp_path, [page("a.html", "Argo")])
    (tmp_path / "out" / "new.html").write_text("written before the kill")
    (tmp_path / "out" / "half.html.part4711").write_text("half a pa")
    (tmp_path / "state" / "journal").write_text("new.html\nnever-written.html")
    build(tmp_path, [page("a.html", "Argo")])
    assert files(tmp_path / "out") == {"a.html": "<p>Argo</p>"}
    assert not (tmp_path / "state" / "journal").exists()


def test_workers_make_the_same_bytes_in_the_same_order(tmp_path: Path) -> None:
    artifacts = [page(f"{number % 7}/{number}.html", f"car {number}") for number in range(700)]
    alone = build(tmp_path / "alone", artifacts, jobs=1)
    together = build(tmp_path / "together", artifacts, jobs=2)
    assert files(tmp_path / "alone" / "out") == files(tmp_path / "together" / "out")
    assert alone.made == together.made
    assert build(tmp_path / "together", artifacts, jobs=2).made == []


def test_a_failure_in_a_worker_names_its_page(tmp_path: Path) -> None:
    artifacts = [page(f"{number}.html", "broken" if number == 650 else "fine") for number in range(700)]
    with pytest.raises(RenderError) as caught:
        build(tmp_path, artifacts, jobs=2)
    assert [problem.message for problem in caught.value.problems] == ["/650.html: ValueError: no such car"]
    assert len(files(tmp_path / "out")) == 699


def test_a_file_where_a_folder_must_be_is_one_clear_sentence(tmp_path: Path) -> None:
    build(tmp_path, [page("a", "Argo")])
    with pytest.raises(OutputError) as caught:
        build(tmp_path, [page("a", "Argo"), page("a/index.html", "Mobi")])
    assert str(tmp_path / "out" / "a") in caught.value.message
    assert caught.value.remedy == "A file stands where a folder must be: move it away."
    assert files(tmp_path / "out") == {"a": "<p>Argo</p>"}


def test_a_page_may_become_a_folder_and_a_folder_a_page(tmp_path: Path) -> None:
    build(tmp_path, [page("a", "Argo"), page("b/c/index.html", "Mobi")])
    build(tmp_path, [page("a/index.html", "Argo"), page("b", "Mobi")])
    assert files(tmp_path / "out") == {"a/index.html": "<p>Argo</p>", "b": "<p>Mobi</p>"}
