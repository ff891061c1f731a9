"""The segmentation model applied to a sequence of units: which of them continue the word before.

The model is a linear-chain CRF with two labels, so a label is decided by one number: by how much the best labelling
that ends in I_W beats the best that ends in B_W (the *lead*). All leads are summed by numpy; the Viterbi recursion runs
only where neighbours can still change a label, for the transitions shift a lead by no more than their own spread.
Sums are made in another order than CRFsuite's, so that labellings whose scores differ by less than double rounding
(about 1e-12 of 10) could be told apart differently; no such tie was met in 5 million units of real text.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analyzers.model import SegmentationModel

_UPPER, _TITLE, _DIGIT, _SEVERED, _CAPITAL = (1 << bit for bit in range(5))
_SHAPE_BITS = 5
_SHAPES = 1 << _SHAPE_BITS
# pyvi tests membership in this string with `in`, which for one character is membership.
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_BLOCK = 1 << 15

Observations = NDArray[np.int32]
"""What the model sees of each unit: its lower-case spelling's id and its shape, packed into one integer."""


class Tagger:
    """Finds the units of a sequence that continue the word before. Immutable and safe to share between threads."""

    def __init__(self, model: SegmentationModel) -> None:
        entries = [entry for entry in model.pairs | model.triples if all(part == part.lower() for part in entry)]
        lexical = sorted({part for entry in entries for part in entry})
        spelled = {name.partition("word.lower():")[2] for name in model.attributes if "word.lower():" in name}
        self._spellings = {spelling: at for at, spelling in enumerate([*lexical, *sorted(spelled - set(lexical))])}
        self._unknown = len(self._spellings)
        self._weights = _UnitWeights(model, self._spellings)
        self._pairs = _Pairs([entry for entry in entries if len(entry) == 2], self._spellings, len(lexical))
        self._triples = _Triples([entry for entry in entries if len(entry) == 3], self._spellings)
        self._pair_weights = _weights(model, "-1:word.bi_gram()", "+1:word.bi_gram()")
        self._triple_weights = _weights(model, "-2:word.tri_gram()", "+2:word.tri_gram()")
        self._transition = _Transition(model)

    def observe(self, unit: str, *, severed: bool = False) -> int:
        """The observation of one unit.

        Args:
            unit: A unit as pyvi cuts it (`analyzers.syllabification`).
            severed: Whether the unit stands alone whatever the model says. Punctuation and what begins with a digit
                always does.
        """
        # CRFsuite reads attributes as C strings, which end at NUL.
        spelling = self._spellings.get(unit.lower().partition("\0")[0], self._unknown)
        severed = severed or unit in _PUNCTUATION or unit[0].isdigit()
        shape = (
            unit.isupper() * _UPPER
            | unit.istitle() * _TITLE
            | unit.isdigit() * _DIGIT
            | severed * _SEVERED
            | unit[0].istitle() * _CAPITAL
        )
        return spelling << _SHAPE_BITS | shape

    def joins(self, observations: Observations) -> NDArray[np.bool_]:
        """For each unit, whether it continues the word of the unit before it, as pyvi decides."""
        joined = self._labels(observations)
        joined[:1] = False
        severed = (observations & _SEVERED) != 0
        capital = (observations & _CAPITAL) != 0
        joined[1:] &= ~(severed[1:] | severed[:-1] | (capital[1:] & ~capital[:-1]))
        return joined

    def _labels(self, observations: Observations) -> NDArray[np.bool_]:
        """The most likely label of each unit, True for I_W."""
        labels = np.zeros(len(observations), dtype=bool)
        viterbi = _Viterbi(self._transition, labels)
        for start in range(0, len(observations), _BLOCK):
            viterbi.forward(start, self._leads(observations, start, min(start + _BLOCK, len(observations))))
        viterbi.backward()
        return labels

    def _leads(self, observations: Observations, start: int, stop: int) -> NDArray[np.float64]:
        """How much each unit of `start:stop` speaks for I_W, transitions aside."""
        left, right = min(start, 2), min(len(observations) - stop, 2)
        near = observations[start - left : stop + right]
        spellings, shapes = near >> _SHAPE_BITS, near & (_SHAPES - 1)
        weights = self._weights.of(spellings, shapes)
        leads = weights[:, _OWN].copy()
        leads[1:] += weights[:-1, _NEXT]
        leads[:-1] += weights[1:, _PREVIOUS]
        pairs = self._pairs.ends(spellings)
        leads[pairs] += self._pair_weights[0]
        leads[pairs - 1] += self._pair_weights[1]
        triples = self._triples.ends(spellings)
        leads[triples] += self._triple_weights[0]
        leads[triples - 2] += self._triple_weights[1]
        return leads[left : len(near) - right]


