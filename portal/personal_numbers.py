"""Numbers that prove themselves: the check digits of ID and bank card numbers, which tell them from other numbers."""

from datetime import date

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECK_SIGNS = "10X98765432"
CARD_LENGTHS = range(16, 20)


def _bare(number: str) -> str:
    return "".join(sign for sign in number.upper() if sign.isdigit() or sign == "X")


def is_id_number(number: str) -> bool:
    """Say whether this is a resident identity number (GB 11643): 18 signs, a date of birth, the right check sign."""
    number = _bare(number)
    if len(number) != 18 or not number[:17].isdigit():
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], ID_WEIGHTS, strict=True))
    return born.year >= 1880 and number[17] == ID_CHECK_SIGNS[total % 11]


def is_card_number(number: str) -> bool:
    """Say whether this may be a bank card's number: 16 to 19 digits with the right check digit (Luhn, GB/T 14504)."""
    number = _bare(number)
    if len(number) not in CARD_LENGTHS or not number.isdigit():
        return False
    doubled = [int(digit) * 2 for digit in number[-2::-2]]
    total = sum(map(int, number[-1::-2])) + sum(value - 9 if value > 9 else value for value in doubled)
    return total % 10 == 0
