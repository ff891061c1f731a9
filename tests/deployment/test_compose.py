"""compose.yaml is well-formed, on one version with the rest, and as closed as the documentation says."""

import json
import re
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests import elasticsearch_node
from tracuu.settings import load_settings

ROOT = Path(__file__).parents[2]
SCHEMA = Path(__file__).with_name("compose-spec.schema.json")
OURS = ("service", "indexer")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def minor(full: str) -> str:
    return ".".join(full.split(".")[:2])


def test_it_keeps_to_the_compose_specification(compose: dict[str, Any]) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    assert [error.message for error in validator.iter_errors(compose)] == []


def test_the_schema_refuses_what_is_not_in_the_specification(compose: dict[str, Any]) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    misspelt = {**compose, "services": {"service": {"imagine": "tracuu"}}}
    assert not jsonschema.Draft202012Validator(schema).is_valid(misspelt)


def test_server_client_and_test_node_are_of_one_minor_version(compose: dict[str, Any]) -> None:
    server = compose["services"]["elasticsearch"]["image"].rpartition(":")[2]
    assert server == elasticsearch_node.VERSION
    assert minor(version("elasticsearch")) == minor(server)


def test_the_images_version_is_the_projects(compose: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {compose["services"][name]["image"] for name in OURS} == {f"tracuu:{project['version']}"}


@pytest.mark.parametrize("name", OURS)
def test_ours_run_without_privileges_on_a_root_they_cannot_write(compose: dict[str, Any], name: str) -> None:
    service = compose["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["depends_on"]["elasticsearch"]["condition"] == "service_healthy"


@pytest.mark.parametrize("name", OURS)
def test_only_the_state_is_writable_and_each_has_its_own(compose: dict[str, Any], name: str) -> None:
    writable = [volume for volume in compose["services"][name]["volumes"] if not volume.endswith(":ro")]
    assert writable == [f"{name}:/var/lib/tracuu"]


@pytest.mark.parametrize("name", OURS)
def test_the_program_takes_its_settings(compose: dict[str, Any], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for setting, value in compose["services"][name]["environment"].items():
        monkeypatch.setenv(setting, value)
    settings = load_settings()
    assert settings.engine == "elasticsearch"
    assert settings.elasticsearch_url == "http://elasticsearch:9200"
    assert settings.elasticsearch_user == "elastic"


def test_elasticsearch_asks_for_a_password_and_is_not_published(compose: dict[str, Any]) -> None:
    elasticsearch = compose["services"]["elasticsearch"]
    assert elasticsearch["environment"]["xpack.security.enabled"] == "true"
    assert "ports" not in elasticsearch
    assert elasticsearch["networks"] == ["engine"]
    assert compose["networks"]["engine"] == {"internal": True}


def test_the_service_is_published_to_this_machine_only_unless_asked(compose: dict[str, Any]) -> None:
    assert compose["services"]["service"]["ports"] == ["${PUBLISH:-127.0.0.1:8000}:8000"]


def test_every_variable_is_explained_in_the_example() -> None:
    used = set(re.findall(r"(?<!\$)\$\{(\w+)", (ROOT / "compose.yaml").read_text(encoding="utf-8")))
    explained = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert used == explained
