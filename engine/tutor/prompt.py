"""The prompt: facts, question, and the conversation so far, laid out for the model's cache.

A conversation's prompt only ever grows at its end, and a fact that it already holds is not told again: so
a follow-up costs the evaluation of its own few tokens. When the window is full the oldest turns are dropped
at once, in a larger piece, so that this stays true for many turns to come.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from importlib.resources import files

from engine.protocols import LanguageModel
from engine.tutor.follow_up import Understood
from engine.types import AnswerMode, ChatMessage

_KEPT_CONVERSATIONS = 32
_ROOM_FOR_REPLY = 256
_WISHES = {
    AnswerMode.EXPLAIN: "",
    AnswerMode.SIMPLER: " Use very simple words.",
    AnswerMode.EXAMPLE: " Give the example.",
    AnswerMode.QUIZ: "",
}


def instructions() -> str:
    """The system message: the same for every conversation, so that its evaluation is shared."""
    return files("engine.tutor").joinpath("prompts", "system.txt").read_text(encoding="utf-8").strip()


@dataclass(slots=True)
class _Transcript:
    """What the model was told in one conversation: (question with its facts, accepted answer) pairs."""

    turns: list[tuple[ChatMessage, ChatMessage]] = field(default_factory=list)
    facts: set[str] = field(default_factory=set)


class PromptBuilder:
    """Builds the prompt of each turn and remembers what each conversation's prompt holds."""

    def __init__(self) -> None:
        self._transcripts: OrderedDict[str, _Transcript] = OrderedDict()

    def build(
        self, conversation: str, facts: list[str], understood: Understood, model: LanguageModel
    ) -> tuple[ChatMessage, ...]:
        """The messages for this turn, within the model's window.

        Args:
            conversation: the conversation's id.
            facts: sentences that the answer may use, the best first.
            understood: the learner's question, whole, and how the answer is wanted.
            model: counts the tokens and tells the window.
        """
        transcript = self._transcript(conversation)
        asked = self._question(transcript, facts, understood)
        room = model.context_tokens - _ROOM_FOR_REPLY
        if self._tokens(transcript, asked, model) > room:
            self._drop_oldest(transcript, asked, model, room // 2)
            asked = self._question(transcript, facts, understood)
        while facts and self._tokens(transcript, asked, model) > room:
            facts = facts[:-1]
            asked = self._question(transcript, facts, understood)
        past = [message for turn in transcript.turns for message in turn]
        return (ChatMessage("system", instructions()), *past, asked)

    def remember(self, conversation: str, asked: ChatMessage, facts: list[str], answer: str) -> None:
        """Keep what was ``asked`` (the last message that was built) and what the learner was shown."""
        transcript = self._transcript(conversation)
        transcript.turns.append((asked, ChatMessage("assistant", answer)))
        transcript.facts.update(fact for fact in facts if fact in asked.content)

    def restore(self, conversation: str, turns: list[tuple[str, str]]) -> None:
        """Take over (question, answer) pairs from an earlier run of the program, unless they are here already."""
        if conversation in self._transcripts:
            return
        transcript = self._transcript(conversation)
        transcript.turns = [
            (ChatMessage("user", f"Question: {question}"), ChatMessage("assistant", answer))
            for question, answer in turns
        ]

    def _transcript(self, conversation: str) -> _Transcript:
        transcript = self._transcripts.setdefault(conversation, _Transcript())
        self._transcripts.move_to_end(conversation)
        while len(self._transcripts) > _KEPT_CONVERSATIONS:
            self._transcripts.popitem(last=False)
        return transcript

    @staticmethod
    def _question(transcript: _Transcript, facts: list[str], understood: Understood) -> ChatMessage:
        new = [fact for fact in facts if fact not in transcript.facts]
        told = "Facts:\n" + "\n".join(f"- {fact}" for fact in new) + "\n\n" if new else ""
        return ChatMessage("user", f"{told}Question: {understood.question}{_WISHES[understood.mode]}")

    @staticmethod
    def _tokens(transcript: _Transcript, asked: ChatMessage, model: LanguageModel) -> int:
        messages = [message for turn in transcript.turns for message in turn]
        return sum(model.count_tokens(message.content) + 8 for message in (*messages, asked)) + 80

    def _drop_oldest(
        self, transcript: _Transcript, asked: ChatMessage, model: LanguageModel, room: int
    ) -> None:
        while transcript.turns and self._tokens(transcript, asked, model) > room:
            transcript.turns.pop(0)
        kept = "\n".join(message.content for message, _ in transcript.turns)
        transcript.facts = {fact for fact in transcript.facts if fact in kept}
