"""The lists that are learnt from: a question with one right sentence and some wrong ones, or with wrong ones alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from models_manifest.evidence.candidates import Found
from models_manifest.evidence.corpus import SCHOOL, Asked, Corpus, Sentence
from models_manifest.evidence.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Example:
    """A question that may be learnt from, with what was found for it."""

    corpus: Corpus
    asked: Asked
    found: Found


@dataclass(frozen=True, slots=True)
class Listed:
    """A question and sentences, the right one first if there is one."""

    question: str
    sentences: tuple[Sentence, ...]
    answered: bool


def examples(corpora: Sequence[tuple[Corpus, Sequence[Found]]], *, without: frozenset[str]) -> list[Example]:
    """All questions but golden ones and those of the groups ``without``; what two sets share counts once."""
    seen: set[str] = set()
    chosen = []
    for corpus, found in corpora:
        for asked, one in zip(corpus.questions, found, strict=True):
            if asked.golden or asked.group in without or asked.id in seen:
                continue
            seen.add(asked.id)
            chosen.append(Example(corpus, asked, one))
    return chosen


def draw(chosen: Sequence[Example], recipe: Recipe) -> list[Listed]:
    """The lists of all passes, in the order in which they are learnt; each pass draws anew."""
    drawn: list[Listed] = []
    for number in range(ceil(recipe.passes)):
        rng = np.random.default_rng([recipe.seed, number])
        lists = [
            listed
            for example in chosen
            for _ in range(recipe.school_share if example.corpus.name in SCHOOL else 1)
            for listed in _list(example, recipe, rng)
        ]
        wanted = round(min(1.0, recipe.passes - number) * len(lists))
        drawn += [lists[at] for at in rng.permutation(len(lists))[:wanted]]
    return drawn


def _list(example: Example, recipe: Recipe, rng: np.random.Generator) -> Iterator[Listed]:
    asked, sentences = example.asked, example.corpus.sentences
    length, most_own = recipe.list_length, recipe.own_passage
    if example.corpus.name in SCHOOL:
        length, most_own = recipe.school_list_length, recipe.school_own_passage
    ranked = example.found.sentences.tolist()[: recipe.own_among]
    right = [at for at in ranked if at in asked.right] or list(asked.right)
    if asked.answerable and not right:
        return
    wrong = [at for at in ranked if at not in asked.holding and at not in asked.right]
    own = [at for at in wrong if sentences[at].passage in asked.passages]
    own = [own[at] for at in rng.permutation(len(own))][:most_own]
    others = [at for at in wrong[: recipe.others_among] if sentences[at].passage not in asked.passages]
    others = [others[at] for at in rng.permutation(len(others))]
    if asked.answerable:
        best = right[0] if rng.random() < recipe.best_right else right[rng.integers(len(right))]
        chosen = [best, *own, *others]
    else:
        chosen = [*own, *others]
    if chosen:
        listed = tuple(sentences[at] for at in chosen[:length])
        yield Listed(example.found.question, listed, asked.answerable)
