"""A sentence as a key point shows it: without a joining word at its head, an aside in brackets, where a thing was said.

Nothing that bears on the meaning goes: negations, hedges, conditions and quotations stay, and so does whoever is
reported to say a thing. Of an attribution only its circumstances go ("he said in a statement on Monday" is "he said"):
whether a claim is a fact cannot be told from its sentence. English only; other sentences come back as they are.
"""

import re

REACH = 160  # characters before the end of a sentence in which its attribution stands
MOST_ASIDE = 0.4  # of a sentence's characters; what is more is no aside
_JOINING = re.compile(
    r"(?:(?:But|And)(?!\s(?:for|rather|instead)\b),?"
    r"|Yet(?!\s(?:another|again|to|more)\b),?"
    r"|(?:However|Moreover|Furthermore|Meanwhile|Still|Additionally|In addition|Also|Nevertheless|Nonetheless"
    r"|At the same time|Indeed|That said),)\s+(?=[\w$€£])"
)
_ASIDE = re.compile(r"(?<=\S)\s\(([^()]{2,120})\)(?=[\s,.;:])")
_POINTING = re.compile(r"\s\((?:left|right|cent(?:re|er)|above|below|inset|pictured)\)")  # at a picture beside the text
_BEARING = re.compile(
    r"\b(?:not|no|nor|never|none|without|except|excluding|unless|if|only|may|might|could|would|should|likely|possibly"
    r"|perhaps|alleged\w*|reported\w*|claim\w*|said|says|according|estimated?|about|approximately)\b|n['’]t\b|[\"“”?!]",
    re.IGNORECASE,
)
_SHORT_FORM = re.compile(r"[^\s:]{1,12}")  # "(AMI)": what comes after may use it
_OPENING = re.compile(r"[^\"“”]*\s[\"“]\w")  # the first quotation mark begins one: what stands before it is not quoted
_DAY = (
    r"(?:(?:late|early|earlier)\s)?(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?:\s(?:morning|afternoon|evening|night))?"
)
_KIND = (
    r"(?:written|joint|brief|prepared|short|news|press|television|telephone|phone|radio|video|blog|company|public)\s"
)
_MEANS = (
    r"(?:in|at|during|via|on)\s(?:an?|the|his|her|their|its)\s"
    rf"(?:{_KIND}){{0,2}}(?:statement|interview|release|e-?mail|tweet|post|filing|note|speech|conference|briefing|call|memo)"
)
_REPORTED = re.compile(r"\b(?:said|says|added|wrote|announced|confirmed|told)\b")
_CIRCUMSTANCES = re.compile(
    r"(?P<said>,[\"”’']?\s[^,;:\"“”()]{2,60}\b(?:said|says|added|wrote|announced|confirmed)"
    r"|,[\"”’']?\s[^,;:\"“”()]{2,60}\btold\s[A-Z][\w.]*|,[\"”’']?\s[^,;:\"“”()]{2,60}\btold reporters"
    r"|,[\"”’']\ssaid\s[^,;:\"“”()]{2,60}?)"
    rf"(?:\s(?:{_MEANS}|{_DAY})){{1,2}}(?=\.$)"
)


def trimmed(sentence: str) -> str:
    """The sentence without what can go; itself where nothing can, or where a quotation runs over its borders."""
    if not is_closed(sentence):
        return _raised(sentence, _JOINING.match(sentence)) if _OPENING.match(sentence) else sentence
    shown = _without_asides(_POINTING.sub("", sentence)) if "(" in sentence else sentence
    shown = shown.lstrip("•·▪◦‣ ")
    if _REPORTED.search(shown, max(0, len(shown) - REACH)):
        shown = _CIRCUMSTANCES.sub(lambda found: found["said"], shown)
    for _ in range(2):  # "And yet"
        shown = _raised(shown, _JOINING.match(shown))
    return shown


def is_closed(sentence: str) -> bool:
    """Whether every quotation that begins in the sentence ends in it."""
    return sentence.count('"') % 2 == 0 and sentence.count("“") == sentence.count("”")


def _without_asides(sentence: str) -> str:
    def shown(found: re.Match[str]) -> str:
        aside, before = found.group(1), sentence[: found.start()]
        stays = (
            _SHORT_FORM.fullmatch(aside)
            or _BEARING.search(aside)
            or len(aside) > MOST_ASIDE * len(sentence)
            or not is_closed(before)
        )
        return found.group() if stays else ""

    return _ASIDE.sub(shown, sentence)


def _raised(sentence: str, joining: re.Match[str] | None) -> str:
    """The sentence from the end of `joining` on, with a capital; a word that has one inside, such as iPhone, stays."""
    if joining is None:
        return sentence
    left = sentence[joining.end() :]
    first = left.split(maxsplit=1)[0]
    return left if first[1:] != first[1:].lower() else left[0].upper() + left[1:]
