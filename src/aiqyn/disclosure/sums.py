"""Which sums hold between the cells of a publication, read off the true tables.

A reader knows what the categories mean, so every sum that holds in truth between published cells
counts as known: inside a table, and across tables that share a margin.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from aiqyn.disclosure.cells import ALL, Cell
from aiqyn.disclosure.published import Kind, Sum
from aiqyn.disclosure.true_counts import CountTable
from aiqyn.errors import InputRefused

Parents = Mapping[tuple[str, str], Mapping[str, str]]  # (population, variable) -> child -> parent


def known_sums(tables: Sequence[CountTable]) -> dict[str, tuple[Sum, ...]]:
    """Table name -> the sums that its cells take part in as parts.

    Raises
    ------
    InputRefused (DISC-002) when parts do not add up to a total of their own table,
    (DISC-003) when two tables give the same cell different numbers.
    """
    counts = _counts(tables)
    parents = merged_parents(tables)
    return {table.name: tuple(_sums(table, counts, parents)) for table in tables}


def merged_parents(tables: Sequence[CountTable]) -> Parents:
    """What all tables of a population say together about which code is part of which."""
    merged: dict[tuple[str, str], dict[str, str]] = {}
    for table in tables:
        for dim, parents in table.hierarchy.items():
            variable = table.variable.get(dim, dim)
            merged.setdefault((table.population, variable), {}).update(parents)
    return merged


def _counts(tables: Sequence[CountTable]) -> dict[Cell, int]:
    counts: dict[Cell, int] = {}
    source: dict[Cell, str] = {}
    for table in tables:
        for *codes, n in table.counts.iter_rows():
            cell = table.axes.cell(table.axes.row(codes))
            if counts.setdefault(cell, n) != n:
                raise InputRefused("DISC-003", table=table.name, other=source[cell])
            source.setdefault(cell, table.name)
    return counts


def _sums(table: CountTable, counts: Mapping[Cell, int], parents: Parents) -> Iterator[Sum]:
    rows = [(table.axes.row(codes), n) for *codes, n in table.counts.iter_rows()]
    for at, dim in enumerate(table.dims):
        if dim in table.needs:
            continue  # its codes tell the same persons again
        codes = {row[at] for row, _ in rows} - {ALL}
        above = parents.get((table.population, table.axes.names[at]), {})
        for total, parts in part_lists(codes, above).items():
            kind = _kind(table, at, total, parts, rows, counts)
            if kind:
                alone = _alone(table, at, parts, kind)
                yield Sum(dim, total, parts, kind, alone)


def _alone(table: CountTable, at: int, parts: tuple[str, ...], kind: Kind) -> str | None:
    """The code among overlapping parts under which a person stands only by itself."""
    dim = table.dims[at]
    if kind not in ("overlap", "within") or dim not in table.alone or len(parts) < 2:
        return None
    code = table.axes.code(dim, table.alone[dim])
    return code if code in parts else None


def part_lists(codes: set[str], above: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Total -> the codes next below it among `codes`: parents first met on the way up."""
    lists: dict[str, set[str]] = {ALL: set()}
    for code in sorted(codes):
        for total in _line(code, above):
            lists.setdefault(total, set()).add(code)
            if total in codes:
                break
    return {total: tuple(sorted(parts)) for total, parts in sorted(lists.items()) if parts}


def _line(code: str, above: Mapping[str, str]) -> Iterator[str]:
    seen = {code}
    while (code := above.get(code, ALL)) != ALL and code not in seen:
        seen.add(code)
        yield code
    yield ALL


def _kind(
    table: CountTable,
    at: int,
    total: str,
    parts: tuple[str, ...],
    rows: Sequence[tuple[tuple[str, ...], int]],
    counts: Mapping[Cell, int],
) -> Kind | None:
    """What holds between total and parts wherever the total stands; None when it never does."""
    dim, members = table.dims[at], set(parts)
    # By rows, not by cells: two rows can be totals of one cell and have parts of their own.
    found: dict[tuple[str, ...], list[int]] = {}
    for row, n in rows:
        if row[at] in members:
            found.setdefault((*row[:at], total, *row[at + 1 :]), []).append(n)
    own = {row: n for row, n in rows if row[at] == total}
    headless = own and any(sum(ns) and row not in own for row, ns in found.items())
    if headless or any(n and row not in found for row, n in own.items()):
        raise InputRefused("DISC-002", table=table.name, dim=dim)
    cells = {row: table.axes.cell(row) for row in found}
    met = [(counts[cells[row]], ns) for row, ns in found.items() if cells[row] in counts]
    if not met:
        return None
    return _judge(met, own=bool(own), overlaps=dim in table.overlapping, where=(table.name, dim))


def _judge(
    met: Sequence[tuple[int, Sequence[int]]], *, own: bool, overlaps: bool, where: tuple[str, str]
) -> Kind:
    if overlaps and all(max(parts) <= n for n, parts in met):
        return "overlap" if all(n <= sum(parts) for n, parts in met) else "within"
    if not overlaps and all(n == sum(parts) for n, parts in met):
        return "equal"
    if not overlaps and not own and all(sum(parts) <= n for n, parts in met):
        return "partial"
    raise InputRefused("DISC-002", table=where[0], dim=where[1])
