"""Writes docs/licences.md: everything that is installed with the product, and under which licence.

Run it with the environment's Python (`make licences`) after the lock was renewed. The list is the lock's run-time
part; what each licence is comes from the installed distributions' own metadata. A licence that the metadata does not
name in SPDX terms must be read once by a person and put into the tables below: the script stops until it is. So it
does at a licence that may not be combined with GPL-3.0-or-later.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from urllib.parse import urlsplit

from engine.models.manifest import read_manifest

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "licences.md"
_PIN = re.compile(r"([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)")

# May be part of a work under GPL-3.0-or-later.
COMPATIBLE = frozenset(
    {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "GPL-3.0-or-later", "ISC"}
    | {
        "GPL-3.0-or-later WITH GCC-exception-3.1",
        "LGPL-2.1-or-later",
        "LGPL-3.0-only",
        "MIT",
        "MIT-0",
        "MPL-2.0",
        "OFL-1.1",  # of fonts, which are shipped beside the program and not linked with it
        "PSF-2.0",
        "Unicode-3.0",
        "Unlicense",
        "Zlib",
        "blessing",
    }
)
# What people write in the old metadata field, and in classifiers, where that is unambiguous.
_SPDX = {
    "MIT": "MIT",
    "MIT License": "MIT",
    "Apache-2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "BSD-3-Clause": "BSD-3-Clause",
    "MPL-2.0": "MPL-2.0",
    "MPL-2.0 AND MIT": "MPL-2.0 AND MIT",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
}
# Read in the distribution's licence file, since its metadata is silent, vague or wrong.
_READ = {
    "cached-property": "BSD-3-Clause",
    "click-default-group": "BSD-3-Clause",
    "colorama": "BSD-3-Clause",
    "flexcache": "BSD-3-Clause",
    "font-source-sans-pro": "OFL-1.1",
    "jinja2": "BSD-3-Clause",
    "mpmath": "BSD-3-Clause",
    "pint": "BSD-3-Clause",
    "pypdfium2": "BSD-3-Clause OR Apache-2.0",
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
    "sqlcipher3": "Zlib",
    "sqlite-vec": "MIT OR Apache-2.0",
    "sympy": "BSD-3-Clause",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """A work of others inside a distribution's binary files."""

    inside: str
    name: str
    licence: str
    owner: str


NOTICES = (
    Notice("sqlcipher3", "SQLCipher 4", "BSD-3-Clause", "Copyright (c) ZETETIC LLC"),
    Notice("sqlcipher3", "SQLite 3", "blessing", "dedicated to the public domain by its authors"),
    Notice("sqlcipher3", "OpenSSL 3", "Apache-2.0", "Copyright (c) The OpenSSL Project Authors"),
    Notice("llama-cpp-python", "llama.cpp and ggml", "MIT", "Copyright (c) The ggml authors"),
    Notice("pypdfium2", "PDFium", "BSD-3-Clause", "Copyright (c) The PDFium Authors"),
    Notice(
        "jsonschema-rs",
        "AWS-LC",
        "Apache-2.0 AND BSD-3-Clause AND ISC AND MIT",  # since 2026-03; OpenSSL's old licence before
        "Copyright Amazon.com, Inc. or its affiliates, and The OpenSSL Project Authors",
    ),
    Notice("jsonschema-rs", "ICU4X", "Unicode-3.0", "Copyright (c) Unicode, Inc."),
    Notice("ziafont", "STIX Two Math", "OFL-1.1", "Copyright (c) The STIX Fonts Project Authors"),
    Notice("lxml", "libxml2 and libxslt", "MIT", "Copyright (c) Daniel Veillard and others"),
    Notice("numpy", "OpenBLAS with LAPACK", "BSD-3-Clause", "Copyright (c) The OpenBLAS Project"),
    Notice(
        "numpy",
        "libgfortran",
        "GPL-3.0-or-later WITH GCC-exception-3.1",
        "Copyright (c) Free Software Foundation, Inc.",
    ),
    Notice("numpy", "libquadmath", "LGPL-2.1-or-later", "Copyright (c) Free Software Foundation, Inc."),
)


@dataclass(slots=True)
class Pin:
    """One line of the lock and who asks for it."""

    name: str
    version: str
    wanted_by: set[str] = field(default_factory=set)


def main() -> int:
    """Write the file; returns the exit code."""
    try:
        text = document()
    except LookupError as error:
        print(f"licences: {error.args[0]}", file=sys.stderr)
        return 1
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    print(f"{TARGET.relative_to(ROOT)} is written.")
    return 0


