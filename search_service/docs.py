"""The API's documentation: its OpenAPI document, and pages to read and try it, which need no JavaScript."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from search_service.openapi import openapi
from search_service.pages import error_page
from search_service.params import read_query_string
from search_service.reference import operations, shape_name, shapes_of
from search_service.tongues.said import Said


def docs() -> Blueprint:
    """`/openapi.json`; `/docs`, and below it a page for each operation."""
    document = openapi()
    every = operations(document)
    blueprint = Blueprint("docs", __name__)

    @blueprint.get("/openapi.json")
    def openapi_json() -> Response:
        return jsonify(document)

    @blueprint.get("/docs")
    def page() -> str:
        return render_template("docs.html", about=document["info"], operations=every.values())

    @blueprint.get("/docs/<name>")
    def operation(name: str) -> str | Response:
        if name not in every:
            return _no_operation()
        one = every[name]
        return render_template(
            "operation.html",
            operation=one,
            shapes=shapes_of(one, document),
            command=one.command(request.root_url.rstrip("/")),
        )

    @blueprint.get("/docs/<name>/call")
    def call(name: str) -> AnyResponse:
        """From a form to the address that it fills: a form alone can put nothing into a path."""
        if name not in every or every[name].method != "GET":
            return _no_operation()
        filled = every[name].address(read_query_string(request.query_string))
        return redirect(request.script_root + filled, HTTPStatus.SEE_OTHER)

    blueprint.add_app_template_filter(shape_name)
    return blueprint


def _no_operation() -> Response:
    return error_page(HTTPStatus.NOT_FOUND, Said("Không có gì ở địa chỉ này."))
