"""Into ``published/`` in one step: old or new, nothing lost, and the chain knows of everything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aiqyn import audit
from aiqyn.observatory import Observatory
from aiqyn.observatory.placing import put_in_place, record

SETTINGS = "\n".join(
    [
        "[country]",
        'code = "XSA"\ninvented = true',
        *(f'name_{lang} = "Samal"\nname_{lang}_loc = "in Samal"' for lang in ("kk", "ru", "en")),
        "[years]\nfirst = 2024\nlast = 2025",
    ]
)
OLD = {"report.json": b"{}", "report.kk.html": b"old"}
NEW = {"report.json": b'{"a": 1}', "report.kk.html": b"new"}


class Killed(Exception):
    """What stands for a kill: nothing after it happens."""


@pytest.fixture
def observatory(tmp_path: Path) -> Observatory:
    (tmp_path / "observatory.toml").write_text(SETTINGS)
    return Observatory.open(tmp_path)


def standing(observatory: Observatory) -> dict[str, bytes]:
    root = observatory.published
    return {f.relative_to(root).as_posix(): f.read_bytes() for f in _files(root)}


def _files(root: Path) -> Iterator[Path]:
    return (file for file in sorted(root.rglob("*")) if file.is_file())


def told(observatory: Observatory) -> list[dict[str, str]]:
    return [entry["details"]["files"] for entry in audit.entries(observatory.chain)]


def publish(observatory: Observatory, pages: dict[str, bytes]) -> None:
    put_in_place(observatory, 2025, pages)
    record(observatory, 2025, pages, inputs="0" * 64)


def test_what_is_replaced_is_kept_and_nothing_else_lies_about(observatory: Observatory) -> None:
    publish(observatory, OLD)
    publish(observatory, NEW)
    found = standing(observatory)
    kept = {name: found.pop(name) for name in list(found) if name.startswith("replaced/")}
    assert found == {f"2025/{name}": content for name, content in NEW.items()}
    assert {name.rpartition("/")[2]: content for name, content in kept.items()} == OLD


def test_the_same_report_again_changes_nothing_and_is_told_once(observatory: Observatory) -> None:
    publish(observatory, OLD)
    before = standing(observatory)
    publish(observatory, OLD)
    assert standing(observatory) == before
    assert len(told(observatory)) == 1


def test_another_language_of_the_same_report_is_added_and_told(observatory: Observatory) -> None:
    publish(observatory, OLD)
    publish(observatory, {"report.json": OLD["report.json"], "report.ru.html": b"ru"})
    publish(observatory, OLD)
    assert {f.name for f in (observatory.published / "2025").iterdir()} == {*OLD, "report.ru.html"}
    assert [sorted(files) for files in told(observatory)] == [
        ["report.json", "report.kk.html"],
        ["report.json", "report.ru.html"],
    ]


def test_a_report_that_comes_back_is_told_again(observatory: Observatory) -> None:
    for pages in (OLD, NEW, OLD):
        publish(observatory, pages)
    assert len(told(observatory)) == 3
    assert audit.verify(observatory.chain).holds


@pytest.mark.parametrize("step", range(7))
def test_a_kill_between_any_two_steps_loses_nothing_and_is_mended_by_the_next_run(
    observatory: Observatory, tmp_path_factory: pytest.TempPathFactory, step: int
) -> None:
    """The steps are those that change a name on the disk: folders made, renamed, notes written."""
    publish(observatory, OLD)
    whole = _undisturbed(tmp_path_factory.mktemp("whole"))
    with pytest.MonkeyPatch.context() as patch:
        left = iter(range(step))
        for name in ("mkdir", "rename", "write_text", "unlink"):
            patch.setattr(Path, name, _dying(getattr(Path, name), left))
        with pytest.raises(Killed):
            publish(observatory, NEW)
    found = [tuple(f.read_bytes() for f in _files(folder)) for folder in _years(observatory)]
    assert tuple(OLD.values()) in found
    publish(observatory, NEW)
    assert standing(observatory) == standing(whole)
    assert told(observatory) == told(whole)


def _years(observatory: Observatory) -> list[Path]:
    replaced = observatory.published / "replaced"
    return [observatory.published / "2025", *(replaced.iterdir() if replaced.is_dir() else ())]


def _undisturbed(folder: Path) -> Observatory:
    (folder / "observatory.toml").write_text(SETTINGS)
    whole = Observatory.open(folder)
    publish(whole, OLD)
    publish(whole, NEW)
    return whole


def _dying(real, left):
    def step(*args, **named):
        if next(left, None) is None:
            raise Killed
        return real(*args, **named)

    return step
