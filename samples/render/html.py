"""A page as a web portal publishes a document: a table for the heading, paragraphs for the rest."""

from __future__ import annotations

from html import escape

from samples.render.layout import MOTTO, Paragraph, Table, Title, addressee_lines, blocks, date_line, number_line
from samples.source import Source

_STYLE = (
    "body{font:14pt/1.4 'Times New Roman',serif;max-width:46em;margin:2em auto}"
    "table{width:100%;border-collapse:collapse}td{vertical-align:top}"
    ".heading td,h1,h2,.centred{text-align:center}h1,h2{font-size:14pt}.to{margin-left:30%}"
    ".grid td{border:1px solid}"
)


def render_html(source: Source) -> bytes:
    """The document as UTF-8."""
    parts = [_heading(source), _title(source)]
    if source.to:
        parts.append(f'<p class="to">{"<br>".join(map(escape, addressee_lines(source)))}</p>')
    parts += [f"<p><i>{escape(ground)}</i></p>" for ground in source.grounds]
    parts += [_block(block) for block in blocks(source)]
    parts.append(_closing(source))
    title = escape(f"{source.type} {source.number} {source.subject}")
    head = f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
    return (
        f'<!DOCTYPE html>\n<html lang="vi"><head>{head}</head><body>\n{chr(10).join(parts)}\n</body></html>\n'.encode()
    )


def _heading(source: Source) -> str:
    superior = f"{escape(source.superior)}<br>" if source.superior else ""
    subject = f"<br>V/v {escape(source.subject)}" if source.is_letter else ""
    left = f"{superior}<b>{escape(source.issuer)}</b><br>-------<br>{escape(number_line(source))}{subject}"
    right = f"<b>{MOTTO[0]}</b><br><b>{MOTTO[1]}</b><br>---------------<br><i>{escape(date_line(source))}</i>"
    return f'<table class="heading"><tr><td>{left}</td><td>{right}</td></tr></table>'


def _title(source: Source) -> str:
    title = "" if source.is_letter else f"<h1>{escape(source.type.upper())}</h1>\n<h2>{escape(source.subject)}</h2>"
    return f'{title}\n<p class="centred"><b>{escape(source.authority)}</b></p>' if source.authority else title


def _block(block: Title | Paragraph | Table) -> str:
    match block:
        case Title(text) as title:
            return f"<p{' class=centred' if title.is_centred else ''}><b>{escape(text)}</b></p>"
        case Paragraph(text, lead):
            return f"<p>{f'<b>{escape(lead)}</b> ' if lead else ''}{escape(text)}</p>"
        case Table(rows):
            lines = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
            return f'<table class="grid">{lines}</table>'


def _closing(source: Source) -> str:
    recipients = "<br>".join(f"- {escape(one)}" for one in source.recipients)
    signature = "<br>".join(escape(line) for line in source.signature)
    left = f"<td><b><i>Nơi nhận:</i></b><br>{recipients}</td>"
    return f'<table><tr>{left}<td class="centred"><b>{signature}</b></td></tr></table>'
