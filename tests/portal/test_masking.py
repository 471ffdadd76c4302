"""Masking: names and numbers by one convention, and personal data found in what people write."""

import pytest

from portal.masking import (
    HIDDEN,
    mask_address,
    mask_email,
    mask_id_number,
    mask_name,
    mask_phone,
    mask_text,
    personal_data,
)
from portal.personal_numbers import is_card_number, is_id_number


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张*"),
        ("张小丰", "张**"),
        ("欧阳娜娜", "欧阳**"),
        ("欧阳修", "欧阳*"),
        ("司马", "司*"),
        ("张", "*"),
        ("张 三", "张*"),
        ("买买提·艾力", "买***"),
        ("John Smith", "J***"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_name_keeps_its_surname(name, shown):
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812341234", "138****1234"),
        ("+8613812341234", "+86138****1234"),
        ("138 1234 1234", "138****1234"),
        ("１３８１２３４１２３４", "138****1234"),
        ("0391-3569528", "0391-*****28"),
        ("(0391) 3569528", "0391-*****28"),
        ("010-12345678", "010-*****78"),
        ("3569528", "****"),
        ("晚上打我儿子的", "****"),
        ("", ""),
    ],
)
def test_a_telephone_number_loses_its_middle(phone, shown):
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("given", "shown"),
    [("zhangsan@163.com", "z***@163.com"), ("a＠b.cn", "a***@b.cn"), ("nonsense", "***"), ("", "")],
)
def test_an_email_address_keeps_one_letter(given, shown):
    assert mask_email(given) == shown


@pytest.mark.parametrize(
    ("given", "shown"),
    [("11010519491231002X", "1***************2X"), ("110105491231002", "1***************02"), ("12", "***"), ("", "")],
)
def test_an_id_number_keeps_its_ends(given, shown):
    assert mask_id_number(given) == shown


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("解放区王褚街道东王褚村12号", "王褚街道东王褚村***"),
        ("河南省焦作市解放区上白作街道小庄社区3号楼", "上白作街道小庄社区***"),
        ("东王褚村", "东王褚村"),
        ("焦作市解放区建设路12号", "***"),
        ("", ""),
    ],
)
def test_an_address_ends_at_the_village(given, shown):
    assert mask_address(given) == shown


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("打我电话13812341234谢谢", "mobile"),
        ("138 1234 1234", "mobile"),
        ("138-1234-1234", "mobile"),
        ("138.1234.1234", "mobile"),
        ("1381234 1234", "mobile"),
        ("+86 138 1234 1234", "mobile"),
        ("008613812341234", "mobile"),
        ("１３８１２３４１２３４", "mobile"),
        ("一三八一二三四一二三四", "mobile"),
        ("1 3 8 1 2 3 4 1 2 3 4", "mobile"),
        ("电话一13812341234", "mobile"),
        ("0391-3569528", "landline"),
        ("（0391）3569528", "landline"),
        ("03913569528", "landline"),
        ("家里电话3569528", "local-number"),
        ("11010519491231002X", "id-number"),
        ("11010519491231002x", "id-number"),
        ("110105 19491231 002X", "id-number"),
        ("身份证号：110105491231002", "labelled-number"),
        ("卡 6222 0212 3456 7890 128", "card-number"),
        ("4111-1111-1111-1111", "card-number"),
        ("车牌豫H12345", "plate"),
        ("豫H·8K21D", "plate"),
        ("豫HD12345", "plate"),
        ("豫h12345", "plate"),
        ("zhang.san@163.com", "email"),
        ("zhang＠163.com", "email"),
        ("加微信号zhang_san88", "wechat"),
        ("vx：zhangsan1988", "wechat"),
        ("QQ 12345678", "qq"),
    ],
)
def test_personal_data_in_a_text_are_hidden(text, kind):
    assert [found.kind for found in personal_data(text)][:1] == [kind]
    masked = mask_text(text)
    assert HIDDEN in masked
    assert not any(sign.isdecimal() for sign in masked)


@pytest.mark.parametrize(
    "text",
    [
        "总面积53.96平方公里，其中1848.34公顷、137.96公顷",
        "城镇开发边界总规模2356.96公顷，王褚1317.94公顷",
        "规划期限2021—2035年，近期2027年",
        "2021-2035-2027",
        "2027年3月15日13:00",
        "X001县道、S233省道、G327国道",
        "地块410803001002001，地籍号4108030010020012345",
        "坐标113.2035, 35.13812345",
        "受理编号JF-2027-000123",
        "耕地493.75公顷（0.74万亩）",
        "投资15 000 000 000元",
        "微信公众号JiefangFabu",
        "微信（WeChat）群",
        "桥长1380米，宽12米，3车道",
        "文号：豫政〔2023〕12345号",
    ],
)
def test_areas_years_roads_and_plots_stay_readable(text):
    assert mask_text(text) == text


def test_everything_is_found_in_one_text_and_the_rest_stays():
    text = "我叫老李，电话13812341234，邮箱li@163.com，地块2.5亩。"
    assert mask_text(text) == f"我叫老李，电话{HIDDEN}，邮箱{HIDDEN}，地块2.5亩。"


def test_a_number_must_pass_its_check_digit():
    assert is_id_number("11010519491231002X")
    assert not is_id_number("110105194912310021")
    assert not is_id_number("11010519491331002X")
    assert is_card_number("6222021234567890128")
    assert not is_card_number("6222021234567890129")


def test_a_long_text_is_masked_in_no_time():
    assert len(mask_text("１３8 " * 500 + "-" * 500 + "1" * 500 + "a@" * 250)) <= 4000
