"""Every sample document is read back as it was written down, in each of its four formats."""

import pytest

from analyzers.folding import fold
from engines.record import OfficialDocument
from indexer.metadata import complete
from indexer.readers import read
from samples.build import DOCUMENTS
from samples.source import Source, read_sources

SOURCES = read_sources()


def read_back(source: Source) -> OfficialDocument:
    path = DOCUMENTS / source.path
    extracted = read(path.read_bytes(), path.name)
    return complete(OfficialDocument(id="x", text=extracted.text, pages=extracted.pages))


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES.keys())
def test_a_sample(source: Source) -> None:
    record = read_back(source)

    assert (record.number, record.type) == (source.number, source.type)
    assert (record.place, record.issued) == (source.place, source.issued)
    # A body under another has the place of that one: every province has a Sở Nội vụ.
    assert fold(record.issuer).startswith(fold(source.issuer).removesuffix(" tinh"))
    # What a subject begins with is left out where it says nothing.
    assert fold(record.subject) == fold(source.subject).removeprefix("ve viec ")
    assert record.signer == source.signature[-1]
    listed = tuple(item.strip(" -;.") for item in source.recipients)
    assert record.recipients[len(record.recipients) - len(listed) :] == listed
