"""Which way a figure went, where the sentence says so: up, down or flat.

A movement counts when its word and the figure belong together ("fell by a further 5%", "a 5% fall", "$5bn, up from
$4bn") and when it happened or is announced: what did not happen, or only might, moves nothing.
"""

import re
from collections.abc import Sequence

from transforms.figures.amounts import AMOUNT, Figure

UP, DOWN, FLAT = "up", "down", "flat"

_UP = (
    r"ros(?:e)|risen|rises?|rising|climb(?:s|ed|ing)?|gain(?:s|ed|ing)?|jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)"
    r"|soar(?:s|ed|ing)?|gr(?:ew|own|ows|owing|ow)|growth|increas(?:e|es|ed|ing)|advanc(?:e|es|ed|ing)|expand(?:s|ed"
    r"|ing)?"
    r"|expansion|ralli(?:es|ed)|rally|rallying|lift(?:s|ed|ing)?|boost(?:s|ed|ing)?|hik(?:e|es|ed|ing)|rais(?:e|es"
    r"|ed|ing)"
    r"|swell(?:s|ed|ing)?|leap(?:s|ed|t|ing)?|spik(?:e|es|ed|ing)|rebound(?:s|ed|ing)?|accelerat(?:e|es|ed|ing)"
    r"|quicken(?:s|ed|ing)?|widen(?:s|ed|ing)?|add(?:s|ed|ing)|improv(?:e|es|ed|ing)|strengthen(?:s|ed|ing)?"
    r"|appreciat(?:e|es|ed|ing)|(?:doubl|tripl|trebl|quadrupl)(?:e|es|ed|ing)|skyrocket(?:s|ed|ing)?|(?:went|gone"
    r"|goes|going|moved|crept|edged|ticked|inched|shot) up|balloon(?:s|ed|ing)?"
    r"|stieg(?:en)?|steig(?:t|en|ert|erten?)|wuchs(?:en)?|wächst|kletter(?:t|ten?)|erhöh(?:t|ten?)|legten?|zuwachs"
    r"|anstieg"
    r"|plus|sprang(?:en)?"
)
_DOWN = (
    r"f(?:ell|allen|alls?|alling)|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)|sl(?:id|ides?|iding)|s(?:ank|unk|inks?"
    r"|inking)"
    r"|plung(?:e|es|ed|ing)|plummet(?:s|ed|ing)?|tumbl(?:e|es|ed|ing)|cut(?:s|ting)?|slash(?:es|ed|ing)?"
    r"|reduc(?:e|es|ed|ing)|reduction|lower(?:s|ed|ing)|shed(?:s|ding)?|slip(?:s|ped|ping)?|shr(?:ank|unk|inks?|inking)"
    r"|decreas(?:e|es|ed|ing)|contract(?:ed|ing|ion)|eas(?:ed|es|ing)|dip(?:s|ped|ping)?|lo(?:st|ses?|sing)"
    r"|weaken(?:s|ed|ing)?|narrow(?:s|ed|ing)|depreciat(?:e|es|ed|ing)|crash(?:es|ed|ing)?|collaps(?:e|es|ed|ing)"
    r"|trim(?:s|med|ming)?|retreat(?:s|ed|ing)?|slump(?:s|ed|ing)?|la(?:id|y|ys|ying) off|ax(?:es|ed|ing)"
    r"|eliminat(?:e|es|ed|ing)|halv(?:e|es|ed|ing)|(?:went|gone|goes|going|moved|crept|edged|ticked|inched) down"
    r"|sank(?:en)?|sink(?:t|en)|fiel(?:en)?|fällt|gingen|ging|schrumpf(?:t|ten?)|verl(?:or|oren|iert)|kürz(?:t|te"
    r"|ten|en)"
    r"|senk(?:t|te|ten|en)|reduzier(?:t|te|ten)|streich(?:t|en)|strich(?:en)?|minus|rückgang|verringer(?:t|te|ten)"
    r"|brach(?:en)?"
)
_FLAT = (
    r"unchanged|flat|steady|(?:stays?|stayed|remain(?:s|ed)?|held|holds?|kept|keeps?)(?: [\w']+){0,3}? at|unverändert"
)
_PARTICLE = (  # "up" is a movement only here; in "made up", "set up", "up to" it is none
    r"(?:(?<=[,(-] )|(?<=\()|(?<=# )|(?<=#, )|(?<=^)|(?<=was )|(?<=were )|(?<=are )|(?<=is )|(?<=been )|(?<=went )"
    r"|(?<=closed )"
    r"|(?<=ended )|(?<=traded )|(?<=moved )|(?<=ticked )|(?<=edged )|(?<=inched )|(?<=crept )|(?<=finished )"
    r"|(?<=ercent )|(?<=still ))"
)
_WORD = re.compile(
    rf"(?<![\w-])(?:(?P<up>{_UP}|{_PARTICLE}up(?! to\b)|higher by)|(?P<down>{_DOWN}|{_PARTICLE}down|lower by)"
    rf"|(?P<flat>{_FLAT}))(?![\w-])",
    re.IGNORECASE,
)
_NOUNS = re.compile(
    r"(?:ris|increas|gain|jump|surg|advanc|hik|boost|rall|rebound|growth|expansion|declin|drop|fall|decreas|cut"
    r"|reduction"
    r"|plung|slump|dip|slid|contraction|leap|spik|loss|rückgang|anstieg|zuwachs|plus|minus|collaps|crash)",
    re.IGNORECASE,
)
# Between the word and the figure: steps that lead from one to the other, then a few words of what moved.
_LIGHT = re.compile(
    r"(?:#|by|to|from|at|about|nearly|almost|around|roughly|some|a|an|another|further|only|just|more|less|than|least"
    r"|over"
    r"|as|much|many|well|up|above|below|under|past|through|beyond|between|and|or|its|the|record|estimated|additional"
    r"|extra"
    r"|annual|annualised|annualized|rate|pace|net|in|total|of"
    r"|between|approximately|slightly|modestly|sharply|still|down|back|its|modest|mere|whopping"
    r"|whole|full"
    r"|\w+ly|um|auf|von|rund|etwa|fast|knapp|gut|mehr|als|über|bis|zu|das|plus|minus|weitere|insgesamt|circa"
    r"|lediglich|nur)\Z",
    re.IGNORECASE,
)
_LEADS = re.compile(r"(?:by|to|from|at|um|auf|von)\Z", re.IGNORECASE)
_BREAKS = re.compile(
    r"[;:()]|(?<!#),|\b(?:that|which|who|while|and then|whereas|although|but|because|after|before|when|if|short|dass"
    r"|während|aber"
    r"|said|says|was|were|is|are|has|have|had|will|would|of a|than expected)\b",
    re.IGNORECASE,
)
MOST_BETWEEN = 8  # words

