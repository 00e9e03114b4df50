"""A sitting of practice in the terminal: one question after the other, until the learner leaves.

What is typed for an option is its number on the screen; what is kept is the option's id.
"""

import contextlib
import re
import string
import sys
import textwrap
import uuid
from dataclasses import dataclass, field

from engine.answers.answer import ClozeAnswer, Response
from engine.answers.verdict import Outcome
from engine.content.instance import QuestionStep
from engine.content.item import ItemKind, Quote
from engine.errors import UserFacingError
from engine.runtime import Runtime
from engine.sync.practice_events import Ending, PracticeMode, VoidReason
from engine.tutor.practice.agenda import Wanted
from engine.tutor.practice.asked import Asked, Graded
from engine.tutor.practice.practice_store import Status
from engine.tutor.practice.question_state import NextHelp
from tutor_app.cli.answer_view import WIDTH, plain
from tutor_app.cli.command import Context

COMMANDS = """Type your answer, or:
  ?     help with this step; again for more
  !     just tell me
  >     put this question off
  /bad  this question is bad: it does not count
  /quit stop for now (so does Ctrl-D); the question waits"""
_LETTERS = string.ascii_uppercase
_NO_ATTEMPT = (Outcome.UNREADABLE, Outcome.UNSURE)
_GAP = re.compile(r"\[gap:([A-Za-z0-9._-]+)\]")
_ASKS = {
    ItemKind.CHOICE: "Your choice (its number)",
    ItemKind.MULTIPLE: "All that are right (numbers, such as 1 3)",
    ItemKind.ORDER: "In the right order (numbers, such as 2 1 3)",
    ItemKind.MATCH: "For each line on the left its letter, in order (such as B A C)",
}


