"""Vietnamese text in the encodings that came before Unicode (TCVN3, VNI, VIQR), made Unicode wherever it occurs."""

from analyzers.legacy.conversion import decode_legacy, to_unicode

__all__ = ["decode_legacy", "to_unicode"]
