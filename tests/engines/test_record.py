import dataclasses
import datetime
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.copies import Copy, CopyKind, Replaced, SourceFile
from engines.origins import Origin, OriginKind
from engines.record import FIELD_NAMES, ORIGIN_FIELDS, InvalidRecord, OfficialDocument, from_mapping
from engines.relations import Relation, RelationKind
from engines.signatures import LaterChanges, Signature, SignatureStatus, SignatureTrust
from engines.tasks import Task

texts = st.text(max_size=20)
lists = st.lists(texts.filter(bool), max_size=3).map(tuple)
dates = st.none() | st.dates()
files = st.lists(st.builds(SourceFile, path=texts, media_type=texts, sha256=texts), max_size=2).map(tuple)
relations = st.lists(
    st.builds(
        Relation, kind=st.sampled_from(RelationKind), number=texts.filter(bool), type=texts, issuer=texts, issued=dates
    ),
    max_size=3,
).map(tuple)
spans = st.tuples(st.integers(0, 9), st.integers(9, 99))
origin = st.builds(Origin, kind=st.sampled_from(OriginKind), certainty=st.floats(0, 1), span=st.none() | spans)
origins = st.dictionaries(
    st.sampled_from(ORIGIN_FIELDS),
    origin,
    max_size=3,
)
copies = st.lists(
    st.builds(Copy, id=texts.filter(bool), source=texts, files=files, kind=st.sampled_from(CopyKind), subject=texts),
    max_size=2,
).map(tuple)
replaced = st.lists(
    st.builds(
        Replaced,
        field=st.sampled_from(["number", "subject", "recipients"]),
        value=texts | lists,
        origin=st.none() | origin,
    ),
    max_size=2,
    unique_by=lambda each: each.field,
).map(tuple)
signatures = st.lists(
    st.builds(
        Signature,
        signer=texts,
        body=texts,
        signed_at=st.none() | st.datetimes(timezones=st.just(datetime.UTC)),
        timestamped=st.booleans(),
        status=st.sampled_from(SignatureStatus),
        changes=st.sampled_from(LaterChanges),
        trust=st.sampled_from(SignatureTrust),
    ),
    max_size=2,
).map(tuple)
tasks = st.lists(
    st.builds(Task, who=lists, what=texts, due=dates, start=st.integers(0, 9), end=st.integers(9, 99)), max_size=2
).map(tuple)
records = st.builds(
    OfficialDocument,
    id=texts.filter(bool),
    subject=texts,
    number=texts,
    issued=dates,
    due=dates,
    meeting=dates,
    meeting_end=dates,
    meeting_time=st.just("") | st.times().map("{:%H:%M}".format),
    tasks=tasks,
    signatures=signatures,
    recipients=lists,
    cites=lists,
    relations=relations,
    access=lists,
    text=texts,
    pages=st.lists(st.integers(0, 10**9), max_size=3).map(tuple),
    recognised=st.lists(st.integers(0, 9), max_size=3).map(tuple),
    origins=origins,
    files=files,
    copies=copies,
    copy_of=texts,
    draft_of=texts,
    replaced=replaced,
)


@given(records)
def test_a_record_survives_json(record: OfficialDocument) -> None:
    assert from_mapping(json.loads(json.dumps(record.to_mapping(), ensure_ascii=False))) == record


def test_what_is_unknown_is_left_out() -> None:
    assert OfficialDocument(id="a").to_mapping() == {"id": "a"}


def test_none_means_unknown() -> None:
    assert from_mapping(dict.fromkeys(FIELD_NAMES) | {"id": "a"}) == OfficialDocument(id="a")


def test_one_value_stands_for_a_list_of_it() -> None:
    assert from_mapping({"id": "a", "access": "unit:a"}).access == ("unit:a",)


def test_an_empty_date_is_unknown() -> None:
    assert from_mapping({"id": "a", "issued": ""}).issued is None