_AFTER_NOUN = re.compile(
    r"[ -](?:(?!of|in|on|to|for|the|and|or|a|an|at)[a-z]+[ -]){0,2}?(?:(?P<up>rise|increase|gain|jump|surge|hike"
    r"|raise|boost|growth|advance|rally|rebound|climb|leap|upturn)"
    r"|(?P<down>drop|fall|decline|decrease|cut|cuts|reduction|plunge|slump|slide|dip|contraction|tumble|downturn"
    r"|pay cut))s?\b",
)
_AFTER_WORD = re.compile(
    r"(?: (?P<up1>higher|up)\b(?! to)| (?P<down1>lower|down)\b| (?P<up2>more)(?= than\b)| (?P<down2>less"
    r"|fewer)(?= than\b))"
    r"|(?: (?:of|in) [a-z]+)?,? (?:(?P<up3>up)|(?P<down3>down)) (?:\w+ ){0,2}?(?:from|on|by|#)"
    r"|(?: \(#\))?(?: [\w'-]+){0,6}?, (?:(?P<up4>up)|(?P<down4>down)) from\b"
)
_AFTER_GERMAN = re.compile(
    r"(?: (?:#|[a-zäöü]+|[A-ZÄÖÜ][\wäöüß-]+)){0,6}? (?:(?P<up>gestiegen|gewachsen|zugelegt|geklettert|erhöht"
    r"|gesteigert|zu)"
    r"|(?P<down>gesunken|gefallen|geschrumpft|zurückgegangen|zurück|gekürzt|gesenkt|reduziert|verloren|eingebrochen"
    r"|ein|gestrichen))"
    r"(?=[ .,;]|$)| (?:(?P<up1>höher|mehr)|(?P<down1>niedriger|weniger))\b"
)

