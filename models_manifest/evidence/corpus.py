"""The texts and questions that the model learns from: SQuAD's dev halves, and the school questions over the packs.

A corpus is one index: its passages cut into sentences, and questions that name what is right among them by number.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.content.pack import Pack
from engine.content.pack_folder import read_pack_folder
from engine.evaluation.dataset import AskedQuestion, load_question_set, norm
from engine.sentences import sentence_spans

PUBLIC = ("squad_v2", "squad_v1_1")
SCHOOL = ("algebra", "physics", "biology")
QUESTIONS_FILE = Path(__file__).with_name("school_questions.jsonl")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a corpus.

    Attributes:
        passage: number of its passage.
        start: where it begins there.
        title: the passage's.
        text: verbatim.
        previous: the sentence before it in its passage, or "".
    """

    passage: int
    start: int
    title: str
    text: str
    previous: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a corpus.

    Attributes:
        id: of its row.
        text: in the asker's words.
        group: what a fold keeps together: the article or pack.
        answerable: whether the corpus answers it.
        passages: numbers of the right passages; of an impossible question, the one it is about.
        right: numbers of the sentences that answer it.
        holding: numbers of all sentences that hold an answer, wherever: never to be learnt as wrong.
        golden: a pack's own test question, never to be learnt from.
    """

    id: str
    text: str
    group: str
    answerable: bool
    passages: tuple[int, ...]
    right: tuple[int, ...]
    holding: frozenset[int]
    golden: bool = False


@dataclass(frozen=True, slots=True)
class Corpus:
    """A text with its questions."""

    name: str
    pack: Pack
    sentences: tuple[Sentence, ...]
    questions: tuple[Asked, ...]


def read_public(folder: Path) -> Corpus:
    """One of the public sets.

    Raises:
        UsageError: the folder does not hold it.
    """
    found = load_question_set(folder)
    sentences = _sentences(found.pack)
    plain = [f" {norm(sentence.text)} " for sentence in sentences]
    number = {passage.id: at for at, passage in enumerate(found.pack.passages)}
    questions = tuple(_public(one, number[one.gold], sentences, plain) for one in found.questions)
    return Corpus(folder.name, found.pack, sentences, questions)


def read_school(packs: Path) -> list[Corpus]:
    """The starter packs in ``packs`` with the school questions and, marked golden, their own test questions."""
    rows = [json.loads(line) for line in QUESTIONS_FILE.read_text(encoding="utf-8").splitlines()]
    return [
        _school(read_pack_folder(packs / name), name, [row for row in rows if row["pack"] == name])
        for name in SCHOOL
    ]


def _sentences(pack: Pack) -> tuple[Sentence, ...]:
    def of_passage(number: int) -> Iterator[Sentence]:
        passage, previous = pack.passages[number], ""
        for start, end in sentence_spans(passage.text):
            text = passage.text[start:end]
            yield Sentence(number, start, passage.title, text, previous)
            previous = text

    return tuple(sentence for number in range(len(pack.passages)) for sentence in of_passage(number))


def _public(
    question: AskedQuestion, passage: int, sentences: Sequence[Sentence], plain: Sequence[str]
) -> Asked:
    answers = [f" {norm(answer)} " for answer in question.answers if norm(answer)]
    holding = [
        at
        for at, text in enumerate(plain)
        if question.answerable and any(answer in text for answer in answers)
    ]
    return Asked(
        id=question.id,
        text=question.text,
        group=question.group,
        answerable=question.answerable,
        passages=(passage,),
        right=tuple(at for at in holding if sentences[at].passage == passage),
        holding=frozenset(holding),
    )


def _school(pack: Pack, name: str, rows: Sequence[dict[str, object]]) -> Corpus:
    sentences = _sentences(pack)
    number = {passage.id: at for at, passage in enumerate(pack.passages)}
    place = {(sentence.passage, sentence.text): at for at, sentence in enumerate(sentences)}
    questions = []
    for row in rows:
        evidence = row.get("evidence", [])
        if not isinstance(evidence, list):
            raise TypeError(row["id"])
        passages = tuple(number[part["passage"]] for part in evidence)
        right = tuple(place[number[part["passage"]], text] for part in evidence for text in part["sentences"])
        questions.append(
            Asked(
                str(row["id"]), str(row["question"]), name, bool(evidence), passages, right, frozenset(right)
            )
        )
    for at, golden in enumerate(pack.questions):
        passages = tuple(number[passage] for passage in golden.passages)
        holding = frozenset(at for at, sentence in enumerate(sentences) if sentence.passage in passages)
        questions.append(
            Asked(
                f"golden-{name}-{at}", golden.question, name, golden.answerable, passages, (), holding, True
            )
        )
    return Corpus(name, pack, sentences, tuple(questions))
