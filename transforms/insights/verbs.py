"""The verbs that news is told in, by all their forms, and the nouns that name an event.

A question turns "left" into "did leave". A verb that is not in these lists is never turned: no question is better
than one with a wrong form.
"""

from dataclasses import dataclass

from transforms.names import word_set

_IRREGULAR = """
arise arose arisen; bear bore borne; beat beat beaten; become became become; begin began begun; bet bet bet; bid bid
bid; bind bound bound; blow blew blown; break broke broken; bring brought brought; build built built; buy bought
bought; cast cast cast; catch caught caught; choose chose chosen; come came come; cost cost cost; cut cut cut; draw
drew drawn; drive drove driven; fall fell fallen; feed fed fed; fight fought fought; find found found; flee fled
fled; fly flew flown; forbid forbade forbidden; freeze froze frozen; give gave given; go went gone; grow grew grown;
hide hid hidden; hit hit hit; hold held held; hurt hurt hurt; keep kept kept; lay laid laid; lead led led; leave
left left; lend lent lent; let let let; lose lost lost; make made made; meet met met; outgrow outgrew outgrown;
overcome overcame overcome; overtake overtook overtaken; overthrow overthrew overthrown; pay paid paid; put put put;
quit quit quit; rebuild rebuilt rebuilt; redraw redrew redrawn; ride rode ridden; rise rose risen; run ran run; seek
sought sought; sell sold sold; send sent sent; set set set; shed shed shed; shoot shot shot; shrink shrank shrunk;
shut shut shut; sink sank sunk; sit sat sat; slide slid slid; speak spoke spoken; spend spent spent; split split
split; spread spread spread; stand stood stood; steal stole stolen; strike struck struck; sweep swept swept; swing
swung swung; take took taken; tear tore torn; throw threw thrown; undergo underwent undergone; uphold upheld upheld;
wake woke woken; wear wore worn; win won won; withdraw withdrew withdrawn; withhold withheld withheld;
"""
_REGULAR = """
" abandon abolish absorb accelerate accept accuse acquire adapt add adjourn adjust admit adopt advance advise agree
aid aim air allow alter amend announce answer appeal appear apply appoint approve arrest arrive ask assemble assign
attach attack attract auction authorise authorize avoid award back balk ban bar beam benefit block board bolt book
boost borrow boycott brace burn bury bypass calculate campaign cancel cap capture carry carve cause cede celebrate
challenge change charge cheer claim clash cleanse clear climb close coin collapse collect combat combine commission
commit compel compete complain complete compose concede conclude condemn confirm connect conquer construct consult
contain contract contribute convene convert convict cool count cover crash create criticise criticize cross curb
damage deal debut decide decline decrease deepen defeat defend defer delay deliver demand demolish dent deny depart
depend deploy deport derail design destroy detain detect deter deteriorate develop die differ dip disappear discard
discontinue discover dismantle dismiss dispatch displace disrupt dissolve distribute divert divide dock dominate
donate double downgrade drain drift drop earmark earn ease eject elect eliminate embrace emerge employ encourage end
endorse enforce engage enter entitle envisage erect escape establish evacuate evolve examine exceed exchange exclude
execute exit expand expel experience expire explode export expose extend face fade fail falter file fill finance
fine finish fire fit flag flood focus follow force foster found free fund fuse gain gamble gather grant grapple
guarantee hail halt halve hand handle harm harvest heat help hinder hire hoist host ignite import impose improve
include increase infect inflate inherit inject injure insist inspect install insure interrupt intervene introduce
invade invest investigate invite isolate issue jail jeopardise join jump kick kill knock lag land last launch leak
levy liberate lift limit linger link list load lobby locate lock loosen lower lure maintain manage mandate march
mark mend merge miss mobilise mobilize moor motivate mount move narrow negotiate nominate nudge obstruct obtain
offer open operate oppose opt order originate oust outlaw outline outpace outsell overhaul overlook overrule owe own
pardon part participate pass patrol pause peak perform permit persist persuade pick pilot pivot place plant play
pledge plot plug plummet plunge pocket poison possess postpone pour praise predict prefer prepare present preserve
press prevent proceed proclaim produce profit prohibit promise promote prompt propose prosecute protect protest
provide provoke publish pull pump purchase push quadruple qualify quarantine question quote raid raise rally ration
raze reach reappear reassure rebound rebuff rebuke recall recede receive reclaim recognise recognize recommend
reconsider record recover recruit redesign reduce refer refine refit refuse register regulate rehearse reignite
reinforce reinstate reject relaunch relax release relocate rely remain remind remove rename renew renounce rent
reopen reorganise reorganize repair repay repeal replace report reproduce repurpose request require reschedule
rescue reserve reshape reshuffle resign resist resolve respond restart restock restore restrict restructure resume
retain retire retool retrain retreat return reunite reveal reverse revert review revise revive reward rocket roll
ruin rule rush sack sail salvage sanction save scale scatter schedule scold score scrap scrape screen scrutinise
scuttle secure seize select sentence separate serve settle shape share sharpen shatter shelter shelve shield shift
ship shock shorten shrug shun shutter sideline sign silence simplify skip skirt slap slash slip slow smuggle snap
soar soften solve span spark specify speed spill sponsor spot spur squeeze stabilise stabilize stage stagnate stall
start starve stay steer stem step stifle stockpile stop store storm strand strap strengthen stretch strip structure
stumble subside subsidise subsidize substitute succeed sue suffer summon supervise supply support surface surge
surpass surprise surrender surround survive suspect suspend swap swell switch tackle tailor target tax tempt test
threaten thrive tighten tilt tolerate top topple torpedo toughen track trade trail train transfer transform
transport treat treble trial trigger trim triple try tumble turn tweak uncover underline undermine unite unlock
unveil upend upgrade uproot urge use vacate vaccinate value vanish venture veto violate visit volunteer vote vow
abduct abuse acquit assassinate assault besiege bomb clinch collide compensate conceal conduct confront contest
counter craft crush declare defy derail detonate devastate devise disclose disqualify drag drown dub dump enact
encounter evade exploit extradite grab hack hijack honour honor hospitalise hospitalize identify imprison incite indict
inspire intercept kidnap loot modify monitor murder nab name occupy occur overpower overwhelm propel punish pursue quell
rape rebel regain rejoin rename repel retaliate retrieve revoke rob sabotage slaughter smash snatch stab stun submit
testify thwart torture tour trace unleash update vandalise vandalize wound
wage waive walk warm warn wash watch weaken weather weigh welcome widen wipe work worsen wreck yield
"""
_DOUBLING = word_set(
    "admit ban bar cancel cap commit control defer dip drop expel fit flag jam knit label lag map model opt "
    "patrol permit plan plot plug refer scrap ship shrug skip slip snap spot spur stem step stop strap strip "
    "swap tap top transfer trap travel trim wrap slap refit submit occur abet quiz rob stab grab drag stun dub "
    "compel propel rebel repel nab acquit"
)
# Verbs that stand without an object: "the barrier reopened".
_DOUBLING_IRREGULAR = word_set("begin bet bid cut forbid get hit let put quit run set shed shut sit split swim win")
INTRANSITIVE = word_set(
    "advance arise arrive begin close collapse crash decline decrease depart deteriorate die disappear double "
    "drift drop emerge end erupt escape exit expire explode fade fail fall falter go grow happen increase jump "
    "land lose march melt open peak plummet plunge rally rebound recover reopen resign resume retire retreat "
    "return rise shrink sink slide slip soar stagnate stall start stay strike succeed surge surrender survive "
    "thrive triple tumble vanish win worsen"
)
# Who does this has decided it: "the decision to cut". Only these may be asked about as somebody's doing.
UP_OR_DOWN = word_set(
    "advance climb decline decrease double drop fall gain grow increase jump lose narrow plummet plunge rally recover "
    "rise shrink sink slide slip slow soar surge triple widen weaken strengthen"
)

