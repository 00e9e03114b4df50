"""``llm-tutor chat``: a conversation in the terminal, with sources that can be opened."""

import argparse
import contextlib
import io
import re
import signal
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from engine.cancel import CancelToken
from engine.errors import UserFacingError
from engine.events import AnswerStored, QueryFilter, SourcesFound
from engine.runtime import Runtime
from engine.settings import load_settings
from engine.tutor.session import Ask
from engine.types import AnswerMode, TurnStatus
from tutor_app.cli.answer_view import WIDTH, AnswerView, Source, plain
from tutor_app.cli.background import finishing_packs
from tutor_app.cli.command import Context

_HELP = """Type a question, or:
  1, 2, 3 …     open that source of the last answer
  /mode MODE    explain, simpler, example or quiz: how answers are given from now on
  /all          ask the last question again, looking everywhere
  /pack ID      look only in that pack; /pack alone for all
  /packs        what can be asked about
  /history      the conversations of this profile; /history N goes on with one
  /new          a new conversation
  /quit         leave (so does Ctrl-D); Ctrl-C stops an answer"""
_NOTHING = "nothing yet (llm-tutor prepare installs the starter packs)"
_NUMBER = re.compile(r"[0-9]{1,4}")
_ENDINGS = {
    TurnStatus.CANCELLED: "\n(stopped)",
    TurnStatus.TIMED_OUT: "\n(stopped: it took longer than 'answer_limit_s' in the settings allows)",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--no-llm", action="store_true", help="answer by quoting alone, without a language model"
    )


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Talk until the learner leaves."""
    settings = load_settings(context.paths.settings_file)
    if arguments.no_llm:
        settings = replace(settings, llm="none", server_url="")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(
            errors="surrogateescape"
        )  # what is not text is refused as a question, not by Python
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - importing it gives input() a history and line editing
    with Runtime(context.paths, settings) as runtime, finishing_packs(context, settings):
        chat = _Chat(context, runtime)
        chat.welcome()
        while (line := _read(context)) is not None:
            if not chat.handle(line.strip()):
                break
    return 0


def _read(context: Context) -> str | None:
    """One line from the learner; None at the end of input or on Ctrl-C at an empty prompt."""
    try:
        return input("\nYou: " if sys.stdin.isatty() else "")
    except (EOFError, KeyboardInterrupt):
        context.say()
        return None


@dataclass(slots=True)
class _Chat:
    context: Context
    runtime: Runtime
    conversation: str | None = None
    mode: AnswerMode = AnswerMode.EXPLAIN
    packs: frozenset[str] | None = None
    sources: list[Source] = field(default_factory=list)
    question: str = ""
    filters: tuple[QueryFilter, ...] = ()
    _commands: dict[str, Callable[[str], None]] = field(init=False)

    def __post_init__(self) -> None:
        self._commands = {
            "/help": lambda _: self.context.say(_HELP),
            "/mode": self._set_mode,
            "/all": lambda _: self._ask(self.question, ignore=self.filters),
            "/pack": self._set_pack,
            "/packs": lambda _: self._list_packs(),
            "/history": self._history,
            "/new": lambda _: self._start_anew(),
        }

    def welcome(self) -> None:
        model = self.runtime.model_name()
        self.context.say(
            f"LLM Tutor. You can ask about: {', '.join(self.runtime.pack_titles().values()) or _NOTHING}."
        )
        self.context.say(
            f"Answers are worded by {model} and checked against the packs."
            if model
            else "No language model is in use: answers are quotations, everything else works."
        )
        self.context.say("/help lists what you can do.")
        self.runtime.session()
        self.context.notify(self.runtime.notices)

    def handle(self, line: str) -> bool:
        """Act on one line; False to leave."""
        if line in ("/quit", "/exit"):
            return False
        try:
            if _NUMBER.fullmatch(line):
                self._open(int(line))
            elif line.startswith("/"):
                name, _, rest = line.partition(" ")
                self._commands.get(name, self._commands["/help"])(rest.strip())
            elif line:
                self._ask(line)
        except UserFacingError as error:
            self.context.say(f"{error.what} {error.todo}")
        return True

    def _ask(self, question: str, *, ignore: tuple[QueryFilter, ...] = ()) -> None:
        cancel = CancelToken()
        view = AnswerView(self.context, self.runtime.pack_titles())
        self.question, self.sources = question, view.sources
        request = Ask(
            question, conversation=self.conversation, mode=self.mode, packs=self.packs, ignore=ignore
        )
        self.context.say()
        with _stopped_by_keyboard(cancel):
            for event in self.runtime.session().ask(request, cancel):
                view.show(event)
                if isinstance(event, SourcesFound):
                    self.filters = (*ignore, *event.filters)
                elif isinstance(event, AnswerStored):
                    self._end(event)

    def _end(self, turn: AnswerStored) -> None:
        self.conversation = turn.conversation
        if turn.status in _ENDINGS:
            self.context.say(_ENDINGS[turn.status])
        if turn.follow_ups:
            self.context.say("Next: " + "  |  ".join(turn.follow_ups))
        self.context.notify(self.runtime.notices)

    def _open(self, number: int) -> None:
        if not 1 <= number <= len(self.sources):
            self.context.say(f"The last answer has {len(self.sources)} sources.")
            return
        source = self.sources[number - 1]
        passage = self.runtime.passage(source.citation.pack, source.citation.passage)
        title, marked = plain(passage.title), passage.text
        for quote in source.quotes:
            marked = marked.replace(quote, f"»{quote}«")
        self.context.say(f"\n{title}\n{'-' * len(title)}")
        for paragraph in plain(marked).split("\n\n"):
            filled = textwrap.fill(paragraph, WIDTH, break_long_words=False)
            self.context.say((paragraph if "\n" in paragraph else filled) + "\n")

    def _set_mode(self, name: str) -> None:
        if name in {mode.value for mode in AnswerMode}:
            self.mode = AnswerMode(name)
            self.context.say(f"Answers are now given in the mode “{name}”.")
        else:
            self.context.say("The modes are: " + ", ".join(mode.value for mode in AnswerMode) + ".")

    def _set_pack(self, identifier: str) -> None:
        self.packs = self.runtime.known_packs([identifier]) if identifier else None
        self.context.say(f"Looking only in {identifier}." if identifier else "Looking in all packs.")

    def _list_packs(self) -> None:
        for identifier, title in self.runtime.pack_titles().items():
            self.context.say(f"{identifier:28} {title}")

    def _history(self, number: str) -> None:
        conversations = self.runtime.conversations.conversations()
        if _NUMBER.fullmatch(number) and 1 <= int(number) <= len(conversations):
            chosen = conversations[int(number) - 1]
            self.conversation = chosen.id
            for turn in self.runtime.conversations.turns(chosen.id):
                self.context.say(
                    f"\nYou: {turn.question}\n\n{plain(turn.outcome.answer or '(no answer: it was interrupted)')}"
                )
            return
        for at, conversation in enumerate(conversations[:20], 1):
            self.context.say(f"{at:3}  {conversation.title}")
        if not conversations:
            self.context.say("No conversations yet: ask something.")

    def _start_anew(self) -> None:
        self.conversation, self.sources = None, []
        self.context.say("A new conversation.")


@contextlib.contextmanager
def _stopped_by_keyboard(cancel: CancelToken) -> Iterator[None]:
    """Ctrl-C cancels the turn, which then ends in its own way; a second one does not wait for that."""

    def stop(*_: object) -> None:
        if cancel.cancelled:
            raise KeyboardInterrupt
        cancel.cancel()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
