"""Practice items, as far as their rules stand: unique ids, known skills."""

from collections.abc import Iterator

from engine.content.finding import Finding
from engine.content.pack_source import PackSource


def check_items(source: PackSource) -> Iterator[Finding]:
    """Findings on items/*.json."""
    known = {skill.id for skill in source.pack.skills}
    seen: set[str] = set()
    for file, document in source.documents.items():
        if not file.startswith("items/"):
            continue
        for item in document["items"]:
            line = source.line(file, item["id"])
            if item["id"] in seen:
                yield Finding(
                    "item.id", file, line, f"The item {item['id']} stands twice.", "Give each its own id."
                )
            seen.add(item["id"])
            for skill in item["skills"]:
                if skill not in known:
                    message = f"The item {item['id']} names the unknown skill {skill}."
                    yield Finding("item.skill", file, line, message, "Name one of skills.json.")
