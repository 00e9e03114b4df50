"""Bytes to text, for files that do not say reliably how they are written."""

import codecs
import unicodedata

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 100_000


def decode(data: bytes, declared: str = "") -> str:
    """Text in NFC, lines ended by line feeds: as its mark says, as UTF-8, as declared, as guessed."""
    text = _by_mark(data)
    if text is None:
        text = _strict(data, "utf-8")
    if text is None and declared:
        text = _strict(data, declared)
    if text is None:
        text = _strict(data, _guess(data))
    if text is None:
        text = data.decode("cp1252", errors="replace")
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")


def _by_mark(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    return None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _guess(data: bytes) -> str:
    """What charset-normalizer takes it for, if that is an alphabet other than the Latin one.

    Among the many western encodings it can only guess, and Windows-1252 is by far the most common.
    """
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        return "cp1252"
    letters = [character for character in str(best) if character.isalpha()]
    foreign = sum(1 for character in letters if ord(character) > 0x24F)
    return best.encoding if foreign * 3 > len(letters) else "cp1252"
