"""Originals (bản gốc): kept under the digest of their content, or referred to where they lie; given back only whole."""
