"""Which service answers which calls, and in which process and lane it runs.

The tutor's process stays up while the window does: it answers, and reads what is stored. The work process runs what
is long: importing, indexing, downloading; it has a low priority and leaves when idle. The learner's data is replaced in
a third, while the others are held. Each lane is one thread with a
``Workbench`` of its own, so that a long answer never makes a page wait, and no service needs a lock.
"""

from dataclasses import dataclass
from enum import StrEnum


class Process(StrEnum):
    """The engine's processes."""

    TUTOR = "tutor"
    WORK = "work"
    REPLACING = "replacing"


@dataclass(frozen=True, slots=True)
class ServicePlace:
    """Where a service is: its class as "module:Class", and what runs it. ``models``: the lane loads models."""

    target: str
    process: Process
    lane: str
    models: bool = False


SERVICES = {
    "chat": ServicePlace("tutor_app.services.chat:ChatService", Process.TUTOR, "answers", models=True),
    "hint_wording": ServicePlace(
        "tutor_app.services.hint_wording:HintWordingService", Process.TUTOR, "answers", models=True
    ),
    "history": ServicePlace("tutor_app.services.history:HistoryService", Process.TUTOR, "reading"),
    "reader": ServicePlace("tutor_app.services.reader:ReaderService", Process.TUTOR, "reading"),
    "learning": ServicePlace("tutor_app.services.learning:LearningService", Process.TUTOR, "practice"),
    "made_questions": ServicePlace(
        "tutor_app.services.made_questions:MadeQuestionsService", Process.TUTOR, "practice"
    ),
    "library": ServicePlace("tutor_app.services.library:LibraryService", Process.TUTOR, "reading"),
    "models": ServicePlace("tutor_app.services.models:ModelsService", Process.TUTOR, "reading"),
    "settings": ServicePlace("tutor_app.services.settings:SettingsService", Process.TUTOR, "reading"),
    "profiles": ServicePlace("tutor_app.services.profiles:ProfilesService", Process.TUTOR, "reading"),
    "practice": ServicePlace("tutor_app.services.practice:PracticeService", Process.TUTOR, "practice"),
    "documents": ServicePlace("tutor_app.services.documents:DocumentsService", Process.WORK, "documents"),
    "intake": ServicePlace("tutor_app.services.documents:IntakeService", Process.WORK, "intake"),
    "preparation_models": ServicePlace(
        "tutor_app.services.preparation:ModelPreparationService", Process.WORK, "models"
    ),
    "preparation": ServicePlace(
        "tutor_app.services.preparation:PreparationService", Process.WORK, "documents"
    ),
    "downloads": ServicePlace("tutor_app.services.downloads:DownloadsService", Process.WORK, "models"),
    "copies": ServicePlace("tutor_app.services.copies:CopiesService", Process.WORK, "copies"),
    "replacing": ServicePlace("tutor_app.services.replacing:ReplacingService", Process.REPLACING, "data"),
    "diagnosis": ServicePlace("tutor_app.services.diagnosis:DiagnosisService", Process.WORK, "models"),
}
