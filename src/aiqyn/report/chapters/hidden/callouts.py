"""What would make the estimate wrong, what it is not corrected for, and why nothing is printed."""

from __future__ import annotations

from aiqyn.report.chapters.hidden.gate import check_sentences
from aiqyn.report.chapters.hidden.groups import refused_codes, why
from aiqyn.report.chapters.hidden.lines import list_namer, main_line
from aiqyn.report.evidence import Evidence
from aiqyn.report.hidden_evidence import HiddenEvidence
from aiqyn.report.model import (
    Block,
    Callout,
    Heading,
    Label,
    Paragraph,
    Sentence,
    Several,
    Words,
    sentence,
)

RESAMPLED = ("stepwise", "bic", "aic", "bic-average")  # methods whose replicates choose a model
MOST_REASONS = 2  # a callout has at most three sentences


def doubts(hidden: HiddenEvidence) -> tuple[Block, ...]:
    """What would make it wrong; and that linkage error is not in it, unless it was audited."""
    if hidden.publish == "nothing":
        return ()
    wrong = Callout(
        "caution", sentence("report.hidden.wrong.title"), (sentence("report.hidden.wrong"),)
    )
    linkage = Callout(
        "caution", sentence("report.hidden.linkage.title"), (sentence("report.hidden.linkage"),)
    )
    return (wrong,) if hidden.audited else (wrong, linkage)


def refusal(hidden: HiddenEvidence, evidence: Evidence) -> tuple[Block, ...]:
    """Why nothing is printed, and what would make it possible."""
    if hidden.publish != "nothing":
        return ()
    all_refused = all(line.refused for line in hidden.by_method)
    codes = refused_codes(hidden.by_method) if all_refused else ()
    reasons = check_sentences(hidden, evidence, "not_for")[:MOST_REASONS]
    told = reasons or tuple(sentence(why(code)) for code in codes[:MOST_REASONS])
    return (
        Callout(
            "refusal",
            sentence("report.hidden.refused.title"),
            (*told, sentence("report.hidden.refused.mend")),
            codes[0] if len(codes) == 1 else None,
        ),
    )


def how_we_know(hidden: HiddenEvidence, evidence: Evidence) -> tuple[Block, ...]:
    """The method in three sentences, the lists used and left out, and what no list can tell."""
    named = list_namer(evidence)
    lists = Several(tuple(map(named, hidden.lists)))
    main = main_line(hidden)
    interval = main is not None and main.code in RESAMPLED
    said: tuple[Sentence, ...] = (
        sentence("report.hidden.know.method"),
        *([sentence("report.hidden.know.interval")] if interval else []),
        sentence("report.hidden.know.lists", lists=lists),
        *_left_out(hidden, evidence),
        sentence("report.hidden.know.unknown"),
    )
    return (Heading(sentence("report.victims.know")), Paragraph(said))


def _left_out(hidden: HiddenEvidence, evidence: Evidence) -> tuple[Sentence, ...]:
    """The agencies without a list of their own, those of one reason together."""
    named, by_reason = list_namer(evidence), dict[str, list[Label]]()
    for agency, reason in hidden.left_out.items():
        by_reason.setdefault(reason, []).append(named(agency))
    return tuple(
        sentence(
            "report.hidden.know.left_out", agency=Several(tuple(names)), why=Words(reason)
        )
        for reason, names in by_reason.items()
    )  # fmt: skip
