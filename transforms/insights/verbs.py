"""The verbs that news is told in, by all their forms, and the nouns that name an event.

A question turns "left" into "did leave". A verb that is not in these lists is never turned: no question is better
than one with a wrong form.
"""

from dataclasses import dataclass

from transforms.names import word_set

_IRREGULAR = """
arise arose arisen; bear bore borne; beat beat beaten; become became become; begin began begun; bet bet bet;
bid bid bid; bind bound bound; blow blew blown; break broke broken; bring brought brought; build built built;
buy bought bought; cast cast cast; catch caught caught; choose chose chosen; come came come; cost cost cost;
cut cut cut; draw drew drawn; drive drove driven; fall fell fallen; feed fed fed; fight fought fought;
find found found; flee fled fled; fly flew flown; forbid forbade forbidden; freeze froze frozen; give gave given;
go went gone; grow grew grown; hide hid hidden; hit hit hit; hold held held; keep kept kept; lead led led;
leave left left; lend lent lent; let let let; lose lost lost; make made made; meet met met; outgrow outgrew outgrown;
overtake overtook overtaken; overthrow overthrew overthrown; pay paid paid; put put put; quit quit quit;
rebuild rebuilt rebuilt; ride rode ridden; rise rose risen; run ran run; seek sought sought; sell sold sold;
send sent sent; set set set; shed shed shed; shoot shot shot; shrink shrank shrunk; shut shut shut; sink sank sunk;
slide slid slid; spend spent spent; split split split; spread spread spread; steal stole stolen;
strike struck struck; sweep swept swept; swing swung swung; take took taken; tear tore torn; throw threw thrown;
undergo underwent undergone; uphold upheld upheld; wake woke woken; win won won; withdraw withdrew withdrawn;
"""
_REGULAR = """
abandon abolish absorb accelerate accept accuse acquire add adjourn adjust admit adopt advance advise agree aim allow
amend announce appeal appoint approve arrest arrive ask assemble attack attract auction authorise authorize avoid
award back ban beam block board book boost boycott burn calculate call cancel cap capture carry cause celebrate
challenge change charge claim cleanse clear climb close collapse collect combine commission commit compete complain
complete condemn confirm conquer consider construct consult contract convert convict cool count crash create
criticise criticize cross curb damage deal decide declare decline decrease defeat defend defer delay deliver demand
demolish deny deploy deport depart derail describe design destroy detain develop die disappear discard discontinue
discover dismantle dismiss dispatch dissolve divert divide dominate donate double downgrade drop earn ease
eject elect eliminate embrace end endorse enforce enter establish evacuate examine exceed execute exit expand expel
expire explode export extend face fail file finance fine finish fire fit flood follow force found free fund
gain gather grant halt hand harvest hire host impose improve include increase infect inflate injure insist inspect
install introduce invade invest investigate invite issue join jump jail kill label land last launch leak lift limit
link list lock lower maintain manage march merge miss move name narrow negotiate nominate offer open operate oppose
order oust outlaw outpace outsell overhaul overrule pass pardon pause pick pilot pivot plant pledge plummet plunge
poison postpone prefer prepare present press prevent produce prohibit promise promote propose prosecute protect
protest publish pull purchase push question quarantine raid raise rally ration reach recall recommend record recover
recruit redesign reduce refuse regulate reinstate reject relaunch relax release relocate remain remove rename renew
reopen repair repeal replace report request require rescue reshuffle resign resist resolve respond restart restore
restrict restructure resume retain retire retreat return reveal reverse review revise revive reward roll ruin rule
sack sail sanction save scale scrap seize select sentence separate settle share shift ship shelve shorten shrug
sign simplify skip slash slip slow smuggle soar speed sponsor stage stall start stay step stockpile stop store storm
strand strengthen stretch succeed sue suffer supply support surge surpass surrender survive suspend switch tackle
target tax test threaten thrive tighten top topple trade train transfer transform treat trial trigger triple trim try
turn uncover unveil upgrade urge use vaccinate veto violate visit vote vow warn weaken welcome widen worsen
"""
_DOUBLING = word_set(
    "admit ban cancel cap commit control defer drop expel jam knit label map model plan scrap ship shrug skip slip "
    "step stop strap tap top transfer trap travel trim fit"
)
# Verbs that stand without an object: "the barrier reopened".
INTRANSITIVE = word_set(
    "arise arrive fall rise collapse crash decline depart die disappear drop expire explode go grow happen jump march "
    "melt plummet plunge rally recover reopen resign retire retreat return shrink sink slide slip soar stall stay "
    "strike succeed surge surrender survive thrive worsen begin start end close open fail advance increase decrease "
    "double triple resume exit land win lose"
)
# Who does this has decided it: "the decision to cut". Only these may be asked about as somebody's doing.
UP_OR_DOWN = word_set(
    "advance climb decline decrease double drop fall gain grow increase jump lose narrow plummet plunge rally recover "
    "rise shrink sink slide slip slow soar surge triple widen weaken strengthen"
)

# Nouns that name what happened. Of the first, what led to them may be asked; of the second, what they are about.
HAPPENINGS = word_set(
    "ban boom breach breakdown breakthrough breakup boycott buyout closure collapse conflict correction "
    "coup crackdown crash crisis cut cuts decline defeat delay delays departure devaluation dismissal "
    "downturn drop emergency escalation evacuation exit exodus expansion explosion failure fall fire "
    "flood friction glut growth hike increase insolvency invasion layoffs loss losses merger outage "
    "outbreak overhaul pullout recall recession reform reforms resignation restructuring retreat "
    "reshuffle rift rise riots sacking scandal selloff shift shortage shutdown slowdown slump split "
    "spread strike strikes suspension surge takeover tensions turmoil uprising withdrawal"
)
DISPUTES = word_set(
    "argument battle case clash complaint controversy debate disagreement dispute feud inquiry investigation lawsuit "
    "petition probe quarrel rift row standoff talks trial negotiations"
)
PROJECTS = word_set(
    "acquisition agreement bid campaign contract deal experiment initiative investment laboratory law launch "
    "mission order partnership plan plans policy programme program project proposal scheme startup strategy study "
    "trial venture warning verdict ruling decision forecast rule rules budget service network"
)


@dataclass(frozen=True)
class Form:
    """A verb by its base, its past and its participle, and which of its forms a word is."""

    base: str
    past: str
    participle: str
    is_past: bool = False
    is_participle: bool = False
    is_present: bool = False


def _past(base: str) -> str:
    if base in _DOUBLING:
        return base + base[-1] + "ed"
    if base.endswith("e"):
        return base + "d"
    return base[:-1] + "ied" if base.endswith("y") and base[-2] not in "aeiou" else base + "ed"


def third_person(base: str) -> str:
    """The form after he, she and it."""
    if base == "go":
        return "goes"
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return base + "es"
    return base[:-1] + "ies" if base.endswith("y") and base[-2] not in "aeiou" else base + "s"


def _all_forms() -> dict[str, Form]:
    triples = [tuple(line.split()) for line in _IRREGULAR.split(";") if line.strip()]
    triples += [(base, _past(base), _past(base)) for base in _REGULAR.split()]
    forms: dict[str, Form] = {}
    for base, past, participle in triples:
        if base != past:
            forms.setdefault(third_person(base), Form(base, past, participle, is_present=True))
        forms[past] = Form(base, past, participle, is_past=True, is_participle=past == participle)
        if past != participle:
            forms.setdefault(participle, Form(base, past, participle, is_participle=True))
    return forms


FORMS = _all_forms()
BASES = frozenset(form.base for form in FORMS.values())
