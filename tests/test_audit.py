from __future__ import annotations

import json

import pytest

from aiqyn import audit


@pytest.fixture
def chain(tmp_path):
    file = tmp_path / "audit" / "chain.jsonl"
    for n in range(4):
        audit.append(file, "build", actor="tester", when=f"2026-01-0{n + 1}", details={"n": n})
    return file


def test_an_untouched_chain_holds(chain):
    assert audit.verify(chain) == audit.Verdict(4, None)


@pytest.mark.parametrize("line", range(4))
def test_a_changed_entry_is_found_where_it_stands(chain, line):
    lines = chain.read_text().splitlines()
    entry = json.loads(lines[line])
    entry["details"]["n"] = 99
    lines[line] = json.dumps(entry, sort_keys=True)
    chain.write_text("\n".join(lines) + "\n")
    assert audit.verify(chain).broken_at == line + 1


def test_a_removed_entry_breaks_the_chain(chain):
    lines = chain.read_text().splitlines()
    chain.write_text("\n".join(lines[:1] + lines[2:]) + "\n")
    assert audit.verify(chain).broken_at == 2


def test_entries_in_another_order_break_the_chain(chain):
    lines = chain.read_text().splitlines()
    chain.write_text("\n".join([lines[0], lines[2], lines[1], lines[3]]) + "\n")
    assert not audit.verify(chain).holds


def test_a_line_that_is_no_json_breaks_the_chain_and_raises_nothing(chain):
    chain.write_text(chain.read_text() + "torn line\n")
    assert audit.verify(chain).broken_at == 5
