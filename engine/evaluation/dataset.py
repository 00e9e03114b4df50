"""Reads the question sets that retrieval and answers are measured on, in the formats of the public sets.

Two kinds of folder: ``passages.jsonl.gz`` with ``questions.jsonl.gz`` (SQuAD), and ``sections.jsonl.gz`` with
``glossary.jsonl`` and ``exercises.jsonl.gz`` (an OpenStax book). Each becomes a pack and questions about it.
"""

import gzip
import json
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, cast

from engine.content.pack import Pack, PackInfo
from engine.errors import UsageError
from engine.types import Passage, Section

_ARTICLE = re.compile(r"\b(?:a|an|the)\b")


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question and what is right.

    Attributes:
        id: of the row.
        text: the question.
        gold: the section id (OpenStax) or passage id (SQuAD) that is right.
        group: what the bootstrap and cross-validation go by: the article or the module.
        answers: accepted answers, empty for an unanswerable question.
        answerable: whether the passages answer it.
        kind: "question", "definition" or "exercise".
    """

    id: str
    text: str
    gold: str
    group: str
    answers: tuple[str, ...] = ()
    answerable: bool = True
    kind: str = "question"


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A pack and questions about it. ``by_section``: a question's gold names a section, not a passage."""

    pack: Pack
    questions: tuple[AskedQuestion, ...]
    by_section: bool


class _Row(TypedDict):
    pid: str
    qid: str
    sid: str
    eid: str
    title: str
    text: str
    question: str
    answers: list[str]
    is_impossible: bool
    module: str
    module_title: str
    heading: str
    term: str
    definition: str
    problem: str


def load_question_set(folder: Path) -> QuestionSet:
    """The set in ``folder``.

    Raises:
        UsageError: it is not a folder of a known format.
    """
    try:
        if (folder / "passages.jsonl.gz").is_file():
            return _squad(folder)
        if (folder / "sections.jsonl.gz").is_file():
            return _openstax(folder)
    except (OSError, ValueError, KeyError) as error:
        raise UsageError(
            f"The data in {folder} cannot be read.", todo="Check that its files are complete."
        ) from error
    raise UsageError(
        f"{folder} holds no question set.",
        todo="Name a folder with passages.jsonl.gz and questions.jsonl.gz, or with sections.jsonl.gz.",
    )


def norm(text: str) -> str:
    """SQuAD's normal form: lower case, no punctuation, no articles, single spaces."""
    plain = "".join(character for character in text.lower() if character not in string.punctuation)
    return " ".join(_ARTICLE.sub(" ", plain).split())


def without_group(pack: Pack, group: str) -> Pack:
    """``pack`` without one article or module."""
    return Pack(
        info=pack.info,
        sections=tuple(section for section in pack.sections if section.id != group),
        passages=tuple(passage for passage in pack.passages if passage.section != group),
    )


def _squad(folder: Path) -> QuestionSet:
    passages: list[Passage] = []
    sections: dict[str, Section] = {}
    for row in _rows(folder / "passages.jsonl.gz"):
        title = row["title"].replace("_", " ")
        sections.setdefault(row["title"], Section(row["title"], title))
        passages.append(Passage(row["pid"], row["title"], title, row["text"]))
    questions = tuple(
        AskedQuestion(
            row["qid"],
            row["question"],
            row["pid"],
            row["title"],
            tuple(row["answers"]),
            answerable=not row.get("is_impossible", False),
        )
        for row in _rows(folder / "questions.jsonl.gz")
    )
    return QuestionSet(_pack(folder, sections, passages), questions, by_section=False)


def _openstax(folder: Path) -> QuestionSet:
    passages: list[Passage] = []
    sections: dict[str, Section] = {}
    for row in _rows(folder / "sections.jsonl.gz"):
        sections.setdefault(row["module"], Section(row["module"], row["module_title"]))
        heading, module = row["heading"], row["module_title"]
        title = module if heading in ("", module) else f"{module}: {heading}"
        passages.append(Passage(row["sid"], row["module"], title, row["text"]))
    questions = [
        AskedQuestion(
            row["term"], row["definition"], row["module"], row["module"], (row["term"],), kind="definition"
        )
        for row in _rows(folder / "glossary.jsonl")
    ]
    questions += [
        AskedQuestion(row["eid"], row["problem"], row["module"], row["module"], kind="exercise")
        for row in _rows(folder / "exercises.jsonl.gz")
    ]
    return QuestionSet(_pack(folder, sections, passages), tuple(questions), by_section=True)


def _pack(folder: Path, sections: dict[str, Section], passages: list[Passage]) -> Pack:
    info = PackInfo(f"eval.{folder.name}", "1.0.0", folder.name, origin="document")
    return Pack(info, tuple(sections.values()), tuple(passages))


def _rows(path: Path) -> Iterator[_Row]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for line in data.decode("utf-8").splitlines():
        yield cast(_Row, json.loads(line))
