"""The description of the REST interface, as OpenAPI and as a page that needs no other."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from quotex import __version__
from quotex.errors import Msg, split_message
from quotex.records import VERSION, Record, make_article
from quotex.types import QUOTE_TYPES, Article, Quote, Span, Speaker
from quotex.write import load_schema
from quotex.write.html.markup import Html, join_html, make_element

Spec = Mapping[str, Any]

# status -> what it means, and a message that has it
STATUSES = {
    "401": ("No API key, or a wrong one.", Msg.Q612),
    "403": ("A page of another server may not ask.", Msg.Q611.format(given="https://other.example")),
    "413": ("Too long, or too many articles.", Msg.Q613.format(limit=10_000_000)),
    "415": ("Neither text nor JSON.", Msg.Q615.format(given="image/png", wanted="text/plain or application/json")),
    "421": ("Not the name of this server.", Msg.Q610.format(given="other.example")),
    "422": ("Not as it should be: no text, bad JSON, an unknown option.", Msg.Q105.format(doc="-")),
    "500": ("No article could be done: a bug.", Msg.Q625.format(error="ValueError")),
    "503": ("Too much to do, or not done in time; Retry-After says when to come back.", Msg.Q622),
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
STATE = {
    "type": "object",
    "required": ["status", "version", "workers", "requests"],
    "properties": {
        "status": {"type": "string"},
        "version": {"type": "string"},
        "workers": {"type": "integer"},
        "requests": {"type": "integer"},
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
BATCH = {"articles": [EXAMPLE, {"id": "a2", "text": ""}]}
FAILURE = {"doc": "a2", **split_message(Msg.Q105.format(doc="a2"))}


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
            "examples": {"one article": {"value": EXAMPLE}, "several": {"value": BATCH}},
        },
    }
    found = {"quotex": VERSION, "articles": [make_example()]}
    examples = {"one article": {"value": found}, "several": {"value": found | {"failures": [FAILURE]}}}
    document = {"schema": {"$ref": "#/components/schemas/document"}, "examples": examples}
    return {
        "summary": "Find the quotes of one article or of several",
        "operationId": "extract",
        "security": [{}, {"key": []}],
        "parameters": list(describe_parameters()),
        "requestBody": {"required": True, "content": content},
        "responses": {
            "200": {
                "description": "The document of `quotex extract --json`, and beside it what failed.",
                "content": {"application/json": document},
            },
            **{status: describe_error(*row) for status, row in STATUSES.items()},
        },
    }


def make_example() -> Record:
    """Make the record of the example's article."""
    text = EXAMPLE["text"]

    def cut(part: str) -> tuple[Span, ...]:
        start = text.index(part)
        return (Span(start, start + len(part), part),)

    mayor = Speaker("ann-lee", "Ann Lee", "person", descriptions=("the mayor",), quotes=(1,))
    content, cue, source = map(cut, ("We are ready,", "said", "Ann Lee, the mayor"))
    quote = Quote(1, "direct", "statement", content, cue, source, mayor, 0.95, paragraph=1, sentence=text)
    return make_article(Article(EXAMPLE["id"], text, (quote,), (mayor,)))


def describe_error(text: str, message: str) -> Spec:
    """Describe an answer that is an error."""
    content = {"schema": {"$ref": "#/components/schemas/error"}, "example": {"error": split_message(message)}}
    return {"description": text, "content": {"application/json": content}}


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
            "200": describe_state(
                "It can: its version, how many workers there are, and requests in hand.", "ok", 2
            ),
            "503": describe_state("It cannot.", "no worker is ready", 0),
        },
    }


def describe_state(text: str, status: str, n_workers: int) -> Spec:
    """Describe an answer of `GET /healthz`."""
    example = {"status": status, "version": __version__, "workers": n_workers, "requests": 0}
    return {"description": text, "content": {"application/json": {"schema": STATE, "example": example}}}


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
        (parameter["name"], [parameter["description"], " ", make_element("code", json.dumps(parameter["schema"]))])
        for parameter in operation.get("parameters", ())
    ]
    bodies = [
        join_html([make_element("h3", f"Body: {kind}"), *map(render_json, list_examples(body))])
        for kind, body in operation.get("requestBody", {}).get("content", {}).items()
    ]
    answers = [
        (status, [row["description"], *map(render_json, list_examples(row["content"]["application/json"]))])
        for status, row in operation["responses"].items()
    ]
    return make_element(
        "section",
        title,
        make_element("p", operation["summary"] + "."),
        *bodies,
        render_rows("Parameters of the query", parameters),
        render_rows("Answers", answers),
    )


def list_examples(body: Spec) -> list[object]:
    """List the examples of a body."""
    return [one["value"] for one in body["examples"].values()] if "examples" in body else [body["example"]]


def render_rows(title: str, rows: list[tuple[str, list[str]]]) -> Html:
    """Render a list of names with their descriptions, each in parts."""
    if not rows:
        return Html()
    items = [
        join_html([make_element("dt", make_element("code", name)), make_element("dd", *parts)])
        for name, parts in rows
    ]
    return join_html([make_element("h3", title), make_element("dl", *items)])


def render_json(value: object) -> Html:
    """Render JSON, or text as it is."""
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
    return make_element("pre", make_element("code", shown), tabindex="0")
