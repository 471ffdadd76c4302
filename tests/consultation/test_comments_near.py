"""Finding published comments: by words, near a place, by village with its count."""

import re

import pytest
from django.contrib.gis.geos import Point

from consultation import village_counts
from tests import make


def numbers(response) -> list[str]:
    return re.findall(r'href="/comments/(JF-[^/]+)/"', response.content.decode())


def point(lon: float, lat: float) -> Point:
    return Point(lon, lat, srid=4326)


def test_words_are_found_in_the_public_copy_only(client, consultation):
    found = make.create_public_comment(consultation, text="村口的学校需要人行道", public_text="村口的学校需要人行道")
    make.create_public_comment(consultation, text="学校王老师的电话很难打", public_text="［已隐去］的电话很难打")
    response = client.get("/comments/?q=学校")
    assert numbers(response) == [found.number] and 'value="学校"' in response.content.decode()
    assert numbers(client.get(f"/comments/?q={found.number.lower()}")) == [found.number]


@pytest.mark.parametrize("q", ["%25", "_", "%5C", "'", "<b>"])
def test_signs_of_sql_and_html_are_words_like_others(client, consultation, q):
    make.create_public_comment(consultation)
    response = client.get(f"/comments/?q={q}")
    assert response.status_code == 200 and numbers(response) == [] and "<b>" not in response.content.decode()


def test_near_a_place_means_within_500_metres(client, consultation):
    # One hundredth of a degree of latitude is 1 109 m here, one of longitude 909 m.
    inside = make.create_public_comment(consultation, anchor=point(113.21, 35.21 + 0.0044))
    beside = make.create_public_comment(consultation, anchor=point(113.21 + 0.0054, 35.21))
    make.create_public_comment(consultation, anchor=point(113.21, 35.21 + 0.0047))
    make.create_public_comment(consultation, anchor=point(113.21 + 0.0057, 35.21))
    make.create_public_comment(consultation)
    response = client.get("/comments/?lon=113.21&lat=35.21")
    assert numbers(response) == [beside.number, inside.number]
    body = response.content.decode()
    assert "500 米以内" in body and "#at=113.2100,35.2100" in body and 'name="lon"' in body


def test_asking_from_many_sides_tells_no_more_than_the_place_as_it_is_shown(client, consultation):
    """Two places that are shown as the same are near or not near together, however finely one asks."""
    make.create_public_comment(consultation, anchor=point(113.21001, 35.21001))
    make.create_public_comment(consultation, anchor=point(113.20997, 35.20996))
    for step in range(60):
        found = numbers(client.get(f"/comments/?lon=113.21&lat={35.2140 + step * 0.00002:.5f}"))
        assert len(found) in (0, 2)


@pytest.mark.parametrize(
    "query", ["lon=113.2", "lon=x&lat=y", "lon=nan&lat=nan", "lon=999&lat=1", "lon=1&lat=-91", "q=%00"]
)
def test_a_place_or_words_that_cannot_be_read_lead_to_the_whole_list(client, consultation, query):
    assert client.get(f"/comments/?{query}")["Location"] == "/comments/"
    response = client.get(f"/api/v1/comments/?{query}")
    assert response.status_code == 400 and response.json()["code"] in ("lon-unreadable", "q-unreadable")


@pytest.mark.parametrize("query", ["lon=180&lat=90", "lon=-180&lat=-90", "lon=0&lat=89.999"])
def test_the_ends_of_the_world_are_places_too(client, consultation, query):
    assert client.get(f"/comments/?{query}").status_code == 200


def test_each_village_has_its_count_and_leads_to_its_comments(client, consultation):
    for _ in range(2):
        make.create_public_comment(consultation, village_key="village-guocun", topic="other")
    make.create_comment(consultation, village_key="village-guocun")
    body = client.get("/comments/?topic=other&q=水渠").content.decode()
    aside = body[body.find('class="village-counts') :]
    guocun = re.search(r'href="([^"]+)"[^>]*><span>郭村</span> <span class="number">(\d+)', aside)
    assert guocun[2] == "2"
    address = guocun[1].replace("&amp;", "&")
    assert "topic=other" in address and len(numbers(client.get(address))) == 2
    assert re.search(r'<span>王褚村</span> <span class="number">0<', aside)


def test_counting_stops_where_the_page_would_wait(consultation, monkeypatch):
    monkeypatch.setattr(village_counts, "COUNTED", 2)
    for _ in range(3):
        make.create_public_comment(consultation, village_key="village-guocun")
    assert village_counts.published(consultation.plan, ["village-guocun", "x"]) == {"village-guocun": 2, "x": 0}


def test_the_place_and_the_words_are_kept_from_page_to_page(client, consultation):
    for _ in range(21):
        make.create_public_comment(consultation, anchor=point(113.21, 35.21))
    body = client.get("/comments/?lon=113.21&lat=35.21&q=水渠").content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', body)[1].replace("&amp;", "&")
    assert len(numbers(client.get(following))) == 1


def test_here_leads_to_the_comments_around_it(client, jiefang):
    make.create_consultation(jiefang)
    body = client.get("/here/?lon=113.2&lat=35.25").content.decode()
    assert re.search(r'href="/comments/\?lon=113.20*&amp;lat=35.250*"', body)
