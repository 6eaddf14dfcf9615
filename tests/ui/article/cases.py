# SPDX-License-Identifier: MIT
"""Paragraphs that break other annotation tools, each with pieces to tag; and helpers that lay them out."""

from dataclasses import dataclass

NNBSP, NBSP, ZWNJ, ZWJ, LRM, RLM = "\u202f", "\u00a0", "\u200c", "\u200d", "\u200e", "\u200f"


@dataclass(frozen=True)
class Case:
    """A paragraph and the pieces of it that get a tag; `whole` ones stand between blanks."""

    name: str
    text: str
    tags: tuple[str, ...]
    whole: tuple[str, ...] = ()


CASES = (
    Case(
        "brackets",
        "قال بيني غانتس (Benny Gantz) إن اللقاء نجح",
        ("Benny Gantz", "(Benny Gantz)", "Gantz"),
        ("غانتس", "(Benny Gantz)"),
    ),
    Case(
        "date and time",
        "في 9 مارس 2022 عند 15:30 وصل الوفد",
        ("9", "2022", "15:30", "في 9", "مارس 2022", "15"),
        ("9", "9 مارس 2022", "15:30", "في 9"),
    ),
    Case(
        "number range",
        "البلاغ رقم 22994024-22994022 في القاهرة",
        ("22994024-22994022", "22994022", "رقم 22994024"),
        ("22994024-22994022",),
    ),
    Case(
        "guillemets",
        "قال «سلسلة من القضايا» ثم غادر",
        ("«سلسلة من القضايا»", "سلسلة من القضايا"),
        ("«سلسلة من القضايا»",),
    ),
    Case("straight quotes", 'موقع "واينت" العبري', ('"واينت"', "واينت"), ('"واينت"',)),
    Case("curly quotes", "لموقع “واينت”، إن تركيا", ("“واينت”", "واينت"), ("تركيا",)),
    Case("marks first", "؟ هل وصل الوفد، نعم", ("؟", "هل", "الوفد،"), ("هل",)),
    Case("comma first", "، ثم قال كلمة", ("،", "ثم"), ("ثم", "قال كلمة")),
    Case("Latin and full stop last", "وكتب عنه موقع Axios.", ("Axios", "Axios.", "موقع Axios"), ("موقع",)),
    Case(
        "Arabic into Latin",
        "أعلنت شركة Elbit Systems عن عقد",
        ("شركة Elbit", "Systems عن", "شركة Elbit Systems"),
        ("شركة Elbit Systems", "Systems"),
    ),
    Case(
        "URL, handle, hashtag",
        "زوروا https://example.org/a?b=1 مع @gantzbe و #إيران الآن",
        ("https://example.org/a?b=1", "@gantzbe", "#إيران", "example"),
        ("#إيران",),
    ),
    Case(
        "joiners", f"كتاب می{ZWNJ}خواهم و ه{ZWJ} ثم ب{ZWJ}", (f"می{ZWNJ}خواهم", "خواهم", f"ه{ZWJ}"), (f"می{ZWNJ}خواهم",)
    ),
    Case(
        "marks of direction",
        f"قال{RLM} abc{RLM} و{LRM}123{LRM} نعم",
        ("abc", f"abc{RLM}", "123", f"{LRM}123{LRM}"),
        ("نعم",),
    ),
    Case("embedding", "قال \u202babc دفع\u202c ثم ذهب", ("abc", "دفع", "\u202babc دفع\u202c"), ("ثم ذهب",)),
    Case(
        "isolates",
        "قال \u2066abc (def)\u2069 ثم \u2067نعم\u2069 ذهب",
        ("abc", "abc (def)", "\u2066abc (def)\u2069", "نعم"),
        ("ذهب",),
    ),
    Case("unclosed override", "قال \u202eabc نعم def", ("abc", "نعم", "def"), ()),
    Case("harakat", "أنّ محمّدًا قَالَ كَلِمَةً", ("أنّ", "محمّدًا", "قَالَ"), ("أنّ", "محمّدًا", "قَالَ")),
    Case("tatweel", "محـمد الطـــويل هنا", ("محـمد", "الطـــويل"), ("محـمد", "الطـــويل")),
    Case("lam-alef", "رسالة لأردوغان بلا رد", ("أردوغان", "لأردوغان", "بلا"), ("لأردوغان", "بلا")),
    Case("cut in a word", "التقى بأردوغان أمس", ("أردوغان", "ب", "أردو"), ("بأردوغان",)),
    Case("tab and blanks", "قال\tنعم ثم  ", ("نعم", "قال\tنعم", "ثم  "), ("نعم",)),
    Case("no-break space", f"قال 5{NBSP}كم{NBSP}شرقا ثم", (f"5{NBSP}كم", "كم", f"كم{NBSP}"), ("ثم",)),
    Case("Persian", "رئیس جمهور گفت که پژوهش چاپ شد", ("پژوهش", "گفت که"), ("پژوهش", "گفت که")),
    Case(
        "English",
        "The minister said (قال غانتس) in Ankara.",
        ("قال غانتس", "minister", "said (قال"),
        ("minister", "in"),
    ),
    Case("presentation forms", "ﻷن ﷲ ﻻ يعلم ڤيينا گوگل", ("ﻷن", "ﷲ", "ڤيينا"), ("ﷲ", "ڤيينا")),
    Case("digits of three kinds", "عام ٢٠٢٢ و ۱۴۰۱ و 2022 معا", ("٢٠٢٢", "۱۴۰۱", "2022"), ("٢٠٢٢", "۱۴۰۱", "2022")),
    Case("percent and minus", "ارتفع 5% وانخفض -3.2% اليوم", ("5%", "-3.2%", "3.2"), ()),
)
EMOJI = Case("emoji", "قال 👨\u200d👩\u200d👧 نعم 😀 ثم 🇵🇸", ("👨\u200d👩\u200d👧", "😀", "نعم 😀"), ("نعم",))