_MODAL = re.compile(
    r"(?:\b(?:not(?! (?:only|just|merely))|never|neither|nor|no|without|would|could|might|may|should|can|cannot|must|if"
    r"|likely|possibl[ey]|potential|proposed|threatened|nicht|kein\w*|könnten?|würden?|dürften?|sollten?|sollen?"
    r"|möglich\w*)\b"
    r"|n't\b|\b(?:fail(?:ed|s|ing)?|refus(?:ed|es|ing)|hop(?:e|es|ed|ing)|want(?:s|ed)?|were|threaten(?:s|ed|ing)?"
    r"|urg(?:e|es|ed)"
    r"|demand(?:s|ed)?) to\b)(?: [\w'-]+){0,3} ?$"
)
_SUPPOSED = re.compile(
    r"\b(?:if|unless|whether|den(?:y|ied|ies|ying)|rul(?:e|ed|es|ing) out|reject(?:s|ed|ing)?|avoid(?:s|ed|ing)?"
    r"|instead of"
    r"|rather than|expect(?:s|ed|ing)?|forecast(?:s|ing)?|predict(?:s|ed|ing)?|project(?:s|ed)|propos(?:e|es|ed|al|ing)"
    r"|consider(?:s|ed|ing)?|fear(?:s|ed)?|suppose|wenn|falls|erwarte[nt]?|prognose|ob)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:]|, |\b(?:but|while|whereas|although|aber|während)\b")


def directions(flat: str, found: Sequence[Figure], is_german: bool = False) -> list[str | None]:
    """Which way each figure of a sentence went; None where nothing is stated. `flat` as for amounts.figures."""
    if flat.rstrip('" )').endswith("?"):
        return [None] * len(found)
    signs, places = _with_signs(flat, found)
    return [_direction(signs, *place, each, is_german) for place, each in zip(places, found, strict=True)]


def _with_signs(flat: str, found: Sequence[Figure]) -> tuple[str, list[tuple[int, int]]]:
    """The sentence with one # for each figure but those that are words of movement, and where each then stands."""
    pieces, places, end, length = [], [], 0, 0
    for each in found:
        sign = flat[each.start : each.end] if each.moves else "#"
        length += each.start - end
        places.append((length, length + len(sign)))
        length += len(sign)
        pieces += [flat[end : each.start], sign]
        end = each.end
    return "".join([*pieces, flat[end:]]), places


def _direction(signs: str, start: int, end: int, figure: Figure, is_german: bool) -> str | None:
    if figure.moves:
        return None if _is_unreal(signs, start) else (UP if figure.value > 1 else DOWN)
    after = signs[end:]
    match = (_AFTER_GERMAN if is_german else _AFTER_NOUN).match(after) or (not is_german and _AFTER_WORD.match(after))
    if match and match.lastgroup:
        return None if _is_unreal(signs, start) else match.lastgroup.rstrip("1234")
    word = _word_before(signs, start, figure)
    if word is None or _is_unreal(signs, word.start()):
        return None
    return word.lastgroup


def _word_before(signs: str, start: int, figure: Figure) -> re.Match[str] | None:
    """The last word of movement before a figure, where nothing parts the two."""
    words = list(_WORD.finditer(signs, max(0, start - 120), start))
    if not words:
        return None
    word = words[-1]
    between = signs[word.end() : start]
    steps = between.replace(",", " ").split()
    if len(steps) > MOST_BETWEEN or _BREAKS.search(between):
        return None
    if all(_LIGHT.match(step) for step in steps):
        is_of = "of" in steps and not {"rate", "pace"} & set(steps)
        if (is_of and not _NOUNS.match(word[0])) or (not steps and figure.kind == AMOUNT and _takes(word[0])):
            return None
        return word
    leading = next((step for step in reversed(steps) if _LEADS.match(step) or not _LIGHT.match(step)), "")
    of_noun = steps[-1] == "of" and _NOUNS.match(word[0])
    short = len(steps) <= 3 and word.lastgroup != "flat" and not _takes(word[0]) and figure.kind != AMOUNT
    return (
        word if _LEADS.match(leading) or of_noun or (short and steps[0] in ("its", "the", "prices", "rates")) else None
    )


def _takes(word: str) -> bool:
    """Verbs whose object is money rather than what moved: "raised $5m", "lost $3bn"."""
    return (
        re.match(r"(?:rais|add|lo(?:st|s)|advanc|drop|lift|boost|expand|plus|legte|verl)", word, re.IGNORECASE)
        is not None
    )


def _is_unreal(signs: str, start: int) -> bool:
    """Whether what stands at `start` is denied, only possible, or only expected."""
    before = signs[max(0, start - 160) : start]
    clauses = _CLAUSE.split(before)
    clause = clauses[-1]
    if not clause.strip() and len(clauses) > 1:
        clause = clauses[-2]  # ", cutting 500 jobs" depends on what it follows
    return _MODAL.search(clause) is not None or _SUPPOSED.search(clause) is not None
