"""The words by which a page says that the rest is for subscribers. Read by `content` on the page and by nobody else."""

from typing import Any

from transforms.verdict_phrases import anywhere

# Said to the reader about this article. "Subscribe to our newsletter" is not among them: free pages say that too.
NOTICE = anywhere(
    r"(?:subscribe|sign in|log ?in|register|become a (?:member|subscriber)|join)\b.{0,40}\bto (?:continue|"
    r"keep|read|unlock|access|finish)\b",
    r"(?:continue|keep) reading (?:with|by|for)\b",
    r"\bto (?:continue|keep) reading\b",
    r"\bread the (?:full|rest of (?:the|this)|whole|entire) (?:article|story|text)\b",
    r"(?:this|the full) (?:article|story|content|report)s? (?:is|are) (?:only )?(?:available |"
    r"reserved )?(?:only )?(?:for|to) (?:our )?(?:paying )?(?:subscribers|members)",
    r"\bfor (?:subscribers|members) only",
    r"(?:subscribers?|members?)[ -]only(?=\W*$|\s+(?:article|content|story|access|area))",
    r"already a subscriber",
    r"exclusive(?:ly)? (?:for|to) (?:our )?(?:subscribers|members)",
    r"you(?:['’]ve| have) (?:reached|read|used)\b.{0,40}\b(?:limit|free articles?)",
    r"(?:jetzt |einfach )?weiterlesen (?:mit|mit einem|als)\b",
    r"(?:mit|im) (?:digital|plus|premium)-?abo\b",
    r"(?:dieser|der ganze|der vollständige|den ganzen|den vollständigen) (?:artikel|text|beitrag)\b.{0,40}"
    r"\b(?:abonnent|abo\b|mitglied|plus|kostenpflichtig)",
    r"(?:nur|exklusiv) für (?:abonnent|mitglieder)",
    r"um (?:diesen|den|den ganzen) (?:artikel|text|beitrag)\b.{0,30}\blesen",
    r"sie (?:haben )?(?:bereits|schon) (?:ein abo|abonnent)",
    r"jetzt (?:abonnieren|freischalten)\b.{0,20}\bweiterlesen",
    r"(?:als|nur für) abonnent(?:en|in)?\b.{0,40}\b(?:lesen|artikel)|diesen (?:artikel|text|beitrag) weiterlesen",
    r"(?:sofort|gratis|kostenlos|jetzt)\b.{0,30}\bweiterlesen",
    r"(?:this|the full) (?:article|story) is for (?:our )?(?:paying )?(?:subscribers|members)",
    r"(?:article|contenu|suite)\b.{0,20}\bréservée? (?:aux?|à nos) abonnés",
    r"il vous reste \d+ ?% de cet article|abonnez-vous pour (?:lire|continuer|accéder)",
    r"(?:contenido |es )exclusivo para (?:nuestros )?suscriptores|(?:solo|sólo) para suscriptores",
    r"suscríb(?:ete|ase) para (?:seguir|continuar|leer)|ya eres suscriptor",
    r"(?:conteúdo )?exclusivo para assinantes|assine para (?:continuar|ler)|já é assinante",
    r"riservat[oa] (?:agli|ai nostri) abbonati|abbonati per (?:continuare|leggere|proseguire)|sei già abbonato",
    r"(?:alleen|exclusief|enkel) (?:beschikbaar )?voor abonnees|abonnement\b.{0,20}\bverder (?:te )?lezen|al abonnee\b",
    r"(?:endast|bara) för prenumeranter|låst artikel|prenumerant\b.{0,20}\bläsa (?:vidare|hela)|redan prenumerant",
    r"(?:kun|bare) for abonnenter|bliv? abonnent\b.{0,30}\b(?:læse?|lese)|allerede abonnent",
    r"(?:tylko|wyłącznie) dla (?:prenumeratorów|subskrybentów)|(?:aby|by) (?:czytać|przeczytać) (?:dalej|całość)",
    r"(?:только|доступ\w+) для подписчиков|оформите подписку",
    r"有料会員(?:限定|記事)|この記事は.{0,10}会員限定|订阅(?:后|以)?(?:继续)?阅读",
)
MAX_NOTICE = 400  # characters; a longer piece of text is the article
# A notice comes to the point: where the phrase stands later than this in a line longer than that, it is the article's.
OPENING, SHORT = 40, 80


def is_notice(line: str) -> bool:
    """Whether a line says that the article goes on for subscribers."""
    match = NOTICE.search(line) if len(line) <= MAX_NOTICE else None
    return match is not None and (match.start() <= OPENING or len(line) <= SHORT)


def has_notice(tree: Any) -> bool:
    """Whether a piece of the page outside its navigation and footer is such a line; hidden templates are not."""
    for element in tree.iter("p", "div", "span", "h2", "h3", "h4", "strong", "b", "a", "button"):
        own = " ".join(text.strip() for text in (element.text or "", *(child.tail or "" for child in element)))
        if NOTICE.search(own[: 2 * MAX_NOTICE]) and is_notice(" ".join(own.split())) and is_shown(element):
            return True
    return False


def is_shown(element: Any) -> bool:
    """Whether neither the element nor what it stands in is hidden, navigation, a footer or a form's template."""
    for place in (element, *element.iterancestors()):
        style = (place.get("style") or "").replace(" ", "").lower()
        if "display:none" in style or place.get("hidden") is not None or place.get("aria-hidden") == "true":
            return False
        if place.tag in ("nav", "footer", "template", "noscript"):
            return False
    return True
