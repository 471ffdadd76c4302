"""Tables for spreadsheets, written as a stream. Knows headings and rows, no model.

Text from outside must not become a formula (OWASP, "CSV injection"): what a spreadsheet would take for one gets an
apostrophe. Numbers and dates stay what they are.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.utils.timezone import localtime

# Excel on a Chinese Windows takes a CSV file without it for GBK.
BOM = "\ufeff"
FORMULA_SIGNS = tuple("=+-@＝＋－＠")
CONTROL_SIGNS = ("\t", "\r", "\n")
# What str.strip leaves in place and yet can't be seen.
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
CHUNK = 64 * 1024


def neutralised(text: str) -> str:
    """Return `text` so that no spreadsheet reads it as a formula: an apostrophe before `= + - @` and their like."""
    if text.startswith(CONTROL_SIGNS):
        return f"'{text}"
    start = text[:64].lstrip().lstrip(INVISIBLE).lstrip()
    return f"'{text}" if start.startswith(FORMULA_SIGNS) or (not start and len(text) > 64) else text


def cell(value: object) -> str | int | float:
    """Return a value as a cell holds it: text neutralised, times in Asia/Shanghai, None empty, yes and no 1 and 0."""
    if value is None:
        return ""
    if isinstance(value, str):
        return neutralised(value)
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return value


class _Lines:
    """A file that keeps what was written until it is taken away."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.size = 0

    def write(self, line: str) -> None:
        self.lines.append(line)
        self.size += len(line)

    def take(self) -> bytes:
        text = "".join(self.lines)
        self.lines, self.size = [], 0
        return text.encode("utf-8")


def csv_chunks(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield a CSV file (RFC 4180, UTF-8 with BOM) in pieces of some 64 kB; one row at a time is in memory."""
    lines = _Lines()
    writer = csv.writer(lines)
    lines.write(BOM)
    writer.writerow([cell(heading) for heading in headings])
    for row in rows:
        writer.writerow([cell(value) for value in row])
        if lines.size >= CHUNK:
            yield lines.take()
    yield lines.take()
