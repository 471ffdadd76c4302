"""Addresses mistyped, cut off, old or malicious: always words and a way on, or a problem document, never a 500."""

import json

import pytest

from tests import make
from tests.make import create_comment, create_public_comment

LONG = "郭" * 10_000
BAD_NUMBERS = [
    "abc",
    "",
    "%20",
    "NaN",
    "inf",
    "-inf",
    "1e400",
    "1e-400",
    "0x71",
    "%00",
    "113,2",
    "%F3",
    "'--",
    "9" * 5000,
]

# Address, and the status that it should give on a page.
PAGES = [
    ("/nothing/", 404),
    ("/plan/99/", 404),
    ("/plan/%00/", 404),
    ("/plan/%F3%28/", 404),
    ("/plan/..%2F..%2Fetc/", 404),
    (f"/plan/{'9' * 3000}/", 404),
    ("/plan/layers/nope/", 404),
    ("/plan/layers/%E4%B8%8D%E5%9C%A8/", 404),
    ("/plans/nope/map." + "0" * 64 + ".json", 404),
    ("/plans/jiefang-2035/map." + "0" * 64 + ".json", 404),
    ("/plans/jiefang-2035/map.zz.json", 404),
    ("/plan/print/nope.a4.portrait.zh.svg", 404),
    ("/plan/print/?theme=nope&paper=a9&orientation=round", 404),
    ("/plan/figures/?unit=acre", 400),
    ("/plan/figures/?unit=%00", 400),
    ("/plan/search/?q=", 200),
    ("/plan/search/?q=%00", 400),
    ("/plan/search/?q=%F3%28", 400),
    (f"/plan/search/?q={LONG}", 400),
    ("/plan/search/?q=a&q=b", 200),
    ("/plan/search/?q=%27%3B+DROP+TABLE+maps_plan%3B--", 200),
    ("/plan/search/?q=%25%25%25___", 400),
    ("/here/?lon=113.2&lat=91", 400),
    ("/here/?lon=113.2&lat=-91", 400),
    ("/here/?lon=181&lat=35", 400),
    ("/here/?lon=35.2&lat=113.2", 400),
    ("/here/?lon=113.2", 400),
    ("/here/?lat=35.2", 400),
    ("/here/?village=nope", 400),
    ("/here/?village=%00", 400),
    ("/here/?lon=113.2&lon=abc&lat=35.2", 400),
    ("/here/?lon=0&lat=0", 200),
    ("/here/?lon=-180&lat=90", 200),
    ("/here/map.svg?lon=abc&lat=91", 400),
    ("/here/map.svg", 400),
    ("/comments/JF-2099-999999/", 404),
    ("/comments/JF/", 404),
    ("/comments/%00/", 404),
    ("/comments/new/?lon=abc&lat=91", 200),
    ("/comments/new/?lon=NaN&lat=1e400", 200),
    ("/comments/new/?lon=0&lat=0", 200),
    ("/comments/new/?village=nope&chapter=99&topic=nope&feature=%00", 200),
    (f"/comments/new/?village={LONG}", 200),
    ("/comments/?topic=nope", 200),
    ("/comments/?village=nope&decision=nope", 302),
    ("/comments/?page=-1", 302),
    ("/comments/?page=%00", 302),
    ("/comments/?page=99999999999999999999999999", 302),
    ("/comments/?topic=%00", 302),
    (f"/comments/?village={LONG}", 302),
    ("/?lang=xx", 200),
    ("/?lang=%00&view=%00", 200),
    ("/plan/?lang=../../etc/passwd&view=giant", 200),
    ("/sign-in/?next=//example.org/", 200),
    ("/comments/received/", 302),
    ("/desk/comments/nope/", 302),
]

