"""The words by which `quality` knows pages that stand in an article's place, in the languages of Europe's press and,
for the most common notices, in Russian, Japanese and Chinese.

Two strengths. What a site says of itself or to its reader ("the page you are looking for") counts in any short text;
words that an article may use as well ("not found") count where the page hardly has a text.
"""

import re


def anywhere(*phrases: str) -> re.Pattern[str]:
    """A pattern that finds any of the phrases (themselves patterns) in a text."""
    return re.compile("|".join(phrases), re.IGNORECASE)


ERROR_TITLE = anywhere(
    r"^\W*(?:error )?(?:40[0-9]|410|429|451|50[0-4])\b(?!\s*\()\W*(?:$|error|not found|page|forbidden|seite|[-–|:])",
    r"\b(?:page|site|article|story|content|file)\b.{0,20}\b(?:not found|(?:could|can)(?: ?no|['’])t be found|"
    r"does(?: not|n['’]t) exist|(?:is )?(?:no longer|not) (?:available|exist))",
    # What HTTP itself calls them.
    r"^\W*(?:not found|gone|forbidden|bad request|unauthorized|too many requests|request time-?out|"
    r"unavailable for legal reasons)\W*$",
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
# Said where there is hardly a text.
ERROR_WORDS = anywhere(
    r"\b(?:error|fehler|erreur|errore|erro|fel|fejl|feil|błąd|ошибка)\W{0,3}(?:40[0-9]|410|429|451|50[0-4])\b",
    r"\b(?:page|site|article|story|content)\b.{0,40}\b(?:not (?:be )?found|expired|removed|deleted|moved|unavailable|"
    r"not available|no longer)",
    r"(?:something|that) (?:has )?(?:went|gone) wrong|an error (?:has )?occurred|try again (?:later|in a)",
    r"(?:under|for|scheduled|down for) maintenance|be right back|temporarily (?:unavailable|down|offline)",
    r"\bseite\b.{0,60}\b(?:nicht|gelöscht|verschoben|entfernt)",
    r"(?:artikel|beitrag|inhalt)\b.{0,40}\b(?:gelöscht|entfernt|verschoben|nicht (?:mehr )?(?:verfügbar|"
    r"gefunden|vorhanden))",
    r"wartungsarbeiten|ein fehler ist aufgetreten",
    r"\b(?:page|article|contenu)\b.{0,60}\b(?:introuvable|n['’](?:existe|est) (?:pas|plus)|supprimée?|déplacée?)",
    r"\b(?:página|artículo|contenido|noticia)\b.{0,60}\bno (?:existe|encontrad[ao]|se (?:ha )?enc\w+|está disponible)",
    r"\b(?:pagina|articolo|contenuto)\b.{0,60}\bnon (?:esiste|(?:è |è stata )?trovat[ao]|(?:è )?(?:più )?disponibile)",
    r"\b(?:página|artigo|conteúdo|notícia|endereço)\b.{0,60}\b(?:não (?:existe|encontrad[ao]|está disponível)|"
    r"removid[ao])",
    r"\b(?:pagina|artikel)\b.{0,60}\b(?:niet (?:gevonden|meer|beschikbaar)|bestaat niet|verwijderd|verplaatst)",
    r"\bsid(?:an|en)\b.{0,60}\b(?:inte|finns inte|ikke|findes ikke|finnes ikke|fjernet|flyttet|borttagen)\b",
    r"\bstron[aęy]\b.{0,60}\bnie (?:istnieje|została|znalezion\w*|jest dostępna)|nie znaleziono (?:strony|artykułu)",
    r"страница (?:не найдена|не существует|удалена)",
    r"ページ(?:が|は)(?:見つかりません|存在しません)|お探しのページ",
    r"(?:页面|網頁|頁面)(?:不存在|未找到|已删除)|找不到.{0,10}(?:页面|頁面|網頁)",
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
    r"you have been blocked|you are unable to access",
    r"(?:you(?:['’]re| are)|you were) (?:not )?a (?:ro)?bot\b",
    r"unusual activity (?:detected|from)|automation tools|(?:looks|appears to be) automated",
    r"review the security of your connection|security (?:check|verification)\W*$|protect itself from online attacks",
    r"(?:confirmer?|vérifi\w+)\b.{0,40}\b(?:pas un robot|êtes (?:un )?humain)|vérification de sécurité",
    r"(?:confirm|verific|comprob|demuestr)\w+\b.{0,40}\b(?:no (?:eres|es|soy) un robot|humano|no un robot)",
    r"(?:conferma|verific\w+|dimostra)\b.{0,40}\b(?:non sei un robot|umano)",
    r"(?:confirm|verifi)\w+\b.{0,40}\bnão é um rob[ôo]",
    r"(?:bevestig|verifieer|controle\w*)\b.{0,40}\b(?:geen robot|een mens)",
    r"(?:bekräfta|bekræft|bekreft)\b.{0,40}\b(?:inte är en robot|ikke er en robot|människa|menneske)",
    r"(?:potwierdź|sprawdz\w+)\b.{0,40}\b(?:człowiekiem|robotem)",
    r"sicherheits(?:prüfung|überprüfung)\W*$|kein roboter",
    r"подтвердите,? что вы (?:не робот|человек)",
    r"ロボットではありません|人机验证|不是机器人|安全验证",
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
    r"cookies are (?:strictly )?(?:essential|necessary)|your choices (?:regarding|about|on) (?:cookies|privacy)",
    r"help us (?:to )?improve (?:your|the) experience",
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
    r"(?:speichern|verarbeiten|nutzen|verwenden) wir und unsere (?:\d+ )?\w+",
    r"willigen sie\b.{0,40}\bein\b|einwilligung ist freiwillig",
    r"(?:informationen|daten) auf (?:ihrem|einem) (?:end)?gerät",
    r"nous (?:et nos (?:\d+ )?partenaires )?(?:utilisons|stockons|déposons)\b.{0,60}\b(?:cookies|informations|"
    r"appareil)",
    r"(?:partenaires et nous|nous et nos (?:\d+ )?partenaires)",
    r"respect de votre vie privée|(?:retirer|donner) votre consentement",
    r"accepter, (?:refuser|paramétrer)|tout (?:accepter|refuser)|continuer sans accepter",
    r"(?:paramétrer|gérer) (?:vos|mes) \w+",
    r"(?:utilizamos|usamos) (?:las |os )?cookies",
    r"(?:nosotros y )?nuestros (?:\d+ )?socios\b.{0,60}\b(?:almacen|utiliz|proces|acced)\w+",
    r"(?:retirar|otorgar|dar) su consentimiento|(?:aceptar|rechazar) (?:todo|todas|y \w+)|procesamos datos personales",
    r"(?:usiamo|utilizziamo)\b.{0,20}\bcookie",
    r"noi e i nostri (?:\d+ )?\w+|trattiamo (?:i )?dati personali",
    r"(?:accetta|rifiuta) (?:tutti|e \w+)|accettare i cookie|(?:revocare|prestare) il (?:tuo )?consenso",
    r"nós e os nossos (?:\d+ )?\w+|(?:retirar|dar) o (?:seu )?consentimento|tratamos dados pessoais",
    r"(?:aceitar|rejeitar|recusar) (?:todos|tudo|e \w+)|gerir opções",
    r"wij en onze (?:\d+ )?partners|(?:gebruiken|plaatsen)\b.{0,20}\bcookies",
    r"(?:geef|uw|je) toestemming|cookie-?instellingen|persoonlijke advertenties",
    r"vi och våra (?:\d+ )?\w+|(?:vi|webbplatsen) använder cookies|(?:ge|återkalla) (?:ditt )?samtycke",
    r"vi og vores (?:\d+ )?\w+|vi og våre (?:\d+ )?\w+|(?:vi|siden) (?:bruger|bruker) cookies|(?:dit|ditt) samtykke",
    r"my i nasi (?:\d+ )?\w+|wyrażasz zgodę|zgodę możesz (?:wycofać|cofnąć)|szanujemy (?:twoją|państwa) prywatność",
    r"мы используем (?:файлы )?cookie|нажимая .{0,40} вы соглашаетесь",
)
# What such a form is about, in whatever words it asks.
CONSENT_TOPIC = anywhere(
    r"cookie|consent|\bagree|privacy|advertis|personali[sz]|partner|vendor|tracking|einwillig|zustimm|einverstanden",
    r"werbung|datenschutz|accepte|publicit|donn[ée]es|confidentialit|acepta|publicidad|datos|consens|accett|pubblicit",
    r"consentimento|aceita|toestemming|akkoord|advertenti|samtyck|annons|samtykke|reklam|zgod|pliki|prywatno",
)
LOGIN = anywhere(
    r"(?:please |must |need to )(?:be )?(?:log(?:ged)?|sign(?:ed)?) ?in\b",
    r"\b(?:log|sign) ?in (?:to|or) (?:your|continue|read|view|create|register|join|access)",
    r"forgot (?:your )?password|(?:lost your|reset (?:your )?) ?password|create (?:an|your|a free) (?:free )?account",
    r"register (?:for free |now |free )?(?:to|for) \w+|already have an account|already registered",
    r"melden sie sich (?:bitte )?an|(?:anmelden|einloggen|registrieren),? um\b|registrieren sie sich",
    r"für angemeldete nutzer",
    r"passwort vergessen|(?:noch kein|schon ein|bereits ein) (?:nutzer|benutzer)?konto",
    r"jetzt (?:kostenlos )?registrieren",
    r"connectez-vous|identifiez-vous|se connecter|mot de passe oublié|cré(?:er|ez) (?:un|votre) compte|inscrivez-vous",
    r"inici(?:a|e|ar) sesión|olvid\w+ (?:de )?(?:tu|su|la) contraseña|regístr(?:a|e)(?:te|se)",
    r"crea(?:r)? (?:una|tu) cuenta",
    r"accedi (?:al|per|con)|effettua(?:re)? (?:il )?login|password dimenticata|dimenticato la password|crea un account",
    r"inici(?:e|ar) sessão|faça (?:o )?(?:seu )?login|esqueceu (?:a |sua )|cri(?:e|ar) (?:uma |sua )?conta",
    r"(?:cadastre|registe)-se",
    r"\blog(?:gen)? (?:hier )?in (?:om|met)\b|inloggen|wachtwoord vergeten|(?:maak|registreer)\b.{0,20}\baccount",
    r"logga in|logg inn|log ind|glömt (?:ditt )?lösenord|glemt (?:dit )?(?:passord|adgangskode)|skapa (?:ett )?konto",
    r"zaloguj się|zarejestruj się|nie pamiętasz hasła|załóż konto",
    r"войдите|войти в|зарегистрируйтесь|забыли пароль",
    r"ログインして|会員登録|请(?:先)?登录|請(?:先)?登入",
)
# Of money, so that "sign in" beside it is a subscriber's.
SUBSCRIPTION = anywhere(
    r"subscri(?:be|ber|ption)|\babo(?:s|nn\w+|nement\w*)?\b|-abo\b|abonn[eé]\w*|suscri\w+",
    r"assin(?:ante|atura|e)\w*|abbona\w+|prenumer\w+|subskry\w+|подписк\w+|подписчик\w*|有料会員|订阅|訂閱",
)
VIDEO_TITLE = anywhere(
    r"^\W*(?:video|watch|im video|\[video\])\b\s*[:|–-]",
    r"[\[(]video[\])]\W*$",
    r"[|:–-]\s*video\W*$",
    r"^\W*v[íi]d[ée]o\b\s*[:|–-]",
    r"^\W*(?:videa|filmpje|wideo|видео|動画|视频)\b\s*[:|–-]",
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
    r"(?:sendung|folge|video)\b.{0,40}\b(?:mediathek|verfügbar bis)",
    r"javascript\b.{0,40}\b(?:play|video)|video\b.{0,40}\bjavascript",
    r"(?:voir|regarder|lire) la vidéo|ver (?:el )?v[íi]deo|guarda il video|bekijk de video|se videoen|se video\b",
)
