"""Puts the rooms together: from settings to an engine and a search service. Each is imported when it is asked for.

`tracuu --help` must answer at once, and the indexer has no use for the web server.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tracuu.settings import EngineName, Settings

if TYPE_CHECKING:
    from analyzers.abbreviations import Definition
    from engines.interface import Engine
    from indexer.changes import ChangeReader
    from indexer.originals.giving import Originals
    from indexer.pictures.images import PageImages
    from indexer.reading import Reader
    from search_service.search import SearchService
    from search_service.writing import Writing


@contextmanager
def open_engine(settings: Settings) -> Iterator[Engine]:
    """The engine that the settings name, closed at the end. Nothing is read or sent yet."""
    engine = _embedded(settings) if settings.engine is EngineName.EMBEDDED else _elasticsearch(settings)
    try:
        yield engine
    finally:
        engine.close()


def search_service(engine: Engine, own_abbreviations: Sequence[Definition] = ()) -> SearchService:
    """The search over an engine with the installation's own abbreviations; loads the segmentation model."""
    from analyzers.channels import Analyzer
    from analyzers.segmentation import load_segmenter
    from search_service.search import SearchService

    return SearchService(engine, Analyzer(load_segmenter()), own_abbreviations)


def writing(engine: Engine, settings: Settings, service: SearchService) -> Writing | None:
    """What the API writes with; None unless the settings have a token for it."""
    from indexer.pushing import Inbox
    from search_service.writing import Writing

    token = settings.api_token
    if token is None:
        return None
    inbox = Inbox(engine, settings.journal, service.analyzer, reader(settings))
    return Writing(inbox, token.get_secret_value())


def changes(settings: Settings) -> ChangeReader:
    """What tells of changes in the index, out of the journal that runs and pushes write."""
    from indexer.changes import ChangeReader

    return ChangeReader(settings.journal)


def reader(settings: Settings) -> Reader:
    """What reads files, with the authorities that the installation trusts digital signatures from."""
    from indexer.readers import read

    return functools.partial(read, signature_roots=settings.trusted_roots())


def originals(settings: Settings) -> Originals:
    """The originals of the documents that the settings' journal knows."""
    from indexer.originals.giving import Originals

    return Originals(settings.journal)


@contextmanager
def page_images(settings: Settings) -> Iterator[PageImages]:
    """What draws pages of originals; its workers end at the end. LibreOffice is used where it is installed."""
    from indexer.pictures.cache import FileCache
    from indexer.pictures.images import PageImages
    from indexer.pictures.office import find_office

    cache = FileCache(settings.cache_directory, settings.cache_mb * 2**20)
    with PageImages(originals(settings), cache, find_office()) as images:
        yield images


def _embedded(settings: Settings) -> Engine:
    from engines.embedded import EmbeddedEngine

    return EmbeddedEngine(settings.index_directory)


def _elasticsearch(settings: Settings) -> Engine:
    from engines.elasticsearch import ElasticsearchEngine, connect

    user, password = settings.elasticsearch_user, settings.elasticsearch_password
    api_key, ca_cert = settings.elasticsearch_api_key, settings.elasticsearch_ca_cert
    client = connect(
        settings.elasticsearch_url or "",
        api_key=api_key.get_secret_value() if api_key else None,
        basic_auth=(user, password.get_secret_value()) if user and password else None,
        ca_certs=str(ca_cert) if ca_cert else None,
    )
    return ElasticsearchEngine(client, prefix=settings.elasticsearch_prefix)
