"""Makes small OpenDocument texts (.odt)."""

from __future__ import annotations

import io
import zipfile

_NAMES = {"office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing"}
NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for prefix, name in _NAMES.items()
)
ODT = "application/vnd.oasis.opendocument.text"


def odt_file(
    body: str, *, before: str = "", margins: str = "", mimetype: str = ODT, manifest: str = "<manifest/>"
) -> bytes:
    """A document: its body, what stands before it in the same part, and the page's header and footer."""
    file = io.BytesIO()
    parts = {"mimetype": mimetype, "META-INF/manifest.xml": manifest}
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    parts["content.xml"] = f"<office:document-content {NAMESPACES}>{before}{text}</office:document-content>"
    styles = f"<office:master-styles><style:master-page>{margins}</style:master-page></office:master-styles>"
    parts["styles.xml"] = f"<office:document-styles {NAMESPACES}>{styles}</office:document-styles>"
    with zipfile.ZipFile(file, "w") as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # without the time of writing
    return file.getvalue()
