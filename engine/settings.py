"""The settings: one small file, validated on reading, replaced atomically on writing."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from engine.atomic import write_atomically
from engine.errors import SettingsError

_TYPES: dict[type, tuple[type, ...]] = {str: (str,), int: (int,), float: (int, float)}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a learner or administrator may choose.

    Attributes:
        llm: id of the installed language model to use, "auto" for the best installed one, "none" for no model.
        embedder: id of the installed embedder, "auto" for the best installed one, "none" for search by words alone.
        reranker: id of an installed reranker, "auto" for the best installed one, "none" for the built-in one, which
            is also what "auto" means where none is installed.
        server_url: address of an OpenAI-compatible server that is used instead of ``llm``; empty for none.
        server_model: the model's name on that server.
        server_key_variable: name of the environment variable that holds the server's key; empty for none.
        threads: processor threads for models; 0 for the number of cores.
        context_tokens: window of the language model, in tokens.
        answer_limit_s: a turn that takes longer is ended with what it has, in seconds.
    """

    llm: str = "auto"
    embedder: str = "auto"
    reranker: str = "auto"
    server_url: str = ""
    server_model: str = ""
    server_key_variable: str = ""
    threads: int = 0
    context_tokens: int = 4096
    answer_limit_s: float = 60.0

    def __post_init__(self) -> None:
        if not 0 <= self.threads <= 512:
            raise _invalid("threads", "a whole number from 0 to 512")
        if not 512 <= self.context_tokens <= 131_072:
            raise _invalid("context_tokens", "a whole number from 512 to 131072")
        if not 1 <= self.answer_limit_s <= 3600:
            raise _invalid("answer_limit_s", "a number of seconds from 1 to 3600")


def load_settings(path: Path) -> Settings:
    """The settings in ``path``; defaults where the file or a value in it is missing.

    Raises:
        SettingsError: the file is not JSON, or a value is out of its range.
    """
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError) as error:
        raise SettingsError(
            f"The settings file {path} cannot be read.",
            todo="Mend it, or delete it to return to the defaults.",
        ) from error
    if not isinstance(stored, dict):
        raise SettingsError(
            f"The settings file {path} is not a JSON object.", todo="Delete it to start afresh."
        )
    known = {field.name: type(field.default) for field in fields(Settings)}
    for name, value in stored.items():
        # True is an int to Python, and no number to anybody else.
        if name in known and (isinstance(value, bool) or not isinstance(value, _TYPES[known[name]])):
            raise _invalid(name, f"of the type {known[name].__name__}")
    return Settings(**{name: value for name, value in stored.items() if name in known})


def save_settings(path: Path, settings: Settings) -> None:
    """Replace the settings file."""
    write_atomically(path, json.dumps(asdict(settings), indent=2).encode() + b"\n")


def _invalid(name: str, wanted: str) -> SettingsError:
    return SettingsError(f"The setting {name!r} is invalid.", todo=f"It must be {wanted}.")
