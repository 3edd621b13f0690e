"""The build's promises, on stages of our own: stale or not, whole or old, the same bytes."""

from __future__ import annotations

import json
import os
import random
import signal
import stat
import subprocess
import sys
import textwrap
import time

import polars as pl
import pytest

from aiqyn.errors import InputRefused, UsageRefused
from aiqyn.observatory import Observatory, Stage, build, stale
from aiqyn.observatory.building import Made
from aiqyn.observatory.lock import one_at_a_time
from aiqyn.observatory.manifest import read_manifest

SETTINGS = """
[country]
code = "XSA"
name_kk = "Самал"
name_ru = "Самал"
name_en = "Samal"
name_kk_loc = "Самалдағы"
name_ru_loc = "в Самале"
name_en_loc = "in Samal"
invented = true
[years]
first = 2024
last = 2025
"""


@pytest.fixture
def observatory(tmp_path):
    (tmp_path / "observatory.toml").write_text(SETTINGS)
    (tmp_path / "numbers.txt").write_text("3")
    return Observatory.open(tmp_path)


def stages(ran: list[str]) -> tuple[Stage, ...]:
    def first(observatory, fetch, advance):
        ran.append("first")
        n = int((observatory.folder / "numbers.txt").read_text())
        return Made({"numbers": pl.DataFrame({"n": list(range(n))})}, {"rows": n})

    def second(observatory, fetch, advance):
        ran.append("second")
        return Made({"sums": fetch("first", "numbers").sum()})

    return (
        Stage(
            "first", (), first, inputs=lambda o: {"numbers": (o.folder / "numbers.txt").read_text()}
        ),
        Stage("second", ("first",), second),
    )


def contents(folder) -> dict[str, bytes]:
    files = (f for f in sorted(folder.rglob("*")) if f.is_file() and f.name != ".lock")
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in files}


def test_a_second_build_runs_nothing(observatory):
    ran: list[str] = []
    build(observatory, stages(ran))
    build(observatory, stages(ran))
    assert ran == ["first", "second"]


def test_only_what_depends_on_a_change_is_made_again(observatory):
    ran: list[str] = []
    made = build(observatory, stages(ran))
    (observatory.folder / "numbers.txt").write_text("5")
    assert stale(observatory, stages(ran)) == ("first", "second")
    again = build(observatory, stages(ran))
    assert ran == ["first", "second"] * 2
    assert made["second"].outcome != again["second"].outcome


def test_a_change_that_changes_no_output_stops_there(observatory):
    ran: list[str] = []
    build(observatory, stages(ran))
    (observatory.folder / "numbers.txt").write_text(" 3 ")
    build(observatory, stages(ran))
    assert ran == ["first", "second", "first"]


def test_same_inputs_same_bytes(observatory, tmp_path_factory):
    build(observatory, stages([]))
    other = tmp_path_factory.mktemp("other")
    for name in ("observatory.toml", "numbers.txt"):
        (other / name).write_bytes((observatory.folder / name).read_bytes())
    build(Observatory.open(other), stages([]))
    assert contents(observatory.build) == contents(other / "build")


def test_a_deleted_table_is_made_again(observatory):
    ran: list[str] = []
    made = build(observatory, stages(ran))
    before = contents(observatory.build)
    (observatory.build / "first" / made["first"].outputs["numbers"]["file"]).unlink()
    build(observatory, stages(ran))
    assert contents(observatory.build) == before


def test_a_torn_manifest_is_made_again(observatory):
    build(observatory, stages([]))
    before = contents(observatory.build)
    (observatory.build / "first" / "manifest.json").write_text('{"stage": "fir')
    build(observatory, stages([]))
    assert contents(observatory.build) == before


def test_until_stops_after_the_stage_and_an_unknown_stage_is_refused(observatory):
    ran: list[str] = []
    build(observatory, stages(ran), until="first")
    assert ran == ["first"]
    with pytest.raises(UsageRefused, match="OBS-011"):
        build(observatory, stages(ran), until="third")


