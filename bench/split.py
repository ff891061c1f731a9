"""Which questions weights may be tuned on, and which only judge them: decided once, by the questions' names.

A digest decides, so that the side of a question depends on no random seed, no order of a file and no other question:
questions added later leave all others where they are.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

from bench.corpora import Question

UNMARKED = "plain-"
"""How the id of a question begins that is typed without its marks; the rest is the id that it has with them."""


class Side(StrEnum):
    """The two sides, of about equal size."""

    TRAIN = "train"
    HELD_OUT = "held-out"


def side(question: Question, corpus: str) -> Side:
    """The side of a question about the documents of `corpus`.

    Several office questions are made from one document and share its words. They fall on one side together, or what
    was tuned on the one would already know the other. Questions about articles were asked by people, each by itself;
    typed without its marks, a question stays where it is.
    """
    return _side(question.id.removeprefix(UNMARKED) if corpus == "articles" else min(question.relevant))


def _side(key: str) -> Side:
    digest = hashlib.blake2b(key.encode(), digest_size=8, person=b"tracuu split 1").digest()
    return Side.HELD_OUT if digest[-1] % 2 else Side.TRAIN