API = "/api/v1/plans/jiefang-2035/"
# Address, and the status of the problem document.
PROGRAMS = [
    ("/api/v1/nothing/", 404),
    ("/api/v1/plans/nope/", 404),
    ("/api/v1/plans/%00/", 404),
    ("/api/v1/plans/nope/here/?lon=113.2&lat=35.2", 404),
    (API + "here/", 400),
    (API + "here/?lon=113.2&lat=91", 400),
    (API + "here/?lon=&lat=", 400),
    (API + "layers/nope.geojson", 404),
    (API + "layers/%F3.geojson", 404),
    (API + "search/", 400),
    (API + "search/?q=%00", 400),
    (API + f"search/?q={LONG}", 400),
    ("/api/v1/comments/?bbox=1,2,3", 400),
    ("/api/v1/comments/?bbox=a,b,c,d", 400),
    ("/api/v1/comments/?bbox=NaN,NaN,NaN,NaN", 400),
    ("/api/v1/comments/?bbox=113,35,1e400,36", 400),
    ("/api/v1/comments/?bbox=114,36,113,35", 400),
    ("/api/v1/comments/?bbox=" + "1," * 5000, 400),
    ("/api/v1/comments/?page=-1", 400),
    ("/api/v1/comments/?page=%00", 400),
    ("/api/v1/comments/?page=" + "9" * 3000, 400),
    ("/api/v1/comments/?decision=nope", 400),
    ("/api/v1/comments/?topic=%00", 400),
    ("/api/v1/comments/JF-2099-999999/", 404),
    ("/api/v1/comments/%00/", 404),
]


@pytest.fixture
def portal(consultation, plan):
    """A consultation with one comment that the public reads and one that nobody but planners may."""
    make.create_layer(plan)
    create_public_comment(consultation, number="JF-2027-000001")
    create_comment(consultation, number="JF-2027-000002")


def told(response) -> None:
    """A page of ours: a heading, words, and a link further than this page."""
    page = response.content.decode()
    assert "<h1" in page and 'href="/' in page and "Traceback" not in page


@pytest.mark.parametrize(("address", "status"), PAGES, ids=lambda value: str(value)[:60])
def test_a_page_with_a_bad_address_says_so_and_leads_on(portal, client, address, status):
    response = client.get(address)
    assert response.status_code == status
    if "html" in response.get("Content-Type", "") and status != 302:
        told(response)


@pytest.mark.parametrize("number", BAD_NUMBERS, ids=lambda value: value[:20])
@pytest.mark.parametrize("name", ["lon", "lat"])
def test_a_coordinate_that_is_no_number_is_explained_on_page_and_api(portal, client, name, number):
    query = f"lon={number}&lat=35.2" if name == "lon" else f"lon=113.2&lat={number}"
    page = client.get(f"/here/?{query}")
    assert page.status_code == 400 and 'role="alert"' in page.content.decode()
    told(page)
    answer = client.get(f"{API}here/?{query}")
    assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json"
    assert client.get(f"/here/map.svg?{query}").status_code == 400
    assert client.get(f"/comments/new/?{query}").status_code == 200


@pytest.mark.parametrize(("address", "status"), PROGRAMS, ids=lambda value: str(value)[:60])
def test_a_program_gets_a_problem_document(portal, client, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    problem = json.loads(response.content)
    assert problem["status"] == status and problem["code"] and problem["title"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"text": {}}', b'{"place": [1e999]}']
)
def test_a_body_that_makes_no_sense_gets_a_problem_document(portal, client, body):
    for address in ("/api/v1/comments/", "/api/v1/receipt/"):
        response = client.post(address, body, content_type="application/json")
        assert response.status_code == 400 and response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "cookies", [{"django_language": "xx"}, {"django_language": "\x01"}, {"view": "giant"}, {"sessionid": "x" * 3000}]
)
def test_cookies_that_we_never_gave_change_nothing(portal, client, cookies):
    client.cookies.load(cookies)
    page = client.get("/plan/").content.decode()
    assert '<html lang="zh-Hans">' in page


def test_an_unknown_language_leaves_the_language_alone(portal, client):
    client.get("/plan/?lang=en")
    response = client.get("/plan/?lang=xx")
    assert '<html lang="en">' in response.content.decode() and not response.cookies


def test_what_a_reader_typed_into_the_address_never_becomes_markup(portal, client):
    for address in (
        "/here/?lon=<script>x&lat=1",
        "/plan/search/?q=<script>x",
        "/plan/figures/?unit=<script>x",
        "/comments/new/?lon=<script>x&lat=1",
    ):
        assert "<script>x" not in client.get(address).content.decode()
