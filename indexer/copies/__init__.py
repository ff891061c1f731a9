"""One document, many copies (một văn bản, nhiều bản): which records are one document, and which of them leads.

Every record stays a document of the index under its own id. Those that are one document are grouped; the one with the
best text leads, and searches leave the others out (`engines.interface.Search.folded`).
"""
