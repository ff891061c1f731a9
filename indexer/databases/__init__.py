"""The old system's database: rows of a query are documents, as a TOML file says."""

from indexer.databases.documents import RowReader, list_database, read_database

__all__ = ["RowReader", "list_database", "read_database"]
