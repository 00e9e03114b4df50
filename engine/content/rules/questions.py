"""Golden questions: the passages they name exist, and hold the words that the answer must hold."""

from collections.abc import Iterator

from engine.content.finding import Finding, warning
from engine.content.layout import QUESTIONS
from engine.content.pack import GoldenQuestion
from engine.content.pack_source import PackSource


def check_questions(source: PackSource) -> Iterator[Finding]:
    """Findings on tests/questions.json."""
    texts = {passage.id: f"{passage.title} {passage.text}".lower() for passage in source.pack.passages}
    seen: set[str] = set()
    for question in source.pack.questions:
        line = source.line(QUESTIONS, question.question)
        for passage in question.passages:
            if passage not in texts:
                message = f"The question {question.question!r} names the unknown passage {passage}."
                yield Finding("question.passage", QUESTIONS, line, message, "Name a passage of this pack.")
        for words in _missing(question, texts):
            message = f"No passage of the question {question.question!r} holds {words!r}."
            yield Finding(
                "question.answer", QUESTIONS, line, message, "Name the right passage, or other words."
            )
        if question.question.casefold() in seen:
            message = f"The question {question.question!r} stands twice."
            yield warning("style.question", QUESTIONS, line, message, todo="Keep one of them.")
        seen.add(question.question.casefold())
    if not source.pack.questions and QUESTIONS in source.documents:
        message = "The pack has no golden questions."
        yield warning("style.question", QUESTIONS, 0, message, todo="Add questions that learners will ask.")


def _missing(question: GoldenQuestion, texts: dict[str, str]) -> list[str]:
    together = " ".join(texts.get(passage, "") for passage in question.passages)
    return [words for words in question.answer_contains if words.lower() not in together]
