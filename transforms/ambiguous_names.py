"""Names that are something else as well: a word, a surname, a town. A company of such a name needs evidence.

Only what may stand alone counts: "Target Corporation" is a company whatever "target" means.
"""

from transforms.names import word_set

# Company names that are words, other people's names, or places as well.
COMMON_WORDS = word_set(
    "admiral albany align alphabet amazon antofagasta apogee apple archrock arm astec avista ball baxter berkeley "
    "berkshire block booking box brady brinker buckle bunge cactus campbell cancom canon carnival carrier carter "
    "caterpillar chevron chubb compass continental cooper corning cummins dana dell deluxe digi diploma disco domino "
    "dover eaton edison elisa employers enact energizer eni everest evolution experian ford fox garmin gates "
    "gibraltar goldman griffon harmonic hartford hawkins hayward hermes hexagon hilltop hilton hologic hoya hub ichor "
    "indus insight integer intel interface investor ionos kao kingfisher knowles kone lennox linde lindsay lowe lumen "
    "match matson matthews mccormick meta minerals moody mosaic news next noble norma now olympus oracle "
    "orange orion orix otis oxford palomar partners patrick pearson perrigo persimmon phoenix plexus pool powell "
    "progressive prudential puma radian rational recruit rogers rollins roper ross rush sabre sage salesforce "
    "scholastic schrodinger screen sharp shell shift sixt sprinklr stride stryker tapestry target teleflex tennant "
    "tesla tidewater toto toyota travelers trimble trinity tyler vinci visa volvo waters waystar weir wendel wendy "
    "werner whitbread wiley williams workday worthington zebra"
)

# What is left of a name without "Group" or "International" and then names nothing: never an alias.
NEVER_ALONE = word_set(
    "nasdaq american national general global international first public central community united world european "
    "british japan tokyu city universal holdings capital financial energy health medical digital advance air alpha "
    "new pacific south north west east western eastern southern northern great union standard atlantic federal state "
    "us uk euro asia"
) | {"s and p"}

# The last words of organisations' names that mean nothing alone: "the Bank" may be any.
GENERIC_LAST_WORDS = word_set(
    "bank group company council court police university college school hospital institute ministry department office "
    "agency association committee commission board party club team union foundation center centre museum church press "
    "news times post capital energy partners holdings international airlines industries systems services technologies "
    "securities bureau authority administration service force army navy parliament house senate congress states "
    "nations america fund trust society federation league world network media studios labs"
)

# Capitals that abbreviate a thing or an office and name nobody. The reader takes some for organisations.
NOT_NAMES = word_set(
    "ai agi llm llms ceo ceos cfo cfos cto ctos coo cmo cio md mds vp svp evp hr pr it ir ipo ipos etf etfs gdp gnp "
    "pmi pmis cpi ppi wpi fdi fii fiis dii nbfc nbfcs pe vc psu psus pat ebitda esg roi roe eps ev evs suv suvs tv "
    "tvs dvd cd pc pcs usb gps atm atms vip vips faq diy dna rna hiv aids dj mp mps mep mba phd ngo ngos sme smes api "
    "apis gpu gpus cpu cpus iot saas fmcg lng lpg r&d m&a e&p f&o fx forex yoy qoq est edt gmt utc bst rs re cr inr "
    "usd eur gbp nav kyc emi otc qip ofs the mbe mbes obe obes cbe cbes q1 q2 q3 q4 h1 h2 fy ytd"
)

# Offices and forms of address: with no name behind them they name nobody.
BARE_TITLES = word_set(
    "mr mrs ms miss dr prof professor sir dame lord lady president chancellor minister prime senator governor judge "
    "justice king queen prince princess pope ceo herr frau monsieur madame general captain mayor chairman chief duke "
    "duchess earl baron count secretary director officer vice former"
)

# Acronyms of two or three letters that mean one company nearly everywhere.
HOUSEHOLD_ACRONYMS = word_set("ubs ibm bp bmw sap gsk ge hp amd ups axa ing rwe abb kpn aig 3m vw gm")

LONGEST_ACRONYM = 3  # letters: what is no longer may be anybody's


def is_ambiguous(form: str, key: str) -> bool:
    """Whether a company's name as written names other things as well: a word, a surname, a town, a short acronym."""
    if form.endswith(("'s", "’s")):
        return False  # a name that has its possessive, as in "Moody's"
    return key in COMMON_WORDS or len(key.replace(" ", "")) <= LONGEST_ACRONYM
