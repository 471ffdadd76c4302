"""The API's read side: what it gives, how it refuses, and what it costs."""

import gzip
import json

import brotli
import pytest

from maps import map_files
from tests import make
from tests.personas import signed_in

API = "/api/v1/plans/jiefang-2035/"


@pytest.fixture(autouse=True)
def empty_memory():
    map_files.bodies.clear()


@pytest.fixture
def published(plan):
    file = make.create_map_file(plan, {"type": "FeatureCollection", "features": [], "name": "公开"})
    return make.create_layer(plan, digest=file.digest)


@pytest.fixture
def draft(plan):
    file = make.create_map_file(plan, {"secret": "草稿"}, is_public=False)
    return make.create_layer(plan, "draft-lines", digest=file.digest, status="draft")


def problem(response):
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == response.status_code and body["title"]
    return body["code"]


@pytest.mark.parametrize(
    "name, queries", [("", 1), ("chapters/", 2), ("chapters/4/", 2), ("layers/", 2), ("indicators/", 2)]
)
def test_every_list_costs_the_same_however_long_it_is(client, plan, name, queries, django_assert_num_queries):
    for number in range(10):
        make.create_layer(plan, f"lines-{number}")
        make.create_indicator(plan, f"figure-{number}")
    with django_assert_num_queries(queries):
        assert client.get(API + name).status_code == 200


@pytest.mark.parametrize(
    "path, status, code",
    [
        ("/api/v1/plans/nope/", 404, "plan-not-found"),
        ("/api/v1/plans/nope/here/?lon=113.2&lat=35.2", 404, "plan-not-found"),
        (API + "chapters/99/", 404, "chapter-not-found"),
        (API + "layers/nope.geojson", 404, "layer-not-found"),
        (API + "here/?lon=abc&lat=35", 400, "coordinate-not-a-number"),
        (API + "here/?lon=NaN&lat=35", 400, "coordinate-not-a-number"),
        (API + "here/?lon=113", 400, "coordinate-missing"),
        (API + "here/?lon=35&lat=113", 400, "coordinate-out-of-range"),
        ("/api/v1/nowhere/", 404, "not-found"),
        ("/api/nowhere", 404, "not-found"),
    ],
)
def test_what_cannot_be_answered_is_a_problem_document_with_a_code(client, plan, path, status, code):
    response = client.get(path)
    assert response.status_code == status
    assert problem(response) == code


@pytest.mark.parametrize("path", ["", "layers/", "layers/control-lines.geojson", "here/"])
def test_the_read_side_refuses_to_be_written(client, published, path):
    response = client.post(API + path, "{", content_type="application/json")
    assert response.status_code == 405
    assert problem(response) == "method-not-allowed"
    assert "GET" in response["Allow"]


def test_outside_the_area_is_an_answer_not_an_error(client, plan):
    response = client.get(API + "here/?lon=0&lat=0")
    assert response.status_code == 200 and response.json()["in_area"] is False


def test_here_names_the_page_of_its_chapter_and_costs_two_queries(client, published, django_assert_num_queries):
    with django_assert_num_queries(2):
        findings = client.get(API + "here/?lon=113.2&lat=35.2").json()["findings"]
    assert {f["chapter_url"] for f in findings if f["layer"] == "control-lines"} == {"/plan/4/"}


@pytest.mark.parametrize(
    "accepted, coding, opened", [("br, gzip", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)]
)
def test_a_layer_comes_in_the_coding_that_the_client_takes(client, published, accepted, coding, opened):
    response = client.get(API + "layers/control-lines.geojson", HTTP_ACCEPT_ENCODING=accepted)
    assert response["Content-Encoding"] == coding and "Accept-Encoding" in response["Vary"]
    assert json.loads(opened(response.content))["name"] == "公开"


@pytest.mark.parametrize("accepted", ["", "identity", "br;q=0, gzip;q=0", "br;q=0.0"])
def test_a_layer_comes_plain_to_a_client_that_takes_no_coding(client, published, accepted):
    response = client.get(API + "layers/control-lines.geojson", HTTP_ACCEPT_ENCODING=accepted)
    assert "Content-Encoding" not in response and response.json()["name"] == "公开"


def test_an_unchanged_layer_is_a_304_for_one_query(client, published, django_assert_num_queries):
    tag = client.get(API + "layers/control-lines.geojson")["ETag"]
    with django_assert_num_queries(1):
        response = client.get(API + "layers/control-lines.geojson", HTTP_IF_NONE_MATCH=tag)
    assert response.status_code == 304 and response["ETag"] == tag and not response.content


def test_addressed_by_content_a_file_is_immutable_and_soon_costs_no_query(client, published, django_assert_num_queries):
    path = f"/plans/jiefang-2035/layers/control-lines.{published.digest}.geojson"
    assert "immutable" in client.get(path)["Cache-Control"]
    with django_assert_num_queries(0):
        assert client.get(path).status_code == 200
        assert client.get(path, HTTP_IF_NONE_MATCH=f'"{published.digest}"').status_code == 304


def test_an_old_address_leads_to_the_current_file(client, published):
    response = client.get(f"/plans/jiefang-2035/layers/control-lines.{'1' * 64}.geojson")
    assert response.status_code == 302 and published.digest in response["Location"]
    assert client.get(f"/plans/nope/map.{'1' * 64}.json").status_code == 404


def test_a_draft_is_nowhere_to_be_found_for_a_visitor(client, draft):
    paths = [API + "layers/draft-lines.geojson", f"/plans/jiefang-2035/layers/draft-lines.{draft.digest}.geojson"]
    paths += [f"/plans/jiefang-2035/map.{draft.digest}.json", "/plan/layers/draft-lines/"]
    answers = [client.get(path) for path in paths]
    assert 200 not in {answer.status_code for answer in answers}
    assert not any("草稿" in answer.content.decode() for answer in answers)
    assert "draft-lines" not in client.get(API + "layers/").content.decode()


def test_a_draft_is_read_by_its_editor_and_kept_by_no_cache(draft, editor):
    response = signed_in(editor).get(API + "layers/draft-lines.geojson")
    assert response.json() == {"secret": "草稿"} and response["Cache-Control"] == "private, no-store"


def test_memory_lets_go_of_the_oldest_when_it_is_full():
    cache = map_files.BodyCache(size=100)
    for name in ("one", "two", "three"):
        cache.put((name,), map_files.Body(b"x" * 40, "", "text/plain"))
    assert cache.get(("one",)) is None and cache.get(("three",)) is not None


def test_the_documentation_page_names_every_address_and_asks_nobody_else(client, plan):
    page = client.get("/api/v1/docs/").content.decode()
    assert "/api/v1/plans/{slug}/here/" in page and "{key}.geojson" in page
    assert "https://" not in page.split("<main", 1)[1]
