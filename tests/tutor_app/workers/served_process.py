"""An engine process whose models are those of a manifest folder in ``SERVED_MANIFEST``: run as a program."""

import os
import sys
from pathlib import Path

from engine import paths
from tutor_app.workers import engine_process

COMMAND = [sys.executable, "-m", "tests.tutor_app.workers.served_process"]
VARIABLE = "SERVED_MANIFEST"

if __name__ == "__main__":
    # Before the services are imported, which take the function by its name.
    paths.manifest_path = lambda: Path(os.environ[VARIABLE])
    sys.exit(engine_process.main(sys.argv[1:]))
