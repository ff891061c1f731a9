"""What helps to read questions: the index's vocabulary, the abbreviations it defines, the names it holds, and words.

Nothing of this is shown to anybody: it only decides how a question is read.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from analyzers.abbreviations import Definition
from analyzers.channels import Analyzer
from engines.interface import Engine, EngineUnavailable, IndexState
from search_service.abbreviations import Abbreviations
from search_service.language.fields import KEYWORDS
from search_service.names import NameFinder
from search_service.spelling import Frequencies

_CHECK_SECONDS = 60.0
"""How long names and abbreviations of documents that have just come may be unknown."""

_MOST_ABBREVIATIONS = 20_000
_MOST_TYPES = 200
_MOST_NAMES = 20_000
_MOST_FREQUENCIES = 200_000


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known at one moment.

    Attributes:
        abbreviations: Curated, the installation's own, and mined from the documents.
        names: The types, issuers and signers of the documents.
        frequencies: How many documents have a token.
        words: The words (từ) of a text, the syllables of each joined by `_`.
        values: Keyword field to its values, the most frequent first.
    """

    abbreviations: Abbreviations
    names: NameFinder
    frequencies: Frequencies
    words: Callable[[str], tuple[str, ...]]
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def without_index(analyzer: Analyzer, own: Sequence[Definition] = ()) -> Knowledge:
    """What is known where there is no index: the curated abbreviations, and the installation's own."""
    return Knowledge(Abbreviations(own), NameFinder((), (), ()), _unknown, analyzer.words)


def _in_background(job: Callable[[], None]) -> None:
    threading.Thread(target=job, name="knowledge", daemon=True).start()


class IndexKnowledge:
    """Keeps the knowledge of one engine's live index, and takes it anew when that has changed. Thread-safe.

    Only the first taking is waited for; of the later ones nobody notices anything but that new names are known.
    """

    def __init__(
        self,
        engine: Engine,
        analyzer: Analyzer,
        own: Sequence[Definition] = (),
        *,
        clock: Callable[[], float] = time.monotonic,
        run: Callable[[Callable[[], None]], None] = _in_background,
    ) -> None:
        """Know an engine's index.

        Args:
            engine: The engine.
            analyzer: Makes words.
            own: The installation's own abbreviations.
            clock: Seconds.
            run: Runs what nobody waits for.
        """
        self._engine = engine
        self._analyzer = analyzer
        self._own = tuple(own)
        self._clock = clock
        self._run = run
        self._lock = threading.Lock()
        self._state: IndexState | None = None
        self._checked = float("-inf")
        self._knowledge = without_index(analyzer, self._own)

    def now(self) -> Knowledge:
        """What is known, a minute old and little more. With no index that answers, the curated lists alone."""
        with self._lock:
            due = self._clock() - self._checked >= _CHECK_SECONDS
            if due:
                self._checked = self._clock()
                if self._state is None:
                    self._refresh()
                    due = False
        if due:
            self._run(self._refresh)
        return self._knowledge

    def _refresh(self) -> None:
        try:
            state = self._engine.live()
            if state is not None and state != self._state:
                self._knowledge = self._read()
                self._state = state
        except EngineUnavailable:
            # The search that follows meets the same, and says so to whom it concerns.
            return

    def _read(self) -> Knowledge:
        terms = self._engine.terms
        values = {name: tuple(term.text for term in terms(name, "", _MOST_NAMES)) for name in KEYWORDS}
        return Knowledge(
            Abbreviations(self._own, terms("abbreviations", "", _MOST_ABBREVIATIONS)),
            NameFinder(values["type"][:_MOST_TYPES], values["issuer"], values["signer"]),
            _RememberedFrequencies(self._engine),
            self._analyzer.words,
            values,
        )


class _RememberedFrequencies:
    """`Engine.document_frequencies`, each asked once while the index stays as it is."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[tuple[str, str], int] = {}

    def __call__(self, field: str, tokens: Sequence[str]) -> Mapping[str, int]:
        unknown = [token for token in dict.fromkeys(tokens) if (field, token) not in self._known]
        asked = self._engine.document_frequencies(field, unknown) if unknown else {}
        answer = {token: asked[token] if token in asked else self._known[field, token] for token in tokens}
        if len(self._known) + len(asked) > _MOST_FREQUENCIES:
            self._known = {}
        self._known |= {(field, token): count for token, count in asked.items()}
        return answer


def _unknown(field: str, tokens: Sequence[str]) -> Mapping[str, int]:
    """Nothing is known to be missing where nothing is known."""
    return dict.fromkeys(tokens, 1)