def test_two_builds_at_once_are_refused(observatory):
    with (
        one_at_a_time(observatory.build),
        pytest.raises(UsageRefused, match="OBS-010"),
    ):
        build(observatory, stages([]))


def test_a_stage_that_fails_leaves_what_stood_there(observatory):
    build(observatory, stages([]))
    before = contents(observatory.build)

    def fails(observatory, fetch, advance):
        raise ZeroDivisionError

    broken = (stages([])[0], Stage("second", ("first",), fails, parameters=lambda o: {"new": 1}))
    with pytest.raises(ZeroDivisionError):
        build(observatory, broken)
    assert contents(observatory.build) == before


def test_a_missing_key_is_named_with_its_file(tmp_path):
    (tmp_path / "observatory.toml").write_text('[country]\ncode = "XSA"\n')
    with pytest.raises(InputRefused, match="OBS-003") as refused:
        Observatory.open(tmp_path)
    assert refused.value.slots["key"] == "years.first"
    assert refused.value.exit_code == 3


def test_a_folder_without_settings_is_refused_in_words(tmp_path):
    with pytest.raises(InputRefused, match="OBS-001"):
        Observatory.open(tmp_path)


SLOW_BUILD = """
import sys, time
from pathlib import Path
import polars as pl
from aiqyn.observatory import Observatory, Stage, build
from aiqyn.observatory.building import Made

def stage(name, after):
    def run(observatory, fetch, advance):
        base = fetch(after[0], "table") if after else pl.DataFrame({"n": [0]})
        table = pl.DataFrame({"n": range(20_000)}).with_columns(pl.col("n") + base["n"][0])
        return Made({"table": table, "more": pl.DataFrame({"name": [name]})}, {"rows": 1})
    return Stage(name, after, run, parameters=lambda o: {"edition": sys.argv[2]})

chain = (stage("a", ()), stage("b", ("a",)), stage("c", ("b",)), stage("d", ("c",)))
print("ready", flush=True)
build(Observatory.open(Path(sys.argv[1])), chain)
"""


def test_a_build_killed_twenty_times_ends_in_the_bytes_of_an_undisturbed_one(
    observatory, tmp_path_factory
):
    script = observatory.folder / "slow.py"
    script.write_text(textwrap.dedent(SLOW_BUILD))
    whole = tmp_path_factory.mktemp("whole")
    (whole / "observatory.toml").write_text(SETTINGS)
    started = time.perf_counter()
    _run(script, whole, "2")
    _run(script, observatory.folder, "1")
    old = _state(observatory.build)
    longest = time.perf_counter() - started
    chance = random.Random(20)
    for _ in range(20):
        child = subprocess.Popen(
            [sys.executable, str(script), str(observatory.folder), "2"], stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(chance.uniform(0, longest / 20))
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        assert _each_stage_is_whole(observatory.build, old, _state(whole / "build"))
    _run(script, observatory.folder, "2")
    assert contents(observatory.build) == contents(whole / "build")


def _run(script, folder, edition) -> None:
    subprocess.run(
        [sys.executable, str(script), str(folder), edition], check=True, stdout=subprocess.DEVNULL
    )


def _state(build_folder) -> dict[str, dict]:
    return {
        f.parent.name: json.loads(f.read_text())["outputs"]
        for f in build_folder.glob("*/manifest.json")
    }


def _each_stage_is_whole(build_folder, old, new) -> bool:
    """Each stage is the old one or the new one, and every table that it names is there."""
    return all(
        read_manifest(build_folder / name) is not None and outputs in (old[name], new[name])
        for name, outputs in _state(build_folder).items()
    )


@pytest.mark.skipif(os.name == "nt", reason="modes are of POSIX")
def test_what_is_built_is_open_to_its_owner_only(observatory):
    before = os.umask(0o000)  # an office whose files are open to everyone
    try:
        build(observatory, stages([]))
    finally:
        os.umask(before)
    assert stat.S_IMODE(observatory.build.stat().st_mode) == 0o700
