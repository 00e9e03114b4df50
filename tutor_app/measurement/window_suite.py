"""``llm-tutor bench window``: prints one JSON object with the figures of design.md, and what is beside each.

Runs on a copy of the profile without its learner's data: the conversations of the measurement are thrown away.
"""

from __future__ import annotations

import json
import pickle
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QScrollBar

from engine.paths import DataPaths
from engine.types import AnswerPart
from tutor_app.application import TutorApplication, WindowSession
from tutor_app.measurement import long_conversation
from tutor_app.measurement.event_gaps import EventGaps
from tutor_app.measurement.first_paint import first_paint_ms
from tutor_app.place import Page, Place
from tutor_app.richtext.answer import render_answer
from tutor_app.services.turns import AnswerSoFar, AskRequest
from tutor_app.single_instance import SingleInstance

if TYPE_CHECKING:
    from collections.abc import Callable

    import psutil

    from engine.content.pack import Pack
    from tutor_app.views.ask_view import AskView
    from tutor_app.widgets.turn_view import TurnView
    from tutor_app.workers.engine_client import Call

_SIZE = (1280, 800)
_MESSAGES_STREAMING, _MESSAGES_OPENING = 200, 500
_TOKENS_S = 50
_STREAM_S, _INDEX_S, _IDLE_S = 8.0, 12.0, 8.0
_PAGES = 500
_FRAME_MS, _SCROLL_STEP, _SCROLL_S = 16, 40, 5.0
_SETTLED_S = 4.0  # after the start
_LONGEST_S = 60.0


def main(arguments: list[str]) -> int:
    """Measure the profile in ``arguments``."""
    with tempfile.TemporaryDirectory(prefix="llm-tutor-bench-") as folder:
        paths = _copy(DataPaths(Path(arguments[0])), Path(folder) / "home")
        empty, window = first_paint_ms(paths.root)
        figures: dict[str, object] = {
            "first_paint_ratio": round(window / empty, 2),
            "first_paint_empty_ms": round(empty),
            "first_paint_ms": round(window),
        }
        suite = WindowSuite(paths, Path(folder))
        figures |= suite.measure()
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0


