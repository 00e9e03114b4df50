"""A model's card, the words on it, and the card of the computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton

from engine.types import Progress
from tutor_app.preferences import Motion
from tutor_app.services.model_facts import Machine, ModelFact, ModelsOverview, ModelState
from tutor_app.widgets.machine_card import MachineCard
from tutor_app.widgets.model_card import ModelCard
from tutor_app.widgets.model_words import advice_text, cost_text, doubt_text, failure_text, languages_text
from tutor_app.workers.messages import Failure

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from tutor_app.preferences import PreferenceStore
    from tutor_app.theme.theme import Theme


pytestmark = pytest.mark.usefixtures("theme")


def fact(**values: object) -> ModelFact:
    made: dict[str, object] = {"id": "tiny", "name": "Tiny", "kind": "llm", "state": ModelState.OFFERED}
    return ModelFact(**(made | values))  # type: ignore[arg-type]


def said(widget: QWidget) -> str:
    return " ".join(line.text() for line in widget.findChildren(QLabel) if not line.isHidden())


def offered(widget: QWidget) -> list[str]:
    return [made.text() for made in widget.findChildren(QPushButton) if not made.isHidden()]


def card(qtbot: QtBot, theme: Theme, model: ModelFact, *, busy: bool = False) -> ModelCard:
    made = ModelCard(theme, model, busy=busy)
    qtbot.addWidget(made)
    return made


def test_what_a_model_costs_is_said_with_its_languages_and_licence() -> None:
    model = fact(bytes=98_400_000, memory_mb=260, languages=("en", "de"), licence="Apache-2.0")
    assert cost_text(model) == "98 MB on the disk · 260 MB of memory · English, German · Apache-2.0"


def test_languages_are_named_and_not_abbreviated() -> None:
    assert languages_text(("en",)) == "English"
    assert languages_text(("en", "zh", "fr", "es", "pt")) == "English, Chinese, French and 2 more"
    assert languages_text(("mul",)) == "many languages"


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"fits": False}, "Too large for this computer's memory."),
        ({}, ""),
        ({"words_s": 0.3}, "Less than a word a second on this computer. Slower than one reads."),
        ({"words_s": 1.2}, "About 1 word a second on this computer. Slower than one reads."),
        ({"words_s": 3.2}, "About 3 words a second on this computer."),
        ({"words_s": 46.0}, "About 46 words a second on this computer."),
    ],
)
def test_what_to_expect_is_said_in_words(values: dict[str, object], text: str) -> None:
    assert advice_text(fact(**values)) == text


def test_only_an_unverified_file_that_is_here_is_doubted() -> None:
    assert doubt_text(fact(verified=False)) == ""
    assert doubt_text(fact(state=ModelState.WORKS)) == ""
    doubt = doubt_text(fact(state=ModelState.WORKS, verified=False, sha256="ab" * 32))
    assert doubt.startswith("Unverified")
    assert "abababababababab." in doubt


def test_a_failure_says_what_happened_and_what_helps() -> None:
    assert failure_text(Failure("It is being downloaded.", "Wait until it has finished.", "download")) == (
        "It is being downloaded. Wait until it has finished."
    )


@pytest.mark.parametrize(
    ("values", "buttons"),
    [
        ({}, ["Download"]),
        ({"downloadable": False}, []),
        ({"bundled": True}, ["Put it back"]),
        ({"state": ModelState.PARTLY}, ["Go on with the download"]),
        ({"state": ModelState.WORKS}, ["Use it", "Test", "Remove"]),
        ({"state": ModelState.WORKS, "in_use": True}, ["Test", "Remove"]),
        ({"state": ModelState.BROKEN, "fault": "it is damaged"}, ["Test", "Remove"]),
    ],
)
def test_a_card_offers_what_can_be_done(
    qtbot: QtBot, theme: Theme, values: dict[str, object], buttons: list[str]
) -> None:
    assert offered(card(qtbot, theme, fact(**values))) == buttons


@pytest.mark.parametrize(("bundled", "again"), [(True, "put it back"), (False, "download it again")])
def test_a_model_of_which_a_part_is_gone_says_how_to_get_it_whole(
    qtbot: QtBot, theme: Theme, *, bundled: bool, again: str
) -> None:
    made = card(qtbot, theme, fact(state=ModelState.INCOMPLETE, bundled=bundled))
    assert f"Remove it, then {again}." in " ".join(said(made).split())


def test_while_something_is_done_with_it_a_card_can_only_pause(qtbot: QtBot, theme: Theme) -> None:
    made = card(qtbot, theme, fact(state=ModelState.PARTLY), busy=True)
    made.show_progress(None)
    assert offered(made) == ["Pause"]
    assert "Beginning" in said(made)


def test_a_name_without_spaces_does_not_widen_its_card(qtbot: QtBot, theme: Theme) -> None:
    name = "Some-Model_v2.1_with_everything_in_its_name.Q4_K_M_imatrix"
    assert card(qtbot, theme, fact(name=name)).minimumSizeHint().width() < 300


def test_while_nobody_knows_how_far_it_is_the_bar_moves_only_where_things_may(
    qtbot: QtBot, theme: Theme, preferences: PreferenceStore
) -> None:
    made = card(qtbot, theme, fact(), busy=True)
    preferences.change(motion=Motion.OFF)
    made.show_progress(None)
    bar = made.findChild(QProgressBar)
    assert bar is not None
    assert (bar.maximum(), bar.property("still")) == (1000, True)
    made.show_progress(Progress("model.gguf", 1, 4, "bytes"))
    assert (bar.value(), bar.property("still")) == (250, False)


def test_a_model_that_does_not_work_says_why(qtbot: QtBot, theme: Theme) -> None:
    assert "it is damaged" in said(card(qtbot, theme, fact(state=ModelState.BROKEN, fault="it is damaged")))
    assert "part of its files is gone" in said(card(qtbot, theme, fact(state=ModelState.INCOMPLETE)))


def overview(*models: ModelFact, measured: bool = True) -> ModelsOverview:
    return ModelsOverview(Machine("A processor", 2, 8000, 4000, 9000), models, {}, measured=measured)


def test_the_computer_offers_the_best_model_until_it_is_here(qtbot: QtBot) -> None:
    made = MachineCard()
    qtbot.addWidget(made)
    best = fact(recommended=True, bytes=1_100_000_000)
    made.show_overview(overview(best), job="")
    assert offered(made) == ["Download Tiny (1.1 GB)"]
    with qtbot.waitSignal(made.wanted) as wanted:
        made.best_button.click()
    assert wanted.args == ["tiny"]
    made.show_overview(overview(best), job="tiny")
    assert offered(made) == []
    made.show_overview(overview(fact(recommended=True, state=ModelState.WORKS)), job="")
    assert offered(made) == ["Measure again"]


def test_an_empty_disk_of_models_is_not_called_a_kilobyte(qtbot: QtBot) -> None:
    made = MachineCard()
    qtbot.addWidget(made)
    made.show_overview(overview(fact()), job="")
    assert "No model is here yet; 9.0 GB of the disk are free." in said(made)


def test_before_anything_is_known_the_smallest_model_is_what_to_begin_with(qtbot: QtBot) -> None:
    made = MachineCard()
    qtbot.addWidget(made)
    small, large = fact(bytes=98_000_000), fact(id="large", bytes=1_100_000_000)
    made.show_overview(overview(small, large, measured=False), job="")
    assert offered(made) == ["Download Tiny (98 MB)"]
    made.show_overview(overview(fact(downloadable=False), measured=False), job="")
    assert offered(made) == []


def test_the_computer_can_be_measured_once_a_model_is_here(qtbot: QtBot) -> None:
    made = MachineCard()
    qtbot.addWidget(made)
    made.show_overview(overview(fact(downloadable=False), measured=False), job="")
    assert offered(made) == []
    made.show_overview(overview(fact(state=ModelState.UNTRIED), measured=False), job="")
    assert offered(made) == ["Measure how fast it is"]
