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
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", mimetype)
        package.writestr("META-INF/manifest.xml", manifest)
        text = f"<office:body><office:text>{body}</office:text></office:body>"
        package.writestr(
            "content.xml", f"<office:document-content {NAMESPACES}>{before}{text}</office:document-content>"
        )
        styles = f"<office:master-styles><style:master-page>{margins}</style:master-page></office:master-styles>"
        package.writestr("styles.xml", f"<office:document-styles {NAMESPACES}>{styles}</office:document-styles>")
    return file.getvalue()
