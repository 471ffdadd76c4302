"""The figures' page: what the plan states, as it states it, and nothing that it doesn't."""

import re
from decimal import Decimal

import pytest

from maps import figures, units
from tests import make

FIGURES = "/plan/figures/"


def page_of(client, **query) -> str:
    answer = client.get(FIGURES, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_figure_is_there_as_the_plan_prints_it(jiefang, client):
    page = page_of(client)
    for figure in jiefang.indicators.all():
        assert figure.stated_zh in page, figure.key
        assert f'id="{figure.measure}"' in page
    english = page_of(client, lang="en")
    for figure in jiefang.indicators.all():
        assert figure.stated_en in english, figure.key


def test_years_without_a_figure_are_said_to_be_missing_and_never_filled_in(jiefang):
    chart = figures.chart(jiefang)
    assert chart.missing_years == [2020, 2027]
    for measure in chart.areas[1:]:
        assert [(stop.year, len(stop.rows)) for stop in measure.stops] == [(2020, 0), (2027, 0), (2035, 3)]
    assert {measure.key: measure.stops for measure in (chart.whole, *chart.counts)} == {
        "planning-area": [],
        "villages-general-rules": [],
        "villages-practical-plan": [],
    }


def test_the_page_says_which_years_are_missing(jiefang, client):
    page = page_of(client)
    assert "公布的文本没有给出2020年和2027年的数值" in page
    assert page.count("未给出") >= 8
    assert "states no figures for 2020 and 2027" in page_of(client, lang="en")


def test_a_year_that_the_plan_states_has_its_bar(plan):
    for year, value in ((2020, "610"), (2035, "607.10")):
        make.create_indicator(plan, f"land-{year}", measure="land", value=value, year=year)
    (measure,) = figures.chart(plan).areas
    assert [(stop.year, [row.width for row in stop.rows]) for stop in measure.stops] == [
        (2020, [100.0]),
        (2027, []),
        (2035, [99.52]),
    ]
    assert figures.chart(plan).missing_years == [2027]
    assert measure.latest.figure.year == 2035


def test_bars_are_as_long_as_the_figures_are_large(jiefang):
    measure = next(measure for measure in figures.chart(jiefang).areas if measure.key == "cultivated-land")
    widths = {row.figure.subdistrict: row.width for row in measure.rows}
    assert widths == {"": 100.0, "subdistrict-shangbaizuo": 18.67, "subdistrict-wangchu": 81.33}
    assert measure.of_whole == "11.2"
    assert sum(width for _start, width in measure.segments) == pytest.approx(607.10 / 5396 * 100, abs=0.02)


def test_every_bar_but_the_whole_has_a_pattern_of_its_own(jiefang):
    chart = figures.chart(jiefang)
    paints = [measure.paint for measure in chart.areas if measure is not chart.whole]
    assert len(set(paints)) == len(paints) == 4
    for paint in paints:
        assert f'id="{paint[5:-1]}"' in chart.definitions


@pytest.mark.parametrize(
    ("hectares", "ha", "mu", "km2"),
    [
        ("607.10", "607.10公顷", "≈ 9,107亩", "≈ 6.07平方公里"),
        ("13.18", "13.18公顷", "≈ 198亩", "0.1318平方公里"),
        ("5396.00", "5,396公顷", "80,940亩", "53.96平方公里"),
        ("2356.96", "2,356.96公顷", "≈ 35,354亩", "≈ 23.57平方公里"),
    ],
)
def test_areas_are_converted_and_what_was_rounded_says_so(hectares, ha, mu, km2):
    assert [amount.text for amount in units.amounts(Decimal(hectares))] == [ha, mu, km2]


def test_the_unit_is_chosen_by_the_address_without_script(jiefang, client):
    assert 'data-unit="ha"' in page_of(client)
    page = page_of(client, unit="mu")
    assert 'id="figures" data-unit="mu"' in page
    assert re.search(r'href="\?unit=mu"[^>]* aria-current="true"', page)


def test_an_unknown_unit_gives_the_page_in_hectares_and_says_so(jiefang, client):
    answer = client.get(FIGURES, {"unit": "<acre>"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "没有“&lt;acre&gt;”这个单位" in page
    assert 'id="figures" data-unit="ha"' in page
    assert "不低于607.10公顷（0.91万亩）" in page


def test_each_figure_leads_to_its_place_on_the_map_and_to_its_chapter(jiefang, client):
    page = page_of(client)
    places = {
        tuple(re.findall(r"(?:layers|feature)=([a-z-]+)", place)) for place in re.findall(r'href="/#([^"]+)"', page)
    }
    assert ("control-lines", "pbf-wangchu") in places
    assert ("cultivated-land",) in places
    assert ("subdistrict-wangchu",) in places
    layers = set(jiefang.layers.values_list("key", flat=True))
    features = set(jiefang.features.values_list("key", flat=True))
    assert all(part in layers | features for place in places for part in place)
    for number in {figure.chapter_number for figure in jiefang.indicators.all()}:
        assert f'href="/plan/{number}/"' in page


def test_the_page_takes_the_same_queries_with_more_figures(jiefang, client, django_assert_max_num_queries):
    page_of(client)
    for number in range(30):
        make.create_indicator(jiefang, f"more-{number}", measure=f"more-{number}")
    with django_assert_max_num_queries(8):
        page_of(client)


def test_a_plan_without_figures_has_a_page_all_the_same(plan, client):
    assert "规划指标" in page_of(client)


def test_before_a_plan_is_loaded_there_is_nothing(db, client):
    assert client.get(FIGURES).status_code == 404
