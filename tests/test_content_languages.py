"""Content in two languages: nothing that the plan says or that its maps name lacks its Chinese or its English."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command

from consultation.models import Topic
from maps.models import Chapter, Feature, Indicator, Layer, Plan

CHINESE = re.compile(r"[\u3400-\u9fff]")
# What may be empty, but then in both languages.
OPTIONAL = {"note", "heading_note", "review_exemption", "legal_note"}
# English texts that quote the Chinese term on purpose, such as the number of a decree or a map's name.
QUOTES = {"text"}


def pairs(row: object) -> Iterator[tuple[str, str, str]]:
    """Each text of a row that comes in two languages: name, Chinese, English."""
    fields = {field.name for field in row._meta.get_fields() if hasattr(field, "attname")}
    for name in sorted(field[:-3] for field in fields if field.endswith("_zh")):
        yield name, getattr(row, f"{name}_zh"), getattr(row, f"{name}_en")


def dictionaries(found: object, where: str) -> Iterator[tuple[str, dict]]:
    """Every dictionary in `found`, however deep, with the way to it."""
    if isinstance(found, dict):
        yield where, found
        for key, value in found.items():
            yield from dictionaries(value, f"{where}.{key}")
    elif isinstance(found, list):
        for position, value in enumerate(found):
            yield from dictionaries(value, f"{where}[{position}]")


def test_each_model_that_speaks_has_both_languages():
    """A field `x_zh` without its `x_en`, or the other way round, would show an empty page to somebody."""
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields()}
        assert {n[:-3] for n in names if n.endswith("_zh")} == {n[:-3] for n in names if n.endswith("_en")}, model


@pytest.mark.parametrize("model", [Plan, Chapter, Layer, Feature, Indicator], ids=lambda model: model.__name__)
def test_no_text_of_the_shipped_plan_lacks_a_language(jiefang, model):
    lacking = []
    rows = list(model.objects.all())
    assert rows
    for row in rows:
        for name, chinese, english in pairs(row):
            if bool(chinese) != bool(english) or not (chinese or name in OPTIONAL):
                lacking.append((str(row), name, chinese[:40], english[:40]))
    assert lacking == []


@pytest.mark.parametrize("model", [Plan, Chapter, Layer, Feature, Indicator], ids=lambda model: model.__name__)
def test_english_is_english_and_chinese_is_chinese(jiefang, model):
    swapped = []
    for row in model.objects.all():
        for name, chinese, english in pairs(row):
            if CHINESE.search(english) and name not in QUOTES:
                swapped.append((str(row), name, english[:60]))
            if chinese and english and chinese == english and not re.fullmatch(r"[\W\dA-Za-z]+", chinese):
                swapped.append((str(row), name, chinese[:60]))
    assert swapped == []


def test_no_group_theme_kind_or_rule_inside_the_plan_lacks_a_language(jiefang):
    lacking = []
    layers = list(Layer.objects.all())
    for row in [jiefang, *layers]:
        for field in ("groups", "themes", "kinds"):
            for where, found in dictionaries(getattr(row, field, None), f"{row}.{field}"):
                for key in found:
                    if key.endswith(("_zh", "_en")):
                        other = key[:-3] + ("_en" if key.endswith("_zh") else "_zh")
                        # A kind may have no rule, but not in one language only; a name it has.
                        if bool(found[key]) != bool(found.get(other)) or (key.startswith("name") and not found[key]):
                            lacking.append((where, key))
    assert lacking == []
    assert all(kind.get("name_zh") and kind.get("name_en") for layer in layers for kind in layer.kinds.values())


def test_no_topic_of_a_new_consultation_lacks_a_language(jiefang):
    call_command("open_consultation", verbosity=0)
    topics = list(Topic.objects.all())
    assert topics
    assert [
        topic.key for topic in topics if not topic.name_zh or not topic.name_en or CHINESE.search(topic.name_en)
    ] == []


@pytest.mark.parametrize(
    "address", ["/", "/plan/", "/plan/4/", "/plan/layers/", "/here/", "/comments/new/", "/receipt/"]
)
def test_every_page_offers_the_other_language_and_says_which_one_counts(client, consultation, address):
    chinese = client.get(address).content.decode()
    assert '<html lang="zh-Hans">' in chinese
    assert re.search(r'href="[^"]*[?&;]lang=en"[^>]*hreflang="en"[^>]*><span lang="en">English</span>', chinese)
    english = client.get(address + "?lang=en").content.decode()
    assert '<html lang="en">' in english and '<span lang="zh-Hans">中文</span>' in english
    assert "for reference" in english


@pytest.mark.parametrize(
    "address", ["/plan/", "/plan/4/", "/plan/layers/", "/plan/figures/", "/here/", "/receipt/", "/nothing/"]
)
def test_an_english_page_holds_no_chinese_that_isnt_marked_as_such(client, consultation, address):
    """Screen readers read by the language that the markup names."""
    page = client.get(address + "?lang=en").content.decode()
    body = re.sub(r"<script.*?</script>|<!--.*?-->", "", page[page.index("<body") :], flags=re.DOTALL)
    unmarked = re.sub(r'<(\w+)[^>]*lang="zh-Hans"[^>]*>.*?</\1>', "", body, flags=re.DOTALL)
    assert CHINESE.findall(unmarked) == []
