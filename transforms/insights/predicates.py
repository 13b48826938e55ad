"""What is said of a subject, in the forms that questions need: "has left Meta" as "did ... leave Meta"."""

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.insights.complements import complement
from transforms.insights.phrases import ADVERBS, FUTURE_VERBS, Word
from transforms.insights.verbs import BASES, FORMS, GERUNDS, INTRANSITIVE, Form
from transforms.names import word_set

_DUE = word_set("expected due scheduled set likely supposed poised")


@dataclass(frozen=True)
class Predicate:
    """A verb with what follows it.

    auxiliary, rest: "did", "leave Meta". finite: "left Meta", empty where it is not past. perfect: "has left Meta",
    empty where it has no such form. verb: the base. last: the place of its last word. base: the base with what follows,
    "leave Meta", empty in the passive.
    """

    auxiliary: str
    rest: str
    finite: str
    perfect: str
    verb: str
    last: int
    is_future: bool = False
    base: str = ""
    is_passive: bool = False


def predicate(text: str, words: Sequence[Word], at: int, is_plural: bool, is_reported: bool) -> Predicate | None:
    """The predicate whose verb is words[at]; None where its forms are not known, or it is no event.

    is_reported: somebody says it, so that "had placed" is said of "has placed", and "would close" of "will close".
    """
    verb = words[at].folded
    if is_reported:
        verb = {"had": "has" if not is_plural else "have", "would": "will"}.get(verb, verb)
    have = "have" if is_plural else "has"
    if verb in ("did", "does", "do"):
        return _negative(text, words, at)
    if verb in ("has", "have", "had"):
        return _perfect(text, words, at, verb, have)
    if verb in ("was", "were", "is", "are"):
        return _being(text, words, at)
    if verb in ("could", "may", "might", "must"):
        return _possible(text, words, at)
    if verb == "will" or verb in FUTURE_VERBS:
        return _future(text, words, at)
    return _simple(text, words, at, have)


def _perfect(text: str, words: Sequence[Word], at: int, had: str, have: str) -> Predicate | None:
    """Only with a participle that is known, so that "has 340 employees" is none."""
    verb = _past_adverbs(words, at + 1)
    if verb < len(words) and words[verb].folded == "been":
        return _have_been(text, words, verb, had, have)
    form = FORMS.get(words[verb].folded) if verb < len(words) else None
    if form is None or not form.is_participle:
        return None
    rest = _rest(text, words, verb, form)
    if rest is None:
        return None
    said, last = rest
    perfect = f"{have} {form.participle}{said}" if had != "had" else ""
    base = f"{form.base}{said}"
    return Predicate(had, f"{form.participle}{said}", f"{form.past}{said}", perfect, form.base, last, base=base)


def _have_been(text: str, words: Sequence[Word], been: int, had: str, have: str) -> Predicate | None:
    """ "has been fined"; what has been something, or has been doing something, is no event."""
    verb = _past_adverbs(words, been + 1)
    form = FORMS.get(words[verb].folded) if verb < len(words) else None
    rest = complement(text, words, verb + 1)
    if form is None or not form.is_participle or rest is None:
        return None
    said = f"{form.participle} {rest[0]}".rstrip()
    be, perfect = "was" if have == "has" else "were", f"{have} been {said}" if had != "had" else ""
    return Predicate(had, f"been {said}", f"{be} {said}", perfect, form.base, rest[1], is_passive=True)


def _negative(text: str, words: Sequence[Word], at: int) -> Predicate | None:
    """ "did not name a figure"; what is no denial of something done is asked about as little as what is."""
    if at + 3 >= len(words) or words[at + 1].folded != "not" or words[at + 2].folded not in BASES:
        return None
    base, rest = words[at + 2].folded, complement(text, words, at + 3)
    if rest is None or (not rest[0] and base not in INTRANSITIVE):
        return None
    return Predicate(words[at].folded, f"not {base} {rest[0]}".rstrip(), "", "", base, rest[1])


def _being(text: str, words: Sequence[Word], at: int) -> Predicate | None:
    """A passive, "was appointed to lead", or a plan, "is to open"; what something is, is no event."""
    be, verb = words[at].folded, _past_adverbs(words, at + 1)
    if verb + 1 >= len(words):
        return None
    is_due = words[verb].folded in _DUE and words[verb + 1].folded == "to"
    if be in ("is", "are") and (is_due or words[verb].folded == "to"):
        return _future(text, words, verb + is_due)
    form = FORMS.get(words[verb].folded)
    rest = complement(text, words, verb + 1)
    if words[verb].folded in GERUNDS and rest and rest[0]:
        base = GERUNDS[words[verb].folded]
        return Predicate(be, f"{words[verb].text} {rest[0]}", "", "", base, rest[1])
    if be in ("is", "are"):
        return None
    if form is None or not form.is_participle or rest is None:
        return None
    said, last = f"{form.participle} {rest[0]}".rstrip(), rest[1]
    have = "has" if be == "was" else "have"
    return Predicate(be, said, f"{be} {said}", f"{have} been {said}", form.base, last, is_passive=True)


def _future(text: str, words: Sequence[Word], at: int) -> Predicate | None:
    """ "will close a line", "plans to close a line": asked as what will happen."""
    verb = at + 1
    if words[at].folded in FUTURE_VERBS:
        if words[verb].folded != "to":
            return None
        verb += 1
    if verb + 1 >= len(words):
        return None
    base, following = words[verb].folded, FORMS.get(words[verb + 1].folded)
    if base not in BASES and not (base == "be" and following and following.is_participle):
        return None
    rest = complement(text, words, verb + 1)
    if rest is None or (not rest[0] and base not in INTRANSITIVE):
        return None
    said = f"{base} {rest[0]}".rstrip()
    return Predicate("will", said, "", "", base, rest[1], is_future=True, base=said)


def _possible(text: str, words: Sequence[Word], at: int) -> Predicate | None:
    """ "could face a correction"; what has to be, "could be", is no event."""
    base = words[at + 1].folded if at + 2 < len(words) else ""
    rest = complement(text, words, at + 2) if base in BASES else None
    if rest is None or (not rest[0] and base not in INTRANSITIVE):
        return None
    return Predicate(words[at].folded, f"{base} {rest[0]}".rstrip(), "", "", base, rest[1])


def _simple(text: str, words: Sequence[Word], at: int, have: str) -> Predicate | None:
    form, following = FORMS.get(words[at].folded), FORMS.get(words[at + 1].folded)
    if form is None or not (form.is_past or (form.is_present and have == "has")):
        return None
    if words[at + 1].folded == "by":  # "the ships delayed by the storm"
        return None
    if form.is_present and following and following.is_past:  # "its shares gained"
        return None
    rest = _rest(text, words, at, form)
    if rest is None:
        return None
    said, last = rest
    base = f"{form.base}{said}"
    if form.is_present:
        return Predicate("does", base, "", "", form.base, last, base=base)
    perfect = f"{have} {form.participle}{said}"
    return Predicate("did", base, f"{form.past}{said}", perfect, form.base, last, base=base)


def _rest(text: str, words: Sequence[Word], verb: int, form: Form) -> tuple[str, int] | None:
    """What follows the verb, with a blank before it; None where the verb lacks what it needs."""
    rest = complement(text, words, verb + 1)
    if rest is None or (not rest[0] and form.base not in INTRANSITIVE):
        return None
    return (f" {rest[0]}" if rest[0] else ""), rest[1]


def _past_adverbs(words: Sequence[Word], at: int) -> int:
    while at < len(words) and words[at].folded in ADVERBS:
        at += 1
    return at
