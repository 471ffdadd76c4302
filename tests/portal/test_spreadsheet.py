"""Tables for spreadsheets: nothing that people wrote becomes a formula, and Excel reads the Chinese."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from portal import spreadsheet


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+86",
        "-2",
        "@SUM(A1)",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "  =1",
        "\u3000=1",
        "\ufeff=1",
        "\t=1",
        "\rx",
        "\nx",
        "\tx",
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert spreadsheet.neutralised(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "意见", "1=1", "a+b", "（=1）", "2027-03-01", " 前面有空格"])
def test_other_text_stays_as_it_is(text):
    assert spreadsheet.neutralised(text) == text


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (-3, -3),
        (True, 1),
        (date(2027, 3, 1), "2027-03-01"),
        (datetime(2027, 3, 1, 16, 30, tzinfo=UTC), "2027-03-02 00:30"),
    ],
)
def test_numbers_and_dates_stay_what_they_are(value, cell):
    assert spreadsheet.cell(value) == cell


def test_a_file_has_a_bom_and_reads_back_as_it_was():
    rows = [["一", 'a "b", c'], ["两行\n文字", 3]]
    body = b"".join(spreadsheet.csv_chunks(["编号", "内容"], rows))
    assert body.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert read == [["编号", "内容"], ["一", 'a "b", c'], ["两行\n文字", "3"]]


def test_an_empty_table_has_its_headings():
    assert b"".join(spreadsheet.csv_chunks(["编号"], [])) == "\ufeff编号\r\n".encode()


def test_a_long_table_comes_in_pieces():
    chunks = list(spreadsheet.csv_chunks(["n"], (["字" * 100] for _row in range(3000))))
    assert len(chunks) > 3
    assert b"".join(chunks).count(b"\r\n") == 3001
