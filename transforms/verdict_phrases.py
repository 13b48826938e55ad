"""The words by which `quality` knows error pages, consent texts and video stubs, in English, German and neighbours."""

import re


def anywhere(*phrases: str) -> re.Pattern[str]:
    """A pattern that finds any of the phrases (themselves patterns) in a text."""
    return re.compile("|".join(phrases), re.IGNORECASE)


ERROR_TITLE = anywhere(
    r"^\W*(?:error )?(?:40[0-9]|410|50[0-4])\b(?!\s*\()\W*(?:$|error|not found|page|forbidden|seite|[-–|:])",
    r"\b(?:page|site|article|story|content|file)\b.{0,20}\b(?:not found|(?:could|can)(?: ?no|['’])t be found|"
    r"does(?: not|n['’]t) exist|(?:is )?(?:no longer|not) (?:available|exist))",
    r"^\W*not found\W*$",
    r"\b(?:seite|artikel|inhalt|beitrag)\b.{0,25}\b(?:nicht (?:gefunden|verfügbar|vorhanden)|existiert nicht)",
    r"page (?:introuvable|non trouvée)",
    r"página no encontrada",
    r"página não encontrada",
    r"pagina non trovata",
    r"pagina niet gevonden",
    r"internal server error",
    r"service unavailable",
    r"bad gateway",
    r"gateway time-?out",
    r"^\W*(?:error|fehler)\W*$",
)
ERROR_TEXT = anywhere(
    r"(?:the|this|that) (?:page|article|story|content)\b.{0,60}\b(?:not found|(?:could|can)(?: ?no|"
    r"['’])t be found|does(?: not|n['’]t) exist|has (?:been )?(?:moved|removed|deleted)|no longer (?:exists|available)|"
    r"is (?:not|un)\s?available)",
    r"we (?:could|can)(?: ?no|['’])t find (?:the|that|this) (?:page|article)",
    r"die (?:von ihnen )?(?:gesuchte|angeforderte|aufgerufene)?\s?seite\b.{0,60}\b(?:nicht (?:gefunden|"
    r"verfügbar|mehr)|existiert)",
    r"(?:dieser|der) (?:artikel|beitrag)\b.{0,40}\bnicht mehr (?:verfügbar|online|vorhanden)",
)
BLOCKED = anywhere(
    r"are you (?:a )?(?:robot|human)",
    r"verify(?:ing)? (?:that )?you are (?:a )?human",
    r"prove you are (?:not a robot|human)",
    r"just a moment\W*$",
    r"attention required",
    r"access (?:denied|to this page has been denied)",
    r"pardon our interruption",
    r"checking (?:if the site connection is secure|your browser)",
    r"enable javascript and cookies to continue",
    r"unusual traffic",
    r"request (?:was )?blocked",
    r"complete the (?:captcha|security check)",
    r"zugriff verweigert",
    r"ich bin kein roboter",
    r"sind sie ein (?:mensch|roboter)",
    r"bestätigen sie,? dass sie (?:ein mensch|kein)",
)
# Said by a site of itself; an article about consent says "the site uses cookies" of others, and says it seldom.
CONSENT = anywhere(
    r"we (?:and our (?:\d+ )?(?:\w+ )?partners )?(?:use|store|process|place|set)\b.{0,60}\bcookies",
    r"we and our (?:\d+ )?(?:\w+ )?(?:partners|vendors)",
    r"our (?:\d+ )?(?:advertising |trusted )?(?:partners|vendors)\b.{0,40}\bdata",
    r"(?:this|our) (?:web)?site (?:uses|requires)\b.{0,30}\bcookies",
    r"by (?:continuing|clicking|using)\b.{0,60}\b(?:agree|consent|accept)",
    r"accept (?:all )?(?:cookies|and continue)",
    r"(?:reject|manage|allow) (?:all )?(?:cookies|preferences|options)",
    r"cookie (?:settings|preferences|policy|notice|consent)",
    r"your (?:privacy choices|consent|cookie)",
    r"we (?:value|care about|respect) your privacy",
    r"(?:withdraw|give|change) (?:your )?consent",
    r"legitimate interests?",
    r"store and/or access information on a device",
    r"personali[sz]ed (?:ads|advertising|content)",
    r"before you continue",
    r"wir (?:und unsere (?:\d+ )?(?:\w+ )?partner )?(?:verwenden|nutzen|setzen|verarbeiten)\b.{0,60}"
    r"\b(?:cookies|daten|tracking)",
    r"wir und unsere (?:\d+ )?partner",
    r"diese (?:web)?seite (?:verwendet|nutzt)\b.{0,20}\bcookies",
    r"(?:alle|cookies) (?:akzeptieren|ablehnen|zulassen)",
    r"akzeptieren und weiter",
    r"ihre? (?:einwilligung|zustimmung|privatsphäre)",
    r"einwilligung (?:jederzeit )?(?:widerrufen|erteilen)",
    r"cookie-?(?:einstellungen|richtlinie|hinweis)",
    r"datenschutz-?(?:einstellungen|erklärung)",
    r"personalisierte (?:werbung|anzeigen|inhalte)",
    r"berechtigtes interesse",
    r"mit werbung (?:und tracking )?(?:weiter)?lesen",
    r"werbefrei (?:im abo|lesen|mit)",
    r"pur-?abo",
    r"nous (?:et nos partenaires )?utilisons\b.{0,40}\bcookies",
    r"utilizamos (?:las )?cookies",
    r"(?:usiamo|utilizziamo)\b.{0,20}\bcookie",
    r"wij (?:en onze partners )?gebruiken\b.{0,20}\bcookies",
    r"(?:nós )?usamos\b.{0,20}\bcookies",
)
VIDEO_TITLE = anywhere(
    r"^\W*(?:video|watch|im video|\[video\])\b\s*[:|–-]",
    r"[\[(]video[\])]\W*$",
    r"[|:–-]\s*video\W*$",
)
VIDEO_TEXT = anywhere(
    r"your browser (?:does not|doesn['’]t|is unable to) (?:support|play)\b.{0,30}\bvideo",
    r"watch (?:the|this) (?:full )?video",
    r"(?:video|clip) (?:player )?(?:is loading|wird geladen)",
    r"dieses video (?:ansehen|abspielen)",
    r"video abspielen",
    r"play video",
    r"ihr browser (?:unterstützt|kann)\b.{0,30}\bvideo",
    r"das video (?:ansehen|zeigt)\b",
)
