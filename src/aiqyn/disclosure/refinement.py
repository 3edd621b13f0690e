"""The full cross of dimensions under tables that tie each other in a ring.

When tables can be peeled off one by one, each hanging on the rest by one shared margin (an acyclic
scheme), numbers that agree on the margins always come from some full table, and sums of margins
say all there is to say (Vorob'ev 1962). A ring, such as sex x age, age x region, region x sex, can
tell a reader more; only there the full cross is laid under the tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from aiqyn.disclosure.cells import ALL, Cell
from aiqyn.disclosure.published import PublishedTable


@dataclass(frozen=True, slots=True)
class Refinement:
    """Unprinted cells and the printed cells that they make up.

    Attributes
    ----------
    size : number of unprinted cells
    parts : printed cell, and the unprinted cells it consists of
    """

    size: int = 0
    parts: tuple[tuple[Cell, tuple[int, ...]], ...] = ()

    def and_then(self, other: Refinement) -> Refinement:
        """Both, the cells of the other after these."""
        moved = tuple((cell, tuple(self.size + i for i in inner)) for cell, inner in other.parts)
        return Refinement(self.size + other.size, self.parts + moved)


def refine(
    tables: Sequence[PublishedTable], zeros: Mapping[Cell, bool], *, limit: int
) -> Refinement:
    """The refinement of every ring among the tables, while it has at most `limit` cells."""
    size, parts = 0, []
    for population in sorted({t.axes.population for t in tables}):
        # Where an absent row is not a zero, the full cross is not known to be made of what is seen.
        own = [t for t in tables if t.axes.population == population and t.absent_is_zero]
        for ring in rings([frozenset(t.axes.names) for t in own]):
            laid = _lay(own, ring, zeros, limit)
            parts += [(cell, tuple(size + i for i in inner)) for cell, inner in laid.parts]
            size += laid.size
    return Refinement(size, tuple(parts))


def rings(schemes: Sequence[frozenset[str]]) -> list[tuple[frozenset[str], ...]]:
    """What Graham's reduction leaves: sets of dimensions that cannot be peeled, by component."""
    left = set(schemes)
    while True:
        lone = {d for s in left for d in s if sum(d in other for other in left) == 1}
        smaller = {s - lone for s in left}
        smaller = {s for s in smaller if s and not any(s < other for other in smaller)}
        if smaller == left:
            return _components(left)
        left = smaller


def _components(schemes: set[frozenset[str]]) -> list[tuple[frozenset[str], ...]]:
    groups: list[set[frozenset[str]]] = []
    for scheme in sorted(schemes, key=sorted):
        near = [g for g in groups if any(scheme & other for other in g)]
        groups = [g for g in groups if g not in near] + [set().union({scheme}, *near)]
    return [tuple(sorted(g, key=sorted)) for g in groups]


def _lay(
    tables: Sequence[PublishedTable],
    ring: tuple[frozenset[str], ...],
    zeros: Mapping[Cell, bool],
    limit: int,
) -> Refinement:
    leaves = Leaves(tables)
    dims = sorted(frozenset().union(*ring))
    margins = [m for own in ring for t in tables if (m := _margin(t, own, dims, leaves, zeros))]
    full = _join([m.frame for m in margins], limit)
    if full is None:
        return Refinement()
    rows = full.with_row_index("_inner")
    parts: list[tuple[Cell, tuple[int, ...]]] = []
    for margin in margins:
        on = [c for c in margin.frame.columns if c != "_cell"]
        met = margin.frame.join(rows, on=on).group_by("_cell").agg(pl.col("_inner").sort())
        parts += [(margin.cells[at], tuple(inner)) for at, inner in met.sort("_cell").iter_rows()]
    return Refinement(full.height, tuple(sorted(set(parts))))


class Leaves:
    """The finest codes that a code is made of, over all tables of a population."""

    def __init__(self, tables: Sequence[PublishedTable]) -> None:
        sums = [(t.axes.variable.get(s.dim, s.dim), s) for t in tables for s in t.sums]
        self.overlapping = {name for name, s in sums if s.kind in ("overlap", "within")}
        self._parts: dict[tuple[str, str], tuple[str, ...]] = {}
        for name, s in sorted(sums, key=lambda x: (len(x[1].parts), x[1].parts)):
            if s.kind == "equal" and s.total != ALL:
                self._parts[name, s.total] = s.parts

    def under(self, dim: str, code: str) -> list[str]:
        """The leaves under `code`; itself when nothing finer is printed or parts overlap."""
        parts = self._parts.get((dim, code), ())
        if dim in self.overlapping or not parts:
            return [code]
        return [leaf for part in parts for leaf in self.under(dim, part)]


@dataclass(frozen=True, slots=True)
class _Margin:
    frame: pl.DataFrame  # dims of the ring, `_cell`: index into cells
    cells: tuple[Cell, ...]


def _margin(
    table: PublishedTable,
    own: frozenset[str],
    dims: Sequence[str],
    leaves: Leaves,
    zeros: Mapping[Cell, bool],
) -> _Margin | None:
    """The finest cells of `table` over the dimensions `own`, zeros left out, spread over leaves."""
    names = table.axes.names
    if not own <= set(names):
        return None
    found: list[Cell] = []
    rows: list[dict[str, list[str]]] = []
    coarse = {
        (table.axes.variable.get(s.dim, s.dim), s.total) for s in table.sums if s.total != ALL
    }
    for codes, _, _ in table.rows:
        at, cell = dict(zip(names, codes, strict=True)), table.axes.cell(codes)
        if _is_finest(at, own, leaves.overlapping, coarse) and not zeros[cell]:
            found.append(cell)
            rows.append({d: leaves.under(d, at[d]) for d in own})
    if not rows:
        return None
    free = [pl.lit(ALL).alias(d) for d in dims if d in leaves.overlapping and d not in own]
    frame = pl.DataFrame(rows, schema={d: pl.List(pl.String) for d in sorted(own)})
    frame = frame.with_row_index("_cell").with_columns(*free)
    for dim in sorted(own):
        frame = frame.explode(dim)
    return _Margin(frame, tuple(found))


def _is_finest(
    at: Mapping[str, str],
    own: frozenset[str],
    overlapping: set[str],
    coarse: set[tuple[str, str]],
) -> bool:
    """Whether a row stands at the finest level over `own` and is a total over the rest."""
    return all(
        name in overlapping or (code != ALL and (name, code) not in coarse)
        if name in own
        else code == ALL
        for name, code in at.items()
    )


def _join(frames: Sequence[pl.DataFrame], limit: int) -> pl.DataFrame | None:
    """All combinations that no margin shows to be zero; None when there are too many."""
    left = [f.drop("_cell") for f in frames]
    if len(left) < 3:
        return None
    common = sorted(frozenset.intersection(*(frozenset(f.columns) for f in left)))
    full = left.pop(0)
    while left:
        at = max(range(len(left)), key=lambda i: len(set(left[i].columns) & set(full.columns)))
        nearest = left.pop(at)
        shared = [c for c in full.columns if c in nearest.columns]
        if not shared:
            return None
        full = full.join(nearest, on=shared, how="inner").unique(maintain_order=True)
        blocks = full.select(common).n_unique() if common else 1
        if full.height > limit * max(blocks, 1):
            return None
    return full.sort(sorted(full.columns)) if full.height else None
