"""What the measurements say: verdicts, numbers, and reading what wrk and pgbench report."""

import pytest

from bench.lines import Line, medians, number
from bench.load import read_rate, read_report


def test_a_line_against_a_baseline_holds_by_its_ratio():
    assert Line("here", ours=20, baseline=10, limit=2.5).holds
    assert not Line("here", ours=26, baseline=10, limit=2.5).holds


def test_where_more_is_better_the_ratio_must_reach_the_limit():
    assert Line("layer", ours=200, baseline=10, limit=20, at_least=True).holds
    assert not Line("layer", ours=199, baseline=10, limit=20, at_least=True).holds


def test_without_a_baseline_the_figure_itself_is_compared():
    line = Line("first visit", ours=2.4, limit=3, unit="s")
    assert line.holds
    assert line.cells()[1:4] == ("2.4 s", "", "")


def test_a_line_that_does_not_hold_says_so_and_why():
    cells = Line("first visit", ours=3.4, limit=3, unit="s", note="slow network").cells()
    assert cells[-1] == "DOES NOT HOLD (slow network)"


def test_a_baseline_of_nothing_is_no_success():
    assert not Line("list", ours=1, baseline=0, limit=1.3).holds


@pytest.mark.parametrize(
    ("value", "written"), [(0.0543, "0.054"), (2.312, "2.31"), (45.67, "45.7"), (2410, "2 410"), (3.0, "3"), (0, "0")]
)
def test_numbers_have_as_many_digits_as_they_are_worth(value, written):
    assert number(value) == written


def test_measures_take_turns_and_the_median_counts():
    order, rates = [], iter([1, 9, 2])

    def first():
        order.append("first")
        return {"rate": next(rates)}

    def second():
        order.append("second")
        return {"rate": 5}

    assert medians({"first": first, "second": second}) == {"first": {"rate": 2}, "second": {"rate": 5}}
    assert order == ["first", "second"] * 3


def test_the_report_of_wrk_gives_rate_and_size():
    found = read_report('Running\nREPORT {"requests":200,"seconds":4.0,"bytes":20000,"p95":7.5,"errors":0}\n')
    assert (found["rate"], found["size"], found["p95"]) == (50, 100, 7.5)
    assert read_report("unable to connect") is None


def test_the_rate_of_pgbench_is_read():
    assert read_rate("latency average = 1 ms\ntps = 4655.12 (without initial connection time)\n") == 4655.12
    assert read_rate("pgbench: error: connection failed") is None