class WindowSuite:
    """One window, measured while it does what is slow."""

    def __init__(self, paths: DataPaths, folder: Path) -> None:
        self._paths = paths
        self._folder = folder
        self._pack = long_conversation.some_pack(paths)
        self._app = TutorApplication(["llm-tutor"])
        self._gaps = EventGaps()

    def measure(self) -> dict[str, object]:
        """All figures of the running window."""
        streaming = long_conversation.keep_conversation(self._paths, self._pack, _MESSAGES_STREAMING // 2)
        opening = long_conversation.keep_conversation(self._paths, self._pack, _MESSAGES_OPENING // 2)
        session = WindowSession(self._app, self._paths, SingleInstance(self._paths.root))
        session.window.resize(*_SIZE)
        session.start([])
        try:
            return self._measured(session, streaming, opening)
        finally:
            session.window.close()
            session.end()

    def _measured(self, session: WindowSession, streaming: str, opening: str) -> dict[str, object]:
        engine = session.context.engine
        _pause(_SETTLED_S)
        load = self._during(engine.call("chat.warm"), _LONGEST_S)
        session.window.open(Place(Page.ASK))
        ask = cast("AskView", session.window.page(Page.ASK))
        _pause(1.0)
        open_ms = self._open(ask, opening)
        self._open(ask, streaming)
        scroll_p99, scroll_longest = self._scroll(ask)
        stream = self._stream(ask)
        rss = _memory_mb()
        book = self._folder / "book.md"
        long_conversation.write_book(self._pack, _PAGES, book)
        index = self._during(engine.call("documents.add", str(book)), _INDEX_S)
        _pause(2.0)
        idle = _idle_percent()
        named = {"model_load": load, "stream": stream, "index": index}
        return {
            "gap_p99_ms": round(max(p99 for p99, _ in named.values()), 1),
            "gap_max_ms": round(max(longest for _, longest in named.values()), 1),
            **{f"gap_{name}_ms": [round(p99, 1), round(most, 1)] for name, (p99, most) in named.items()},
            "scroll_frame_ms": [round(scroll_p99, 1), round(scroll_longest, 1)],
            "open_500_ms": round(open_ms),
            "rss_mb": round(rss),
            "idle_cpu_percent": round(idle, 2),
        }

    def _open(self, ask: AskView, conversation: str) -> float:
        """Milliseconds until the last message of a conversation has been painted."""
        opened: list[object] = []
        ask.chat.opened.connect(opened.append)
        began = time.perf_counter()
        ask.chat.open(conversation)
        _until(lambda: bool(opened) and ask.conversation.turns[-1].isVisible())
        ask.conversation.repaint()
        took = (time.perf_counter() - began) * 1000
        _pause(1.5)
        return took

    def _scroll(self, ask: AskView) -> tuple[float, float]:
        """A page up and down again, a step a frame; how long the event loop is away at a time."""
        bar = max(ask.conversation.findChildren(QScrollBar), key=QScrollBar.maximum)
        timer, step = QTimer(), -_SCROLL_STEP

        def move() -> None:
            nonlocal step
            if bar.value() in (bar.minimum(), bar.maximum()):
                step = _SCROLL_STEP if bar.value() == bar.minimum() else -_SCROLL_STEP
            bar.setValue(bar.value() + step)

        timer.timeout.connect(move)
        self._gaps.start()
        timer.start(_FRAME_MS)
        _pause(_SCROLL_S)
        timer.stop()
        self._gaps.stop()
        bar.setValue(bar.maximum())
        _pause(0.5)
        return self._gaps.p99_ms, self._gaps.longest_ms

    def _stream(self, ask: AskView) -> tuple[float, float]:
        turn = ask.conversation.add(AskRequest("How does it all hang together?"))
        feeder = _Feeder(turn, self._pack)
        self._gaps.start()
        feeder.start()
        _pause(_STREAM_S)
        feeder.stop()
        self._gaps.stop()
        return self._gaps.p99_ms, self._gaps.longest_ms

    def _during(self, call: Call, longest_s: float) -> tuple[float, float]:
        ended: list[object] = []
        call.finished.connect(ended.append)
        call.failed.connect(ended.append)
        self._gaps.start()
        _until(lambda: bool(ended), longest_s)
        self._gaps.stop()
        if not ended:
            call.cancel()
        return self._gaps.p99_ms, self._gaps.longest_ms


class _Feeder:
    """Gives a turn one more token, fifty times a second, as it would come out of the pipe."""

    def __init__(self, turn: TurnView, pack: Pack) -> None:
        self._turn = turn
        text, pickled = "", []
        for token in long_conversation.tokens(pack)[: round(_TOKENS_S * _STREAM_S)]:
            text += token
            pickled.append(pickle.dumps(AnswerSoFar(render_answer([AnswerPart(text, 1)]), ())))
        self._pickled = iter(pickled)
        self._timer = QTimer()
        self._timer.setInterval(1000 // _TOKENS_S)
        self._timer.timeout.connect(self._feed)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _feed(self) -> None:
        answer = next(self._pickled, None)
        if answer is not None:
            self._turn.show_answer(pickle.loads(answer))  # noqa: S301 - its own bytes


def _copy(source: DataPaths, root: Path) -> DataPaths:
    root.mkdir(parents=True)
    paths = DataPaths(root)
    paths.models.symlink_to(source.models, target_is_directory=True)
    shutil.copytree(source.packs, paths.packs)
    return paths


def _pause(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def _until(ready: Callable[[], bool], longest_s: float = _LONGEST_S) -> None:
    loop, timer = QEventLoop(), QTimer()
    end = time.perf_counter() + longest_s

    def look() -> None:
        if ready() or time.perf_counter() > end:
            loop.quit()

    timer.timeout.connect(look)
    timer.start(2)
    loop.exec()


def _processes() -> list[psutil.Process]:
    import psutil

    own = psutil.Process()
    return [own, *own.children(recursive=True)]


def _memory_mb() -> float:
    return sum(process.memory_info().rss for process in _processes()) / 1e6


def _idle_percent() -> float:
    """Processor time of all processes while nothing is done, in per cent of one core."""

    def used() -> float:
        return sum(sum(process.cpu_times()[:2]) for process in _processes())

    before, began = used(), time.perf_counter()
    _pause(_IDLE_S)
    return 100 * (used() - before) / (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
