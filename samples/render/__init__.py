"""Sets a sample document in one of four formats."""

from collections.abc import Callable, Mapping

from samples.render.docx import render_docx
from samples.render.html import render_html
from samples.render.pdf import render_pdf
from samples.render.text import render_text
from samples.source import Source

RENDERERS: Mapping[str, Callable[[Source], bytes]] = {
    ".docx": render_docx,
    ".pdf": render_pdf,
    ".html": render_html,
    ".txt": render_text,
}
"""File suffix to what sets a document in that format."""
