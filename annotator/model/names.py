# SPDX-License-Identifier: MIT
"""Names and descriptions in both languages of the interface."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A name in both languages of the interface."""

    en: str = ""
    ar: str = ""

    def __bool__(self) -> bool:
        return bool(self.en or self.ar)

    @property
    def both(self) -> dict[str, str]:
        """Return it as messages take it: each language picks its own."""
        return {"en": self.en or self.ar, "ar": self.ar or self.en}

    def in_language(self, language: str) -> str:
        """Return the name in `language` ("ar" or "en"), or in the other where it is missing."""
        return (self.ar or self.en) if language == "ar" else (self.en or self.ar)


NO_NAME = Name()
