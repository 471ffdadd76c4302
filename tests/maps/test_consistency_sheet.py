"""图数一致: the sheet finds what doesn't agree, says so in words, and was made when the plan was loaded."""

import re

import pytest
from django.contrib.gis.geos import MultiPolygon
from django.db import connection

from maps import consistency_sheet
from maps.models import PlanVersion
from tests import make

SHEET = "/plan/consistency/"


def verdicts(sheet: dict, part: str, *names: str) -> dict:
    return {tuple(row[name] for name in names): row["verdict"] for row in sheet[part]}


def differing(sheet: dict, part: str) -> list[dict]:
    return [row for row in sheet[part] if row["verdict"] != "agrees"]


def scale(plan, key: str, share: float) -> None:
    """Enlarge a feature's area by `share` about its centre."""
    factor = (1 + share) ** 0.5
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE maps_feature SET geometry = ST_Scale(geometry, ST_MakePoint(%s, %s), ST_Centroid(geometry))"
            " WHERE plan_id = %s AND key = %s",
            [factor, factor, plan.pk, key],
        )


def keep(plan) -> dict:
    sheet = consistency_sheet.made(plan)
    PlanVersion.objects.filter(plan=plan, number=plan.version).update(checks=sheet)
    return sheet


def test_loading_a_plan_keeps_the_sheet_with_the_version(jiefang):
    sheet = jiefang.versions.get(number=1).checks
    assert len(sheet["figures"]) == jiefang.indicators.count()
    assert {row["verdict"] for part in ("figures", "sums", "shapes") for row in sheet[part]} == {"agrees"}
    assert {row["check"] for row in sheet["shapes"]} == {
        "apart", "in-area", "in-subdistrict", "within", "gap", "beyond", "double",
    }  # fmt: skip


def test_a_feature_that_is_drawn_one_per_cent_too_large_is_found(jiefang):
    scale(jiefang, "ecr-shangbaizuo", 0.01)
    sheet = consistency_sheet.made(jiefang)
    wrong = {row["key"]: row for row in differing(sheet, "figures")}
    assert set(wrong) == {"ecological-redline", "ecological-redline-shangbaizuo"}
    assert wrong["ecological-redline-shangbaizuo"]["share"] == pytest.approx(0.01, abs=0.0002)
    assert wrong["ecological-redline-shangbaizuo"]["difference"] == pytest.approx(17.1, abs=0.3)
    # A line that grew reaches over the edge of its subdistrict too.
    assert ("in-subdistrict", "生态保护红线") in {
        (row["check"], row["subject"]["zh"]) for row in differing(sheet, "shapes")
    }


def test_a_tenth_of_a_per_cent_is_the_limit(jiefang):
    scale(jiefang, "udb-wangchu", 0.0008)
    assert not differing(consistency_sheet.made(jiefang), "figures")
    scale(jiefang, "udb-wangchu", 0.0008)
    assert [row["key"] for row in differing(consistency_sheet.made(jiefang), "figures")] == [
        "urban-development-boundary-wangchu"
    ]


def test_a_total_that_is_not_the_sum_of_its_parts_is_found(jiefang):
    jiefang.indicators.filter(key="permanent-basic-farmland-wangchu").update(value="316.04")
    (wrong,) = differing(consistency_sheet.made(jiefang), "sums")
    assert (wrong["measure"], wrong["value"], wrong["sum"]) == ("permanent-basic-farmland", 329.21, 329.22)


def test_a_village_of_the_other_kind_is_found(jiefang):
    village = jiefang.features.get(key="village-guocun")
    village.attributes["management"] = "general-rules"
    village.save(update_fields=["attributes"])
    wrong = {
        row["key"]: (row["value"], row["measured"]) for row in differing(consistency_sheet.made(jiefang), "figures")
    }
    assert wrong == {"villages-general-rules": (10, 11), "villages-practical-plan": (5, 4)}


