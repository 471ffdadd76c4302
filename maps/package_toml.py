"""Reading plan.toml so that every complaint names its line: positions, typed values, and all faults at once."""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a package: file within the package, line (None where it has none), field, and a sentence."""

    file: str
    line: int | None
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.field}: {self.message}" if self.field else f"{place}: {self.message}"


class PackageError(Exception):
    """A package was refused. `faults` are all that were found; `file`, `line`, `field`, `message` are the first's."""

    def __init__(self, faults: list[Fault]):
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
        self.file, self.line = faults[0].file, faults[0].line
        self.field, self.message = faults[0].field, faults[0].message


def key_lines(text: str) -> dict[KeyPath, int]:
    """Return the line of each table and key in a TOML text, by its path; tables in lists are numbered from 0.

    A scan of the lines, not a parser: it knows headers, keys at the start of a line and multi-line strings, which is
    how packages are written. What it misses is reported at its table.
    """
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    closing = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if closing:
            closing = "" if closing in line else closing
            continue
        if header := re.match(r"\s*(\[\[?)([^\]]+)\]", line):
            table = _numbered(_split(header[2]), header[1] == "[[", counts)
            for depth in range(1, len(table) + 1):
                lines.setdefault(table[:depth], number)
        elif key := re.match(r"""\s*([\w.'"-]+)\s*=\s*("{3}|'{3})?""", line):
            lines.setdefault(table + _split(key[1]), number)
            rest = line[key.end() :]
            closing = key[2] if key[2] and key[2] not in rest else ""
    return lines


def _split(dotted: str) -> KeyPath:
    return tuple(part.strip().strip("\"'") for part in dotted.strip().split("."))


def _numbered(parts: KeyPath, is_item: bool, counts: dict[KeyPath, int]) -> KeyPath:
    """Put the number of the list item behind the name of each list of tables in a header's path."""
    path: KeyPath = ()
    for position, part in enumerate(parts):
        path += (part,)
        if is_item and position == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path += (counts[path],)
    return path


