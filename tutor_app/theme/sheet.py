"""The style sheet: one template, filled from the tokens. Widgets say what they are by the property ``role``.

Rules of the template: a border that grows when the keyboard comes takes its width from the padding, so that nothing
moves; ``outline: none`` keeps Fusion from drawing a second ring; what is selected is filled with ``chosen``;
what is pressed and looks like text has no padding beside its words, so that they stand on the column around it;
``combobox-popup: 0`` since Fusion's own list measures its rows without their padding, and cuts the last one.
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from tutor_app.theme.tokens import RADIUS, TYPE, Colours

if TYPE_CHECKING:
    from tutor_app.theme.marks import Marks

_TEMPLATE = Template("""
* { font-size: ${body}px; }
QWidget#page, QScrollArea, QScrollArea > QWidget > QWidget#column, QStackedWidget { background: $page; border: none; }
QWidget#rail { background: $rail; border: none; border-right: 1px solid $line; }
QWidget#side { background: $page; border: none; border-left: 1px solid $line; }
QWidget#history { background: $page; border: none; border-right: 1px solid $line; }
QWidget#side[line="right"] { border: none; border-right: 1px solid $line; }
QWidget#history[line="left"] { border: none; border-left: 1px solid $line; }
QWidget#side[line="none"], QWidget#history[line="none"] { border: none; }
QToolTip { background: $card; color: $ink; border: 1px solid $line_strong; padding: 5px 8px; font-size: ${caption}px; }