# After these, "that" begins what somebody says has happened.
REPORTING = word_set("said says announced confirmed reported reports announces confirms revealed disclosed agreed")

# Nouns that name what happened. Of the first, what led to them may be asked; of the second, what they are about.
HAPPENINGS = word_set(
    "ban boom breach breakdown breakthrough breakup boycott buyout closure collapse conflict correction "
    "coup crackdown crash crisis cut cuts decline delay delays departure devaluation dismissal "
    "downturn drop emergency escalation evacuation exit exodus expansion explosion failure fall fire "
    "flood friction glut growth hike increase insolvency invasion layoffs merger outage "
    "outbreak overhaul pullout recall recession reform reforms resignation restructuring retreat "
    "reshuffle rift rise riots sacking scandal selloff shift shortage shutdown slowdown slump split "
    "spread strike strikes suspension surge takeover tensions turmoil uprising withdrawal"
)
DISPUTES = word_set(
    "argument case complaint controversy debate disagreement dispute feud inquiry investigation lawsuit row spat "
    "petition probe quarrel standoff"
)
PROJECTS = word_set(
    "acquisition agreement bid campaign contract deal experiment initiative investment laboratory law launch "
    "mission partnership plan plans policy programme program project proposal scheme startup strategy study "
    "trial venture forecast budget"
)


# Of these one asks how it was done, and of those not why: they only tell what is so, or what comes to pass.
BY_SOME_MEANS = word_set(
    "achieve avoid beat capture catch conquer defeat detect develop discover escape find identify overcome "
    "rescue restore save smuggle solve steal survive uncover win"
)
FOR_NO_REASON = word_set(
    "answer appear arrive become begin belong carry cause climb come contain continue cost cover describe emerge "
    "encounter experience extend face feature find follow happen hear hit host include inherit land last lead lie "
    "link locate mark meet mention name occupy occur open pass provide reach receive record remain report score "
    "see serve share show sit speak spot stand start suffer top treat try turn undergo use wait work"
)
# Of these happenings a cause is looked for, of those somebody who did it, and of both who was hurt.
ACCIDENTS = word_set("accident blast collapse crash derailment explosion fire landslide")
ATTACKS = word_set("attack attacks bombing bombings kidnapping killing massacre murder raid robbery shooting")
MISHAPS = word_set("outage shortage slump downturn drop decline delay delays slowdown outbreak flood")
DEALS = word_set("acquisition agreement contract deal merger partnership takeover")
INQUIRIES = word_set("inquiry investigation probe study trial")
CHOICES = word_set("bid budget law plan plans policy project proposal reform scheme strategy takeover merger")


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


def gerund(base: str) -> str:
    """The form in -ing."""
    if base in _DOUBLING or base in _DOUBLING_IRREGULAR:
        return base + base[-1] + "ing"
    if base.endswith("ie"):
        return base[:-2] + "ying"
    return (base[:-1] if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) else base) + "ing"


FORMS = _all_forms()
BASES = frozenset(form.base for form in FORMS.values())
GERUNDS = {gerund(base): base for base in BASES}
