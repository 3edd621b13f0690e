"""Where to act: areas and target groups by the expected number of people harmed, with its doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.prevention.where_to_act.channels import read_channels
    from aiqyn.prevention.where_to_act.ranking import rank_areas
    from aiqyn.prevention.where_to_act.ranks import rank_intervals, tiers
    from aiqyn.prevention.where_to_act.reach import Channel, Groups
    from aiqyn.prevention.where_to_act.results import Area, Offer, Span, TargetGroup, WhereToAct

__all__ = [
    "Area",
    "Channel",
    "Groups",
    "Offer",
    "Span",
    "TargetGroup",
    "WhereToAct",
    "rank_areas",
    "rank_intervals",
    "read_channels",
    "tiers",
]

_HOME = {
    "Area": "results",
    "Channel": "reach",
    "Groups": "reach",
    "Offer": "results",
    "Span": "results",
    "TargetGroup": "results",
    "WhereToAct": "results",
    "rank_areas": "ranking",
    "rank_intervals": "ranks",
    "read_channels": "channels",
    "tiers": "ranks",
}

__getattr__ = lazily(__name__, _HOME)
