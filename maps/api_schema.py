"""What the API's schema can't read off a DRF view: the layers' bytes, which a plain view hands out."""

_PARAMETERS = [
    {"in": "path", "name": "slug", "required": True, "schema": {"type": "string"}},
    {"in": "path", "name": "key", "required": True, "schema": {"type": "string"}},
]
_NOT_FOUND = {
    "description": "",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_LAYER = {
    "get": {
        "operationId": "plans_layers_geojson",
        "summary": "One layer as GeoJSON",
        "description": (
            "The whole layer as it is now (RFC 7946, WGS 84, five decimals), the same bytes for everybody: ETag, gzip "
            "and Brotli, no paging. Drafts only for signed-in staff who work on them."
        ),
        "parameters": _PARAMETERS,
        "tags": ["plans"],
        "security": [{}],
        "responses": {
            "200": {
                "description": "",
                "content": {"application/geo+json": {"schema": {"type": "object", "additionalProperties": True}}},
            },
            "304": {"description": "The client holds these bytes already (If-None-Match)."},
            "404": _NOT_FOUND,
        },
    }
}


def add_layer_files(result: dict, generator: object, request: object, public: bool) -> dict:
    """Add the layers' GeoJSON to the schema, and say of every problem that it is application/problem+json."""
    listed = next((path for path in result["paths"] if path.endswith("/plans/{slug}/layers/")), None)
    if listed:
        result["paths"][f"{listed}{{key}}.geojson"] = _LAYER
    for operations in result["paths"].values():
        for operation in operations.values():
            for status, response in operation.get("responses", {}).items():
                content = response.get("content", {})
                if status >= "400" and "application/json" in content:
                    content["application/problem+json"] = content.pop("application/json")
    result["paths"] = dict(sorted(result["paths"].items()))
    return result
