"""The journal's tables of profiles: which documents may be one, and which of them changed since they were compared.

A key that a document gains or loses is *unsettled* until the documents that have it are grouped anew (`regrouping`).
Triggers see to it, so that no way by which a document enters, leaves or changes can forget it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from indexer.copies.profile import PROFILE_VERSION, Profile, from_json, may_be_one

MOST_ALIKE = 100
"""What more documents have in common is a form (biểu mẫu) that they were written in, and makes them no copies."""

_VERSION = "profile_version"

TABLES = """
CREATE TABLE profiles (id INTEGER PRIMARY KEY, document TEXT NOT NULL UNIQUE, content TEXT NOT NULL);
CREATE TABLE profile_keys (
    key INTEGER NOT NULL, profile INTEGER NOT NULL REFERENCES profiles ON DELETE CASCADE, PRIMARY KEY (key, profile)
) WITHOUT ROWID;
CREATE INDEX keys_of_profile ON profile_keys (profile);
CREATE TABLE unsettled (id INTEGER PRIMARY KEY, key INTEGER NOT NULL);
CREATE TRIGGER gains AFTER INSERT ON profile_keys BEGIN INSERT INTO unsettled (key) VALUES (NEW.key); END;
CREATE TRIGGER loses BEFORE DELETE ON profiles BEGIN
    INSERT INTO unsettled (key) SELECT key FROM profile_keys WHERE profile = OLD.id; END;
CREATE TRIGGER forgotten AFTER DELETE ON items WHEN OLD.state IN ('indexed', 'stale') BEGIN
    DELETE FROM profiles WHERE document = OLD.document; END;
CREATE TRIGGER given_up AFTER UPDATE OF state ON items
WHEN OLD.state IN ('indexed', 'stale') AND NEW.state NOT IN ('indexed', 'stale') BEGIN
    DELETE FROM profiles WHERE document = OLD.document; END;
"""


class CopyTable:
    """Profiles and their keys, over a journal's connection and in its transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection

    def note(self, document: str, profile: Profile) -> None:
        """Write down the profile of a document that is in the index, or goes there with the next commit."""
        self._sql.execute("DELETE FROM profiles WHERE document = ?", (document,))
        values = (document, profile.to_json())
        id = self._sql.execute("INSERT INTO profiles (document, content) VALUES (?, ?)", values).lastrowid
        self._sql.executemany("INSERT OR IGNORE INTO profile_keys VALUES (?, ?)", [(key, id) for key in profile.keys])

    def unsettle(self, documents: Iterable[str]) -> None:
        """Have these documents compared again with those that may be one with them."""
        self._sql.executemany(
            "INSERT INTO unsettled (key) SELECT key FROM profile_keys "
            "WHERE profile = (SELECT id FROM profiles WHERE document = ?)",
            [(document,) for document in documents],
        )

    def drop_outdated(self) -> None:
        """Drop all profiles when they are of another version of this program."""
        found = self._sql.execute("SELECT value FROM meta WHERE name = ?", (_VERSION,)).fetchone()
        if found != (PROFILE_VERSION,):
            self._sql.execute("DELETE FROM profiles")
            self._sql.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_VERSION, PROFILE_VERSION))

    def unprofiled(self) -> Iterator[str]:
        """The documents without a profile."""
        for (document,) in self._sql.execute(
            "SELECT document FROM items WHERE state IN ('indexed', 'stale') "
            "AND document NOT IN (SELECT document FROM profiles) ORDER BY id"
        ).fetchall():
            yield document

    def unsettled(self) -> Iterator[dict[str, Profile]]:
        """Documents that may be one with each other, a set at a time, wherever one of their keys is unsettled."""
        seeds = self._sql.execute(_SEEDS, {"most": MOST_ALIKE}).fetchall()
        done: set[int] = set()
        for (seed,) in seeds:
            if seed not in done and (members := self._connected(seed)):
                done |= members.keys()
                yield dict(members.values())

    def last_unsettled(self) -> int:
        """A mark of what is unsettled now, for `settle`."""
        return int(self._sql.execute("SELECT coalesce(max(id), 0) FROM unsettled").fetchone()[0])

    def settle(self, last: int) -> None:
        """Note that all was grouped that was unsettled at a mark; what became so since is not."""
        self._sql.execute("DELETE FROM unsettled WHERE id <= ?", (last,))

    def _connected(self, seed: int) -> dict[int, tuple[str, Profile]]:
        """The seed and all that may be one with it, or with one of those; row to document and profile.

        Nothing when the engine refused the seed since it was unsettled.
        """
        row = self._sql.execute("SELECT document, content FROM profiles WHERE id = ?", (seed,)).fetchone()
        if row is None:
            return {}
        members = {seed: (str(row[0]), from_json(row[1]))}
        waiting = [seed]
        while waiting:
            id = waiting.pop()
            profile = members[id][1]
            for other, document, content in self._sql.execute(_NEIGHBOURS, {"id": id, "most": MOST_ALIKE}):
                if other not in members and may_be_one(profile, found := from_json(content)):
                    members[other] = (document, found)
                    waiting.append(other)
        return members


# Keys that more than so many have lead nowhere, before and after what changed: the former count is at least the present
# one less the changes.
_SEEDS = """
WITH changed AS MATERIALIZED (SELECT key, count(*) AS changes FROM unsettled GROUP BY key)
SELECT DISTINCT profile FROM profile_keys WHERE key IN (
    SELECT key FROM changed
    WHERE (SELECT count(*) FROM profile_keys AS holder WHERE holder.key = changed.key) - changes <= :most
) ORDER BY profile
"""
_NEIGHBOURS = """
WITH ours AS MATERIALIZED (
    SELECT key FROM profile_keys AS own WHERE profile = :id AND :most >= (
        SELECT count(*) FROM (SELECT 1 FROM profile_keys AS holder WHERE holder.key = own.key LIMIT :most + 1)
    )
)
SELECT id, document, content FROM profiles WHERE id IN (
    SELECT profile FROM ours JOIN profile_keys USING (key)
)
"""
