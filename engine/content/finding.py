"""What a check found in a pack: where, which rule, what is wrong and what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An ``ERROR`` keeps a pack from being built; a ``WARNING`` is for the author to weigh."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend.

    Attributes:
        rule: stable id; the part before the dot is the area ("text", "skill", "media", "style"…).
        file: path inside the pack, with forward slashes; empty for the pack as a whole.
        line: from 1; 0 where there is no line.
        message: what is wrong.
        todo: what to do about it.
    """

    rule: str
    file: str
    line: int
    message: str
    todo: str
    severity: Severity = Severity.ERROR

    @property
    def blocks_installing(self) -> bool:
        """Whether the pack is unsound, and not merely hard to read or unfinished (the rules of "style")."""
        return self.severity is Severity.ERROR and not self.rule.startswith("style.")

    @property
    def where(self) -> str:
        """Place for a person: "skills.json:12"."""
        return f"{self.file}:{self.line}" if self.line else self.file or "pack"


def warning(rule: str, file: str, line: int, message: str, *, todo: str) -> Finding:
    """A finding that does not keep a pack from being built."""
    return Finding(rule, file, line, message, todo, Severity.WARNING)
