"""The empty collection that an ``.apkg`` holds: Anki's tables (schema 11), its settings, two note types, one deck.

Written from the description of the format in Anki's own documentation and sources (AnkiDroid wiki, "Database
structure"); every version of Anki since 2.1 reads it.
"""

import json
from collections.abc import Mapping, Sequence

BASIC, CLOZE = 1_607_392_319, 1_607_392_320
"""Ids of the note types: always the same, so that decks made later share them."""

SCHEMA = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
 ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL,
 models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
 usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL,
 flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
 mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL,
 ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL,
 left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
 ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL,
 type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_notes_csum ON notes (csum);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_revlog_cid ON revlog (cid);
"""
_VERSION = 11
_CSS = ".card { font-family: sans-serif; font-size: 20px; text-align: center; } .cloze { font-weight: bold; }"
_LATEX = (
    "\\documentclass[12pt]{article}\n\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\begin{document}\n",
    "\\end{document}",
)


def collection_row(deck: int, title: str, *, now_s: int) -> Sequence[object]:
    """The one row of the table ``col``, for a deck of that id and title."""
    decks = {"1": _deck(1, "Default", now_s), str(deck): _deck(deck, title, now_s)}
    models = {str(model["id"]): model for model in (_basic(deck, now_s), _cloze(deck, now_s))}
    texts = [json.dumps(part, ensure_ascii=False) for part in (_CONFIGURATION, models, decks, _OPTIONS)]
    now_ms = now_s * 1000
    return (1, now_s, now_ms, now_ms, _VERSION, 0, 0, 0, *texts, "{}")


def _deck(identifier: int, name: str, now_s: int) -> Mapping[str, object]:
    return {
        "id": identifier,
        "name": name,
        "mod": now_s,
        "usn": -1,
        "desc": "",
        "dyn": 0,
        "conf": 1,
        "collapsed": False,
        "browserCollapsed": False,
        "extendNew": 0,
        "extendRev": 50,
        "newToday": [0, 0],
        "revToday": [0, 0],
        "lrnToday": [0, 0],
        "timeToday": [0, 0],
    }


def _basic(deck: int, now_s: int) -> Mapping[str, object]:
    template = _template(
        "Card 1", "{{Front}}", '{{FrontSide}}<hr id="answer">{{Back}}{{#Notes}}<br>{{Notes}}{{/Notes}}'
    )
    model = _model(BASIC, "LLM Tutor: basic", deck, now_s)
    return {
        **model,
        "type": 0,
        "flds": _fields("Front", "Back", "Notes"),
        "tmpls": [template],
        "req": [[0, "any", [0]]],
    }


def _cloze(deck: int, now_s: int) -> Mapping[str, object]:
    template = _template("Cloze", "{{cloze:Text}}", "{{cloze:Text}}<br>{{Notes}}")
    model = _model(CLOZE, "LLM Tutor: cloze", deck, now_s)
    return {**model, "type": 1, "flds": _fields("Text", "Notes"), "tmpls": [template]}


def _model(identifier: int, name: str, deck: int, now_s: int) -> dict[str, object]:
    return {
        "id": identifier,
        "name": name,
        "mod": now_s,
        "usn": -1,
        "sortf": 0,
        "did": deck,
        "css": _CSS,
        "latexPre": _LATEX[0],
        "latexPost": _LATEX[1],
        "tags": [],
        "vers": [],
    }


def _fields(*names: str) -> list[Mapping[str, object]]:
    return [
        {"name": name, "ord": place, "sticky": False, "rtl": False, "font": "Arial", "size": 20, "media": []}
        for place, name in enumerate(names)
    ]


def _template(name: str, question: str, answer: str) -> Mapping[str, object]:
    return {"name": name, "ord": 0, "qfmt": question, "afmt": answer, "did": None, "bqfmt": "", "bafmt": ""}


_CONFIGURATION = {
    "nextPos": 1,
    "estTimes": True,
    "activeDecks": [1],
    "sortType": "noteFld",
    "timeLim": 0,
    "sortBackwards": False,
    "addToCur": True,
    "curDeck": 1,
    "newBury": True,
    "newSpread": 0,
    "dueCounts": True,
    "curModel": None,
    "collapseTime": 1200,
}
_OPTIONS = {
    "1": {
        "id": 1,
        "name": "Default",
        "mod": 0,
        "usn": 0,
        "maxTaken": 60,
        "autoplay": True,
        "timer": 0,
        "replayq": True,
        "dyn": False,
        "new": {
            "bury": True,
            "delays": [1, 10],
            "initialFactor": 2500,
            "ints": [1, 4, 7],
            "order": 1,
            "perDay": 20,
            "separate": True,
        },
        "rev": {
            "bury": True,
            "ease4": 1.3,
            "fuzz": 0.05,
            "ivlFct": 1,
            "maxIvl": 36500,
            "minSpace": 1,
            "perDay": 100,
        },
        "lapse": {"delays": [10], "leechAction": 0, "leechFails": 8, "minInt": 1, "mult": 0},
    }
}
