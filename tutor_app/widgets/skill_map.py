"""The map of skills: what comes first on the one side, what rests on it on the other, lines between them.

It is a view of a ``SkillModel``, so a screen reader knows its items, and letters find a skill by its name. Arrow keys
go along the lines and within a layer; plus, minus and nought change the size; the pointer drags it. From far away only
the signs of the levels are drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QCursor, QPainter, QPen, QPolygonF, QRegion
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView

from tutor_app.i18n import tr
from tutor_app.item_models.skill_model import SKILL
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.skill_map_geometry import MapGeometry
from tutor_app.widgets.skill_tile import TileState, paint_sign, paint_tile

if TYPE_CHECKING:
    from PySide6.QtCore import QItemSelectionModel
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from tutor_app.item_models.skill_model import SkillModel
    from tutor_app.services.learning_facts import SkillFacts
    from tutor_app.theme.theme import Theme

_AnyIndex = QModelIndex | QPersistentModelIndex
_SIGNS_BELOW = 0.62
_SMALLEST, _LARGEST = 0.15, 1.5
_STEP = 1.25
_WHEEL_STEP = 120
_ARROW = 7
_NOWHERE = QModelIndex()


class SkillMap(QListView):
    """The map. A list to a screen reader; where its items stand and how they look is its own.

    Signals:
        opened: a skill's id: Enter, or a double click.
        zoomed: the size changed.
    """

    opened = Signal(str)
    zoomed = Signal()

    def __init__(self, theme: Theme, model: SkillModel) -> None:
        super().__init__()
        self._theme = theme
        self._skills = model
        self._plan = MapGeometry((), 1.0)
        self._zoom = 1.0
        self._dragged: QPoint | None = None
        self._centre_next = True
        self.setModel(model)
        self.setAccessibleName(tr("Map of skills"))
        self.setAccessibleDescription(
            tr("Arrow keys go from a skill to the one before, behind or beside it.")
        )
        self.setProperty("content", True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.activated.connect(self._open)
        self.doubleClicked.connect(self._open)
        model.modelReset.connect(self._arrange)
        model.dataChanged.connect(self._redraw)
        theme.changed.connect(self._arrange)
        self._arrange()

    @property
    def zoom(self) -> float:
        """How large it is drawn; 1 is the size of the text."""
        return self._zoom

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Draw it larger or smaller; what is at ``at`` (the middle by default) stays where it is."""
        zoom = min(_LARGEST, max(_SMALLEST, zoom))
        if zoom == self._zoom:
            return
        fixed = at if at is not None else QPointF(self.viewport().rect().center())
        held = self._to_map(fixed)
        self._zoom = zoom
        self._fit_bars()
        moved = self._from_map(held) - fixed
        self._scroll_by(moved)
        self.viewport().update()
        self.zoomed.emit()

    def step_zoom(self, steps: float) -> None:
        """Draw it ``steps`` larger, or smaller below 0."""
        self.set_zoom(self._zoom * _STEP**steps)

    def fit_all(self) -> None:
        """Draw it so small that all of it is seen."""
        room, whole = self.viewport().size(), self._plan.size
        if whole.width() and whole.height():
            self.set_zoom(min(1.0, room.width() / whole.width(), room.height() / whole.height()))
        self._fit_bars()

    def show_skill(self, skill: str) -> None:
        """Select a skill and bring it into the middle."""
        index = self._skills.index_of(skill)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    # What every item view has to know.

    def visualRect(self, index: _AnyIndex) -> QRect:
        """Where a skill stands in the viewport."""
        placed = self._placed_at(index)
        if placed is None:
            return QRect()
        return QRectF(self._from_map(placed.topLeft()), placed.size() * self._zoom).toAlignedRect()

    def scrollTo(
        self,
        index: _AnyIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a skill into view."""
        rect, room = QRectF(self.visualRect(index)), QRectF(self.viewport().rect())
        if rect.isEmpty():
            return
        rect.adjust(0, 0, 0, self._plan.gap * self._zoom)  # with what hangs at its lower edge
        if hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            self._scroll_by(rect.center() - room.center())
            return
        edge = SPACE["xl"]
        rect.adjust(-edge, -edge, edge, edge)
        across = min(0.0, rect.left()) or max(0.0, rect.right() - room.right())
        down = min(0.0, rect.top()) or max(0.0, rect.bottom() - room.bottom())
        self._scroll_by(QPointF(across, down))

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The skill at a point of the viewport."""
        at = self._to_map(QPointF(point))
        row = next(
            (row for row, one in enumerate(self._skills.skills) if self._plan.places[one.id].contains(at)), -1
        )
        return self._skills.index(row) if row >= 0 else QModelIndex()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """The skill that a key goes to."""
        skills, current = self._skills.skills, self._current()
        if not skills:
            return QModelIndex()
        if current is None:
            return self._skills.index_of(self._skills.next or skills[0].id)
        moves = QAbstractItemView.CursorAction
        if action in (moves.MoveHome, moves.MoveEnd):
            return self._skills.index(0 if action is moves.MoveHome else len(skills) - 1)
        ahead = moves.MoveLeft if self._right_to_left else moves.MoveRight
        if action in (moves.MoveLeft, moves.MoveRight):
            near = self._after(current) if action is ahead else self._before(current)
            return self._nearest(current, near)
        down = action in (moves.MoveDown, moves.MovePageDown)
        here = self._plan.heights[current.id]
        beside = [
            one
            for one in skills
            if one.layer == current.layer and (self._plan.heights[one.id] - here) * (1 if down else -1) > 0
        ]
        return self._nearest(current, beside)

    def horizontalOffset(self) -> int:
        """How far it is scrolled across."""
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        """How far it is scrolled down."""
        return self.verticalScrollBar().value()

    def updateGeometries(self) -> None:
        """The room that scroll bars have to cover."""
        self._fit_bars()

    def scrollContentsBy(self, _across: int, _down: int) -> None:
        """Draw all anew: lines cross everything."""
        self.viewport().update()

    def isIndexHidden(self, _index: _AnyIndex) -> bool:
        """All skills are there."""
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select what was clicked."""
        index = self.indexAt(rect.topLeft())
        if index.isValid():
            self.selectionModel().select(index, command)

    def visualRegionForSelection(self, _selection: object) -> QRegion:
        """Lines change with the selection, so everything is drawn anew."""
        return QRegion(self.viewport().rect())

    # What happens to it.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus, minus and nought; all else as in any list."""
        if event.text() in ("+", "-") and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.text() == "+" else -1)
        elif event.text() == "0":
            self.fit_all()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel change the size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom * _STEP ** (event.angleDelta().y() / _WHEEL_STEP), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select a skill, or take hold of the map."""
        if self.indexAt(event.position().toPoint()).isValid():
            super().mousePressEvent(event)
        else:
            self._dragged = event.position().toPoint()
            self.viewport().setCursor(QCursor(Qt.CursorShape.ClosedHandCursor))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the map."""
        at = event.position().toPoint()
        if self._dragged is None:
            over = self.indexAt(at).isValid()
            self.viewport().setCursor(
                Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
            )
            super().mouseMoveEvent(event)
            return
        self._scroll_by(QPointF(self._dragged - at))
        self._dragged = at

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        self._dragged = None
        super().mouseReleaseEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room; at first, show what comes next."""
        super().resizeEvent(event)
        self._fit_bars()
        if self._centre_next and self.isVisible():
            self._centre()

    def currentChanged(self, current: _AnyIndex, previous: _AnyIndex) -> None:
        """Draw the lines of another skill."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw lines, then skills."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self._from_map(QPointF(0, 0)))
        painter.scale(self._zoom, self._zoom)
        room = QRectF(self._to_map(QPointF(0, 0)), QRectF(self.viewport().rect()).size() / self._zoom)
        self._paint_lines(painter)
        current = self._current()
        for skill in self._skills.skills:
            box = self._plan.places[skill.id]
            if not box.intersects(room):
                continue
            state = TileState(
                chosen=current is not None and skill.id == current.id,
                focused=self.hasFocus(),
                proposed=skill.id == self._skills.next,
            )
            draw = paint_sign if self._zoom < _SIGNS_BELOW else paint_tile
            draw(painter, box, skill, state, self._theme)
        painter.end()

    def _paint_lines(self, painter: QPainter) -> None:
        colours, current = self._theme.colours, self._current()
        plain = QPen(QColor(colours.line_strong), 1.0 / self._zoom)
        strong = QPen(QColor(colours.accent), max(2.0, 2.0 / self._zoom))
        own = current.id if current is not None else ""
        for marked in (False, True):
            painter.setPen(strong if marked else plain)
            for line in self._plan.lines:
                if (own in (line.source, line.target)) == marked:
                    path, end = self._plan.path(line)
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawPath(path)
                    if self._zoom >= _SIGNS_BELOW:
                        self._paint_arrow(painter, end)

    def _paint_arrow(self, painter: QPainter, end: QPointF) -> None:
        back = _ARROW if self._right_to_left else -_ARROW
        painter.setBrush(painter.pen().color())
        painter.drawPolygon(
            QPolygonF([end, end + QPointF(back, -_ARROW / 2), end + QPointF(back, _ARROW / 2)])
        )

    def _arrange(self) -> None:
        """Find where everything stands."""
        self._plan = MapGeometry(self._skills.skills, self._theme.scale, mirrored=self._right_to_left)
        self._centre_next = True
        self._fit_bars()
        if self.isVisible():
            self._centre()
        self.viewport().update()

    def _centre(self) -> None:
        self._centre_next = False
        shown = self.currentIndex()
        if not shown.isValid():
            shown = self._skills.index_of(self._skills.next)
        self.scrollTo(shown, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _redraw(self) -> None:
        self.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        skill = index.data(SKILL)
        if skill is not None:
            self.opened.emit(skill.id)

    @property
    def _right_to_left(self) -> bool:
        return QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _fit_bars(self) -> None:
        room, whole = self.viewport().size(), self._plan.size
        for bar, has, needs in (
            (self.horizontalScrollBar(), room.width(), whole.width()),
            (self.verticalScrollBar(), room.height(), whole.height()),
        ):
            bar.setPageStep(has)
            bar.setSingleStep(max(1, has // 12))
            bar.setRange(0, max(0, round(needs * self._zoom) - has))

    def _origin(self) -> QPointF:
        """Where the map begins in the viewport: scrolled, or in the middle where there is room to spare."""
        room, whole = self.viewport().size(), self._plan.size
        spare_across = max(0.0, room.width() - whole.width() * self._zoom) / 2
        spare_down = max(0.0, room.height() - whole.height() * self._zoom) / 2
        across = self.horizontalScrollBar().value()
        if self._right_to_left:  # the bar counts from the right then
            across = self.horizontalScrollBar().maximum() - across
        return QPointF(spare_across - across, spare_down - self.verticalScrollBar().value())

    def _from_map(self, point: QPointF) -> QPointF:
        return self._origin() + point * self._zoom

    def _to_map(self, point: QPointF) -> QPointF:
        return (point - self._origin()) / self._zoom

    def _scroll_by(self, way: QPointF) -> None:
        across = -way.x() if self._right_to_left else way.x()
        for bar, amount in ((self.horizontalScrollBar(), across), (self.verticalScrollBar(), way.y())):
            bar.setValue(round(bar.value() + amount))

    def _placed_at(self, index: _AnyIndex) -> QRectF | None:
        skill = index.data(SKILL) if index.isValid() else None
        return self._plan.places.get(skill.id) if skill is not None else None

    def _current(self) -> SkillFacts | None:
        found: SkillFacts | None = self.currentIndex().data(SKILL) if self.currentIndex().isValid() else None
        return found

    def _before(self, skill: SkillFacts) -> list[SkillFacts]:
        return [one for one in self._skills.skills if one.id in skill.requires]

    def _after(self, skill: SkillFacts) -> list[SkillFacts]:
        return [one for one in self._skills.skills if skill.id in one.requires]

    def _nearest(self, skill: SkillFacts, others: list[SkillFacts]) -> QModelIndex:
        """Of ``others`` the one that stands nearest; ``skill`` itself where there are none."""
        heights = self._plan.heights
        found = min(
            others,
            key=lambda one: (abs(heights[one.id] - heights[skill.id]), abs(one.layer - skill.layer)),
            default=skill,
        )
        return self._skills.index_of(found.id)
