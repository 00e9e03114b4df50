"""Open licences a pack may carry, and whether material under one may go into a pack under another."""

_CC = (
    *(f"CC-BY{terms}-{version}" for terms in ("", "-SA", "-NC", "-NC-SA") for version in ("4.0", "3.0")),
    *(f"CC-BY{terms}-{version}" for terms in ("-ND", "-NC-ND") for version in ("4.0", "3.0")),
)
PUBLIC_DOMAIN = frozenset({"CC0-1.0", "PDDL-1.0"})
_PERMISSIVE = frozenset({"MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause"})
_COPYLEFT = frozenset({"GPL-3.0-or-later", "GPL-3.0-only", "GFDL-1.3-or-later"})
KNOWN = frozenset(_CC) | PUBLIC_DOMAIN | _PERMISSIVE | _COPYLEFT


def incompatibility(source: str, pack: str) -> str | None:
    """Why material under ``source`` may not go into a pack under ``pack`` (SPDX identifiers); None if it may."""
    if source == pack or source in PUBLIC_DOMAIN:
        return None
    if source in _COPYLEFT:
        return f"{source} asks for the whole pack to be under {source}"
    terms, wanted = set(source.split("-")), set(pack.split("-"))
    if "ND" in terms:
        return f"{source} forbids changed versions"
    if "SA" in terms and not ("SA" in wanted and ("NC" in terms) == ("NC" in wanted)):
        return f"{source} asks for the same terms"
    if "NC" in terms and "NC" not in wanted:
        return f"{source} forbids commercial use, {pack} allows it"
    if pack in PUBLIC_DOMAIN:
        return f"{source} asks for its author to be named, {pack} does not"
    return None
