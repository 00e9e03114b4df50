"""All widgets of the design language on one page, to look at.

``python -m tests.tutor_app.widgets.gallery FOLDER`` writes a picture for each theme, for 200 % text and for
right-to-left; run it with ``QT_QPA_PLATFORM=offscreen``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QRadioButton,
    QSlider,
    QSpinBox,
    QTabBar,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from tutor_app.place import Page
from tutor_app.preferences import Motion, PreferenceStore, ThemeChoice
from tutor_app.theme.theme import Theme
from tutor_app.widgets.banner import Banner
from tutor_app.widgets.basics import IconButton, button, card, column, label, row
from tutor_app.widgets.elided_label import ElidedLabel
from tutor_app.widgets.empty_state import EmptyState
from tutor_app.widgets.flow_layout import flow
from tutor_app.widgets.hover_card import HoverCard
from tutor_app.widgets.nav_rail import NavRail
from tutor_app.widgets.page_header import PageHeader
from tutor_app.widgets.press_card import PressCard
from tutor_app.widgets.progress_card import ProgressCard
from tutor_app.widgets.scroll_column import ScrollColumn
from tutor_app.widgets.search_field import SearchField
from tutor_app.widgets.segmented import Segmented
from tutor_app.widgets.toast import ToastHost


class Gallery(QWidget):
    """A window with the navigation, a page of parts, and a second page of states."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.theme = theme
        rail = NavRail(theme)
        rail.set_status("Offline · Qwen 4B is ready")
        rail.show_page(Page.LIBRARY)
        self.page = ScrollColumn(820)
        self.page.add(*self._parts(theme))
        self.show_banners()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(rail)
        layout.addWidget(self.page, 1)
        self.toasts = ToastHost(self, theme)
        self.hover = HoverCard(self, theme)

    def show_overlays(self) -> None:
        """Toasts and a hover card."""
        self.toasts.show_notice("Copied.")
        self.toasts.show_undo("“Photosynthesis” was removed from your library.", lambda: None)
        at = self.badge.mapToGlobal(QPoint(0, 0))
        self.hover.show_near(
            QRect(at, self.badge.size()),
            "Discriminant",
            "The part under the root, b² − 4ac. Its sign says how many solutions an equation has.",
        )

    def _parts(self, theme: Theme) -> list[QWidget]:
        header = PageHeader(
            "Library",
            "Your packs and documents. Everything stays on this computer.",
            SearchField(theme, "Search your library"),
            button("Add documents", "primary"),
        )
        self.news, self.wrong = Banner(theme), Banner(theme)
        return [
            header,
            self.news,
            self.wrong,
            self._cards(theme),
            self._buttons(theme),
            self._choices(),
            self._lists(),
        ]

    def show_banners(self) -> None:
        """News, and something that went wrong."""
        self.news.tell("A new version of the pack Algebra is here.", "", button("See what is new"))
        self.wrong.tell(
            "chemistry.pdf could not be read.",
            "It has a password. Save it without one, then add it again.",
            button("Choose another file"),
            role="alarm",
        )

    def _cards(self, theme: Theme) -> QWidget:
        one = PressCard(
            "Algebra", column(label("Algebra", "heading"), label("84 sections · 12 questions asked", "mute"))
        )
        body = column(label("Physics", "heading"), label("61 sections · not opened yet", "mute", wrap=True))
        two = PressCard("Physics", body)
        self.pressed = two
        progress = ProgressCard(theme, "biology-textbook-year-9.pdf", pausable=True)
        progress.set_progress(12, 40, "12 of 40 pages")
        progress.set_detail("Reading the pages …")
        unknown = ProgressCard(theme, "Preparing the model")
        unknown.set_progress(0, 0)
        unknown.set_detail("This takes about a minute.")
        return _box(row(one, two, space="m"), row(progress, unknown, space="m"))

    def _buttons(self, theme: Theme) -> QWidget:
        off = button("Primary, off", "primary")
        off.setEnabled(False)
        chip = button("Why is that so?", "chip")
        marked = button("Marked", "chip")
        marked.setCheckable(True)
        marked.setChecked(True)
        icons = [
            IconButton(theme, name, name, checkable=True)
            for name in ("copy", "retry", "pinned", "undo", "open")
        ]
        icons[2].setChecked(True)
        self.badge = label("Year 9", "badge")
        self.focusable = button("Ask", "primary")
        return _box(
            flow(
                self.focusable, off, button("Normal"), button("Remove", "danger"), button("Quiet", "quiet"),
                button("A link", "link"), chip, marked, self.badge, *icons,
            ),
            Segmented(
                "How to answer",
                [("explain", "Explain"), ("hint", "Hint"), ("example", "Example"), ("quiz", "Quiz me")],
                "hint",
            ),
        )  # fmt: skip

    def _choices(self) -> QWidget:
        checks = []
        for state, text in ((0, "Off"), (1, "Partly"), (2, "On")):
            check = QCheckBox(text)
            check.setTristate(state == 1)
            check.setCheckState(Qt.CheckState(state))
            checks.append(check)
        radio, other = QRadioButton("Follow the system"), QRadioButton("Dark")
        radio.setChecked(True)
        combo = QComboBox()
        combo.addItems(["English", "Deutsch"])
        spin = QSpinBox()
        spin.setValue(4)
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setValue(40)
        slider.setMinimumWidth(160)
        bar = QProgressBar()
        bar.setValue(56)
        line = QLineEdit()
        line.setPlaceholderText("Your name, if you like")
        tabs = QTabBar()
        for name in ("Contents", "Glossary", "About"):
            tabs.addTab(name)
        cut = ElidedLabel("A very long title of a section that never fits into the line where it stands " * 2)
        return _box(flow(*checks, radio, other, combo, spin, slider), row(line, bar, space="m"), tabs, cut)

    def _lists(self) -> QWidget:
        items = QListWidget()
        items.addItems(["Quadratic equations", "Completing the square", "The discriminant"])
        items.setCurrentRow(1)
        tree = QTreeWidget()
        tree.setHeaderHidden(True)
        for name in ("Numbers", "Equations"):
            top = QTreeWidgetItem([name])
            top.addChildren([QTreeWidgetItem(["Linear"]), QTreeWidgetItem(["Quadratic"])])
            tree.addTopLevelItem(top)
        tree.expandAll()
        empty = EmptyState(
            self.theme,
            "library",
            "Nothing here yet",
            "Add a PDF, a web page or a text, and ask about it a minute later.",
            button("Add documents", "primary"),
            button("Show me how"),
        )
        for part in (items, tree):
            part.setMinimumHeight(170)
        sunken = card("sunken")
        sunken.setLayout(column(label("A sunken card, for code and quotes.", "reading"), margin="m"))
        return _box(row(items, tree, space="m"), sunken, empty)


