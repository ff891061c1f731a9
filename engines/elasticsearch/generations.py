"""The generations of the index: which concrete index is live, which is staged, and the step from one to the other.

A generation is a concrete index, `{prefix}-{time}-{random}`; the live one has the alias `{prefix}`, the staged one
`{prefix}-staged`. Names are only ever given in one request together with the index or the index's removal, so that a
process killed in between leaves nothing half.
"""

from __future__ import annotations

import datetime
import re
import secrets
from collections.abc import Mapping
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError

from engines.elasticsearch.mapping import index_mappings, index_settings
from engines.interface import EngineError, IndexState

_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")


class Generations:
    """The generations under one prefix.

    Args:
        client: The connection.
        prefix: What all names begin with: lower-case letters, digits, `-` and `_`.
        shards: Primary shards of a new index.
        replicas: Copies of each shard of a new index.
    """

    def __init__(self, client: Elasticsearch, prefix: str, shards: int, replicas: int) -> None:
        if not _PREFIX.fullmatch(prefix):
            raise ValueError(
                f"Tiền tố chỉ mục “{prefix}” không hợp lệ: chỉ được gồm chữ thường không dấu, chữ số, “-” và “_”, "
                "bắt đầu bằng chữ hoặc số, dài tối đa 100 ký tự."
            )
        self._client = client
        self._prefix = prefix
        self._shards = shards
        self._replicas = replicas

    @property
    def live(self) -> str:
        """The alias that searches read."""
        return self._prefix

    @property
    def staged(self) -> str:
        """The alias of the index that is being built."""
        return f"{self._prefix}-staged"

    @property
    def locks(self) -> str:
        """The index that holds the locks."""
        return f"{self._prefix}-locks"

    def state(self, alias: str) -> IndexState | None:
        """The index behind an alias, if there is one."""
        found = self._behind(alias)
        if found is None:
            return None
        name, version = found
        return IndexState(name=name, version=version, documents=self._client.count(index=name)["count"])

    def stage(self, version: str) -> None:
        """Provide a staged index of this version: the one that is there, else a new and empty one."""
        staged = self._behind(self.staged)
        if staged and staged[1] == version:
            return
        if staged:
            self._client.indices.delete(index=staged[0])
        self._client.indices.create(
            index=f"{self._prefix}-{datetime.datetime.now(datetime.UTC):%Y%m%d%H%M%S}-{secrets.token_hex(4)}",
            settings=index_settings(self._shards, self._replicas),
            mappings=index_mappings(version),
            aliases={self.staged: {}},
        )

    def promote(self) -> None:
        """Give the staged index the live alias and remove the one before, in one step.

        Raises:
            EngineError: Nothing is staged.
        """
        staged = self._behind(self.staged)
        if staged is None:
            raise EngineError("Không có chỉ mục nào đang được dựng để đưa vào sử dụng.")
        live = self._behind(self.live)
        actions: list[Mapping[str, Any]] = [
            {"remove": {"index": staged[0], "alias": self.staged}},
            {"add": {"index": staged[0], "alias": self.live}},
        ]
        if live:
            actions.append({"remove_index": {"index": live[0]}})
        self._client.indices.update_aliases(actions=actions)

    def _behind(self, alias: str) -> tuple[str, str] | None:
        """Name and version of the index behind an alias."""
        try:
            found = self._client.indices.get_mapping(index=alias)
        except NotFoundError:
            return None
        [(name, index)] = found.body.items()
        return name, index["mappings"]["_meta"]["version"]
