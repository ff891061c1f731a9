import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from samples.source import read_sources
from search_service import examples
from search_service.openapi import openapi

DOCUMENT = openapi()


def validate(body: Any, shape: str) -> None:
    schema = {"$ref": f"#/components/schemas/{shape}", "components": DOCUMENT["components"]}
    Draft202012Validator(schema).validate(body)


def test_the_document_is_valid_openapi(client: FlaskClient) -> None:
    assert client.get("/openapi.json").json == DOCUMENT
    OpenAPIV31SpecValidator(DOCUMENT).validate()


def test_every_path_of_the_api_is_documented(client: FlaskClient) -> None:
    served = {str(rule) for rule in client.application.url_map.iter_rules() if str(rule).startswith("/api/")}

    assert {path for path in DOCUMENT["paths"] if path.startswith("/api/")} == {
        re.sub(r"<(?:[^<>:]+:)?(\w+)>", r"{\1}", rule) for rule in served
    }


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/api/v1/search", "SearchJson"),
        ("/api/v1/search?q=chuyen doi so&size=100", "SearchJson"),
        ("/api/v1/search?q=không có gì khớp zzzz", "SearchJson"),
        ("/api/v1/documents/doc-1?q=số", "DocumentJson"),
        ("/api/v1/documents/none", "ProblemJson"),
        ("/api/v1/documents/doc-1/related", "RelationsJson"),
        ("/api/v1/documents/doc-1/similar?size=3", "SimilarJson"),
        ("/api/v1/documents/doc-1/similar?size=x", "ProblemJson"),
        ("/api/v1/search?size=x", "ProblemJson"),
        ("/healthz", "HealthJson"),
        ("/readyz", "HealthJson"),
    ],
)
def test_real_answers_have_the_documented_shape(client: FlaskClient, path: str, shape: str) -> None:
    response = client.get(path)

    validate(response.get_json(force=True), shape)
    documented = DOCUMENT["paths"][re.sub("documents/[^/]+", "documents/{id}", path.split("?")[0])]["get"]
    content = documented["responses"][str(response.status_code)]["content"]
    assert content[response.mimetype]["schema"]["$ref"].endswith(f"/{shape}")


OPERATIONS = {operation["operationId"]: operation for path in DOCUMENT["paths"].values() for operation in path.values()}

WRITTEN_DOWN = {"application/json", "application/x-ndjson", "application/atom+xml", "text/csv"}


def shapes(schema: Any) -> Iterator[dict[str, Any]]:
    """The properties of objects anywhere within a schema."""
    if isinstance(schema, dict):
        for name, value in schema.get("properties", {}).items():
            yield {"name": name, **value}
        for value in schema.values():
            yield from shapes(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from shapes(value)


def test_every_operation_parameter_and_shape_is_described() -> None:
    for name, operation in OPERATIONS.items():
        assert operation["summary"], name
        for parameter in operation.get("parameters", ()):
            assert parameter["description"], (name, parameter["name"])
    for name, schema in DOCUMENT["components"]["schemas"].items():
        assert schema.get("description") or "enum" in schema, name
        undescribed = {each["name"] for each in shapes(schema) if not each.keys() & {"description", "$ref"}}
        assert undescribed == set(), name


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_has_an_example_of_its_documented_shape(name: str) -> None:
    responses = OPERATIONS[name]["responses"]
    contents = [
        content for status in ("200", "201") for content in responses.get(status, {}).get("content", {}).items()
    ]
    for media_type, content in contents:
        assert "example" in content or media_type not in WRITTEN_DOWN, media_type
        if "$ref" in content["schema"]:
            validate(content["example"], content["schema"]["$ref"].rsplit("/", 1)[1])
    for parameter in OPERATIONS[name].get("parameters", ()):
        if "example" in parameter:
            Draft202012Validator(parameter["schema"]).validate(parameter["example"])


def test_examples_are_of_the_sample_set() -> None:
    known = {source.path for source in read_sources().values()}
    answers = examples.answers()

    assert answers["search"]["hits"][0]["id"] in known
    assert answers["document"]["id"] in known
    validate(examples.RECORD, "SentRecordJson")


def test_links_lead_from_what_an_answer_has_to_what_an_operation_takes() -> None:
    for name, operation in OPERATIONS.items():
        for status, response in operation["responses"].items():
            for link in response.get("links", {}).values():
                target = OPERATIONS[link["operationId"]]
                assert set(link["parameters"]) <= {each["name"] for each in target["parameters"]}
                for expression in link["parameters"].values():
                    value = examples.answers()[name]
                    for step in expression.removeprefix("$response.body#/").split("/"):
                        value = value[int(step) if step.isdigit() else step]
                    assert isinstance(value, str | None), (name, status, expression)
