"""The description of the REST interface, as OpenAPI and as a page that needs no other."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from quotex import __version__
from quotex.types import QUOTE_TYPES
from quotex.write import load_schema
from quotex.write.html.markup import Html, join_html, make_element

Spec = Mapping[str, Any]

STATUSES = {
    "401": "No API key, or a wrong one.",
    "413": "Too long, or too many articles.",
    "415": "Neither text nor JSON.",
    "422": "Not as it should be: no text, bad JSON, an unknown option.",
    "500": "No article could be done: a bug.",
    "503": "Too much to do, or not done in time; Retry-After says when to come back.",
}
ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {
                "code": {"type": "string", "description": "Q and three digits; they do not change."},
                "message": {"type": "string", "description": "What is wrong, and what to do."},
            },
        }
    },
}
TEXT = {"type": "string", "minLength": 1, "description": "The article; offsets count its code points."}
ID = {"type": ["string", "integer"], "description": "What to call it: `doc` of the records."}
ARTICLE = {"type": "object", "required": ["text"], "properties": {"text": TEXT, "id": ID}}
ARTICLES = {
    "type": "object",
    "required": ["articles"],
    "properties": {"articles": {"type": "array", "items": {"$ref": "#/components/schemas/input"}}},
}
EXAMPLE = {"id": "a1", "text": "“We are ready,” said Ann Lee, the mayor."}


@cache
def make_openapi() -> Spec:
    """Make the description, OpenAPI 3.1."""
    schemas = json.loads(load_schema().replace("#/$defs/", "#/components/schemas/"))["$defs"]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "quotex",
            "version": __version__,
            "description": "Finds who said what in news articles: each attributed statement with its exact place.",
        },
        "paths": {
            "/v1/extract": {"post": describe_extract()},
            "/healthz": {"get": describe_health()},
        },
        "components": {
            "schemas": schemas | {"input": ARTICLE, "error": ERROR},
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "With --api-key only."}
            },
        },
    }


def describe_extract() -> Spec:
    """Describe `POST /v1/extract`."""
    content = {
        "text/plain": {"schema": TEXT, "example": EXAMPLE["text"]},
        "application/json": {
            "schema": {"oneOf": [{"$ref": "#/components/schemas/input"}, ARTICLES]},
            "example": EXAMPLE,
        },
    }
    document = {"application/json": {"schema": {"$ref": "#/components/schemas/document"}}}
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/error"}}}
    return {
        "summary": "Find the quotes of one article or of several",
        "operationId": "extract",
        "security": [{}, {"key": []}],
        "parameters": list(describe_parameters()),
        "requestBody": {"required": True, "content": content},
        "responses": {"200": {"description": "The document of `quotex extract --json`.", "content": document}}
        | {status: {"description": text, "content": error} for status, text in STATUSES.items()},
    }


def describe_parameters() -> Iterator[Spec]:
    """Describe the options."""
    rows: tuple[tuple[str, Spec, str], ...] = (
        ("type", {"type": "array", "items": {"enum": list(QUOTE_TYPES)}}, "Only these types; also with commas."),
        ("speaker", {"type": "array", "items": {"type": "string"}}, "Only of these speakers; words of a name do."),
        (
            "min_confidence",
            {"type": "number", "minimum": 0, "maximum": 1, "default": 0},
            "Only those at least this certain.",
        ),
        ("thoughts", {"type": "boolean", "default": False}, "Also what was believed, hoped or planned, not said."),
    )
    for name, schema, text in rows:
        yield {"name": name, "in": "query", "required": False, "schema": schema, "description": text}


def describe_health() -> Spec:
    """Describe `GET /healthz`."""
    return {
        "summary": "Whether the server can work",
        "operationId": "health",
        "security": [{}],
        "responses": {
            "200": {"description": "It can: status, version, number of workers and of requests in hand."},
            "503": {"description": "It cannot: no worker is ready."},
        },
    }


def render_docs(spec: Spec) -> Html:
    """Render the description for people."""
    parts = [
        render_operation(method, path, operation)
        for path, operations in spec["paths"].items()
        for method, operation in operations.items()
    ]
    schemas = [
        make_element("details", make_element("summary", make_element("code", name)), render_json(schema))
        for name, schema in spec["components"]["schemas"].items()
    ]
    return join_html(
        [
            *parts,
            make_element("section", make_element("h2", "Schemas"), *schemas),
            make_element(
                "p", "The same for programs: ", make_element("a", "/openapi.json", href="/openapi.json"), "."
            ),
        ],
        "\n",
    )


def render_operation(method: str, path: str, operation: Spec) -> Html:
    """Render one method of a path."""
    title = make_element("h2", make_element("code", f"{method.upper()} {path}"))
    parameters = [
        (parameter["name"], parameter["description"], parameter["schema"])
        for parameter in operation.get("parameters", ())
    ]
    bodies = [
        join_html([make_element("h3", f"Body: {kind}"), render_json(body["example"])])
        for kind, body in operation.get("requestBody", {}).get("content", {}).items()
    ]
    return make_element(
        "section",
        title,
        make_element("p", operation["summary"] + "."),
        *bodies,
        render_rows("Parameters of the query", parameters),
        render_rows(
            "Answers", [(status, row["description"], None) for status, row in operation["responses"].items()]
        ),
    )


def render_rows(title: str, rows: list[tuple[str, str, Spec | None]]) -> Html:
    """Render a list of names with their descriptions."""
    if not rows:
        return Html()
    items = [
        join_html(
            [
                make_element("dt", make_element("code", name)),
                make_element("dd", text, *([" ", make_element("code", json.dumps(schema))] if schema else [])),
            ]
        )
        for name, text, schema in rows
    ]
    return join_html([make_element("h3", title), make_element("dl", *items)])


def render_json(value: object) -> Html:
    """Render JSON, or text as it is."""
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
    return make_element("pre", make_element("code", shown), tabindex="0")