@dataclass
class Document:
    """A package's plan.toml while it is being read, with the faults found so far in the whole package."""

    name: str
    data: dict
    lines: dict[KeyPath, int]
    faults: list[Fault] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> "Document":
        """Read the file; raises PackageError when it is missing, not UTF-8 or not TOML."""
        try:
            text = path.read_text(encoding="utf-8")
            return cls(path.name, tomllib.loads(text, parse_float=Decimal), key_lines(text))
        except OSError as error:
            raise PackageError([Fault(path.name, None, "", _("The file is missing or can't be read."))]) from error
        except UnicodeDecodeError as error:
            raise PackageError([Fault(path.name, None, "", _("The file is not UTF-8 text."))]) from error
        except ValueError as error:  # TOMLDecodeError, and a whole number of too many digits
            found = re.search(r"at line (\d+)", str(error))
            sentence = _("This is not TOML: %(reason)s") % {"reason": error}
            raise PackageError([Fault(path.name, int(found[1]) if found else None, "", sentence)]) from error

    def line(self, path: KeyPath) -> int | None:
        """Return the line of `path`, or of the nearest table around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)

    def fault(self, path: KeyPath, message: str) -> None:
        """Note that what stands at `path` is wrong."""
        self.faults.append(Fault(self.name, self.line(path), ".".join(str(part) for part in path), message))


def has_control_characters(text: str) -> bool:
    """Say whether a text holds what no text should: control characters beside tab and line breaks."""
    return bool(re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text))


class Table:
    """A table of plan.toml: hands out typed values, notes what is missing or wrong, and `close` what nobody asked for.

    After a fault a value of the right type is returned all the same, so that reading goes on to the next fault.
    """

    def __init__(self, document: Document, data: object, path: KeyPath):
        self.document, self.path = document, path
        self.data = data if isinstance(data, dict) else {}
        self.taken: set[str] = set()
        if not isinstance(data, dict):
            document.fault(path, _("A table is wanted here."))

    def fault(self, key: str, message: str) -> None:
        """Note that the value of `key` is wrong."""
        self.document.fault((*self.path, key), message)

    def _take(self, key: str, kinds: tuple[type, ...], required: bool, wanted: str) -> object | None:
        self.taken.add(key)
        value = self.data.get(key)
        if value is None:
            if required:
                self.fault(key, _("This field is missing."))
            return None
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            self.fault(key, _("%(wanted)s is wanted here.") % {"wanted": wanted})
            return None
        return value

    def text(self, key: str, limit: int = 2000, *, required: bool = True, choices: Collection[str] = ()) -> str:
        """Take a text of at most `limit` characters, one of `choices` where given; "" where it is missing."""
        value = str(self._take(key, (str,), required, _("A text")) or "").strip()
        if has_control_characters(value):
            self.fault(key, _("The text holds control characters."))
        if key in self.data and isinstance(self.data[key], str) and required and not value:
            self.fault(key, _("This field is empty."))
        if len(value) > limit:
            self.fault(key, _("At most %(limit)s characters fit here.") % {"limit": limit})
        if value and choices and value not in choices:
            known = ", ".join(sorted(choices))
            self.fault(key, _("“%(value)s” is unknown. Known are: %(known)s.") % {"value": value, "known": known})
        return value

    def slug(self, key: str, limit: int) -> str:
        """Take a short name for programs: small letters, digits and hyphens; "" after a fault."""
        value = self.text(key, limit)
        if value and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
            self.fault(key, _("Only small letters, digits and single hyphens may stand here."))
            return ""
        return value

    def both(self, name: str, limit_zh: int, limit_en: int, *, required: bool = True) -> dict[str, str]:
        """Take a text in both languages, as {"<name>_zh": …, "<name>_en": …}; one without the other is a fault."""
        chinese, english = f"{name}_zh", f"{name}_en"
        wanted = required or chinese in self.data or english in self.data
        return {
            chinese: self.text(chinese, limit_zh, required=wanted),
            english: self.text(english, limit_en, required=wanted),
        }

    def year(self, key: str, *, required: bool = True) -> int | None:
        """Take a year; None where it is missing or wrong."""
        value = self._take(key, (int,), required, _("A whole number"))
        if value is not None and not 1900 <= value <= 2200:
            self.fault(key, _("A year from 1900 to 2200 is wanted here."))
            return None
        return value

    def decimal(self, key: str, *, required: bool = True) -> Decimal | None:
        """Take a finite number, exactly as written."""
        value = self._take(key, (int, Decimal), required, _("A number"))
        if value is not None and not Decimal(value).is_finite():
            self.fault(key, _("A finite number is wanted here."))
            return None
        return None if value is None else Decimal(value)

    def boolean(self, key: str) -> bool:
        """Take true or false; false where it is missing."""
        return bool(self._take(key, (bool,), False, _("true or false")))

    def texts(self, key: str) -> list[str]:
        """Take a list of texts; [] where it is missing."""
        value = self._take(key, (list,), False, _("A list")) or []
        if not all(isinstance(item, str) for item in value):
            self.fault(key, _("A list of texts is wanted here."))
            return []
        return list(value)

    def table(self, key: str, *, required: bool = False) -> "Table":
        """Take a table; an empty one where it is missing."""
        value = self._take(key, (dict,), required, _("A table"))
        return Table(self.document, value or {}, (*self.path, key))

    def tables(self, key: str) -> list["Table"]:
        """Take a list of tables; [] where it is missing."""
        value = self._take(key, (list,), False, _("A list of tables")) or []
        return [Table(self.document, item, (*self.path, key, number)) for number, item in enumerate(value)]

    def named_tables(self) -> dict[str, "Table"]:
        """Take every entry as a table, by its name."""
        return {
            key: Table(self.document, self._take(key, (dict,), True, _("A table")) or {}, (*self.path, key))
            for key in self.data
        }

    def close(self) -> None:
        """Note the keys that nobody took: a typing error must not pass in silence."""
        for key in self.data:
            if key not in self.taken:
                self.fault(key, _("This field is unknown."))
