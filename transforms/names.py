"""Normal forms of names: what two spellings of one name share."""

import re
import unicodedata

_POSSESSIVE = re.compile(r"(?:['’ʼ]s|(?<=s)['’ʼ])$", re.IGNORECASE)
_EDGE = " \t\n\r\u00a0\"'“”‘’«»„‚`()[]{}<>,;:!?…–—-*•|/"
_DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b|\s|$|,)")
_TRAILING = re.compile(r"[.,\"“”]+(?=\s|$)")
_SPACES = re.compile(r"\s+")


def word_set(words: str) -> frozenset[str]:
    """The words of a list written with blanks: word lists stay readable and short."""
    return frozenset(words.split())


# Legal forms, as they look after `name_key`.
LEGAL_FORMS = word_set(
    "inc incorporated corp corporation co company ltd limited plc ag se sa nv bv gmbh kgaa spa ab asa oyj oy llc lp "
    "llp kk sarl pte pty bhd tbk"
)
# Words a company drops when it is spoken of: weaker evidence than a legal form.
DESCRIPTORS = word_set(
    "group holdings holding platforms technologies technology international industries companies enterprises motor "
    "motors stores global worldwide"
)
HONORIFICS = word_set(
    "mr mrs ms miss dr prof professor sir dame lord lady president chancellor minister senator governor judge justice "
    "king queen prince princess pope ceo herr frau monsieur madame general captain mayor chairman"
)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """[start, end) without blanks, brackets, quotation marks and a possessive ending at its edges.

    Returns an empty span (start == end) where nothing else is left.
    """
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start:
        possessive = _POSSESSIVE.search(text, start, end)
        if possessive and possessive.start() > start:
            end = possessive.start()
        elif text[end - 1] in _EDGE or (text[end - 1] == "." and "." not in text[start : end - 1].rpartition(" ")[2]):
            if text[end - 1] == "." and text[start:end].rpartition(" ")[2].rstrip(".").casefold() in _WITH_DOT:
                break
            end -= 1
        else:
            break
    return start, end


_WITH_DOT = word_set("inc corp co ltd jr sr st bros")


def name_key(name: str) -> str:
    """`name` for comparison: NFKC, case folded, without accents, possessive, dots of abbreviations, a leading "the".

    "The U.S." and "US" share a key, as do "Société Générale's" and "societe generale".
    """
    bare = name.strip()
    if not bare.isascii():
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", bare).replace("’", "'").replace("ʼ", "'"))
        bare = "".join(letter for letter in folded if not unicodedata.combining(letter)).strip()
    if bare.isalpha():
        return bare.casefold()
    bare = _DOTTED.sub("", _POSSESSIVE.sub("", bare).casefold())
    bare = _TRAILING.sub("", bare).replace("&", " and ").replace("-", " ")
    bare = _SPACES.sub(" ", bare).strip()
    return bare.removeprefix("the ") or bare


def without_legal_form(key: str) -> str:
    """`key` (of name_key) without trailing legal forms: "siemens ag" gives "siemens". Never empty for a full key."""
    words = key.split()
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
        if len(words) > 1 and words[-1] == "and":
            words.pop()
    return " ".join(words)


def without_descriptor(key: str) -> str:
    """`key` without trailing legal forms and descriptors: "meta platforms inc" gives "meta"."""
    words = without_legal_form(key).split()
    while len(words) > 1 and words[-1] in DESCRIPTORS:
        words.pop()
    return " ".join(words)


def without_country(key: str) -> str:
    """`key` without the "us" or "uk" that two words or more follow: "us justice department"; "us steel" stays."""
    country, _, rest = key.partition(" ")
    return rest if country in ("us", "uk") and " " in rest else key


def without_honorific(key: str) -> str:
    """`key` without leading titles: "president trump" gives "trump"."""
    words = key.split()
    while len(words) > 1 and words[0] in HONORIFICS:
        words.pop(0)
    return " ".join(words)


def initials_of(name: str) -> str:
    """The capitals a name would be abbreviated to: "Advanced Machine Intelligence Labs" gives "AMIL"."""
    small = {"of", "the", "and", "for", "in", "on", "de", "der", "für", "und", "&"}
    return "".join(word[0].upper() for word in re.split(r"[\s\-]+", name) if word and word.casefold() not in small)


def acronym_letters(short: str) -> str | None:
    """The letters of an acronym, without dots and the s of a plural; None for what is written otherwise."""
    letters = short.replace(".", "")
    if len(letters) > 2 and letters.endswith("s") and letters[:-1].isupper():
        letters = letters[:-1]
    return letters if len(letters) >= 2 and letters.isalpha() and letters.isupper() else None


def is_acronym_of(short: str, full: str) -> bool:
    """Whether `short` abbreviates `full`; its last words may be left out of it, as in AMI for "... Labs"."""
    letters = acronym_letters(short)
    if letters is None or " " not in full.strip():
        return False
    initials = initials_of(full)
    return initials.startswith(letters) and len(initials) - len(letters) <= 1
