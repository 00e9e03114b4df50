"""What every backend does with the pieces of a reply."""

from collections.abc import Iterable, Iterator


def stop_at(stops: tuple[str, ...], pieces: Iterable[str]) -> Iterator[str]:
    """The pieces up to the first of ``stops``, which may be spread over several pieces."""
    if not stops:
        yield from pieces
        return
    held = ""
    longest = max(map(len, stops)) - 1
    for piece in pieces:
        held += piece
        found = min((at for at in map(held.find, stops) if at >= 0), default=None)
        if found is not None:
            yield held[:found]
            return
        safe = len(held) - longest
        if safe > 0:
            yield held[:safe]
            held = held[safe:]
    if held:
        yield held
