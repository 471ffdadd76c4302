"""Content in two languages, side by side in one row: Chinese is authoritative, English is for reference."""

from django.utils.translation import get_language


def in_chinese() -> bool:
    """Say whether the reader reads Chinese now."""
    return not (get_language() or "zh").startswith("en")


class Bilingual:
    """An attribute that reads `<name>_zh` or `<name>_en` of its owner, as the active language wants.

    English falls back to Chinese where it is empty: the authoritative text is better than none.
    """

    def __set_name__(self, owner: type, name: str):
        self.name = name

    def __get__(self, instance: object, owner: type) -> "str | Bilingual":
        if instance is None:
            return self
        chinese = getattr(instance, f"{self.name}_zh")
        return chinese if in_chinese() else getattr(instance, f"{self.name}_en") or chinese
