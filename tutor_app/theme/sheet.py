"""The style sheet: one template, filled from the tokens. Widgets say what they are by the property ``role``."""

from dataclasses import asdict
from string import Template

from tutor_app.theme.tokens import RADIUS, TYPE, Colours

_TEMPLATE = Template("""
* { font-size: ${body}px; }
QWidget#page, QScrollArea, QScrollArea > QWidget > QWidget#column, QStackedWidget { background: $page; border: none; }
QWidget#rail { background: $rail; border: none; border-right: 1px solid $line; }
QWidget#side { background: $page; border: none; border-left: 1px solid $line; }
QToolTip { background: $card; color: $ink; border: 1px solid $line_strong; padding: 6px; }

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
    color: $accent_ink; background: $accent_soft; font-size: ${caption}px; font-weight: 600;
    border-radius: ${pill}px; padding: 2px 10px;
}

QFrame[role="card"] { background: $card; border: 1px solid $line; border-radius: ${card_radius}px; }
QFrame[role="card"][pressable="true"]:hover { border-color: $accent; }
QFrame[role="card"][pressable="true"]:focus { border: 2px solid $focus; }
QFrame[role="sunken"] { background: $sunken; border: 1px solid $line; border-radius: ${control_radius}px; }
QFrame[role="tint"] { background: $accent_soft; border: 1px solid $tint_line; border-radius: ${card_radius}px; }
QFrame[role="alarm"] { background: $bad_soft; border: 1px solid $bad; border-radius: ${card_radius}px; }
QFrame[role="toast"] { background: $ink; border: none; border-radius: ${control_radius}px; }
QFrame[role="toast"] QLabel { color: $page; }
QFrame[role="toast"] QPushButton { color: $page; background: transparent; border: 1px solid $page; }
QFrame[role="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }

QPushButton, QToolButton {
    color: $ink; background: $card; border: 1px solid $line_strong; border-radius: ${control_radius}px;
    padding: 7px 14px; min-height: 22px;
}
QPushButton:hover, QToolButton:hover { background: $accent_soft; border-color: $accent; }
QPushButton:pressed, QToolButton:pressed { background: $sunken; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: 6px 13px; }
QPushButton:disabled, QToolButton:disabled { color: $mute; background: $sunken; border-color: $line; }
QPushButton[role="primary"] { color: $on_accent; background: $accent; border-color: $accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $focus; }
QPushButton[role="primary"]:disabled { color: $mute; background: $sunken; border-color: $line; }
QPushButton[role="danger"] { color: $bad; }
QPushButton[role="quiet"], QToolButton[role="quiet"] { background: transparent; border: 1px solid transparent; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: $accent_soft; border-color: $accent_soft; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border: 2px solid $focus; }
QPushButton[role="quiet"]:checked, QToolButton[role="quiet"]:checked { background: $accent_soft; color: $accent_ink; }
QToolButton[role="quiet"] { padding: 5px; min-height: 20px; }
QToolButton::menu-indicator { image: none; width: 0; }
QPushButton[role="link"] {
    color: $accent_ink; background: transparent; border: 1px solid transparent; padding: 4px 6px;
    text-align: left; text-decoration: underline;
}
QPushButton[role="link"]:focus { border: 2px solid $focus; padding: 3px 5px; }
QPushButton[role="chip"] { border-radius: ${chip}px; padding: 5px 14px; color: $accent_ink; border-color: $line_strong; }
QPushButton[role="chip"]:checked { background: $accent_soft; border-color: $accent; font-weight: 600; }
QPushButton[role="chip"]:focus { border: 2px solid $focus; padding: 4px 13px; }
QPushButton[role="nav"] {
    text-align: left; background: transparent; border: 1px solid transparent; color: $mute; padding: 9px 12px;
    font-weight: 600;
}
QPushButton[role="nav"]:hover { background: $accent_soft; }
QPushButton[role="nav"]:checked { background: $accent_soft; color: $accent_ink; border: 1px solid $tint_line; }
QPushButton[role="nav"]:focus { border: 2px solid $focus; padding: 8px 11px; }

QLineEdit, QPlainTextEdit, QComboBox, QSpinBox {
    color: $ink; background: $card; border: 1px solid $line_strong; border-radius: ${control_radius}px;
    padding: 7px 10px; selection-background-color: $accent; selection-color: $on_accent;
    placeholder-text-color: $mute;
}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus { border: 2px solid $focus; padding: 6px 9px; }
QFrame[role="composer"] { background: $card; border: 1px solid $line_strong; border-radius: ${card_radius}px; }
QFrame[role="composer"][active="true"] { border: 2px solid $focus; }
QFrame[role="composer"] QPlainTextEdit { border: none; background: transparent; font-size: ${reading}px; padding: 2px; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox QAbstractItemView { color: $ink; background: $card; border: 1px solid $line_strong; outline: none; }
QCheckBox, QRadioButton { color: $ink; background: transparent; spacing: 8px; padding: 3px; border: 2px solid transparent; border-radius: 6px; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }

QTextBrowser { color: $ink; background: transparent; border: none; font-size: ${reading}px;
    selection-background-color: $accent; selection-color: $on_accent; }
QTextBrowser:focus { border: none; }
QListView, QTreeView { color: $ink; background: transparent; border: none; outline: none; }
QListView::item, QTreeView::item { padding: 7px 8px; border-radius: 7px; border: 1px solid transparent; }
QListView::item:hover, QTreeView::item:hover { background: $sunken; }
QListView::item:selected, QTreeView::item:selected { background: $accent_soft; color: $accent_ink; border-color: $tint_line; }
QListView:focus::item:selected, QTreeView:focus::item:selected { border-color: $focus; }
QTreeView::branch { background: transparent; }

QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line_strong; border-radius: 4px; margin: 2px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $mute; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QMenu { color: $ink; background: $card; border: 1px solid $line_strong; border-radius: ${control_radius}px; padding: 6px; }
QMenu::item { padding: 7px 18px; border-radius: 6px; }
QMenu::item:selected { background: $accent_soft; color: $accent_ink; }
QMenu::item:disabled { color: $mute; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QDialog, QMessageBox { background: $page; }
QTabBar::tab { color: $mute; background: transparent; border: none; border-bottom: 2px solid transparent; padding: 8px 12px; }
QTabBar::tab:selected { color: $accent_ink; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:focus { color: $ink; border-bottom-color: $focus; }
QTabWidget::pane { border: none; }
QSlider::groove:horizontal { height: 4px; background: $line_strong; border-radius: 2px; }
QSlider::handle:horizontal { width: 18px; margin: -7px 0; border-radius: 9px; background: $accent; border: 2px solid $card; }
QSlider:focus { border: 2px solid $focus; border-radius: 8px; }
""")


def style_sheet(colours: Colours, scale: float) -> str:
    """The style sheet of a theme; ``scale`` multiplies the sizes of text, 0.8 to 2.0."""
    sizes = {name: round(size * scale) for name, size in TYPE.items()}
    tint_line = colours.line_strong if colours.accent_soft == colours.page else colours.accent_soft
    return _TEMPLATE.substitute(
        asdict(colours),
        **sizes,
        tint_line=tint_line,
        control_radius=RADIUS["control"],
        card_radius=RADIUS["card"],
        pill=round(sizes["caption"] * 0.7) + 2,
        chip=round(sizes["body"] * 0.75) + 6,
    )
