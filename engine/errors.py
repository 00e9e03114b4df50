"""Every error of the product, in one tree.

A ``UserFacingError`` is the environment's fault or the learner's slip: it says what happened and what to
do next, and carries a stable code and the command line's exit code. A ``BugError`` is ours. Errors of
libraries are converted at the boundary, with ``from``, so nothing else reaches a front end.
"""

from typing import ClassVar


class TutorError(Exception):
    """Root of all errors raised on purpose."""


class BugError(TutorError):
    """A broken promise inside the program: reported, never explained away."""


class Cancelled(TutorError):  # noqa: N818 - the field's word; it is no failure
    """The learner (or a time limit) stopped the work."""


class UserFacingError(TutorError):
    """Something a person can understand and act on.

    Args:
        what: one plain sentence: what happened.
        todo: one plain sentence: what to do next.
    """

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, todo: str) -> None:
        super().__init__(f"{what} {todo}")
        self.what = what
        self.todo = todo


class UsageError(UserFacingError):
    """The command, or a value in it, makes no sense."""

    code = "usage"
    exit_code = 2


class QuestionError(UserFacingError):
    """The question cannot be worked with: empty, far too long, not text."""

    code = "question"
    exit_code = 2


class ExpressionError(UserFacingError):
    """A piece of mathematics cannot be read, or has no value."""

    code = "expression"
    exit_code = 2


class SettingsError(UserFacingError):
    """A setting or the settings file is invalid."""

    code = "settings"


class StorageError(UserFacingError):
    """The learner's data cannot be read or written."""

    code = "storage"


class StorageBusyError(StorageError):
    """Another process holds the database."""

    code = "storage.busy"


class StorageFullError(StorageError):
    """The disk is full."""

    code = "storage.full"


class StorageReadOnlyError(StorageError):
    """The data folder cannot be written to."""

    code = "storage.read_only"


class StorageCorruptError(StorageError):
    """A database is damaged."""

    code = "storage.corrupt"


class StorageTooNewError(StorageError):
    """A database was written by a newer version."""

    code = "storage.too_new"


class PackError(UserFacingError):
    """A course pack is missing, damaged or not allowed."""

    code = "pack"


class PackUnsafeError(PackError):
    """A pack archive breaks a safety rule; nothing was unpacked."""

    code = "pack.unsafe"


class PackSignatureError(PackError):
    """A pack's signature is wrong, or its author's key has changed."""

    code = "pack.signature"


class DocumentError(UserFacingError):
    """A document cannot be imported."""

    code = "document"


class ModelError(UserFacingError):
    """A model is missing, damaged or cannot run."""

    code = "model"


class ModelFileError(ModelError):
    """A model file is not what it should be; it was set aside."""

    code = "model.file"


class DownloadError(UserFacingError):
    """A download failed; what has arrived is kept and continued later."""

    code = "download"
