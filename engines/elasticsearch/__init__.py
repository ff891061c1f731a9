"""The engine for an office that outgrows one machine: Elasticsearch 9.2, by its official client.

Only features of the server's core are used, which every distribution has: no script, no plug-in, no paid module.
"""

from engines.elasticsearch.connection import connect
from engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine", "connect"]
