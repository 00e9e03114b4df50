"""``llm-tutor prepare``: the default models and the starter packs, made ready once. ``make run`` calls it.

Without a network the models are left for later: the tutor works without them, by quoting.
"""

import argparse

from engine.cancel import CancelToken
from engine.errors import UserFacingError
from engine.settings import load_settings
from tutor_app.cli.command import Context


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments: there are none."""


def run(arguments: argparse.Namespace, context: Context) -> int:  # noqa: ARG001 - a command's interface
    """Prepare what is missing; quick and silent when nothing is."""
    from engine import preparation

    settings = load_settings(context.paths.settings_file)
    cancel, progress = CancelToken(), context.progress()
    models = preparation.missing_models(context.paths)
    if not all(entry.shipped for entry in models):
        context.say("Fetching the two default models, about 190 MB, once (a minute or two on a fast line) …")
    if models:
        try:
            preparation.install_models(context.paths, models, cancel=cancel, progress=progress)
        except UserFacingError as error:
            context.say(
                f"{error.what} {error.todo}\nGoing on without: answers will be quotations until then."
            )
    preparation.install_starter_packs(context.paths, cancel=cancel, progress=progress)
    unfinished = preparation.unfinished_packs(context.paths, settings)
    if unfinished:
        context.say(f"Preparing {len(unfinished)} packs for questions (up to half a minute each, once) …")
        preparation.finish_packs(context.paths, settings, unfinished, cancel=cancel, progress=progress)
    unasked = preparation.unasked_documents(context.paths)
    preparation.make_questions(context.paths, unasked, cancel=cancel, progress=progress)
    progress.close()
    return 0
