"""What a learner is asked about the author of a pack before it is added, and the two answers."""

from __future__ import annotations

from tutor_app.i18n import isolated, tr
from tutor_app.services.holdings import ChangedKey, UnknownAuthor


def author_question(author: UnknownAuthor | ChangedKey) -> str:
    """What is so, what it can mean, and what to do before answering."""
    names = ", ".join(author.authors) or tr("no name given")
    if isinstance(author, UnknownAuthor):
        return tr(
            "“{title}” is signed by an author who is new here: {authors}. The key is {fingerprint}."
            " Compare it with what the author told you, if you can.",
            title=author.title,
            authors=names,
            fingerprint=isolated(author.fingerprint),
        )
    if not author.fingerprint:
        return tr(
            "“{title}” was signed until now, and this one is not. Anybody can have made it: ask the author"
            " ({authors}) for a signed one.\nThe key until now: {known}",
            title=author.title,
            authors=names,
            known=isolated(author.known),
        )
    return tr(
        "“{title}” is signed with another key than before. The author ({authors}) may have a new key, or somebody"
        " else made this pack: ask the author which.\nThe key until now: {known}\nThe new key: {fingerprint}",
        title=author.title,
        authors=names,
        known=isolated(author.known),
        fingerprint=isolated(author.fingerprint),
    )


def author_answers(author: UnknownAuthor | ChangedKey) -> tuple[str, str]:
    """What the buttons say that add the pack, and that do not."""
    if isinstance(author, UnknownAuthor):
        return tr("Trust this author"), tr("Do not add it")
    yes = tr("Accept the new key") if author.fingerprint else tr("Add it without a signature")
    return yes, tr("Keep the old pack") if author.installed else tr("Do not add it")