def document() -> str:
    """The text of docs/licences.md for this lock and this environment.

    Raises:
        LookupError: a licence is unknown, or does not fit the product's.
    """
    lines = [
        "# Licences",
        "",
        "LLM Tutor is free software under GPL-3.0-or-later; the text is in [LICENSE](../LICENSE). This page is",
        "generated by `make licences` from `requirements.lock`, the metadata of the installed distributions and",
        "`models_manifest/`. Do not edit it.",
        "",
        "## Libraries that are installed with it",
        "",
        "| Name | Version | Licence | Home page |",
        "|---|---|---|---|",
        *(_library(pin) for pin in runtime_pins()),
        "",
        "Where a name stands twice, each version is for other versions of Python. The full licence texts are in each",
        "distribution's `.dist-info` folder.",
        "",
        "## Works inside their binary files",
        "",
        "| Inside | What | Licence | Whose |",
        "|---|---|---|---|",
        *(f"| {notice.inside} | {notice.name} | {notice.licence} | {notice.owner} |" for notice in NOTICES),
        "",
        "PDFium and NumPy hold further small libraries under permissive licences; their texts are in the `licenses`",
        "folders of the two distributions. Those in jsonschema-rs are listed in its folder `sboms`.",
        "",
        "## Models",
        "",
        "The program holds one model, its own evidence model in `assets/models`; what it was made from is in",
        "[its card](../models_manifest/evidence/MODEL_CARD.md). The two other default models are fetched when the",
        "program is first prepared; the rest only when somebody asks for them. Each is under its own licence, which",
        "binds whoever uses it.",
        "",
        "| Id | For | Licence | Default |",
        "|---|---|---|---|",
        *_models(),
        "",
        "## Course packs",
        "",
        "The starter packs in `assets/packs` were written for this project and are under CC-BY-4.0.",
    ]
    return "\n".join(lines) + "\n"


def runtime_pins() -> list[Pin]:
    """The pins of the lock that the product needs to run: its dependencies, and what those ask for in turn.

    Raises:
        LookupError: a dependency is not in the lock.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {_plain(re.split(r"[^\w.-]", line)[0]) for line in project["dependencies"]}
    pins = list(read_lock((ROOT / "requirements.lock").read_text(encoding="utf-8")))
    if missing := needed - {pin.name for pin in pins}:
        raise LookupError(
            f"the lock is older than pyproject.toml: it does not hold {', '.join(sorted(missing))}"
        )
    while more := {pin.name for pin in pins if pin.wanted_by & needed} - needed:
        needed |= more
    return [pin for pin in pins if pin.name in needed]


def read_lock(text: str) -> Iterator[Pin]:
    """The pins in ``text``, each with the names after its "via"."""
    pin: Pin | None = None
    for line in text.splitlines():
        found = _PIN.match(line)
        if found:
            if pin:
                yield pin
            pin = Pin(_plain(found[1]), found[2])
        elif pin and line.strip().startswith("#"):
            pin.wanted_by.add(_plain(line.strip().removeprefix("#").strip().removeprefix("via").strip()))
    if pin:
        yield pin


def licence_of(name: str) -> str:
    """The SPDX expression of an installed distribution.

    Raises:
        LookupError: nobody has read its licence yet.
    """
    if name in _READ:
        return _READ[name]
    try:
        about = metadata(name)
    except PackageNotFoundError:
        raise LookupError(
            f"{name} is not installed here: put its licence into the table in {__file__}"
        ) from None
    classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    told = _one(about, "License-Expression") or next(
        (_SPDX[text] for text in (_one(about, "License"), *classifiers) if text in _SPDX), ""
    )
    if not told:
        raise LookupError(f"the metadata of {name} names no SPDX licence: read it, and add it to {__file__}")
    return told


def is_compatible(expression: str) -> bool:
    """Whether at least one choice of an SPDX expression (without brackets) fits GPL-3.0-or-later."""
    return any(set(choice.split(" AND ")) <= COMPATIBLE for choice in expression.split(" OR "))


def _library(pin: Pin) -> str:
    licence = licence_of(pin.name)
    if not is_compatible(licence):
        raise LookupError(f"{pin.name} is under {licence}, which does not fit GPL-3.0-or-later")
    return f"| {pin.name} | {pin.version} | {licence} | {_home_page(pin.name)} |"


def _models() -> Iterator[str]:
    for entry in read_manifest(ROOT / "models_manifest").entries:
        default = "yes" if entry.default else ""
        yield f"| {entry.id} | {entry.kind} | {entry.licence} | {default} |"


def _home_page(name: str) -> str:
    """The project's own page; none where it only has a page at the package index."""
    from pypi_simple import PYPI_SIMPLE_ENDPOINT

    try:
        about = metadata(name)
    except PackageNotFoundError:
        return ""
    named = dict(line.partition(", ")[::2] for line in about.get_all("Project-URL") or [])
    by_label = {label.lower(): url for label, url in named.items()}
    pages = [_one(about, "Home-page"), *(by_label.get(label, "") for label in _LABELS)]
    index = urlsplit(PYPI_SIMPLE_ENDPOINT).hostname
    hosts = ((page, urlsplit(page).hostname or "") for page in pages)
    return next((page for page, host in hosts if "." in host and host not in (index, "todo.com")), "")


_LABELS = ("homepage", "home", "source", "source code", "repository", "github", "documentation")


def _one(about: PackageMetadata, name: str) -> str:
    return str(about[name] or "") if name in about else ""


def _plain(name: str) -> str:
    """A distribution's name in its one normal form."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