def _box(*parts: object) -> QWidget:
    box = QWidget()
    box.setLayout(column(*parts, space="m"))  # type: ignore[arg-type]
    return box


def main(folder: Path) -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    with TemporaryDirectory() as home:
        store = PreferenceStore(Path(home) / "preferences.json")
        store.change(motion=Motion.OFF)
        theme = Theme(app, store)
        for name, choice, scale, size, right_to_left in (
            ("light", ThemeChoice.LIGHT, 100, (1280, 1500), False),
            ("dark", ThemeChoice.DARK, 100, (1280, 1500), False),
            ("contrast", ThemeChoice.CONTRAST, 100, (1280, 1500), False),
            ("large", ThemeChoice.LIGHT, 200, (1280, 2600), False),
            ("rtl", ThemeChoice.LIGHT, 100, (1280, 1500), True),
            ("small", ThemeChoice.DARK, 100, (700, 1900), False),
        ):
            direction = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
            app.setLayoutDirection(direction)
            store.change(theme=choice, text_scale=scale)
            gallery = Gallery(theme)
            gallery.resize(*size)
            gallery.show()
            app.processEvents()
            gallery.pressed.setFocus(Qt.FocusReason.TabFocusReason)
            gallery.show_overlays()
            app.processEvents()
            gallery.grab().save(str(folder / f"{name}.png"))
            gallery.hide()
            gallery.deleteLater()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