def _weights(model: SegmentationModel, *attributes: str) -> tuple[float, ...]:
    return tuple(model.attributes.get(attribute, 0.0) for attribute in attributes)


# What a unit's spelling and shape say of itself, of the unit after it and of the unit before it.
_OWN, _NEXT, _PREVIOUS = range(3)
_DISTANCES = ("", "-1:", "+1:")


class _UnitWeights:
    """What one unit's spelling and shape add to its own lead and to its neighbours'."""

    def __init__(self, model: SegmentationModel, spellings: dict[str, int]) -> None:
        lower = [_weights(model, *(f"{distance}word.lower():{one}" for distance in _DISTANCES)) for one in spellings]
        self._spelling = np.array([*lower, (0.0, 0.0, 0.0)])
        self._shape = np.zeros((_SHAPES, len(_DISTANCES)))
        for bit, name in ((_UPPER, "isupper"), (_TITLE, "istitle"), (_DIGIT, "isdigit")):
            has_bit = (np.arange(_SHAPES) & bit) != 0
            self._shape[has_bit] += _weights(model, *(f"{distance}word.{name}()" for distance in _DISTANCES))
        self._shape[:, _OWN] += model.attributes["bias"]

    def of(self, spellings: NDArray[np.int32], shapes: NDArray[np.int32]) -> NDArray[np.float64]:
        """Three weights for each unit."""
        weights = self._spelling.take(spellings, axis=0)
        weights += self._shape.take(shapes, axis=0)
        return weights


