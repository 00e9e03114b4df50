"""The map of skills: what comes first on the one side, what rests on it on the other, lines between them.

It is a view of a ``SkillModel``, so a screen reader knows its items, and letters find a skill by its name. Arrow keys
go along the lines and within a layer; plus, minus and nought change the size; the pointer drags it. Until somebody
changes the size, it is such that whole columns are seen.

Elsewhere: where the skills stand (``MapGeometry``), how they look (``SkillMapScene``), where keys go
(``SkillNeighbours``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView

from tutor_app.i18n import tr
from tutor_app.item_models.skill_model import SKILL
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.plane_view import PlaneView
from tutor_app.widgets.skill_map_fit import MapFit
from tutor_app.widgets.skill_map_geometry import MapGeometry
from tutor_app.widgets.skill_map_scene import MapView, SkillMapScene
from tutor_app.widgets.skill_neighbours import SkillNeighbours

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QSize
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from tutor_app.item_models.skill_model import SkillModel
    from tutor_app.services.learning_facts import SkillFacts
    from tutor_app.theme.theme import Theme

_AnyIndex = QModelIndex | QPersistentModelIndex


class SkillMap(PlaneView):
    """The map.

    Signals:
        opened: a skill's id: Enter, or a double click.
    """

    opened = Signal(str)

    def __init__(self, theme: Theme, model: SkillModel) -> None:
        self._theme = theme
        self._skills = model
        self._scene = SkillMapScene(theme)
        self._loose = self._near = self._plan = MapGeometry((), 1.0)
        self._zoomed = False
        self._hovered = ""
        self._centre_next = True
        super().__init__()  # asks where things stand
        self.setModel(model)
        self.setAccessibleName(tr("Map of skills"))
        self.setAccessibleDescription(
            tr("Arrow keys go from a skill to the one before, behind or beside it.")
        )
        self.zoomed.connect(self._keep_zoom)
        self.activated.connect(self._open)
        self.doubleClicked.connect(self._open)
        model.modelReset.connect(self._begin)
        model.dataChanged.connect(self._redraw)
        theme.changed.connect(self._arrange)
        self._arrange()

    def fit_all(self) -> None:
        """Draw it so small that all of it is seen."""
        self._keep_zoom()
        self.set_zoom(self._fit(self.maximumViewportSize()).whole())

    def show_skill(self, skill: str) -> None:
        """Select a skill and bring it into the middle."""
        index = self._skills.index_of(skill)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def draw_at(self, zoom: float) -> None:
        """Draw it at a size, in the form that tiles have then."""
        fit = self._fit(self.maximumViewportSize())
        self._plan = self._near if zoom >= fit.near_from else self._laid_out(fit.stretch)
        self.plane_size = self._plan.size
        super().draw_at(zoom)

    # What every item view has to know.

    def visualRect(self, index: _AnyIndex) -> QRect:
        """Where a skill stands in the viewport."""
        placed = self._placed_at(index)
        if placed is None:
            return QRect()
        return QRectF(self.in_view(placed.topLeft()), placed.size() * self._zoom).toAlignedRect()

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
            self.scroll_by(QPointF(self._to_whole_columns(rect), rect.center().y() - room.center().y()))
            return
        edge = SPACE["xl"]
        rect.adjust(-edge, -edge, edge, edge)
        across = min(0.0, rect.left()) or max(0.0, rect.right() - room.right())
        down = min(0.0, rect.top()) or max(0.0, rect.bottom() - room.bottom())
        self.scroll_by(QPointF(across, down))

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The skill at a point of the viewport."""
        at = self.on_plane(QPointF(point))
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
        near = SkillNeighbours(skills, self._plan.heights)
        ahead = moves.MoveLeft if self.mirrored else moves.MoveRight
        if action in (moves.MoveLeft, moves.MoveRight):
            found = near.after(current) if action is ahead else near.before(current)
        else:
            down = action in (moves.MoveDown, moves.MovePageDown)
            found = near.below(current) if down else near.above(current)
        return self._skills.index_of(found.id)

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

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the name of what is under the pointer, where it is too small for its name; drag the map."""
        super().mouseMoveEvent(event)
        over = self.indexAt(event.position().toPoint())
        self._hover(over.data(SKILL).id if over.isValid() else "")

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is on no skill any more."""
        super().leaveEvent(event)
        self._hover("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room; until somebody changes the size, show whole columns of it."""
        super().resizeEvent(event)
        self.draw_at(self._zoom)
        if self.isVisible() and (self._centre_next or not self._zoomed):
            self._centre()

    def currentChanged(self, current: _AnyIndex, previous: _AnyIndex) -> None:
        """Draw the lines of another skill."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what is seen of it."""
        current = self._current()
        painter = QPainter(self.viewport())
        view = MapView(
            room=QRectF(self.viewport().rect()),
            origin=self.origin(),
            zoom=self._zoom,
            far=self._plan is not self._near,
            current=current.id if current is not None else "",
            hovered=self._hovered,
            proposed=self._skills.next,
            focused=self.hasFocus(),
            mirrored=self.mirrored,
        )
        self._scene.paint(painter, self._plan, self._skills.skills, view)
        painter.end()

    def _begin(self) -> None:
        """Other skills: at the size that suits them."""
        self._zoomed = False
        self._hovered = ""
        self._arrange()

    def _arrange(self) -> None:
        """Find where everything stands."""
        self._loose = self._near = self._plan = self._laid_out(1.0)
        self._centre_next = True
        self.draw_at(self._zoom)
        if self.isVisible():
            self._centre()

    def _laid_out(self, stretch: float, gap: float | None = None) -> MapGeometry:
        return MapGeometry(
            self._skills.skills, self._theme.scale, mirrored=self.mirrored, stretch=stretch, gap=gap
        )

    def _fit(self, room: QSize) -> MapFit:
        return MapFit(self._near, room, self._theme.scale)

    def _centre(self) -> None:
        self._centre_next = False
        if not self._zoomed:
            fit = MapFit(self._loose, self.room(), self._theme.scale)
            zoom = fit.whole_columns()
            self._near = (
                self._loose if fit.gap(zoom) == self._loose.gap else self._laid_out(1.0, fit.gap(zoom))
            )
            self.draw_at(zoom)
        shown = self.currentIndex()
        if not shown.isValid():
            shown = self._skills.index_of(self._skills.next)
        self.scrollTo(shown, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _to_whole_columns(self, rect: QRectF) -> float:
        """How far to scroll across so that ``rect`` is about in the middle and the first column is not cut."""
        room, pitch = self.viewport().width(), self._plan.pitch * self._zoom
        seen = int(room / pitch + 0.01)
        if not seen:
            return rect.center().x() - room / 2
        column, first = self._plan.column_edges(self.on_plane(rect.center()).x())
        start = max(0, column - seen // 2)
        return self.in_view(QPointF(first + start * self._plan.pitch, 0)).x()

    @Slot()
    def _keep_zoom(self) -> None:
        """Somebody chose the size: it does not change by itself any more."""
        self._zoomed = True

    def _hover(self, skill: str) -> None:
        if skill != self._hovered:
            self._hovered = skill
            self.viewport().update()

    def _redraw(self) -> None:
        self.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        skill = index.data(SKILL)
        if skill is not None:
            self.opened.emit(skill.id)

    def _placed_at(self, index: _AnyIndex) -> QRectF | None:
        skill = index.data(SKILL) if index.isValid() else None
        return self._plan.places.get(skill.id) if skill is not None else None

    def _current(self) -> SkillFacts | None:
        found: SkillFacts | None = self.currentIndex().data(SKILL) if self.currentIndex().isValid() else None
        return found
