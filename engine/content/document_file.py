"""An imported document as it is kept: its ``Pack`` in one JSON file, since its text is not an author's Markdown."""

from pathlib import Path
from typing import TYPE_CHECKING

from engine.content.pack import Pack
from engine.errors import PackError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

FILE = "document.json"


def write_document(folder: Path, pack: Pack) -> None:
    """Keep ``pack`` in ``folder``."""
    (folder / FILE).write_bytes(_adapter().dump_json(pack))


def read_document(folder: Path) -> Pack:
    """The document kept in ``folder``.

    Raises:
        PackError: the file is missing or damaged.
    """
    from pydantic import ValidationError

    try:
        return _adapter().validate_json((folder / FILE).read_bytes())
    except (OSError, ValidationError) as error:
        raise PackError(
            f"The imported document in {folder} is damaged.", todo="Remove it, and add the document again."
        ) from error


def _adapter() -> "TypeAdapter[Pack]":
    from pydantic import TypeAdapter

    return TypeAdapter(Pack)
