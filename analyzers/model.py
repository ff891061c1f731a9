"""The weights of pyvi's word segmentation model, read from the installed package without running any of its code.

pyvi 0.1.1 keeps a pickled `sklearn_crfsuite.CRF` that holds a CRFsuite model file: a linear-chain conditional random
field (Lafferty, McCallum and Pereira 2001) with two labels, B_W (a syllable begins a word) and I_W (it continues one).
Only differences between the two labels' weights decide, so only they are kept. The file format is CRFsuite's, version
100 (https://www.chokkan.org/software/crfsuite/), with its CQDB string tables.
"""

from __future__ import annotations

import importlib.util
import io
import pickle
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

_WEIGHTS_FILE = "pyvi3.pkl"
_WORDS_FILE = "words.txt"


class ModelError(Exception):
    """The segmentation model cannot be read; the message, in Vietnamese, says what to install."""


@dataclass(frozen=True, slots=True)
class SegmentationModel:
    """What decides where words begin.

    Attributes:
        attributes: Attribute to its weight for I_W minus its weight for B_W.
        transitions: `transitions[before][after]`, the weight of one label after another; 0 is B_W, 1 is I_W.
        pairs: Words (từ) of two syllables in pyvi's word list.
        triples: Words of three syllables.
    """

    attributes: Mapping[str, float]
    transitions: tuple[tuple[float, float], tuple[float, float]]
    pairs: frozenset[tuple[str, ...]]
    triples: frozenset[tuple[str, ...]]


def load_model() -> SegmentationModel:
    """Read the model of the installed pyvi.

    Raises:
        ModelError: pyvi is not installed, or is not the version whose model this is.
    """
    folder = _model_folder()
    try:
        weights = (folder / _WEIGHTS_FILE).read_bytes()
        words = (folder / _WORDS_FILE).read_text(encoding="utf-8").split("\n")
        attributes, transitions = _read_crf(_embedded_crf(weights))
    except (OSError, pickle.UnpicklingError, struct.error, ValueError, LookupError) as error:
        raise ModelError(f"Không đọc được mô hình tách từ của pyvi: {error}. Cần cài đúng bản pyvi 0.1.1.") from error
    entries = [tuple(word.split(" ")) for word in words]
    return SegmentationModel(
        attributes,
        transitions,
        pairs=frozenset(entry for entry in entries if len(entry) == 2),
        triples=frozenset(entry for entry in entries if len(entry) == 3),
    )


def _model_folder() -> Path:
    spec = importlib.util.find_spec("pyvi")
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("Không tìm thấy gói pyvi, nơi có mô hình tách từ. Cần cài pyvi 0.1.1.")
    return Path(spec.submodule_search_locations[0]) / "models"


class _Inert:
    """Stands for every object in the pickle: takes whatever it is given, does nothing, keeps its state."""

    def __init__(self, *arguments: object) -> None:
        self.state: dict[str, Any] = {}

    def __setstate__(self, state: object) -> None:
        if isinstance(state, dict):
            self.state = state


def _encode_latin1(text: str, encoding: str) -> bytes:
    """What `_codecs.encode` does in a pickle of bytes, and nothing else."""
    if encoding != "latin1":
        raise pickle.UnpicklingError(f"encoding {encoding}")
    return text.encode("latin1")


_ALLOWED: dict[tuple[str, str], Callable[..., object]] = {
    ("sklearn_crfsuite.estimator", "CRF"): _Inert,
    ("sklearn_crfsuite._fileresource", "FileResource"): _Inert,
    ("pycrfsuite._logparser", "TrainLogParser"): _Inert,
    ("numpy.core.multiarray", "scalar"): _Inert,
    ("numpy", "dtype"): _Inert,
    ("_codecs", "encode"): _encode_latin1,
}


class _RestrictedUnpickler(pickle.Unpickler):
    """Builds stand-ins for the six names the model's pickle holds and refuses every other."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        try:
            return _ALLOWED[module_name, global_name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module_name}.{global_name}") from None


def _embedded_crf(weights: bytes) -> bytes:
    estimator = _RestrictedUnpickler(io.BytesIO(weights)).load()
    if not isinstance(estimator, _Inert):
        raise ValueError("CRF")
    crf = estimator.state["modelfile"].state["__FILE_RESOURCE_DATA__"]
    if not isinstance(crf, bytes):
        raise ValueError("__FILE_RESOURCE_DATA__")
    return crf


_HEADER = struct.Struct("<4sI4s9I")
_FEATURE = np.dtype([("is_transition", "<u4"), ("source", "<u4"), ("label", "<u4"), ("weight", "<f8")])
_CQDB_HEADER = struct.Struct("<4s5I")
_CQDB_RECORD = struct.Struct("<2I")

_Transitions = tuple[tuple[float, float], tuple[float, float]]


def _read_crf(data: bytes) -> tuple[dict[str, float], _Transitions]:
    magic, *_, features_at, labels_at, attributes_at, _, _ = _HEADER.unpack_from(data)
    if magic != b"lCRF" or _read_strings(data, labels_at) != ["B_W", "I_W"]:
        raise ValueError("lCRF")
    (count,) = struct.unpack_from("<I", data, features_at + 8)
    features = np.frombuffer(data, _FEATURE, count, features_at + 12)
    names = _read_strings(data, attributes_at)
    state = features[features["is_transition"] == 0]
    difference = np.zeros(len(names))
    np.add.at(difference, state["source"], np.where(state["label"] == 1, state["weight"], -state["weight"]))
    transition = np.zeros((2, 2))
    for feature in features[features["is_transition"] == 1]:
        transition[feature["source"], feature["label"]] = feature["weight"]
    (begin_begin, begin_inside), (inside_begin, inside_inside) = transition.tolist()
    return dict(zip(names, difference.tolist(), strict=True)), (
        (begin_begin, begin_inside),
        (inside_begin, inside_inside),
    )


def _read_strings(data: bytes, start: int) -> list[str]:
    """The keys of the CQDB that begins at `start`, by id."""
    magic, _, _, _, count, offsets_at = _CQDB_HEADER.unpack_from(data, start)
    if magic != b"CQDB":
        raise ValueError("CQDB")
    strings = []
    for offset in struct.unpack_from(f"<{count}I", data, start + offsets_at):
        _, size = _CQDB_RECORD.unpack_from(data, start + offset)
        key_at = start + offset + _CQDB_RECORD.size
        strings.append(data[key_at : key_at + size - 1].decode())
    return strings