QLabel { color: $ink; background: transparent; }
QLabel[role="display"] { font-size: ${display}px; font-weight: 700; }
QLabel[role="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[role="heading"] { font-size: ${heading}px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="reading"] { font-size: ${reading}px; }
QLabel[role="mute"] { color: $mute; }
QLabel[role="caption"] { color: $mute; font-size: ${caption}px; }
QLabel[role="good"] { color: $good; }
QLabel[role="warn"] { color: $warn; }
QLabel[role="bad"] { color: $bad; }
QLabel[role="badge"] {
    color: $accent_ink; background: $accent_soft; border: 1px solid $tint_line; font-size: ${caption}px;
    font-weight: 600; border-radius: ${pill}px; padding: 2px 10px;
}
QLabel[role="kind"], QLabel[role="kind-warn"] { color: $accent_ink; font-size: ${caption}px; font-weight: 600; }
QLabel[role="kind-warn"] { color: $warn; }
QLabel[role="emblem"] { background: $accent_soft; border: 1px solid $tint_line; border-radius: ${emblem}px; }
QLabel:disabled { color: $off; }

QFrame[role="card"] { background: $card; border: 1px solid $line; border-radius: ${card_radius}px; }
QFrame[role="bubble"] { background: $accent_soft; border: 1px solid $tint_line; border-radius: ${card_radius}px; }
QFrame[role="plain"] { background: transparent; border: none; }
QFrame[role="sunken"] { background: $sunken; border: 1px solid $line; border-radius: ${control_radius}px; }
QFrame[role="tint"] { background: $accent_soft; border: 1px solid $tint_line; border-radius: ${card_radius}px; }
QFrame[role="alarm"] { background: $bad_soft; border: 1px solid $bad; border-radius: ${card_radius}px; }
#danger { background: $bad_soft; border: 1px solid $bad; border-radius: ${card_radius}px; }
QFrame[role="popover"] { background: $card; border: 1px solid $line_strong; border-radius: ${card_radius}px; }
QFrame[role="toast"] { background: $ink; border: none; border-radius: ${control_radius}px; }
QFrame[role="toast"] QLabel { color: $page; }
QFrame[role="toast"] QPushButton {
    color: $page; background: transparent; border: 1px solid $page; padding: 5px 14px; font-weight: 600;
}
QFrame[role="toast"] QPushButton:hover, QFrame[role="toast"] QPushButton:focus { color: $ink; background: $page; }
QFrame[role="option"] {
    background: $card; border: 1px solid $line_strong; border-radius: ${control_radius}px; padding: 1px;
}
QFrame[role="option"]:hover { border-color: $accent; }
QFrame[role="option"][chosen="true"] { background: $accent_soft; border: 1px solid $accent; }
QFrame[role="option"][active="true"] { border: 2px solid $focus; padding: 0; }
QFrame[role="option"] QRadioButton:focus, QFrame[role="option"] QCheckBox:focus { border-color: transparent; }
QFrame[role="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }

QPushButton, QToolButton {
    color: $ink; background: $card; border: 1px solid $line_strong; border-radius: ${control_radius}px;
    padding: 7px 14px; min-height: ${line_height}px; outline: none;
}
QPushButton:hover, QToolButton:hover { background: $accent_soft; border-color: $accent; }
QPushButton:pressed, QToolButton:pressed { color: $on_chosen; background: $chosen; border-color: $accent; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: 6px 13px; }
QPushButton:disabled, QToolButton:disabled { color: $off; background: $sunken; border: 1px $off_line $line_off; }
QPushButton[role="primary"] { color: $on_accent; background: $accent; border-color: $accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:pressed { color: $on_accent; background: $accent_hover; border-color: $ink; }
QPushButton[role="primary"]:focus { border: 2px solid $focus; padding: 6px 13px; }
QPushButton[role="primary"]:disabled {
    color: $off; background: $sunken; border: 1px $off_line $line_off; padding: 7px 14px;
}
QPushButton[role="danger"] { color: $bad; }
QPushButton[role="danger"]:hover { color: $bad; background: $bad_soft; border-color: $bad; }
QPushButton[role="danger"]:disabled { color: $off; }
QPushButton[role="quiet"], QToolButton[role="quiet"] { background: transparent; border: 1px solid transparent; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: $accent_soft; border-color: $tint_line; }
QPushButton[role="quiet"]:checked, QToolButton[role="quiet"]:checked { background: $chosen; color: $on_chosen; }
QPushButton[role="quiet"]:pressed, QToolButton[role="quiet"]:pressed { background: $chosen; color: $on_chosen; }
QPushButton[role="quiet"]:focus { border: 2px solid $focus; padding: 6px 13px; }
QToolButton[role="quiet"] { padding: 6px; min-height: ${icon}px; min-width: ${icon}px; }
QToolButton[role="quiet"]:focus { border: 2px solid $focus; padding: 5px; }
QToolButton[role="inside"] {
    background: transparent; border: none; padding: 3px; min-height: 0; border-radius: ${item_radius}px;
}
QToolButton[role="inside"]:hover { background: $accent_soft; }
QToolButton::menu-indicator, QPushButton::menu-indicator { image: none; width: 0; }
QPushButton[role="link"] {
    color: $accent_ink; text-align: left; text-decoration: underline;
}
QPushButton[role="link"], QPushButton[role="flat"] {
    background: transparent; border: 2px solid transparent; border-radius: ${item_radius}px; padding: 3px 0;
}
QPushButton[role="link"]:hover, QPushButton[role="flat"]:hover { color: $ink; text-decoration: underline; }
QPushButton[role="flat"]:hover { color: $accent_ink; }
QPushButton[role="link"]:pressed, QPushButton[role="flat"]:pressed { color: $on_chosen; background: $chosen; }
QPushButton[role="link"]:focus, QPushButton[role="flat"]:focus { border-color: $focus; }
QPushButton[role="link"]:disabled, QPushButton[role="flat"]:disabled { color: $off; text-decoration: none; }
QPushButton[role="chip"], QRadioButton[role="chip"] {
    color: $accent_ink; background: $card; border: 1px solid $line_strong; border-radius: ${chip}px; padding: 5px 14px;
    min-height: ${line_height}px; min-width: ${chip_least}px;
}
QRadioButton[role="chip"] { spacing: 0; }
QRadioButton[role="chip"]::indicator, QRadioButton[role="chip"]::indicator:checked {
    width: 0; height: 0; border: none;
}
QPushButton[role="chip"]:hover, QRadioButton[role="chip"]:hover { background: $accent_soft; border-color: $accent; }
QPushButton[role="chip"]:checked, QRadioButton[role="chip"]:checked {
    color: $on_chosen; background: $chosen; border: 2px solid $accent; padding: 4px 13px;
}
QPushButton[role="chip"]:focus, QRadioButton[role="chip"]:focus { border: 2px solid $focus; padding: 4px 13px; }
QPushButton[role="chip"]:disabled, QRadioButton[role="chip"]:disabled {
    color: $off; background: $sunken; border: 1px $off_line $line_off; padding: 5px 14px;
}
QPushButton[role="nav"] {
    text-align: left; background: transparent; border: 1px solid transparent; color: $mute; padding: 9px 12px;
    font-weight: 600;
}
QPushButton[role="nav"]:hover { background: $accent_soft; border-color: $tint_line; color: $ink; }
QPushButton[role="nav"]:checked { background: $chosen; color: $on_chosen; border-color: $chosen; }
QPushButton[role="nav"]:focus { border: 2px solid $focus; padding: 8px 11px; }
QPushButton[role="card"] {
    text-align: left; background: $card; border: 1px solid $line; border-radius: ${card_radius}px; padding: 0;
}
QPushButton[role="card"][used], QPushButton[role="card"][next] { border-color: $line_strong; }
QPushButton[role="card"][used="true"] { background: $sunken; }
QPushButton[role="card"]:hover { background: $card; border-color: $accent; }
QPushButton[role="card"]:pressed { background: $accent_soft; border-color: $accent; }
QPushButton[role="card"][next="true"] { border: 2px solid $accent; }
QPushButton[role="card"]:focus { border: 2px solid $focus; padding: 0; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit {
    color: $ink; background: $card; border: 1px solid $line_strong; border-radius: ${control_radius}px;
    padding: 7px 10px; min-height: ${line_height}px; selection-background-color: $accent; selection-color: $on_accent;
    placeholder-text-color: $off;
}
QLineEdit:hover, QComboBox:hover, QSpinBox:hover, QDateEdit:hover { border-color: $accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus,
QDateEdit:focus {
    border: 2px solid $focus; padding: 6px 9px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled {
    color: $off; background: $sunken; border: 1px $off_line $line_off;
}
QLineEdit[role="gap"] { padding: 1px 6px; min-height: 0; font-size: ${reading}px; }
QLineEdit[role="gap"]:focus { padding: 0 5px; }
QLineEdit[role="gap"][right="true"] { color: $good; border: 2px solid $good; padding: 0 5px; }
QFrame[role="composer"] { background: $card; border: 1px solid $line_strong; border-radius: ${card_radius}px; }
QFrame[role="composer"][active="true"] { border: 2px solid $focus; }
QFrame[role="composer"] QPlainTextEdit { border: none; background: transparent; font-size: ${reading}px; padding: 2px; }
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: none; width: ${drop}px; subcontrol-origin: padding; }
QComboBox::down-arrow { image: $down; width: ${arrow}px; height: ${arrow}px; }
QComboBox QAbstractItemView {
    color: $ink; background: $card; border: 1px solid $line_strong; outline: none; padding: 4px;
    selection-background-color: $chosen; selection-color: $on_chosen;
}
QComboBox QAbstractItemView::item { padding: 6px 8px; border-radius: ${item_radius}px; }
QSpinBox { padding: 6px 0; qproperty-alignment: AlignCenter; }
QSpinBox:focus { padding: 5px 0; }
QSpinBox::up-button, QSpinBox::down-button { border: none; background: transparent; width: ${drop}px; }
QSpinBox::up-arrow { image: $up; width: ${arrow}px; height: ${arrow}px; }
QSpinBox::down-arrow { image: $down; width: ${arrow}px; height: ${arrow}px; }
QDateEdit::drop-down { border: none; width: ${drop}px; subcontrol-origin: padding; }
QDateEdit::down-arrow { image: $down; width: ${arrow}px; height: ${arrow}px; }
QCalendarWidget QWidget { alternate-background-color: $sunken; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $card; }
QCalendarWidget QToolButton { border-color: transparent; background: transparent; padding: 4px 8px; }
QCalendarWidget QAbstractItemView {
    color: $ink; background: $card; border: 1px solid $line_strong; outline: none;
    selection-background-color: $chosen; selection-color: $on_chosen;
}
QCalendarWidget QAbstractItemView:disabled { color: $off; }

QCheckBox, QRadioButton {
    color: $ink; background: transparent; spacing: 8px; padding: 4px; border: 2px solid transparent;
    border-radius: ${item_radius}px; outline: none;
}
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox:disabled, QRadioButton:disabled { color: $off; }
QCheckBox::indicator, QMenu::indicator, QAbstractItemView::indicator {
    width: ${box}px; height: ${box}px; background: $card; border: 1px solid $line_strong; border-radius: 5px;
}
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QMenu::indicator:checked, QAbstractItemView::indicator:checked {
    background: $accent; border-color: $accent; image: $checked;
}
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {
    background: $accent; border-color: $accent; image: $partly;
}
QCheckBox::indicator:disabled { background: $sunken; border-color: $line_off; }
QCheckBox::indicator:checked:disabled { background: $mute; border-color: $mute; }
QRadioButton::indicator {
    width: ${box}px; height: ${box}px; background: $card; border: 1px solid $line_strong; border-radius: ${round}px;
}
QRadioButton::indicator:checked {
    width: ${dot}px; height: ${dot}px; border: ${ring}px solid $accent; background: $card;
}
QRadioButton[role="chip"]::indicator, QRadioButton[role="chip"]::indicator:checked {
    width: 0; height: 0; border: none; background: transparent;
}

QTextBrowser { color: $ink; background: transparent; border: none; padding: 0; font-size: ${reading}px;
    selection-background-color: $accent; selection-color: $on_accent; }
QTextBrowser:focus { border: none; padding: 0; }
QListView, QTreeView {
    color: $ink; background: transparent; border: none; outline: none;
    selection-background-color: $chosen; selection-color: $on_chosen;
}
QListView::item, QTreeView::item { padding: 6px 7px; border: 2px solid transparent; }
QListView::item { border-radius: ${item_radius}px; }
QListView::item:hover, QTreeView::item:hover { background: $sunken; }
QListView::item:selected, QTreeView::item:selected { background: $chosen; color: $on_chosen; }
QListView::item:focus, QTreeView::item:focus { border-color: $focus; }
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:closed { image: $closed; }
QTreeView::branch:has-children:open { image: $down; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
    color: $mute; background: transparent; border: none; border-bottom: 1px solid $line; padding: 6px 8px;
    font-weight: 600;
}
QTreeView QHeaderView::section { padding: 6px 12px; }

QProgressBar {
    background: $track; border: 1px solid $track_line; border-radius: 4px; min-height: 6px; max-height: 6px;
    color: transparent;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QProgressBar[still="true"]::chunk { background: $line_strong; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; margin: 0; }
QScrollBar:horizontal { height: 12px; margin: 0; }
QScrollBar::handle { background: $line_strong; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $mute; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $accent; }
QMenu { color: $ink; background: $card; border: 1px solid $line_strong; padding: 6px; }
QMenu::item { padding: 7px 24px 7px 14px; border-radius: ${item_radius}px; background: transparent; }
QMenu::icon { padding-left: 10px; }
QMenu::item:selected { background: $chosen; color: $on_chosen; }
QMenu::item:disabled { color: $off; background: transparent; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QDialog, QMessageBox { background: $page; }
QTabBar { background: transparent; border: none; outline: none; qproperty-drawBase: 0; }
QTabBar::tab { color: $mute; background: transparent; border: 2px solid transparent; padding: 6px 10px; }
QTabBar::tab:hover { color: $ink; border-bottom-color: $line_strong; }
QTabBar::tab:selected { color: $accent_ink; border-bottom-color: $accent; }
QTabBar::tab:focus { border: 2px solid $focus; border-radius: ${item_radius}px; color: $ink; }
QTabBar::tab:selected:focus { color: $accent_ink; border-bottom-color: $accent; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QSlider { min-height: ${knob}px; border: 2px solid transparent; border-radius: ${item_radius}px; }
QSlider:focus { border-color: $focus; }
QSlider::groove:horizontal { height: 4px; background: $line_strong; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
    width: 16px; height: 16px; margin: -8px 0; border-radius: 10px; background: $accent; border: 2px solid $card;
}
QSlider::handle:horizontal:hover { background: $accent_hover; }
""")


def style_sheet(colours: Colours, scale: float, marks: Marks, *, right_to_left: bool = False) -> str:
    """The style sheet of a theme.

    Args:
        colours: its colours.
        scale: multiplies the sizes of text, 0.8 to 2.0, and of what stands beside text.
        marks: writes its pictures.
        right_to_left: which way a closed branch points.
    """
    sizes = {name: round(size * scale) for name, size in TYPE.items()}
    outlined = colours.accent_soft == colours.page
    box = round(16 * max(1.0, scale))
    ring = round(box * 0.31)
    text_line = round(sizes["body"] * 1.45)
    return _TEMPLATE.substitute(
        colours._asdict(),
        **sizes,
        tint_line=colours.line_strong if outlined else colours.accent_soft,
        track_line=colours.line_strong if outlined else colours.track,
        item_radius=RADIUS["item"],
        control_radius=RADIUS["control"],
        card_radius=RADIUS["card"],
        off_line="dashed" if outlined else "solid",
        pill=round(sizes["caption"] * 0.58) + 2,
        chip=(text_line + 12) // 2,
        chip_least=max(0, text_line - 16),  # as wide as high: Qt draws no round corners otherwise
        emblem=round(36 * scale),
        line_height=round(sizes["body"] * 1.45),
        icon=round(20 * scale),
        arrow=round(14 * scale),
        drop=round(28 * scale),
        knob=24,
        box=box,
        round=box // 2 + 1,
        ring=ring,
        dot=box + 2 - 2 * ring,
        checked=marks.image("check", colours.on_accent),
        partly=marks.image("dash", colours.on_accent),
        down=marks.image("chevron-down", colours.mute),
        up=marks.image("chevron-up", colours.mute),
        closed=marks.image("chevron-left" if right_to_left else "chevron-right", colours.mute),
    )
