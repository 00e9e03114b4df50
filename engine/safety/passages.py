"""Text of passages is data. Sentences that read like an instruction to the model are left out of prompts.

They are still shown to the learner where the passage is shown. This is a first, cheap line: it sees sentences that
speak to whoever writes the answer, and the marks of chat templates. It does not see a harmless-looking foreign task
("What is the capital of Brazil?"); what stops those is that every sentence of an answer must be supported by a
passage, near its words, and cited (``rag/citations``).
"""

import re

from engine.sentences import sentence_spans

_THING = (
    r"(?:answer|response|reply|output|message|elucidation|solution|completion|code ?base|code|implementation|algorithm"
    r"|generated text)s?"
)
_ANSWER = rf"(?:{_THING}|(?:explanation|summary|program|project)s?)"
_VERBS = (
    r"(?:add|append|include|insert|integrate|incorporate|embed|infuse|blend|meld|weave|merge|modify|alter|change|adapt"
    r"|adjust|enhance|enrich|augment|extend|use|write|provide|give|make|express|encode|reverse|scramble|replace|rearrange"
    r"|misspell|introduce|suggest|mention|hint|translate|render|convert|format|start|begin|end|finish|conclude|ensure"
    r"|validate|invert|execute|absorb|consider|respond|reply|answer|return|output|print|say|repeat|limit|keep|craft"
    r"|compose|employ)"
)
_PATTERNS = (
    # an order to whoever answers, about the answer
    (
        rf"^(?:please |always |now |also |instead,? |kindly |only )*{_VERBS}\b"
        rf".*\b(?:your|the final|this) (?:\w+ ){{0,2}}{_ANSWER}\b"
    ),
    rf"\b(?:in|of|to|into|for|within|with|throughout) your (?:\w+ ){{0,2}}{_THING}\b",
    r"^(?:respond|reply|answer)\b.{0,60}\b(?:in|with|using|only|as|by|like)\b",
    rf"\b(?:can|could|will|would|should|must) you\b.*\b(?:your|the) {_ANSWER}\b",
    r"\b(?:subsequent code|(?:following|below|next) code (?:block|snippet|excerpt|section|segment))\b",
    # against the instructions there are, or another part to play
    (
        r"\b(?:ignore|disregard|forget|override|bypass|skip)\b.{0,40}"
        r"\b(?:instructions?|prompts?|rules?|guidelines?|above|previous|prior|everything|context|question)\b"
    ),
    (
        r"\b(?:system prompt|developer mode|jailbreak|you are now|pretend (?:to be|you are)|roleplay as|as an ai"
        r"|language model|chat ?bot|new instructions?|hidden instructions?|ai assistant"
        r"|assistant,? (?:must|should|please))\b"
    ),
    r"(?:^|\byou (?:must |should |will |are to )?)act as an?\b",
    # about or past the learner
    (
        r"\b(?:do not|don't|never) (?:tell|inform|reveal to|mention (?:this|it)|say|answer|show) .{0,40}"
        r"\b(?:user|learner|student|anyone|this)\b"
    ),
    r"\b(?:tell|inform|ask|urge|convince|instruct) (?:the|all|every) (?:user|learner|student|reader)s? (?:to|that)\b",
)
_INSTRUCTION = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE | re.DOTALL)
_TEMPLATE = re.compile(
    r"<\|[\w ]{1,30}\|>|\[/?INST\]|<</?SYS>>|</?s>|^\s*#{2,}\s*(?:instructions?|system|user|assistant|human)\b.*$"
    r"|^\s*(?:system|user|assistant|human|instruction)\s*:",
    re.IGNORECASE | re.MULTILINE,
)


def instruction_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of the sentences of ``text`` that read like an instruction to the model."""
    return [
        (start, end)
        for start, end in sentence_spans(text)
        if _INSTRUCTION.search(text[start:end]) or _TEMPLATE.search(text[start:end])
    ]
