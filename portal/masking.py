"""What may be seen of personal data: masked names and numbers, and personal data found in free text.

Masked once, when text is stored or changed, on the server. Names, addresses and numbers follow one convention: how many
stars there are says nothing about what they stand for.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from portal.personal_numbers import is_card_number, is_id_number

HIDDEN = "［已隐去］"
DOUBLE_SURNAMES = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "皇甫",
    "尉迟",
    "夏侯",
    "令狐",
    "东方",
    "慕容",
    "司徒",
    "南宫",
    "公孙",
    "申屠",
    "轩辕",
    "端木",
    "长孙",
    "宇文",
    "独孤",
    "澹台",
)
HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"

# How people write them: in groups, with blanks, dots or dashes, in full-width digits, or digit by digit in Chinese.
_GAP = r"[-–—.·\s]{0,2}"
_MOBILE = rf"""(?<![\d])(?<!\d\.)(?:(?:\+|00)?86{_GAP})?
    (?:1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}} | 1[3-9]\d\d{_GAP}\d{{3}}{_GAP}\d{{4}} | 1[3-9]\d{_GAP}\d{{3}}{_GAP}\d{{5}}
    | 1[3-9]\d{{5}}{_GAP}\d{{4}} | 1(?:[-\s、,，.][3-9])(?:[-\s、,，.]\d){{9}})(?!\d)"""
_PLATE = r"""[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·.\-\s]?
    (?=[A-Z]{0,5}\d)[A-HJ-NP-Z0-9]{4}(?:[A-HJ-NP-Z0-9]{1,2}|[挂学警港澳领])(?![A-Z0-9])"""
_DETECTORS = {
    "id-number": re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}[-\s]?\d{4}[-\s]?\d{4}[-\s]?\d{3}[0-9Xx](?![0-9A-Za-z])"),
    "card-number": re.compile(r"(?<![0-9A-Za-z.])(?:6(?:[-\s]?\d){15,18}|[345](?:[-\s]?\d){15})(?![0-9A-Za-z])"),
    "labelled-number": re.compile(
        r"(?:身份证|证件号|卡号|账号|帐号|银行卡)[^0-9A-Za-z\n]{0,8}(?P<it>\d(?:[-\s]?\d){10,20}(?:[-\s]?[Xx])?)"
    ),
    "mobile": re.compile(_MOBILE, re.VERBOSE),
    "landline": re.compile(
        r"(?<![\dA-Za-z.])[（(]?(?:010|02\d|0[3-9]\d{2})[)）]?[-–—\s]{0,2}[2-9]\d{2,3}[-\s]?\d{4}(?!\d)"
    ),
    "local-number": re.compile(r"(?:电话|座机|致电|[Tt][Ee][Ll])[^\d\n]{0,6}(?P<it>[2-9]\d{2,3}[-\s]?\d{4})(?!\d)"),
    "email": re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"),
    "plate": re.compile(_PLATE, re.VERBOSE | re.IGNORECASE),
    "wechat": re.compile(
        r"(?:微信|加微|威信|(?<![A-Za-z])(?:wechat|weixin|vx|wx)(?![A-Za-z]))(?:号|id|是|为|同号|[\s:：（(\"“])*"
        r"(?P<it>(?!(?:wechat|weixin)\b)[A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_-])",
        re.IGNORECASE,
    ),
    "qq": re.compile(r"(?<![A-Za-z])QQ(?:号|是|为|[\s:：])*(?P<it>[1-9]\d{4,10})(?!\d)", re.IGNORECASE),
}
_CHECKS = {"id-number": is_id_number, "card-number": is_card_number}
# One sign for one sign, so that what is found in the copy stands at the same place in the text.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_NUMERALS = dict(zip(map(ord, "〇零一二三四五六七八九幺"), "001234567891", strict=True))


class Found(NamedTuple):
    """Personal data in a text: from `start` to before `end`, and what it is."""

    start: int
    end: int
    kind: str


def personal_data(text: str) -> list[Found]:
    """Return what looks like personal data in `text`, in order, without overlaps.

    Numbers that carry a check digit must pass it, so that areas, years, road and plot numbers stay readable.
    """
    plain = text.translate(_HALF_WIDTH)
    found: list[Found] = []
    for item in sorted({*_search(plain), *_search(plain.translate(_NUMERALS))}):
        if found and item.start < found[-1].end:
            found[-1] = found[-1]._replace(end=max(item.end, found[-1].end))
        else:
            found.append(item)
    return found


def _search(text: str) -> Iterator[Found]:
    for kind, pattern in _DETECTORS.items():
        is_real = _CHECKS.get(kind)
        for match in pattern.finditer(text):
            start, end = match.span("it" if "it" in pattern.groupindex else 0)
            if is_real is None or is_real(text[start:end]):
                yield Found(start, end, kind)


def mask_text(text: str) -> str:
    """Return `text` with telephone, ID, card and plate numbers, e-mail addresses and WeChat ids hidden."""
    pieces, position = [], 0
    for start, end, _kind in personal_data(text):
        pieces += [text[position:start], HIDDEN]
        position = end
    return "".join([*pieces, text[position:]])


def mask_name(name: str) -> str:
    """Return a name with only its surname: 张三 → 张*, 欧阳娜娜 → 欧阳**, John Smith → J***; "" stays ""."""
    name = name.strip()
    han = "".join(name.split())
    if not name:
        return ""
    if not re.fullmatch(rf"{HAN}{{1,4}}", han):
        return name[0] + "***"
    if len(han) == 1:
        return "*"
    if len(han) > 2 and han.startswith(DOUBLE_SURNAMES):
        return han[:2] + "*" * min(len(han) - 2, 2)
    return han[0] + "*" * min(len(han) - 1, 2)


def mask_phone(phone: str) -> str:
    """Return a telephone number with its middle hidden: 13812341234 → 138****1234, 0391-3569528 → 0391-*****28."""
    phone = re.sub(r"[-–—.·\s()]", "", phone.translate(_HALF_WIDTH))
    mobile = re.fullmatch(r"((?:\+|00)?86)?(1[3-9]\d)\d{4}(\d{4})", phone)
    if mobile:
        return f"{mobile[1] or ''}{mobile[2]}****{mobile[3]}"
    landline = re.fullmatch(r"(010|02\d|0[3-9]\d{2})\d{5,6}(\d{2})", phone)
    if landline:
        return f"{landline[1]}-*****{landline[2]}"
    return "****" if phone else ""


def mask_email(email: str) -> str:
    """Return an e-mail address with only the first letter of its local part: z***@163.com; "" stays ""."""
    local, at, domain = email.strip().translate(_HALF_WIDTH).partition("@")
    return f"{local[:1]}***@{domain}" if at else ("***" if local else "")


def mask_id_number(number: str) -> str:
    """Return an ID number with its first and its last two signs only: 41080219800101231X → 4***************1X."""
    number = "".join(number.translate(_HALF_WIDTH).split()).upper()
    return f"{number[0]}***************{number[-2:]}" if len(number) >= 15 else ("***" if number else "")


def mask_address(address: str) -> str:
    """Return an address as far as the village or community: 解放区王褚街道东王褚村12号 → 王褚街道东王褚村***."""
    address = "".join(address.split())
    local = re.sub(r"^(?:[^省市区县街镇乡村]{1,12}(?:省|自治区|市|(?<!社)区|县))+", "", address)
    known = re.match(r"(?:[^村]{1,12}?(?:街道办事处|街道|镇|乡))?(?:[^号路街]{1,12}?(?:村|社区))?", local)
    kept = known[0] if known else ""
    return address and (kept if kept == local else f"{kept}***")
