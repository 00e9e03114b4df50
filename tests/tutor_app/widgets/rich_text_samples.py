"""Views with rich text in them, and what is found in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QTextCursor

from engine.types import AnswerPart
from tutor_app.richtext.answer import render_answer
from tutor_app.richtext.document import RichText
from tutor_app.widgets.rich_text_view import RichTextView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme


EVERYTHING = r"""# Title

Some **bold** words, $\frac{1}{2}$ and `code` with a [link](https://example.org).

$$x=\frac{-b\pm\sqrt{b^2-4ac}}{2a}$$

- one
- two

> quoted

```
x = 1
```

| a | b |
|---|---|
| $x$ | 2 |

---

End.
"""


def shown(qtbot: QtBot, theme: Theme, rich: RichText, *, width: int = 500) -> RichTextView:
    view = RichTextView(theme)
    qtbot.addWidget(view)
    view.set_rich_text(rich)
    view.resize(width, view.heightForWidth(width))
    with qtbot.waitExposed(view):
        view.show()
    return view


def answer(*parts: tuple[str, int]) -> RichText:
    return render_answer([AnswerPart(text, number) for text, number in parts])


def point_of(view: RichTextView, what: str) -> QPoint:
    span = next(span for span in view._builder.anchors if span.what == what)
    return view._painter.focus_rects(span)[0].center().toPoint()


def colours(image: QImage) -> list[QColor]:
    return [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]


def select(view: RichTextView, start: int, end: int) -> None:
    cursor = view.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
