# SPDX-License-Identifier: MIT
"""Lines that are likely none of a news article's own text: captions, "share", "read also" and the like.

Owns the table of what such lines say. It is told to be precise rather than complete: a line is suspected only where all
of it is what the table says, because a mark on a sentence of the article costs more than a button that stays. Suspects
lines and nothing else; must not know articles, nor what becomes of a mark.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from annotator.late import Late
from annotator.text.folding import folded

#: Positions are code points, `[start, end)`, of whole lines without their line ends.
Suspect = tuple[int, int, str]

TITLE, CAPTION, COMMENTS, SHARE, RELATED, PAGE, COPYRIGHT = (
    *("title", "caption", "comments", "share", "related", "page", "copyright"),
)
REASONS = (TITLE, CAPTION, COMMENTS, SHARE, RELATED, PAGE, COPYRIGHT)

#: In characters. Longer lines are paragraphs, whatever they begin with.
_LONGEST = 300
#: In characters, before folding leaves out short vowels and the like.
_LONGEST_WRITTEN = 350
#: In words. Shorter titles may well be a heading in the text, too.
_SHORTEST_TITLE = 3
#: In words. The captions of photo agencies are one sentence; a longer line is a paragraph that names its source.
_LONGEST_CAPTION = 30

_REST = r"(?: \S+){0,12}"
#: Names of a headline or a site that follow a heading on the same line, after what parts them.
_AFTER = r"(?: ?[:|<>\-\"].*)?"
_SITE = (
    r"(?:فيس ?بوك|facebook|تويتر|twitter|اكس|x|واتس ?اب|whats ?app|تي?ليجرام|تي?ليغرام|تلغرام|تلجرام|telegram"
    r"|انست[غج]رام|instagram|يوتيوب|youtube|لينكد ?[اإ]ن|linkedin|ماسنجر|messenger|تيك ?توك|tiktok|سناب ?شات|snapchat"
    r"|[جغ]و[جغ]ل نيوز|اخبار [جغ]و[جغ]ل|google news|نبض|بينتيريست|pinterest|ريديت|reddit|rss|threads)"
)
_BY_MAIL = r"(?:(?:ال)?بريد (?:ال)?الكتروني|البريد|e-?mail)"
_PLACE = rf"(?:{_SITE}|{_BY_MAIL}|(?:منصات |مواقع |شبكات )?التواصل(?: الاجتماعي)?)"
_AGENCY = (
    r"(?:(?:وكالة )?(?:الاناضول|رويترز|فرانس ?برس|اسوشيتد ?برس|ا ف ب|ا ف پ|ا\.ف\.ب\.?|ا ب|ا\.ب\.?|د ب ا|د\.ب\.ا\.?"
    r"|الفرنسية|الالمانية|الاوروبية|الانباء الالمانية|شينخوا|سبوتنيك|سانا|واس|وام|بترا|وفا)"
    r"|غيتي(?: ايم[يا]?ج[زيس]*)?|جيتي|getty(?: images)?|afp|reuters|ap|epa|dpa|anadolu|shutterstock|شاترستوك|istock"
    r"|ارشيف(?:ية)?|من الارشيف|صورة ارشيفية|انترنت|مواقع التواصل|تويتر|فيسبوك)"
)
_CREDIT = rf"{_AGENCY}(?: ?[,/|\-و] ?{_AGENCY})*"
_DATE = (
    r"(?:(?:يوم )?(?:السبت|الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعة)[ ,]+)?\d"
    r"(?:[\d:/\-,.| ]|يناير|فبراير|مارس|ابريل|مايو|يونيو|يوليو|اغسطس|سبتمبر|اكتوبر|نوفمبر|ديسمبر|شباط|[اآ]ذار|نيسان"
    r"|ايار|حزيران|تموز|اب|ايلول|تشرين|كانون|الاول|الثاني|الساعة|صباحا|مساء|ص|م|بتوقيت \S+|غرينتش|gmt|[a-z]+)*"
)

#: Reason, and what the whole line says, as it is folded, with neither blanks nor punctuation at its edges.
_RULES: tuple[tuple[str, str], ...] = (
    # The AMP plugin of WordPress puts this below every page (ampproject/amp-wp, MobileRedirection); the fourth seed.
    (PAGE, r"exit mobile version"),
    (PAGE, r"view non-amp version|skip to (?:main )?content|ا?نتقل الي المحتوي|تخطي? الي المحتوي|اذهب الي المحتوي"),
    # The frame of a page: its menu, its way up, its advertisements.
    (PAGE, r"القائمة(?: الرئيسية)?|الصفحة الرئيسية|الرئيسية(?: ?[/>|\-\"].*)?|تسجيل الدخول|العودة (?:الي|ل)ا?لاعلي"),
    (PAGE, r"ا?علان(?:ات)?(?: ممول)?|advertisement|sponsored|مساحة اعلانية|الخبر التالي في ثوان"),
    (PAGE, r"جاري? (?:ال)?تحميل|loading|تحميل المزيد|load more|(?:نحن )?نستخدم ملفات تعريف الارتباط.*"),
    # What newspapers' systems print of an article: when it was put there, how long it takes, how often it was seen.
    (
        PAGE,
        (
            r"(?:تاريخ النشر|تاريخ الخبر|اخر تحديث|تم التحديث|نشر (?:في|بتاريخ)|published|updated)(?: (?:في|on))? ?:? ?"
            rf"{_DATE}"
        ),
    ),
    (PAGE, r"\d[\d,.]* (?:مشاهدة|مشاهدات|قراءة|زيارة|views?)"),
    (PAGE, r"(?:عدد )?(?:المشاهدات|القراءات|الزيارات|views) ?:? ?[\d,.]+"),
    (
        PAGE,
        (
            r"(?:مدة|وقت|زمن) القراءة ?:?.{0,30}|(?:\d+ )?(?:دقيقة|دقائق|دقيقتان|دقيقتين) (?:ل?ل?قراءة|قراءة)"
            r"|\d+ min(?:ute)?s? read"
        ),
    ),
    (PAGE, r"حجم الخط.{0,15}|استمع (?:الي |ل)(?:ال|ل)?(?:مقالة?|خبر|تقرير)|text size"),
    # Key words below an article; a line of hashtags and nothing else, as "#تركيا #إسرائيل".
    (PAGE, r"(?:ال)?(?:وسوم|كلمات (?:ال)?(?:مفتاحية|دلالية|دالة)|تاغات|تاجات|tags|keywords)(?: ?:.*)?"),
    (PAGE, r"#\w+(?:[ ,|/]+#\w+)+"),
    # The disclaimer below opinion pieces.
    (
        PAGE,
        (
            r"(?:(?:هذ[اه] )?(?:ال)?(?:مقال(?:ات|ة)?|اراء|مواد|محتوي|تدوين(?:ات|ة))|ما ورد|كل ما ينشر)\b.{0,80}"
            r"\bلا (?:ت|ي)(?:عبر|عكس|مثل)(?:ان|ون)? بالضرورة (?:عن )?(?:راي|اراء|سياسة|موقف|وجهة نظر).{0,80}"
        ),
    ),
    # The fifth seed; what blog software prints at its form for comments (WordPress in Arabic and in English).
    (COMMENTS, r"(?:ال)?تعليق(?:ات)?(?: ?\(? ?\d+ ?\)?)?|(?:ال)?تعليقات (?:ال)?(?:زوار|قراء|فيسبوك)"),
    (COMMENTS, r"\d+ (?:تعليق|تعليقات|تعليقان|ردود)(?: علي.*)?"),
    (
        COMMENTS,
        (
            r"(?:لا توجد|لا يوجد|بدون) (?:اي )?(?:تعليق|تعليقات)(?: حتي الان| بعد)?"
            r"|(?:no|\d+) comments?|comments?(?: ?\(\d+\))?"
        ),
    ),
    (
        COMMENTS,
        (
            r"(?:اترك|اضف|اكتب|شارك(?:نا)?) (?:(?:ال)?تعليق(?:ا|ك)?|ردا?|رايك)(?: (?:هنا|الغاء الرد|جديد))?"
            r"|اضافة تعليق(?: جديد)?|الغاء الرد|ارسال التعليق"
            r"|leave a (?:reply|comment)(?: cancel reply)?|post comment"
        ),
    ),
    (COMMENTS, r"لن يتم نشر (?:عنوان )?بريدك الالكتروني.*|your email address will not be published.*"),
    (
        COMMENTS,
        (
            r"(?:كن|كوني?) اول من يعلق.{0,30}|(?:ال)?تعليقات (?:مغلقة|مغلق)(?: .*)?|سياسة التعليقات"
            r"|(?:يجب|عليك) (?:ان تقوم ب)?تسجيل الدخول (?:ل|كي |لكي )\S*(?:تعليق|تعلق).*"
        ),
    ),
    # Buttons to pass an article on (Jetpack of WordPress: "شارك هذا الموضوع"), and calls to follow an outlet.
    (
        SHARE,
        (
            rf"(?:شارك(?:ها|ه|وا|نا)?|مشاركة|انشر(?:ها|ه)?|share)(?: (?:هذ[اه] )?(?:ال)?(?:مقال(?:ة)?|خبر|موضوع|صفحة"
            rf"|تقرير|فيديو|قصة)| this| article| story)*(?: (?:ال[يا]?|علي|عبر|في|مع|on|via|with)"
            rf" (?:{_PLACE}|ال?اصدقا(?:ء|ئك)|الاخرين)(?:[ ,/|\-]+و?{_PLACE})*)?{_AFTER}"
        ),
    ),
    (SHARE, rf"{_SITE}(?:[ ,/|\-]+و?{_PLACE})+"),
    (
        SHARE,
        (
            r"(?:تابع(?:نا|ونا)|لمتابعتنا"
            rf"|(?:تابع(?:وا|ي)?|لمتابعة) (?:اخر|احدث|جديد|اخبار|مزيدا|المزيد|قناة|صفحة|حساب)\b)"
            rf"{_REST} (?:علي|عبر|في|من خلال){_REST} ?(?:{_PLACE}|تطبيق|الرابط)\b{_REST}|follow us\b.*"
        ),
    ),
    (SHARE, rf"(?:تابعونا|تابعنا)(?: (?:علي|عبر))?{_AFTER}"),
    (
        SHARE,
        (
            rf"(?:ا?شترك(?:وا|ي)?|للاشتراك|انضم(?:وا|ي)?|للانضمام|سجل(?:وا|ي)?)(?: الان| معنا| مجانا)*"
            rf" (?:في |ب|الي |علي )"
            rf"(?:خدمة |قائمة )?(?:نشرتنا|نشراتنا|قناتنا|قنواتنا|مجموعتنا"
            rf"|النشرة (?:البريدية|الاخبارية|الاسبوعية|اليومية)"
            rf"|قناة(?: \S+){{1,3}} (?:علي|في|عبر) {_PLACE})\b{_REST}|ا?شترك(?:وا)? الان"
            r"|subscribe(?: now)?(?: to our .*)?"
        ),
    ),
    (
        SHARE,
        (
            r"(?:حمل(?:وا)?|لتحميل|تحميل) (?:تطبيقنا|التطبيق)(?: (?:الان|مجانا|من هنا))*"
            r"|حمل(?:وا)? تطبيق(?: \S+){0,5} (?:الان|مجانا|من هنا)"
            r"|نسخ الرابط|copy link|ارسل (?:ال)?(?:خبر|مقال)(?: (?:الي |ل)صديق)?|معجب بهذه|اعجاب تحميل"
        ),
    ),
    # Links to other articles, alone or with the headline they lead to.
    (RELATED, r"(?:اقرا(?:ي|وا)?|اقرئي|اقرؤوا|طالع(?:وا)?|شاهد(?:وا)?|انظر|اطلع) (?:ايضا|المزيد)(?: ?[:|<>\-\"/].*)?"),
    (
        RELATED,
        (
            r"(?:مواضيع|موضوعات|اخبار|مقالات|مواد|تقارير|روابط|محتوي|قصص) (?:ذات|ذو) صلة(?: .{0,30})?"
            r"|ذات صلة|متعلقات|(?:اخبار|مواضيع|موضوعات|مقالات) (?:متعلقة|مشابهة|مرتبطة)"
        ),
    ),
    (
        RELATED,
        (
            rf"(?:قد|ربما) (?:يهمك|يعجبك|تعجبك|تهمك)(?: (?:ايضا|كذلك|قراءة))?{_AFTER}"
            rf"|(?:مقالات|اخبار|مواضيع|المزيد) (?:قد|ربما) (?:تهمك|تعجبك|يهمك){_AFTER}"
        ),
    ),
    (
        RELATED,
        (
            r"(?:للمزيد|لقراءة المزيد|المزيد|مزيد من التفاصيل|لمزيد من التفاصيل|التفاصيل)"
            r"(?: (?:ا?ضغط|انقر|اقرا|من التفاصيل|هنا)){0,3}(?: ?[:>|].*)?"
        ),
    ),
    (
        RELATED,
        (
            rf"(?:المقال|الخبر|الموضوع|التقرير) (?:السابق|التالي)(?:ة)?{_AFTER}"
            rf"|(?:ال)?اكثر (?:قراءة|مشاهدة|تداولا|شيوعا)|احدث الاخبار|اخر الاخبار|اختيارات القراء"
        ),
    ),
    (
        RELATED,
        (
            r"(?:read (?:more|also|next)|see also|related(?: (?:articles|posts|news|topics|stories))?"
            r"|you may also like|more (?:from|on) .{0,40})(?: ?[:>|].*)?"
        ),
    ),
    # Below a page; see also `_RIGHTS`.
    (
        COPYRIGHT,
        (
            r"(?:[©ⓒ]|\(c\)|copyright\b)(?: ?[©ⓒ])?.{0,100}|حقوق النشر(?: محفوظة| والطبع محفوظة)?(?: ?[:©].{0,80}"
            r"| \d{4}.{0,60})?|حقوق (?:الطبع|الملكية)(?: والنشر)? محفوظة.{0,60}"
        ),
    ),
    (
        COPYRIGHT,
        (
            r"(?:لا (?:يجوز|يسمح)|يمنع|يحظر) (?:ب)?(?:اعادة (?:نشر|نقل|نسخ|استخدام)|نسخ|اقتباس) (?:اي |هذ[اه] )?"
            r"(?:من )?(?:ال)?(?:مواد|مادة|محتوي|محتويات|مقال|نص)\b.{0,100}"
        ),
    ),
    # Photographs: said to be one, or a credit and nothing else.
    (
        CAPTION,
        (
            r"(?:ال)?صور(?:ة|)(?: (?:ارشيفية|من الارشيف|توضيحية|تعبيرية|متداولة|من الانترنت))? ?:.+"
            r"|(?:تصوير|المصور|عدسة|بعدسة|مصدر الصور(?:ة)?|حقوق الصورة) ?:.+"
            r"|(?:photo(?: by| credit)?|image|credit|pictured) ?:.+"
        ),
    ),
    (
        CAPTION,
        (
            r"(?:\( ?)?(?:ال)?صورة (?:ارشيفية|من الارشيف|توضيحية|تعبيرية)(?: (?:ل|من|عن)\S*(?: \S+){0,10})?"
            r"(?: ?\))?"
        ),
    ),
    (
        CAPTION,
        (
            rf"\( ?{_CREDIT} ?\)|(?:ارشيف(?:ية)?|getty images|afp|غيتي|شاترستوك|shutterstock)"
            rf"(?: ?[/|\-] ?{_CREDIT})?"
        ),
    ),
)
#: Buttons in a row, a line each; any of them alone may be a heading of the text.
_IN_COMPANY = rf"{_PLACE}|طباعة|ا?طبع|حفظ|ارسال|ارسل|print|save|مشاركة|نسخ|\d{{1,4}}|[+\-]"

#: Below a page, often with a year: "© 2021 … جميع الحقوق محفوظة". What may stand before it is tried in a hundred ways,
#: so it is tried only where one of these words is.
_RESERVED, _ALL_RESERVED = "محفوظة", "all rights reserved"
_RIGHTS = Late(
    lambda: re.compile(
        r"(?:[^.]{0,60}(?:[©ⓒ]|\(c\)|\d{4})[^.]{0,20} ?|\S+(?: \S+){0,3} ?[\-|,/] ?)?"
        r"(?:(?:جميع|كافة|كل) (?:ال)?حقوق (?:النشر )?محفوظة|all rights reserved)\b.{0,80}"
    )
)
_LINE = Late(lambda: re.compile("|".join(f"({pattern})" for _, pattern in _RULES)))
_BESIDE = Late(lambda: re.compile(_IN_COMPANY))
_CAPTION = Late(lambda: re.compile(rf"(?P<said>.+) ?\( ?(?:{_CREDIT}|(?:تصوير|عدسة) ?:? ?[^()]{{2,30}}) ?\)"))
#: A headline after "read also" on the same line; with a full stop it is a sentence ("أقرأ أيضا …").
_READ_ALSO = Late(lambda: re.compile(r"\W*اقر(?:ا|ئي|اوا|ؤوا) (?:ايضا|المزيد|كذلك)(?: \S+){1,20}(?<![.!?\"])"))
#: What besides letters and digits is not taken off the edges of a line.
_BEGINS, _ENDS = "_©#(", "_©)+"
#: After a title, the name of the site: "… | الحرة".
_SITE_NAME = Late(lambda: re.compile(r" [|\-] [^|\-]{2,40}$"))
#: What no caption has: an end of a sentence, or somebody who says something.
_NO_CAPTION = Late(
    lambda: re.compile(
        r"[.!?](?: |$)"
        r"|^و?(?:قال|اضاف|اكد|اعلن|ذكر|نقل|افاد|اشار|اوضح|كشف|نفي|تابع|شدد|لفت|اعتبر|صرح|كتب|زعم|راي)(?:ت|وا)? "
    )
)


class _Line(NamedTuple):
    """A line that is not blank: where it is, and how it reads when folded and cleared of what stands at its edges."""

    start: int
    end: int
    folded: str
    said: str


def suspected(text: str, title: str = "") -> tuple[Suspect, ...]:
    """Return the lines of an article that are likely none of its own text, in order, each with why.

    Args:
        text: the article's text.
        title: its title; its first line that is not blank where "".
    """
    # An import asks this of each article: what only few need is looked at where it is needed.
    lines, plain = _read(text, title)
    reasons = _reasons(lines)
    _mark_captions(lines, reasons)
    _mark_repeated_title(lines, reasons, plain)
    _mark_in_company(lines, reasons)
    return tuple((line.start, line.end, reason) for line, reason in zip(lines, reasons, strict=True) if reason)


def _read(text: str, title: str) -> tuple[list[_Line], str]:
    """Return the lines of a text, and its title folded."""
    written = text.split("\n")
    # Of long lines nothing is asked but where they are, and folding is most of the work. Nothing but a line end folds
    # to one, so that the lines of both are the same.
    short = [line for line in written if len(line) <= _LONGEST_WRITTEN]
    plain, *rest = folded("\n".join([title.replace("\n", " "), *short])).split("\n")
    lines = list(_lines(written, iter(rest)))
    plain = _evenly(plain)
    return lines, plain if title or not lines else lines[0].folded


def _lines(written: list[str], short: Iterator[str]) -> Iterator[_Line]:
    start = 0
    for line in written:
        end = start + len(line)
        if len(line) > _LONGEST_WRITTEN:
            yield _Line(start, end, "", "")
        elif plain := _evenly(next(short)):
            yield _Line(start, end, plain, _bare(plain) if len(plain) <= _LONGEST else "")
        start = end + 1


def _evenly(line: str) -> str:
    """Return a line with one blank between words, and none at its edges."""
    line = line.strip()
    # Every other blank is said not to be printable; splitting takes four times as long as asking.
    return line if "  " not in line and line.isprintable() else " ".join(line.split())


def _reasons(lines: list[_Line]) -> list[str]:
    by_rule, read_also = _LINE.fullmatch, _READ_ALSO.fullmatch  # what is late costs more than a line's match
    return [_reason(line, by_rule(line.said), read_also) if line.said else "" for line in lines]


def _reason(line: _Line, found: re.Match[str] | None, read_also: Callable[[str], object]) -> str:
    if found and found.lastindex:
        return _RULES[found.lastindex - 1][0]
    if (_RESERVED in line.said or _ALL_RESERVED in line.said) and _RIGHTS.fullmatch(line.said):
        return COPYRIGHT
    return RELATED if read_also(line.folded) else ""


def _mark_captions(lines: list[_Line], reasons: list[str]) -> None:
    """Mark what a photo agency is named below; the last line of an article may name the source of all of it."""
    credited = [number for number, line in enumerate(lines) if line.said and line.folded[-1] == ")"]
    if not credited:
        return
    last = max((number for number, reason in enumerate(reasons) if not reason), default=-1)
    for number in credited:
        line = lines[number]
        if reasons[number] or number in {0, last} or len(line.said.split()) > _LONGEST_CAPTION:
            continue
        found = _CAPTION.fullmatch(line.folded)
        if found and not _NO_CAPTION.search(found["said"]):
            reasons[number] = CAPTION


def _mark_repeated_title(lines: list[_Line], reasons: list[str], plain: str) -> None:
    """Mark every line after the first that is the title once more."""
    named = {_bare(plain), _bare(_SITE_NAME.sub("", plain)) if "|" in plain or "-" in plain else ""}
    known = {name for name in named if len(name.split()) >= _SHORTEST_TITLE}
    places = [number for number, line in enumerate(lines) if line.said and line.said in known]
    for number in places[1:]:
        reasons[number] = TITLE


def _bare(plain: str) -> str:
    start, end = 0, len(plain)
    while start < end and not (plain[start].isalnum() or plain[start] in _BEGINS):
        start += 1
    while start < end and not (plain[end - 1].isalnum() or plain[end - 1] in _ENDS):
        end -= 1
    return plain[start:end]


def _mark_in_company(lines: list[_Line], reasons: list[str]) -> None:
    """Mark single buttons that stand beside a line that is surely one."""
    if SHARE not in reasons:
        return
    for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        for number in order:
            beside = number - order.step
            if not reasons[number] and reasons[beside] == SHARE and _BESIDE.fullmatch(lines[number].said):
                reasons[number] = SHARE
