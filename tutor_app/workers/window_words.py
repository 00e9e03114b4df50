"""What helps, in the window's own terms, where the engine names a command of the terminal.

The engine's errors are read in a terminal and in the window alike. Most of them hold in both; the few that name a
command are said anew here, on their way to the window, so that no page has to think of it.
"""

_INSTEAD = (
    ("--profile", "Allow writing there, free some space, or open another profile in the settings."),
    ("--from FOLDER", "Get the file from somewhere else, and add it on the page of models."),
    (
        "models add FILE",
        "Try again later, or get the file from somewhere else and add it on the page of models.",
    ),
    ("models add”", "Add it on the page of models."),
    ("models add", "Download it again on the page of models."),
    ("models check", "Test it on the page of models, or choose another one there."),
    ("choose another: llm-tutor models list", "Get the file again, or choose another model."),
    ("models list", "Choose another model."),
    ("packs add", "Add it again in the library."),
    ("packs build", "Ask its author for the finished pack: a file that ends in .tutorpack."),
    ("packs check", "Nothing was added. Ask its author to mend it."),
    ("packs list", "Look through what is in the library."),
    ("packs remove", "Remove it from the library, then add it again."),
    ("data ", "Restore a backup in the settings, at “Your data”."),
    ("PIP_INDEX_URL", "What has arrived is kept. Check the network, then go on."),
    ("command again", "What has arrived is kept. Go on when the network is there again."),
)


def in_the_window(todo: str) -> str:
    """What ``todo`` of an error means for somebody who sees a window; as it is where it names no command."""
    if "llm-tutor" not in todo and not any(sign in todo for sign in ("--", "PIP_INDEX_URL", "command again")):
        return todo
    return next((words for sign, words in _INSTEAD if sign in todo), todo)
