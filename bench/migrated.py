"""Whether all that an old system held is found, once, with its text and metadata, and every broken file is named."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analyzers.normalize import nfc, normalize
from analyzers.numbers import whole_key
from analyzers.tokens import syllable_texts
from bench.killing import Home
from bench.old_system import Broken, Held, OldSystem
from bench.old_system.formats import FORMATS
from bench.setting import TRACUU
from engines.interface import Access, Engine
from engines.record import OfficialDocument
from indexer.agreement import Difference, differences
from search_service.search import SearchRequest, SearchService
from tracuu.rooms import open_engine, search_service
from tracuu.settings import load_settings

FIELDS = ("number", "type", "issued", "issuer", "signer", "subject")
_FIRST_HITS = 10
_COUNTED = re.compile(r"^\s*([\d.]+)  Trong danh sách: (.+)$", re.MULTILINE)
_AGREED, _DIFFERENT = "khớp", "khác"


@dataclass(slots=True)
class Findings:
    """What came of a migration.

    Attributes:
        rows: What was counted, for a table.
        misses: What is missing, unnamed or untrue, a line each.
        doubles: Documents that are several results: number to the files of each result.
        notes: Metadata that differ from the truth, a line each.
    """

    rows: list[tuple[str, str | int]] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    doubles: dict[str, list[list[str]]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def examine(home: Home, system: OldSystem, source: str) -> Findings:
    """Compare a migrated system with the truth.

    Args:
        home: Where it was migrated to.
        system: What it was.
        source: The source (nguồn) under which it was indexed.
    """
    findings = Findings()
    _verify(home, findings)
    for register in system.registers:
        _reconcile(home, str(register), source, findings)
    problems = json.loads(home.output(*TRACUU, "failures", "--json").stdout)
    _name_broken(system, problems, findings)
    with home.environment():
        settings = load_settings()
    with open_engine(settings) as engine:
        hits = _search(search_service(engine), system, findings)
        _compare_metadata(system, hits, findings)
        _compare_texts(system, engine, findings)
    return findings


def _verify(home: Home, findings: Findings) -> None:
    done = home.output(*TRACUU, "verify")
    findings.rows.append(("`tracuu verify`", "whole" if done.returncode == 0 else "not whole"))
    if done.returncode:
        findings.misses.append(f"verify: {done.stdout} {done.stderr}")


def _reconcile(home: Home, register: str, source: str, findings: Findings) -> None:
    done = home.output(*TRACUU, "reconcile", register, "--source", source)
    counts = {what: int(count.replace(".", "")) for count, what in _COUNTED.findall(done.stdout)}
    name = register.rpartition("/")[2]
    shown = ", ".join(f"{what} {count}" for what, count in counts.items() if count)
    findings.rows.append((f"`tracuu reconcile {name}`", shown))
    if done.returncode or {what for what, count in counts.items() if count} != {_AGREED}:
        findings.misses.append(f"reconcile {name}: {done.stdout} {done.stderr}")


def _name_broken(system: OldSystem, problems: Sequence[Mapping[str, Any]], findings: Findings) -> None:
    """Every broken file is named with its true reason, and nothing else is named."""
    told = [nfc(f"{problem['path']} {problem['reason']}") for problem in problems]
    named = Counter[bool]()
    meant: set[int] = set()
    for broken in system.broken:
        about = [at for at, text in enumerate(told) if nfc(broken.path) in text]
        is_true = any(re.search(broken.way.reason, str(problems[at]["reason"])) for at in about)
        named[is_true] += 1
        meant.update(about)
        if not is_true:
            findings.misses.append(_unnamed(broken, [str(problems[at]["reason"]) for at in about]))
    others = [text for at, text in enumerate(told) if at not in meant]
    findings.rows.append(("broken files named with their true reason", f"{named[True]} of {len(system.broken)}"))
    findings.misses += [f"named without reason: {text}" for text in others]


def _unnamed(broken: Broken, reasons: Sequence[str]) -> str:
    return f"not named as it is: {broken.path} ({broken.way.name}): {' '.join(reasons) or 'nothing'}"


def _search(service: SearchService, system: OldSystem, findings: Findings) -> dict[str, OfficialDocument]:
    """Search every number; the first hit by number, where it is the document."""
    first: dict[str, OfficialDocument] = {}
    wanted = [held for held in system.held if held.is_findable]
    for held in wanted:
        answer = service.search(SearchRequest(text=held.truth.number, size=_FIRST_HITS), Access.unrestricted())
        records = [hit.record for hit in answer.hits]
        same = [record for record in records if _is(record, held.truth)]
        if records and _is(records[0], held.truth):
            first[held.truth.number] = records[0]
        else:
            findings.misses.append(f"not found first: {held.truth.number} ({held.format or 'row'}) {held.paths}")
        if len(same) > 1:
            findings.doubles[held.truth.number] = [_paths(record) for record in same]
    findings.rows += [
        ("documents found first by their number", f"{len(first)} of {len(wanted)}"),
        ("documents that are several results", len(findings.doubles)),
    ]
    return first


def _is(record: OfficialDocument, truth: OfficialDocument) -> bool:
    return whole_key(record.number) == whole_key(truth.number)


def _paths(record: OfficialDocument) -> list[str]:
    return [file.path for file in record.files]


def _compare_metadata(system: OldSystem, hits: Mapping[str, OfficialDocument], findings: Findings) -> None:
    right: dict[str, Counter[bool]] = {name: Counter() for name in FIELDS}
    for held in system.held:
        if (record := hits.get(held.truth.number)) is None:
            continue
        wrong = {one.field: one for one in differences(held.truth, record) if not _is_fuller(one)}
        for name in FIELDS:
            if getattr(held.truth, name):
                right[name][name not in wrong] += 1
        findings.notes += [
            f"{held.truth.number} ({held.format or 'row'}): {one.field}: “{one.listed}” is “{one.indexed}”"
            for one in wrong.values()
        ]
    findings.rows += [(f"metadata: {name} right", _share(count)) for name, count in right.items()]


def _is_fuller(difference: Difference) -> bool:
    """Whether the index only says more of the issuer: `Sở Nội vụ tỉnh Vân Sơn` for `Sở Nội vụ`."""
    listed, indexed = _syllables(difference.listed), _syllables(difference.indexed)
    return difference.field == "issuer" and not listed - indexed


def _compare_texts(system: OldSystem, engine: Engine, findings: Findings) -> None:
    """Every readable file is in the index with its words."""
    texts = {nfc(path): record.text for record in engine.scan(Access.unrestricted()) for path in _paths(record)}
    words: dict[str, Counter[bool]] = {}
    held = [(one, str(system.folder / path)) for one in system.held for path in one.paths]
    for one, path in held:
        if (text := texts.get(nfc(path))) is None:
            findings.misses.append(f"file not in the index: {path}")
            continue
        words.setdefault(_kind(one), Counter()).update(_words_found(one, text))
    findings.rows.append(
        ("readable files in the index", f"{sum(nfc(path) in texts for _, path in held)} of {len(held)}")
    )
    findings.rows += [(f"words of the text right: {kind}", _share(count)) for kind, count in sorted(words.items())]


def _kind(held: Held) -> str:
    if held.format == "scan":
        return "scans"
    return "TCVN3" if FORMATS[held.format].is_legacy else "Unicode"


def _words_found(held: Held, text: str) -> dict[bool, int]:
    wanted, found = _syllables(held.source.body), _syllables(text)
    lost = (wanted - found).total()
    return {True: wanted.total() - lost, False: lost}


def _syllables(text: str) -> Counter[str]:
    return Counter(syllable_texts(normalize(text)))


def _share(count: Counter[bool]) -> str:
    total = count.total()
    return f"{count[True]} of {total} ({count[True] / total:.2%})" if total else "none"
