"""Every verb explains itself; a refusal ends with its own exit code, in the reader's language."""

from __future__ import annotations

import pytest

VERBS = ("new", "check", "build", "classify", "profile", "figures", "report")


@pytest.mark.parametrize("verb", [*([v] for v in VERBS), ["audit"], ["audit", "verify"], []])
def test_every_verb_explains_itself(typed, verb):
    answer = typed(*verb, "--help")
    assert answer.code == 0
    assert "Usage: aiqyn" in answer.out
    assert "--help" in answer.out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("check",), 2, "Missing argument"),
        (("nonsense",), 2, "No such command"),
        (("classify", "a.csv", "--on", "2019-13-01"), 2, "YYYY-MM-DD"),
        (("new", "x", "--demo", "--persons", "10"), 2, "2000"),
        (("build", "nowhere"), 3, "OBS-001"),
        (("new", "x", "--country", "ZZZ"), 2, "OBS-007"),
    ],
)
def test_a_slip_of_the_fingers_is_told_without_a_traceback(
    typed, tmp_path, monkeypatch, words, code, told
):
    monkeypatch.chdir(tmp_path)
    answer = typed(*words)
    assert answer.code == code
    assert told in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("kk", "«nowhere» қалтасында «observatory.toml» файлы жоқ."),
        ("ru", "В папке «nowhere» нет файла «observatory.toml»."),
        ("en", "There is no “observatory.toml” in the folder “nowhere”."),
    ],
)
@pytest.mark.parametrize("form", ["--lang {}", "--lang={}"])
def test_a_refusal_speaks_the_readers_language(typed, lang, said, form):
    assert said in typed("build", "nowhere", *form.format(lang).split()).err


def test_a_refusal_is_json_too(typed):
    answer = typed("report", "nowhere", "--json", "--lang", "ru,kk")
    assert answer.code == 3
    assert set(answer.json["error"]) == {"code", "message", "mend"}
    assert answer.json["error"]["code"] == "OBS-001"


@pytest.mark.parametrize(
    "words",
    [("estimate",), ("nonsense",), ("link", "files", "a.csv"), ("estimate", "a", "--boot", "x")],
)
def test_words_that_a_command_does_not_take_are_json_too(typed, words):
    answer = typed(*words, "--json")
    assert answer.code == 2
    assert answer.json["error"]["code"] == "OBS-046"
    assert "Usage" in answer.err


def test_help_is_no_fault_of_usage(typed):
    answer = typed("estimate", "--json", "--help")
    assert answer.code == 0
    assert "OBS-046" not in answer.out


def test_a_folder_that_cannot_be_written_to_is_told(typed, tmp_path, monkeypatch):
    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "kz" / "observatory.toml"))

    monkeypatch.setattr("aiqyn.observatory.new_folder._write", closed)
    answer = typed("new", tmp_path / "kz", "--lang", "ru")
    assert answer.code == 2
    assert "OBS-021" in answer.err
    assert "«kz»" in answer.err


@pytest.mark.parametrize("demo", [[], ["--demo"]])
def test_nothing_of_anybodys_is_written_over(typed, tmp_path, demo):
    (tmp_path / "letter.txt").write_text("mine")
    for taken in (tmp_path, tmp_path / "letter.txt"):
        answer = typed("new", taken, *demo)
        assert answer.code == 2
        assert "OBS-004" in answer.err
    assert [f.name for f in tmp_path.iterdir()] == ["letter.txt"]
