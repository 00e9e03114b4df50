"""Exercises of Kolibri channels: ``ExerciseQuestions.csv`` as ricecooker's command line reads it.

Columns "Options F..." and "Hint 6+" hold several parts, separated by a sushi. An exercise ("Source ID") becomes a
skill. Pictures are read from beside the file, as ricecooker does.
"""

from engine.content.importers.answer_kinds import choice_step, multiple_step, typed_step
from engine.content.importers.csv_items import Row, rows_of
from engine.content.importers.imported_items import Asked, ImportedItems, ItemCollector, UnusableItemError
from engine.content.importers.item_text import ItemText, as_answer, from_markdown
from engine.content.importers.job import ImportJob
from engine.content.importers.picture_files import PictureSource, shown_picture
from engine.content.item import Json

TYPE_COLUMN = "Question type *"
_SUSHI = "🍣"
_FROM_E = ("A", "B", "C", "D", "E")
_MANY_OPTIONS = ("Options F...", "Option F...", "Option F..")
_READ = ("input_question", "single_selection", "multiple_selection", "true_false")
_CORRECT = ("Correct Answer *", "Correct Answer 2", "Correct Answer 3")


def read_kolibri_csv(job: ImportJob) -> ImportedItems:
    """The questions of the file; those of the type perseus_question, which only Perseus can show, are left out."""
    collector = ItemCollector(job.path.parent.name if job.path.stem == "ExerciseQuestions" else job.path.stem)
    pictures = _FilesBeside(job)
    for number, row in enumerate(rows_of(job), start=2):
        job.step(number, None, "rows")
        if any(row.values()):
            _add(row, number, collector, pictures)
    return collector.result()


class _FilesBeside:
    """Pictures in the folder of the CSV file, and nowhere else."""

    def __init__(self, job: ImportJob) -> None:
        self._folder = job.path.parent.resolve()
        self._job = job

    def read(self, address: str) -> bytes | None:
        try:
            path = (self._folder / address).resolve()
            if not path.is_relative_to(self._folder) or not path.is_file():
                return None
            self._job.check_part(path.stat().st_size)
            return path.read_bytes()
        except (OSError, ValueError):
            return None


def _add(row: Row, number: int, collector: ItemCollector, pictures: PictureSource) -> None:
    question = from_markdown(row.get("Question *") or row.get("Question", ""))
    named = f"row {number}: {question.text}"
    kind = row.get(TYPE_COLUMN, "").strip().lower()
    try:
        step = _step(kind, row)
    except UnusableItemError as problem:
        collector.skip(named, str(problem))
        return
    collector.add(
        Asked(
            given=row.get("Question ID *", ""),
            topic=row.get("Source ID *", ""),
            stem=question.text,
            step=step,
            hints=[from_markdown(hint).text for hint in _hints(row)],
            picture=shown_picture(question, named, collector, pictures),
        )
    )


def _step(kind: str, row: Row) -> Json:
    if kind not in _READ:
        raise UnusableItemError(f"Questions of the type “{kind}” cannot be shown here.")
    correct = [text for name in _CORRECT for text in row.get(name, "").split(_SUSHI) if text.strip()]
    if not correct:
        raise UnusableItemError("It has no correct answer.")
    if kind == "input_question":
        return typed_step([as_answer(from_markdown(text).text) for text in correct])
    options = [option.text for option in _options(row)]
    answers = [from_markdown(text).text for text in correct]
    if not all(answer in options for answer in answers):
        raise UnusableItemError("A correct answer is none of the options.")
    places = [options.index(answer) for answer in answers]
    if kind == "multiple_selection":
        return multiple_step(options, places)
    return choice_step(options, places[:1])


def _options(row: Row) -> list[ItemText]:
    cells = [row.get(f"Option {letter}", "") for letter in _FROM_E]
    cells += [part for name in _MANY_OPTIONS for part in row.get(name, "").split(_SUSHI)]
    found = [from_markdown(cell) for cell in cells if cell.strip()]
    return list({option.text: option for option in found if option.text}.values())


def _hints(row: Row) -> list[str]:
    cells = [row.get(f"Hint {number}", "") for number in range(1, 6)]
    return [cell for cell in (*cells, *row.get("Hint 6+", "").split(_SUSHI)) if cell.strip()]