def test_a_figure_that_no_public_layer_draws_is_not_drawn(jiefang):
    jiefang.layers.filter(key="cultivated-land").update(status="draft")
    wrong = differing(consistency_sheet.made(jiefang), "figures")
    assert {(row["measure"], row["verdict"], row["measured"]) for row in wrong} == {
        ("cultivated-land", "not-drawn", None)
    }


def test_overlapping_lines_and_farmland_outside_cultivated_land_are_found(jiefang):
    town = jiefang.features.get(key="udb-wangchu").geometry
    jiefang.features.filter(key="pbf-wangchu").update(geometry=town)
    wrong = {(row["check"], row["subject"]["zh"]): row["hectares"] for row in differing(keep(jiefang), "shapes")}
    assert wrong["apart", "永久基本农田"] == pytest.approx(1317.95, abs=0.01)
    assert wrong["within", "永久基本农田"] > 1300


def test_a_line_in_the_other_subdistrict_and_one_outside_the_area_are_found(jiefang):
    other = jiefang.features.get(key="ecr-shangbaizuo").geometry
    jiefang.features.filter(key="ecr-wangchu").update(geometry=other)
    outside = MultiPolygon(make.square(113.0, 35.0, 113.01, 35.01), srid=4326)
    jiefang.features.filter(key="udb-wangchu").update(geometry=outside)
    wrong = {(row["check"], row["subject"]["zh"]): row["hectares"] for row in differing(keep(jiefang), "shapes")}
    assert wrong["in-subdistrict", "生态保护红线"] == pytest.approx(1710.4, abs=0.1)
    assert wrong["in-area", "城镇开发边界"] == pytest.approx(101.2, abs=0.5)


def test_a_gap_an_overlap_and_what_reaches_beyond_are_found_in_a_partition(jiefang):
    part = jiefang.features.get(key="landscape-modern-urban")
    jiefang.features.filter(key="landscape-industry-city").update(geometry=part.geometry)
    wrong = {row["check"]: row["hectares"] for row in differing(consistency_sheet.made(jiefang), "shapes")}
    assert wrong == {"gap": pytest.approx(723.6, abs=0.1), "double": pytest.approx(1146.55, abs=0.1)}
    jiefang.features.filter(key=part.key).update(geometry=make.square(113.0, 35.0, 113.01, 35.01))
    wrong = {row["check"] for row in differing(consistency_sheet.made(jiefang), "shapes")}
    assert wrong == {"gap", "beyond"}


def test_the_page_sets_every_figure_beside_its_drawing(jiefang, client, django_assert_max_num_queries):
    client.get(SHEET)
    with django_assert_max_num_queries(5):
        page = client.get(SHEET).content.decode()
    for words in (
        "不低于316.03公顷（0.47万亩）",
        "316.07公顷",
        "+0.04公顷",
        "+0.013 %",
        "面积相符，不等于图形的位置准确。",
    ):
        assert words in page
    assert re.search(r"不符</span>\s+<strong>0</strong>", page)
    english = client.get(SHEET, {"lang": "en"}).content.decode()
    assert "Areas that agree don&#x27;t show" in english or "Areas that agree don't show" in english


def test_the_page_says_in_a_word_and_a_sign_what_differs(jiefang, client):
    scale(jiefang, "ecr-shangbaizuo", 0.01)
    wrong = sum(len(differing(keep(jiefang), part)) for part in ("figures", "sums", "shapes"))
    page = client.get(SHEET).content.decode()
    assert page.count("</svg>不符</span>") == wrong + 1
    assert "notice-bad" in page


def test_the_api_gives_the_sheet_with_its_version(jiefang, client):
    sheet = client.get("/api/v1/plans/jiefang-2035/consistency/").json()
    assert (sheet["plan"], sheet["version"], sheet["page"]) == ("jiefang-2035", 1, SHEET)
    assert sheet["tolerance"] == {"share": 0.001, "hectares": 0.01}
    assert verdicts(sheet, "figures", "key")["cultivated-land",] == "agrees"


def test_a_plan_that_was_not_checked_says_so(plan, client):
    assert "尚未核对" in client.get(SHEET).content.decode()
    answer = client.get("/api/v1/plans/jiefang-2035/consistency/")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-checked")
