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
    from engine.preparation import missing_models, missing_packs

    models, packs = missing_models(context.paths), missing_packs(context.paths)
    if not models and not packs:
        return 0
    from engine.preparation import install_models, install_packs

    settings = load_settings(context.paths.settings_file)
    cancel, progress = CancelToken(), context.progress()
    if models:
        context.say(f"Fetching {len(models)} models, about 200 MB, once (a minute or two on a fast line) …")
        try:
            install_models(context.paths, models, cancel=cancel, progress=progress)
        except UserFacingError as error:
            context.say(
                f"{error.what} {error.todo}\nGoing on without: answers will be quotations until then."
            )
    if packs:
        context.say("Preparing the starter packs (about half a minute, once) …")
        install_packs(context.paths, settings, packs, cancel=cancel, progress=progress)
    progress.close()
    return 0
