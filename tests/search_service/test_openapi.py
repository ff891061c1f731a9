import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

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


def test_the_documentation_page_asks_only_this_server(client: FlaskClient) -> None:
    page = client.get("/docs")

    assert page.status_code == 200
    assert "http" not in page.text.replace("http-equiv", "")
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    for asset in ("/docs/swagger/js/swagger-ui-bundle.js", "/docs/swagger/css/swagger-ui.css"):
        assert client.get(asset).status_code == 200
