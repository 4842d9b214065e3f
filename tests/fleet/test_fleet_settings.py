"""What fleet.yaml may say, and what is refused before anything is built."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealergen.errors import SettingsError, UsageError
from dealergen.fleet import Job, load_fleet, plan_jobs, select
from dealergen.fleet.places import absolute, same_place


def jobs_of(folder: Path, text: str) -> list[Job]:
    (folder / "fleet.yaml").write_text(text, "utf-8")
    return plan_jobs(load_fleet(folder / "fleet.yaml"))


def refusal(folder: Path, text: str) -> list[str]:
    """Every problem, as `line:column message`."""
    with pytest.raises(SettingsError) as caught:
        jobs_of(folder, text)
    assert caught.value.exit_code == 3
    shown = []
    for problem in caught.value.problems:
        assert problem.place is not None
        assert problem.place.file == str(folder / "fleet.yaml")
        shown.append(f"{problem.place.line}:{problem.place.column} {problem.message}")
    return shown


def test_paths_are_relative_to_the_file_and_defaults_name_each_site(tmp_path: Path) -> None:
    aurora, boreal = jobs_of(
        tmp_path,
        """
defaults: {site: "dealers/{name}", out: "s3://sites/{name}", base_url: "https://{name}.example", memory_mb: 300}
themes: themes
sites:
  - name: aurora
  - {name: boreal, out: /srv/boreal/, inventory: exports/b.csv, memory_mb: 900}
