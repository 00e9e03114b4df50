"""What an act needs to know of the turn beside what was found: who asked what, and after what."""

from dataclasses import dataclass

from engine.sentences import split_sentences
from engine.tutor.follow_up import Understood


@dataclass(frozen=True, slots=True)
class PastTurn:
    """A turn that was answered: the question as typed, the answer as shown, the quotes it rests on."""

    question: str
    answer: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """One turn's question in its conversation; ``past`` is the latest turns, oldest first."""

    conversation: str
    understood: Understood
    past: tuple[PastTurn, ...] = ()

    @property
    def already_read(self) -> tuple[str, ...]:
        """The sentences that a follow-up must not repeat."""
        if not self.understood.follow_up:
            return ()
        return tuple(
            sentence for turn in self.past for quote in turn.quotes for sentence in split_sentences(quote)
        )
