"""The model card, written from the figures of the validation, so that none of them is copied by hand."""

from collections.abc import Mapping
from typing import Any

from models_manifest.evidence.folds import FOLDS

_ROWS = (
    ("passage_first", "right passage first"),
    ("passage_in_five", "right passage among five"),
    ("sentence_first", "best sentence holds an answer"),
    ("sentence_in_two", "one of the best two does"),
    ("auroc_left_out", "AUROC, against questions whose article is left out"),
    ("auroc_impossible", "AUROC, against SQuAD 2.0's impossible questions"),
    ("grounded_at_80", "right with two sentences, where 80 % are answered"),
    ("left_out_at_80", "answered there though the article is left out"),
    ("impossible_at_80", "answered there though SQuAD calls it impossible"),
    ("calibration_error", "expected calibration error, ten bins"),
)
_SCHOOL_ROWS = (
    ("passage_first", "right passage first"),
    ("sentence_first", "best sentence is a named one"),
    ("sentence_in_two", "one of the best two is"),
    ("auroc", "AUROC, answerable against not"),
    ("unanswerable_at_80", "not answerable, but answered where 80 % are"),
    ("unanswerable_at_90", "the same where 90 % are"),
)


def model_card(figures: Mapping[str, Any]) -> str:
    """The card in Markdown, of the figures that ``validation.validate`` gives."""
    public, bounds, school, golden = (figures[key] for key in ("public", "intervals", "school", "golden"))
    lines = [
        "# Evidence model",
        "",
        "Reads a question and a sentence together and says how surely the sentence answers it. LLM Tutor ranks",
        "evidence by it and decides by it whether to answer. Written by `python -m models_manifest.evidence publish`.",
        "",
        "## What it is",
        "",
        "The six blocks of all-MiniLM-L6-v2 (Apache-2.0, sentence-transformers) with a ranking head, trained",
        "further on two processor cores by `make train-evidence`. English. GGUF, q8_0, 192 positions, for rank",
        "pooling in llama.cpp; input `[CLS] question [SEP] title: sentence [SEP] previous sentence [SEP]`, at most",
        "128 tokens, token type 0.",
        "",
        "## Data and licence",
        "",
        "- Stanford Question Answering Dataset 1.1 and 2.0 (Rajpurkar and others, 2016 and 2018), half of each",
        "  development set, CC BY-SA 4.0; the passages are from Wikipedia, CC BY-SA.",
        "- School questions over the three starter packs, by the LLM Tutor team, CC BY 4.0.",
        "",
        "The weights are adapted from this material and are licensed CC BY-SA 4.0. Whoever passes them on names these",
        "sources and keeps the licence.",
        "",
        "## How well, on articles that it was not trained on",
        "",
        f"Cross-validation over whole articles, {len(figures['folds'])} of {FOLDS} folds, {figures['questions']}",
        "readings, mixed with retrieval as the product does it; 95 % intervals by drawing articles again. The",
        "probability of a fold is calibrated on the others, where there are any.",
        "",
        "| | | 95 % |",
        "|---|---|---|",
    ]
    lines += [
        f"| {name} | {public[key]:.3f} | {bounds[key][0]:.3f} to {bounds[key][1]:.3f} |"
        for key, name in _ROWS
    ]
    lines += ["", "Questions in pupils' words over a pack that was left out with all its questions:", ""]
    lines += [f"| | {school['questions']:.0f} questions |", "|---|---|"]
    lines += [f"| {name} | {school[key]:.3f} |" for key, name in _SCHOOL_ROWS]
    lines += [
        "",
        f"The packs' own test questions, likewise: right passage first {golden['passage_first']:.3f}, AUROC",
        f"{golden['auroc']:.3f}, {golden['unanswerable_at_90']:.3f} of the unanswerable ones answered where 90 % are.",
        "",
        "Threshold and what it gives on the public sets; last, the school questions that no pack answers:",
        "",
        "| answered | from probability | right with two | article left out | impossible | school, not answerable |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {point['coverage']:.2f} | {point['threshold']:.3f} | {point['grounded']:.3f} | {point['left_out']:.3f} |"
        f" {point['impossible']:.3f} | {point['school_unanswerable']:.3f} |"
        for point in figures["curve"]
    ]
    lines += [
        "",
        "## Limits",
        "",
        "- English only, and mostly adult, encyclopedic text; the packs are algebra, physics and biology for 11 to 14.",
        "- A question that names what the text names but asks what it does not say is often taken as answered.",
        "- It reads one sentence and the one before it: an answer put together from several may be missed.",
        "- It judges whether a sentence answers, never whether the sentence is true.",
        "- The shipped file has read the starter packs' passages: for new packs, see the figures of left-out ones.",
        "",
    ]
    return "\n".join(lines)