""",
    )
    assert (aurora.site, aurora.out, aurora.base_url) == (
        f"{tmp_path}/dealers/aurora",
        "s3://sites/aurora",
        "https://aurora.example",
    )
    assert (aurora.state, aurora.themes) == (f"{tmp_path}/dealers/aurora/.dealergen", f"{tmp_path}/themes")
    assert (boreal.out, boreal.inventory) == ("/srv/boreal", f"{tmp_path}/exports/b.csv")
    assert (aurora.memory_mb, boreal.memory_mb) == (300, 900)


def test_a_site_without_an_output_is_published_where_a_single_build_would(tmp_path: Path) -> None:
    (local, remote) = jobs_of(tmp_path, "sites: [{name: a, site: a}, {name: b, site: 's3://x/b/'}]")
    assert local.out == f"{tmp_path}/a/public"
    assert (remote.out, remote.state) == ("s3://x/b/public", "s3://x/b/.dealergen")


def test_unknown_keys_and_wrong_values_are_told_at_once_with_their_places(tmp_path: Path) -> None:
    assert refusal(tmp_path, "sites:\n  - name: Not OK\n    sites: a\njobs: none\n") == [
        "2:11 'sites[1].name' must be lower-case letters, digits and single hyphens",
        "3:5 'sites' is not a setting here",
        "4:7 'jobs' must be a whole number",
    ]


def test_a_site_that_does_not_say_where_it_is_and_a_name_used_twice_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, "sites:\n  - name: a\n  - {name: a, site: x}\n") == [
        "2:5 'a' does not say where its site is",
        "3:12 two sites have this name",
    ]


def test_two_dealers_who_write_to_one_output_are_refused_whatever_the_spelling(tmp_path: Path) -> None:
    text = "sites:\n  - {name: a, site: a, out: www/one}\n  - {name: b, site: b, out: ./www//ONE/}\n"
    assert refusal(tmp_path, text) == ["3:29 'b' would be published over 'a'"]


def test_an_output_that_leads_through_a_link_to_anothers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    text = "sites:\n  - {name: a, site: a, out: real}\n  - {name: b, site: b, out: link}\n"
    assert refusal(tmp_path, text) == ["3:29 'b' would be published over 'a'"]


def test_an_output_within_anothers_is_refused_however_many_stand_between(tmp_path: Path) -> None:
    text = (
        "sites:\n  - {name: a, site: a, out: 's3://b/w'}\n  - {name: b, site: b, out: 's3://b/w-x'}\n"
        "  - {name: c, site: c, out: 'S3://b/w/c'}\n"
    )
    assert refusal(tmp_path, text) == ["4:29 'c' would be published over 'a'"]


def test_two_entries_of_one_site_need_a_state_each(tmp_path: Path) -> None:
    text = "sites:\n  - {name: a, site: a, out: x}\n  - {name: b, site: a, out: y}\n"
    assert refusal(tmp_path, text) == ["3:5 'b' keeps its state where 'a' keeps it"]
    assert len(jobs_of(tmp_path, text.replace("out: y", "out: y, state: states/b"))) == 2


@pytest.mark.parametrize("out", [".", "dealers", "dealers/a"])
def test_an_output_over_a_sites_sources_is_refused(tmp_path: Path, out: str) -> None:
    text = f"sites:\n  - {{name: a, site: dealers/a, out: {out}}}\n"
    assert refusal(tmp_path, text) == ["2:37 the output of 'a' is, or holds, the folder of 'a'"]


def test_memory_storage_is_refused_since_each_site_is_built_in_a_process_of_its_own(tmp_path: Path) -> None:
    (problem,) = refusal(tmp_path, "sites: [{name: a, site: a, out: 'memory://a'}]")
    assert problem.endswith("memory:// is gone when the process that builds the site ends")


@pytest.mark.parametrize("name", ["secret", "aws_secret_access_key", "token", "Password"])
def test_credentials_in_the_file_are_refused(tmp_path: Path, name: str) -> None:
    text = f"storage:\n  s3:\n    {name}: abc\nsites: [{{name: a, site: a}}]\n"
    (problem,) = refusal(tmp_path, text)
    assert "credentials do not belong in a file" in problem


def test_a_file_that_is_missing_or_no_text_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="has a problem") as caught:
        load_fleet(tmp_path / "none.yaml")
    assert "dealergen fleet new" in caught.value.problems[0].remedy
    (tmp_path / "latin.yaml").write_bytes(b"sites: [\xe9]")
    with pytest.raises(SettingsError) as caught:
        load_fleet(tmp_path / "latin.yaml")
    assert "UTF-8" in caught.value.problems[0].message


def test_only_and_except_choose_and_an_unknown_name_is_corrected(tmp_path: Path) -> None:
    jobs = jobs_of(tmp_path, "defaults: {site: '{name}'}\nsites: [{name: aurora}, {name: boreal}, {name: cinza}]")
    assert [job.name for job in select(jobs, ["cinza", "aurora"], [])] == ["aurora", "cinza"]
    assert [job.name for job in select(jobs, [], ["aurora"])] == ["boreal", "cinza"]
    with pytest.raises(UsageError, match="no site 'boreel'") as caught:
        select(jobs, ["boreel"], [])
    assert caught.value.remedy == "Did you mean 'boreal'?"
    with pytest.raises(UsageError, match="No site is left"):
        select(jobs, ["aurora"], ["aurora"])


def test_all_sites_share_one_clock(tmp_path: Path) -> None:
    jobs = jobs_of(tmp_path, "defaults: {site: '{name}'}\nsites: [{name: a}, {name: b}]")
    assert jobs[0].now == jobs[1].now != ""


@given(st.lists(st.sampled_from(["a", "b", "a/c", "a/c/d", "ab", "B"]), min_size=2, max_size=5))
def test_outputs_are_refused_exactly_when_one_is_or_holds_another(outs: list[str]) -> None:
    from dealergen.config.yaml_positions import Document
    from dealergen.fleet.settings import Fleet, FleetSettings, SiteEntry

    sites = [SiteEntry(name=f"s{number}", site=f"/s/{number}", out=f"/o/{out}") for number, out in enumerate(outs)]
    paths = [Path(out.lower()) for out in outs]
    clash = any(
        first == second or first in second.parents
        for here, first in enumerate(paths)
        for there, second in enumerate(paths)
        if here != there
    )
    fleet = Fleet(FleetSettings(sites=sites), Document("", "fleet.yaml"), Path("/"))
    if clash:
        with pytest.raises(SettingsError):
            plan_jobs(fleet)
    else:
        assert [job.out for job in plan_jobs(fleet)] == [f"/o/{out}" for out in outs]


def test_a_file_address_is_a_path_and_places_end_in_a_slash() -> None:
    assert absolute("file:///srv/a%20b", Path("/x")) == "/srv/a b"
    assert same_place("s3://b//a/") == "s3://b/a/"
