"""What may be seen of personal data: masked names and numbers, and personal data found in free text.

Masked once, when text is stored or changed, on the server.
"""

import re

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
)
PERSONAL_DATA = re.compile(
    r"""
    (?P<id_number>(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z]))
    |(?P<mobile>(?<!\d)(?:\+?86[-\s]?)?1[3-9]\d(?:[-\s]?\d{4}){2}(?!\d))
    |(?P<email>[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)
    |(?P<landline>(?<!\d)0\d{2,3}[-\s]\d{7,8}(?!\d))
    """,
    re.VERBOSE,
)


def mask_text(text: str) -> str:
    """Return `text` with telephone numbers, ID numbers and e-mail addresses hidden."""
    return PERSONAL_DATA.sub(HIDDEN, text)


def mask_name(name: str) -> str:
    """Return a name with only its surname: 张三 → 张*, 欧阳娜娜 → 欧阳**, John Smith → J***; "" stays ""."""
    name = name.strip()
    if not name:
        return ""
    if not re.fullmatch(r"[\u3400-\u9fff\U00020000-\U0003ffff]{1,4}", name):
        return name[0] + "***"
    if len(name) > 2 and name.startswith(DOUBLE_SURNAMES):
        return name[:2] + "*" * min(len(name) - 2, 2)
    return name[0] + "*" * max(1, min(len(name) - 1, 2))


def mask_phone(phone: str) -> str:
    """Return a telephone number with its middle hidden: 13812341234 → 138****1234, 0391-3569528 → 0391-*****28."""
    phone = phone.strip()
    mobile = re.fullmatch(r"(\+?86)?[-\s]?(1[3-9]\d)[-\s]?\d{4}[-\s]?(\d{4})", phone)
    if mobile:
        return f"{mobile[1] or ''}{mobile[2]}****{mobile[3]}"
    landline = re.fullmatch(r"(0\d{2,3})[-\s]?\d{5,6}(\d{2})", phone)
    if landline:
        return f"{landline[1]}-*****{landline[2]}"
    return "****" if phone else ""


def mask_email(email: str) -> str:
    """Return an e-mail address with only the first letter of its local part: z***@163.com; "" stays ""."""
    local, at, domain = email.strip().partition("@")
    return f"{local[:1]}***@{domain}" if at else ("***" if local else "")
