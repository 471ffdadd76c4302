"""The API's documentation as a page, written from its schema: no script, no other host."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

_METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Field:
    """A parameter or a member of a body: `name`, where it goes or what it is, and what it means."""

    name: str
    place: str
    kind: str
    required: bool
    description: str


@dataclass(frozen=True)
class Answer:
    """What comes back under one status: media types, the name of its shape, a sentence."""

    status: str
    types: list[str]
    shape: str
    description: str


@dataclass(frozen=True)
class Operation:
    """One method of one address."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    fields: list[Field]
    answers: list[Answer]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show every operation and every shape of the schema. No query."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    shapes = schema.get("components", {}).get("schemas", {})
    context = {
        "operations": [
            _operation(path, method, operations[method], shapes)
            for path, operations in schema["paths"].items()
            for method in _METHODS
            if method in operations
        ],
        "shapes": [(name, shape.get("description", ""), _members(shape)) for name, shape in shapes.items()],
        "schema_url": reverse("api:schema"),
        "root": reverse("api:docs").removesuffix("docs/"),
    }
    return render(request, "portal/api_docs.html", context)


def _operation(path: str, method: str, operation: dict, shapes: dict) -> Operation:
    fields = [
        Field(
            parameter["name"],
            parameter["in"],
            _kind(parameter.get("schema", {})),
            parameter.get("required", False),
            parameter.get("description", ""),
        )
        for parameter in operation.get("parameters", [])
    ]
    body = next(iter(operation.get("requestBody", {}).get("content", {}).values()), {})
    if body:
        fields += _members(_resolved(body.get("schema", {}), shapes), place="body")
    return Operation(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        fields=fields,
        answers=[_answer(status, response) for status, response in operation.get("responses", {}).items()],
    )


def _answer(status: str, response: dict) -> Answer:
    content = response.get("content", {})
    schema = next(iter(content.values()), {}).get("schema", {})
    return Answer(status, list(content), _kind(schema) if schema else "", response.get("description", ""))


def _resolved(schema: dict, shapes: dict) -> dict:
    return shapes.get(schema["$ref"].rsplit("/", 1)[-1], {}) if "$ref" in schema else schema


def _members(shape: dict, place: str = "") -> list[Field]:
    required = shape.get("required", [])
    return [
        Field(name, place, _kind(member), name in required, member.get("description", ""))
        for name, member in shape.get("properties", {}).items()
    ]


def _kind(schema: dict) -> str:
    """Say in a word or two what a value is: a shape's name, a list of them, the words of an enumeration."""
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[-1]
    for combined in ("allOf", "oneOf", "anyOf"):
        if combined in schema:
            return " | ".join(_kind(part) for part in schema[combined])
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    kind = schema.get("format") or schema.get("type") or "any"
    return f"{kind}?" if schema.get("nullable") else str(kind)
