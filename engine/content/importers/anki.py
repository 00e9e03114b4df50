"""Anki decks: each card becomes an item, a deck a skill, and the log of reviews what is remembered.

A card of an ordinary note type is asked as its template shows it, and its back is the answer: a number, a word or a
phrase, or a sentence in own words. A card of a cloze note becomes a text with gaps. Sounds and the styles of cards are
left out; a card that is nothing without them is named with the reason.
"""

import re
import tempfile
from dataclasses import replace
from pathlib import Path

from engine.content.importers.anki_archive import KIND, AnkiArchive
from engine.content.importers.anki_collection import AnkiCard, Collection, NotReadable, read_collection
from engine.content.importers.anki_template import back_fields, cloze_parts, filled, without_media_marks
from engine.content.importers.answer_kinds import gap_answer, typed_step
from engine.content.importers.archive import Archive
from engine.content.importers.imported_items import Asked, ImportedItems, ItemCollector, UnusableItemError
from engine.content.importers.item_text import ItemText, as_answer, from_html, plain_words
from engine.content.importers.job import ImportJob, broken
from engine.content.importers.picture_files import shown_picture
from engine.errors import BugError, StorageError

_DECK_SEPARATOR = "::"
_GAP = re.compile(r"\[gap:g\d+\]")
_GAP_IN_FORMULA = re.compile(r"(?<!\\)\$[^$\n]*\[gap:g\d+\][^$\n]*\$")


def read_apkg(job: ImportJob) -> ImportedItems:
    """The cards of a deck that was exported from Anki, with or without the learner's progress.

    Raises:
        DocumentError: it is damaged, or no deck.
    """
    with Archive(job, KIND) as zipped:
        archive = AnkiArchive(zipped, job)
        collection = _collection(archive, job)
        decks = {card.deck.split(_DECK_SEPARATOR)[0] for card in collection.cards}
        collector = ItemCollector(decks.pop() if len(decks) == 1 else job.path.stem)
        for done, card in enumerate(collection.cards):
            job.step(done, len(collection.cards), "cards")
            _Card(card, job, collector, archive).add(collection)
    return collector.result()


def _collection(archive: AnkiArchive, job: ImportJob) -> Collection:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection.db"
        archive.write_collection(path)
        try:
            return read_collection(path, newest_layout=archive.newest_layout)
        except (NotReadable, StorageError, BugError) as problem:
            raise broken(job, KIND) from problem


class _Card:
    """One card on its way into the collector."""

    def __init__(
        self, card: AnkiCard, job: ImportJob, collector: ItemCollector, archive: AnkiArchive
    ) -> None:
        self._card = card
        self._job = job
        self._collector = collector
        self._archive = archive
        self._what = f"card {plain_words(self._text(next(iter(card.values.values()), '')).text)}"

    def add(self, collection: Collection) -> None:
        try:
            item = self._cloze() if self._card.type.cloze else self._basic()
        except UnusableItemError as problem:
            self._collector.skip(self._what, str(problem))
            return
        if item is None:
            return
        reviews = collection.reviews.get(self._card.id, ())
        self._collector.reviewed(item, reviews)
        if not reviews and self._card.interval is not None:
            self._collector.planned(item, self._card.interval)

    def _basic(self) -> str | None:
        template = self._card.type.templates.get(self._card.ord)
        if template is None:
            raise UnusableItemError("Its note type has no such card.")
        front = self._text(filled(template.question, self._card.values))
        fields = back_fields(template.answer, template.question, self._card.values)
        answer = self._text(fields[0] if fields else "")
        if not answer.text:
            raise UnusableItemError(
                "Its answer is a picture or a sound, or empty; an answer is needed that can be typed."
            )
        return self._ask(front, typed_step([answer.text]), self._text("<br>".join(fields)))

    def _cloze(self) -> str | None:
        template = self._card.type.templates.get(0)
        source = next(
            (
                value
                for name, value in self._card.values.items()
                if template and f":{name}}}}}" in template.question
            ),
            next(iter(self._card.values.values()), ""),
        )
        parts = cloze_parts(source, self._card.ord + 1)
        if not parts.hidden:
            raise UnusableItemError("It has no gap of its own.")
        answers = [as_answer(self._text(hidden).text) for hidden in parts.hidden]
        if not all(answers) or answers[0].startswith("image-occlusion:"):
            raise UnusableItemError("What is hidden is a picture or a sound.")
        rest = [value for value in self._card.values.values() if value != source and value.strip()]
        back, front = self._text("<br>".join(rest)), self._text(parts.shown)
        if _GAP_IN_FORMULA.search(front.text):
            front = replace(front, text=_GAP.sub(r"\\Box", front.text))
            return self._ask(front, typed_step([", ".join(answers)]), back, hints=parts.hints)
        gaps = {f"g{number}": gap_answer([answer]) for number, answer in enumerate(answers, 1)}
        return self._ask(front, {"type": "cloze", "answer": {"gaps": gaps}}, back, hints=parts.hints)

    def _ask(
        self, front: ItemText, step: dict[str, object], back: ItemText, *, hints: tuple[str, ...] = ()
    ) -> str | None:
        if back.pictures:
            self._collector.skip(
                f"picture on the back of {self._what}", "Only the question's picture is kept."
            )
        return self._collector.add(
            Asked(
                given=f"anki-{self._card.note}-{self._card.ord}",
                topic=self._card.deck,
                stem=front.text or ("What does the picture show?" if front.pictures else ""),
                step=step,
                hints=[self._text(hint).text for hint in hints],
                solution=back.text.split("\n"),
                picture=shown_picture(front, self._what, self._collector, self._archive),
            )
        )

    def _text(self, html: str) -> ItemText:
        return from_html(without_media_marks(html), self._job)