def test_a_date_may_lack_zeros() -> None:
    assert from_mapping({"id": "a", "issued": "2016-7-1"}).issued == datetime.date(2016, 7, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", ""),
        ("id", 5),
        ("subject", ["a"]),
        ("subject", "\ud800"),
        ("access", ["\ud800"]),
        ("access", {"a": 1}),
        ("recipients", [1]),
        ("issued", "2021-02-29"),
        ("issued", "05/02/2021"),
        ("issued", "2021-02-03T00:00:00"),
        ("issued", 20210203),
        ("pages", [0, -1]),
        ("pages", [True]),
        ("pages", "0"),
        ("relations", ["1/QĐ"]),
        ("relations", [{"number": "1/QĐ"}]),
        ("relations", [{"kind": "likes", "number": "1/QĐ"}]),
        ("relations", [{"kind": "mentions", "number": "1/QĐ", "issued": "2021-02-29"}]),
        ("relations", [{"kind": "mentions", "number": "1/QĐ", "signer": "An"}]),
        ("copies", ["a"]),
        ("copies", [{"id": "a"}]),
        ("copies", [{"id": "a", "source": "", "files": [], "kind": "twin"}]),
        ("copies", [{"id": "a", "source": 1, "files": [], "kind": "copy"}]),
        ("copies", [{"id": "a", "source": "", "files": [], "kind": "copy", "subject": 1}]),
        ("replaced", ["number"]),
        ("replaced", {"nummer": "1"}),
        ("replaced", {"number": 1}),
        ("meeting_time", "8h00"),
        ("meeting_time", "24:00"),
        ("meeting_time", 800),
        ("signatures", [{"signer": "An"}]),
        ("signatures", [{"status": "fine"}]),
        ("signatures", [{"status": "intact", "signed_at": "2024-03-12T08:15:00"}]),
        ("signatures", [{"status": "intact", "signed_at": "hôm qua"}]),
        ("signatures", [{"status": "intact", "timestamped": "có"}]),
        ("signatures", [{"status": "intact", "trust": []}]),
        ("signatures", [{"status": "intact", "seal": "đỏ"}]),
        ("tasks", [{"who": ["Sở A"], "what": "báo cáo"}]),
        ("tasks", [{"who": "Sở A", "what": "báo cáo", "start": 0, "end": 1}]),
        ("tasks", [{"who": ["Sở A"], "what": "báo cáo", "start": 2, "end": 1}]),
        ("tasks", [{"who": ["Sở A"], "what": "báo cáo", "start": 0, "end": 1, "due": "mai"}]),
        ("files", [{"path": "a"}]),
        ("files", ["a"]),
        ("files", [{"path": "a", "media_type": 1, "sha256": ""}]),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_by_its_fields_name(field: str, value: Any) -> None:
    with pytest.raises(InvalidRecord, match=f"“{field}”"):
        from_mapping({"id": "a"} | {field: value})


def test_a_field_that_no_record_has_is_refused_and_the_others_are_named() -> None:
    with pytest.raises(InvalidRecord, match=r"subjekt.*Được phép: id, number"):
        from_mapping({"id": "a", "subjekt": "b"})


def test_a_record_without_an_id_is_refused() -> None:
    with pytest.raises(InvalidRecord, match="“id” phải có"):
        from_mapping({"subject": "a"})


def test_records_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        OfficialDocument(id="a").id = "b"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("origins", "named"),
    [
        ([], "đối tượng"),
        ({"text": {"kind": "text", "certainty": 1}}, "number"),
        ({"number": {"kind": "text"}}, "certainty"),
        ({"number": {"kind": "guess", "certainty": 1}}, "guess"),
        ({"number": {"kind": "text", "certainty": 1.5}}, "0 đến 1"),
        ({"number": {"kind": "text", "certainty": True}}, "0 đến 1"),
        ({"number": {"kind": "text", "certainty": 1, "span": [5, 2]}}, "span"),
        ({"number": {"kind": "text", "certainty": 1, "span": [0]}}, "span"),
        ({"number": {"kind": "text", "certainty": 1, "page": 2}}, "certainty"),
    ],
)
def test_a_wrong_origin_is_refused_by_name(origins: Any, named: str) -> None:
    with pytest.raises(InvalidRecord, match=named):
        from_mapping({"id": "a", "origins": origins})
