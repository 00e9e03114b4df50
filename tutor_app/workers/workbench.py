"""What a service works with: the profile's engine, opened when first needed and opened anew when it has changed."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from engine.cancel import CancelToken
from engine.clock import SystemClock
from engine.runtime import Runtime
from engine.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.clock import Clock
    from engine.paths import DataPaths
    from engine.settings import Settings


@dataclass(frozen=True, slots=True)
class Job:
    """One request while it runs.

    Attributes:
        cancel: set when the window wants it to stop.
        emit: sends something on the way to the result, such as ``engine.types.Progress``.
    """

    cancel: CancelToken = field(default_factory=CancelToken)
    emit: Callable[[Any], None] = lambda _: None


class Workbench:
    """One lane's own view of a profile; used by one thread.

    Args:
        paths: the profile's data folder.
        models: whether this lane loads models. A lane that only reads does without.
        clock: the time; the computer's by default.
    """

    def __init__(self, paths: DataPaths, *, models: bool, clock: Clock | None = None) -> None:
        self.paths = paths
        self.clock = clock or SystemClock()
        self._models = models
        self._runtime: Runtime | None = None
        self._state: tuple[object, ...] = ()

    @property
    def settings(self) -> Settings:
        """The settings as they are now.

        Raises:
            SettingsError: the file is invalid.
        """
        return load_settings(self.paths.settings_file)

    @property
    def runtime(self) -> Runtime:
        """The profile's engine; another one after the settings or the installed models have changed."""
        settings = self.settings
        if not self._models:
            settings = replace(settings, llm="none", embedder="none", reranker="none", server_url="")
        state = (settings, self._installed_models())
        if self._runtime is None or state != self._state:
            self.close()
            self._runtime, self._state = Runtime(self.paths, settings, self.clock), state
        return self._runtime

    def close(self) -> None:
        """Close files and free models."""
        if self._runtime is not None:
            self._runtime.close()
            self._runtime = None

    def _installed_models(self) -> frozenset[tuple[str, int]]:
        found = set()
        with contextlib.suppress(OSError):
            for folder in self.paths.models.iterdir():
                with contextlib.suppress(OSError):
                    found.add((folder.name, folder.stat().st_mtime_ns))
        return frozenset(found) if self._models else frozenset()