@dataclass(slots=True)
class Sitting:
    """One sitting; ``run`` plays it.

    Args:
        context: where it is shown.
        runtime: the profile's engine.
        wanted: what is practised.
        most: number of questions at most, 0 for no limit.
    """

    context: Context
    runtime: Runtime
    wanted: Wanted
    most: int = 0
    session: str = field(default_factory=lambda: str(uuid.uuid4()))

    def run(self) -> int:
        """Ask until it is over; returns the number of questions that were closed."""
        self.context.say(COMMANDS)
        closed = 0
        while not self.most or closed < self.most:
            asked = self._open_or_next()
            if asked is None:
                self.context.say("\nThere is nothing more to do of this today.")
                break
            if not self._ask(asked):
                break
            closed += 1
        if self.wanted.mode is PracticeMode.EXAM:
            self._say_result()
        self.runtime.agenda.fit_when_due()
        return closed

    def _open_or_next(self) -> Asked | None:
        """The question that waits, maybe one that a window has just posed; otherwise the next one."""
        asked = self.runtime.practice.open()
        if asked is not None:
            return asked
        chosen = self.runtime.agenda.next(self.wanted, self.session)
        return self.runtime.practice.pose(chosen, self.session, self.wanted.mode) if chosen else None

    def _ask(self, asked: Asked) -> bool:
        """One question until it ends; False if the learner leaves."""
        self.context.say("\n" + "─" * 20)
        self._say(asked.question.stem)
        if asked.question.picture:
            self._say(f"[Picture: {asked.question.picture.alt}]")
        shown = -1
        while True:
            if asked.state.current != shown:
                shown = asked.state.current
                self._show_step(asked.state.steps[shown].step)
            line = self._read()
            if line is None or line == "/quit":
                return False
            if not line:
                continue
            try:
                now = self._act(asked, line)
            except UserFacingError as error:
                self.context.say(f"{error.what} {error.todo}")
                now = self.runtime.practice.open()
                if now is None or now.posed.id != asked.posed.id:
                    return True  # a window went on with it
            if now is None:
                return True
            asked = now

    def _act(self, asked: Asked, line: str) -> Asked | None:
        """Do what the line says; None when the question is over."""
        practice = self.runtime.practice
        if line == ">":
            practice.leave()
            return None
        if line == "/bad":
            practice.void(asked.posed.id, VoidReason.OTHER)
            self.context.say("It does not count. Thank you: that helps to mend it.")
            return None
        if line in ("?", "!"):
            return self._help(asked, practice.help() if line == "?" else practice.tell())
        step = asked.state.steps[asked.state.current].step
        response = read_response(step, line)
        if response is None:
            self.context.say(f"{_ASKS.get(step.kind, 'Your answer')}, please.")
            return asked
        graded = practice.answer(step.id, response)
        if asked.posed.mode is PracticeMode.EXAM and graded.verdict.outcome not in _NO_ATTEMPT:
            self.context.say("Your answer is kept.")
            return None if graded.asked.posed.ending else graded.asked
        self._say(graded.reply.text)
        if graded.help_given:
            self._say_hint(graded.asked, graded.help_given)
        return self._after(graded)

    def _after(self, graded: Graded) -> Asked | None:
        asked = graded.asked
        if asked.posed.ending is None:
            if asked.state.offers_help and not graded.help_given:
                self.context.say("(? gives help.)")
            return asked
        if asked.posed.ending is not Ending.SOLVED:
            self._say_solution(asked)
        return None

    def _help(self, asked: Asked, given: Asked | NextHelp) -> Asked | None:
        if isinstance(given, NextHelp):
            self.context.say(f"Try it first, or read once more: more help in {round(given.wait_s) or 1} s.")
            return asked
        if given.posed.ending is not None:
            self._say_solution(given)
            return None
        step = asked.state.current
        if given.state.current == step:
            self._say_hint(given, given.state.steps[step].level)
        else:
            self._say_lines(asked.state.steps[step].step.solution)
        return given

    def _say_hint(self, asked: Asked, level: int) -> None:
        hints = asked.state.steps[asked.state.current].step.hints
        principle = hints.principle
        quoted = f"“{principle.text}”" if isinstance(principle, Quote) else principle
        self._say((hints.orient, quoted, hints.analogue, hints.partial)[level - 1])

    def _say_solution(self, asked: Asked) -> None:
        for state in asked.state.steps:
            self._say_lines(state.step.solution)

    def _say_result(self) -> None:
        """Of an exam: what was right."""
        endings = [
            it.ending for it in self.runtime.practice.sitting(self.session) if it.status is Status.CLOSED
        ]
        if endings:
            right = endings.count(Ending.SOLVED)
            self.context.say(f"\n{right} of {len(endings)} right.")

    def _say_lines(self, lines: tuple[str, ...]) -> None:
        for line in lines:
            self._say(line)

    def _show_step(self, step: QuestionStep) -> None:
        if step.ask:
            self._say(step.ask)
        for number, option in enumerate(step.options, 1):
            self._say(f"  {number}  {option.text}")
        for letter, option in zip(_LETTERS, step.right, strict=False):
            self._say(f"  {letter}  {option.text}")
        if step.bank:
            self._say("Words to choose from: " + ", ".join(step.bank))
        if step.kind is ItemKind.CLOZE:
            self.context.say("One after the other, with ; between them:")
        elif step.kind in _ASKS:
            self.context.say(f"{_ASKS[step.kind]}:")
        elif step.after:
            self._say(f"Answer in: {step.after}")

    def _say(self, text: str) -> None:
        text = plain(_GAP.sub("____", text))
        self.context.say(textwrap.fill(text, WIDTH, break_long_words=False, subsequent_indent="  "))

    def _read(self) -> str | None:
        try:
            return input("> " if sys.stdin.isatty() else "").strip()
        except (EOFError, KeyboardInterrupt):
            self.context.say()
            return None
        except UnicodeDecodeError:
            self.context.say("That cannot be read. Type it again.")
            return ""


def read_response(step: QuestionStep, line: str) -> Response | None:
    """What the learner typed, as a response; None if it names nothing that is there."""
    options = [option.id for option in step.options]
    with contextlib.suppress(ValueError, IndexError):
        if step.kind is ItemKind.CHOICE:
            return options[_number(line)]
        if step.kind in (ItemKind.MULTIPLE, ItemKind.ORDER):
            chosen = tuple(options[_number(word)] for word in re.split(r"[\s,]+", line))
            whole = step.kind is ItemKind.MULTIPLE or len(chosen) == len(options)
            return chosen if whole and len(set(chosen)) == len(chosen) else None
        if step.kind is ItemKind.MATCH:
            right = [step.right[_LETTERS.index(letter)].id for letter in re.split(r"[\s,]+", line.upper())]
            return dict(zip(options, right, strict=True))
        if step.kind is ItemKind.CLOZE:
            gaps = list(step.answer.gaps) if isinstance(step.answer, ClozeAnswer) else []
            return dict(zip(gaps, (part.strip() for part in line.split(";")), strict=True))
        return line
    return None


def _number(word: str) -> int:
    number = int(word)
    if number < 1:
        raise ValueError(word)
    return number - 1
