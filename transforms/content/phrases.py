"""The words by which boilerplate is known, in several languages; they open a line."""

import re


def opening(*phrases: str, then: str = "") -> re.Pattern[str]:
    """A pattern for a line that opens with one of the phrases (themselves patterns), then `then`."""
    return re.compile(r"^\W*(?:" + "|".join(phrases) + ")" + then, re.IGNORECASE)


SENTENCE_END = re.compile(r"[.!?…][\"'”’»“)\]]*$")

READ_ALSO = opening(
    r"read (?:more|also|next|on|the full story)",
    r"also (?:read|on)",
    r"see (?:also|more)",
    r"more (?:on|from|stories|like this|news)",
    r"related(?: (?:articles?|stories|story|content|coverage|links?|topics?|posts?|news))?",
    r"recommended",
    r"you (?:may|might) (?:also )?like",
    r"don['’]?t miss",
    r"must read",
    r"most (?:read|popular)",
    r"further reading",
    r"up next",
    r"trending",
    r"editor['’]?s picks",
    r"lesen sie (?:auch|mehr|hier(?:zu)?|dazu)",
    r"mehr (?:zum thema|dazu|lesen)",
    r"auch interessant",
    r"das könnte sie (?:auch )?interessieren",
    r"zum thema",
    r"weiterlesen",
    r"lire aussi",
    r"à lire(?: aussi)?",
    r"lea también",
    r"te puede interesar",
    r"leia (?:também|mais)",
    r"leggi anche",
    r"lees ook",
    r"läs också",
    r"l[eæ]s også",
    then=r"\b\s*(?P<colon>[:>»|–-])?\s*",
)

# Invitations, labels and claims of rights. Those that end in $ are the whole line.
NOTICE = opening(
    r"follow (?:us|him|her|them|me|@|\w+(?: \w+){0,3} on (?:twitter|facebook|instagram|x)\b)",
    r"like (?:us on|this story)",
    r"share (?:this|on)\b",
    r"sign up (?:for|to|here)",
    r"subscribe (?:to|now|today|for)",
    r"get (?:the|our|all the) (?:latest|best|top|day['’]?s)\b.{0,60}\b(?:inbox|newsletter|e-?mail|updates)",
    r"join our",
    r"download (?:the|our) app",
    r"click here to",
    r"copyright\b",
    r"©",
    r"\(c\) \d{4}",
    r"all rights reserved",
    r"this (?:article|story) (?:was )?(?:first|originally) (?:appeared|published)",
    r"(?:have|got) a tip\b",
    r"contact (?:us|the (?:author|writer|reporter))",
    r"e-?mail (?:us|the)",
    r"tell us what you think",
    r"what do you think\b",
    r"leave a (?:comment|reply)",
    r"(?:\d+ )?comments?$",
    r"advertisement$",
    r"sponsored$",
    r"loading\b",
    r"filed under",
    r"tags?\b\s*(?::|$)",
    r"tagged\b",
    r"topics?\s*:",
    r"continue reading",
    r"skip to",
    r"print (?:this )?article",
    r"order reprints",
    r"folgen sie",
    r"teilen(?: sie)?\b.{0,40}$",
    r"newsletter\b",
    r"abonnieren sie",
    r"jetzt (?:abonnieren|anmelden|registrieren)",
    r"anzeige$",
    r"werbung$",
    r"alle rechte vorbehalten",
    r"schlagw[oö]rte[rn]?\s*:",
    r"kommentare?$",
    r"melden sie sich",
    r"suivez-nous",
    r"abonnez-vous",
    r"partager",
    r"síguenos",
    r"suscríbete",
    r"compartir",
    r"siga-nos",
    r"iscriviti",
    r"seguici",
)

CREDIT = opening(
    r"(?:photo|image|picture|foto|bild|video|credit|quelle|getty|reuters|afp|ap photo)s?"
    r"(?: (?:credit|by|von|courtesy|of))*\s*[:/©|]",
    r"\(?(?:photo|image|foto|bild)s? (?:by|von|courtesy)\b",
)

BYLINE = opening(
    r"by",
    r"von",
    r"par",
    r"por",
    r"di",
    r"door",
    r"published",
    r"updated",
    r"posted",
    r"last (?:updated|modified)",
    r"veröffentlicht",
    r"aktualisiert",
    r"stand",
    r"publié",
    r"mis à jour",
    r"publicado",
    r"pubblicato",
    then=r"\b",
)

MONTH = r"(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[\w.]*"
DATELINE = re.compile(
    rf"\b{MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\b\d{{1,2}}\.?\s+(?:de )?{MONTH}\s+(?:de )?\d{{4}}|\b\d{{4}}-\d\d-\d\d"
    r"|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}",
    re.IGNORECASE,
)
