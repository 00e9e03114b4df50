"""Rich text in a list or above a text: read and selected, with no edge of its own, and not on the keyboard's way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tutor_app.widgets.rich_text_view import RichTextView

if TYPE_CHECKING:
    from tutor_app.theme.theme import Theme


class QuietText(RichTextView):
    """Stands where a label would, and in line with labels.

    Args:
        theme: colours and sizes.
        size: of the text, a key of ``tokens.TYPE``.
        mute: in the lighter colour.
    """

    def __init__(self, theme: Theme, *, size: str = "body", mute: bool = False) -> None:
        super().__init__(theme, size=size, mute=mute)
        self.setProperty("content", True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.document().setDocumentMargin(0)