class _Pairs:
    """The word list's words of two syllables as a matrix of bits: 4 MiB that two lookups read."""

    def __init__(self, pairs: list[tuple[str, ...]], spellings: dict[str, int], lexical: int) -> None:
        self._lexical = lexical
        self._row_bytes = lexical // 8 + 1
        self._bits = np.zeros((lexical + 1) * self._row_bytes, dtype=np.uint8)
        for first, second in pairs:
            row, column = spellings[first], spellings[second]
            self._bits[row * self._row_bytes + column // 8] |= 1 << column % 8

    def ends(self, spellings: NDArray[np.int32]) -> NDArray[np.intp]:
        """Where the second syllable of a pair stands."""
        lexical = np.minimum(spellings, self._lexical)
        rows = lexical[:-1] * np.int32(self._row_bytes)
        columns = lexical[1:]
        cells = self._bits[rows + (columns >> 3)] >> (columns & 7).astype(np.uint8)
        return (cells & 1).nonzero()[0] + 1


class _Triples:
    """The word list's words of three syllables: sorted keys, searched only where each syllable stands in its place."""

    def __init__(self, triples: list[tuple[str, ...]], spellings: dict[str, int]) -> None:
        self._radix = len(spellings) + 1
        ids = np.array([[spellings[part] for part in triple] for triple in triples], dtype=np.int64)
        self._keys = np.sort(self._key(ids[:, 0], ids[:, 1], ids[:, 2]))
        self._places = np.zeros(self._radix, dtype=np.uint8)
        for place in range(3):
            self._places[ids[:, place]] |= 1 << place

    def _key(self, first: NDArray[np.int64], second: NDArray[np.int64], third: NDArray[np.int64]) -> NDArray[np.int64]:
        return (first * self._radix + second) * self._radix + third

    def ends(self, spellings: NDArray[np.int32]) -> NDArray[np.intp]:
        """Where the third syllable of a triple stands."""
        places = self._places[spellings]
        (at,) = (places[:-2] & places[1:-1] >> 1 & places[2:] >> 2 & 1).nonzero()
        wide = spellings.astype(np.int64)
        keys = self._key(wide[at], wide[at + 1], wide[at + 2])
        found = np.searchsorted(self._keys, keys)
        found[found == len(self._keys)] = 0
        triples: NDArray[np.intp] = at[self._keys[found] == keys] + 2
        return triples


class _Transition:
    """What neighbours do to a lead.

    With `w` the transition weights, the lead of a unit is its own plus `max(w01, lead' + w11) - max(w00, lead' + w10)`,
    `lead'` being that of the unit before. That shift lies between its two limits, `w01 - w00` and `w11 - w10`. Going
    back, a unit is I_W if its lead exceeds `w01 - w11` where the next one is I_W, and `w00 - w10` where it is B_W.

    Attributes:
        after_begin: The shift after a unit that is surely B_W.
        after_inside: The shift after a unit that is surely I_W.
        needed: The lead that a unit must exceed to be I_W before B_W, and before I_W.
        surely_begin: A unit whose own lead is below is B_W whatever its neighbours are.
        surely_inside: A unit whose own lead is above is I_W whatever its neighbours are.
    """

    def __init__(self, model: SegmentationModel) -> None:
        (self._w00, self._w01), (self._w10, self._w11) = model.transitions
        self.after_begin = self._w01 - self._w00
        self.after_inside = self._w11 - self._w10
        self.needed = (self._w00 - self._w10, self._w01 - self._w11)
        self.surely_begin = min(self.needed) - max(self.after_begin, self.after_inside)
        self.surely_inside = max(self.needed) - min(self.after_begin, self.after_inside)

    def shift(self, lead: float) -> float:
        """What the unit before, with its lead, adds to a unit's own."""
        return max(self._w01, lead + self._w11) - max(self._w00, lead + self._w10)


class _Viterbi:
    """Labels a sequence given in blocks. Most units are sure of their label; the recursion visits only the others."""

    def __init__(self, transition: _Transition, labels: NDArray[np.bool_]) -> None:
        self._transition = transition
        self._labels = labels
        self._unsure: list[tuple[NDArray[np.intp], NDArray[np.float64]]] = []
        self._previous_at, self._previous_lead = -1, 0.0

    def forward(self, start: int, own: NDArray[np.float64]) -> None:
        """Take the own leads of the units from `start`: label the sure ones, find the leads of the others."""
        self._labels[start : start + len(own)] = own > self._transition.surely_inside
        unsure = (own >= self._transition.surely_begin) & (own <= self._transition.surely_inside)
        # Nothing comes before the first unit and after the last one, so they are never sure.
        unsure[0] |= start == 0
        unsure[-1] |= start + len(own) == len(self._labels)
        (at,) = unsure.nonzero()
        leads = [self._lead(*unit) for unit in zip((at + start).tolist(), own[at].tolist(), strict=True)]
        self._unsure.append((at + start, np.array(leads)))

    def _lead(self, at: int, own: float) -> float:
        if at == 0:
            lead = own
        elif self._previous_at == at - 1:
            lead = own + self._transition.shift(self._previous_lead)
        else:
            lead = own + (self._transition.after_inside if self._labels[at - 1] else self._transition.after_begin)
        self._previous_at, self._previous_lead = at, lead
        return lead

    def backward(self) -> None:
        """Label the units that were not sure, from the last to the first."""
        last = len(self._labels) - 1
        for at, leads in reversed(self._unsure):
            for index, lead in zip(at.tolist()[::-1], leads.tolist()[::-1], strict=True):
                needed = 0.0 if index == last else self._transition.needed[int(self._labels[index + 1])]
                self._labels[index] = lead > needed
