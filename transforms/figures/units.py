"""What a figure is counted in: currencies, shares of a hundred, measures, and the nouns that follow a number."""

import re
from collections.abc import Mapping

from transforms.names import word_set

# The sign or code before a number. "$" alone is the American one.
SIGNS: Mapping[str, str] = {
    "$": "USD", "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD", "NZ$": "NZD",
    "S$": "SGD", "R$": "BRL", "NT$": "TWD", "MX$": "MXN", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "Rs.": "INR",
    "Rs": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₪": "ILS", "₴": "UAH", "₦": "NGN", "฿": "THB", "₫": "VND",
    "CN¥": "CNY", "RMB": "CNY", "SFr": "CHF", "Fr.": "CHF",
}  # fmt: skip
CODES = word_set(
    "USD EUR GBP JPY CNY CHF AUD CAD HKD NZD SGD INR KRW BRL MXN SEK NOK DKK PLN CZK HUF RUB TRY ZAR ILS THB TWD IDR "
    "MYR PHP VND SAR AED NGN EGP UAH ARS CLP COP"
)
SIGNED = {**SIGNS, **{code: code for code in CODES}}

# The word after a number, of which some countries have the same: those have a currency with their country only.
_NATIONS = {
    "US": "USD", "U.S.": "USD", "American": "USD", "Australian": "AUD", "Canadian": "CAD", "Hong Kong": "HKD",
    "New Zealand": "NZD", "Singapore": "SGD", "Taiwan": "TWD",
}  # fmt: skip
WORDS: Mapping[str, str | None] = {
    **{f"{nation} dollar": code for nation, code in _NATIONS.items()},
    "dollar": "USD", "buck": "USD", "euro": "EUR", "pound sterling": "GBP", "pounds sterling": "GBP",
    "British pound": "GBP",
    "pound": "GBP", "Egyptian pound": "EGP", "Lebanese pound": "LBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY",
    "Swiss franc": "CHF", "franc": None, "rupee": "INR", "Indian rupee": "INR", "Pakistani rupee": "PKR",
    "South Korean won": "KRW",
    "Korean won": "KRW", "won": "KRW", "ruble": "RUB", "rouble": "RUB", "reais": "BRL",
    "Mexican peso": "MXN", "Argentine peso": "ARS", "Philippine peso": "PHP", "Chilean peso": "CLP",
    "Colombian peso": "COP", "peso": None, "Swedish krona": "SEK", "Swedish kronor": "SEK", "Swedish crown": "SEK",
    "Norwegian krone": "NOK", "Norwegian kroner": "NOK", "Norwegian crown": "NOK", "Danish krone": "DKK",
    "Danish kroner": "DKK", "Danish crown": "DKK", "Czech crown": "CZK", "crown": None, "kroner": None, "kronor": "SEK",
    "zloty": "PLN", "forint": "HUF", "lira": "TRY", "rand": "ZAR", "shekel": "ILS", "dirham": "AED",
    "Saudi riyal": "SAR", "riyal": "SAR", "baht": "THB", "ringgit": "MYR", "rupiah": "IDR", "naira": "NGN",
    "hryvnia": "UAH",
    "Dollar": "USD", "US-Dollar": "USD", "Euro": "EUR", "Pfund": "GBP", "Yen": "JPY", "Yuan": "CNY", "Franken": "CHF",
    "Rubel": "RUB",
}  # fmt: skip
NAMELESS = frozenset(f"{word}s" for word, code in WORDS.items() if code is None)
# A hundredth of a currency.
HUNDREDTHS = {"cent": "USD", "euro cent": "EUR", "pence": "GBP", "p": "GBP", "Cent": "EUR"}
WITH_SCALE_ONLY = word_set("won rand crown pound")  # else a verb, a word, a weight

SHARES = {
    "%": "%", "percent": "%", "per cent": "%", "pct": "%", "Prozent": "%", "percentage point": "pp", "ppt": "pp",
    "percent point": "pp", "Prozentpunkt": "pp", "Prozentpunkte": "pp", "Prozentpunkten": "pp", "basis point": "bp",
    "bps": "bp", "bp": "bp", "Basispunkt": "bp", "Basispunkte": "bp", "Basispunkten": "bp",
}  # fmt: skip

# Short names of measures, and the long ones whose singular stands after a hyphen ("a 500-acre site").
MEASURES = {
    "km": "kilometres", "kg": "kilograms", "lb": "pounds", "lbs": "pounds", "oz": "ounces", "ft": "feet",
    "sq km": "square kilometres", "sq ft": "square feet", "sq m": "square metres", "kW": "kilowatts", "MW": "megawatts",
    "GW": "gigawatts", "kWh": "kilowatt-hours", "MWh": "megawatt-hours", "GWh": "gigawatt-hours",
    "TWh": "terawatt-hours", "mph": "miles per hour", "km/h": "kilometres per hour", "bpd": "barrels per day",
    "b/d": "barrels per day", "GB": "gigabytes", "TB": "terabytes", "Mbps": "megabits per second",
    "°C": "degrees Celsius",    "°F": "degrees Fahrenheit", "ha": "hectares", "bcm": "billion cubic metres",
}  # fmt: skip
AFTER_HYPHEN = word_set(
    "acre mile kilometre kilometer foot metre meter hectare megawatt gigawatt tonne ton seat bed room member page "
    "person vehicle barrel pound story storey unit point game man vote"
)
MEASURE_HEADS = (
    "square miles|square feet|square metres|square meters|square kilometres|square kilometers|cubic metres|cubic meters"
    "|cubic feet|metric tons|metric tonnes|degrees Celsius|degrees Fahrenheit|degrees|feet|miles per hour"
    "|kilometres per hour|million tonnes"
)

# Nouns that count without an -s, and times, which are not counted here.
PLURALS = word_set(
    "people men women children staff troops police cattle sheep fish aircraft spacecraft personnel homes "
    "premises headquarters lives mice feet teeth workforce barrels yen"
)
TIMES = word_set(
    "second seconds minute minutes hour hours day days night nights weekend weekends week weeks month months quarter "
    "quarters year years decade decades century centuries generation generations times time consecutive straight "
    "weeknights sekunden minuten stunden tage tagen wochen monate monaten jahre jahren uhr tag woche monat jahr"
)
# Counted in words, these number the parts of a story rather than things: "two camps", "three ways".
PARTS = word_set(
    "ways way things sides camps reasons kinds types sorts parts steps options questions words sets phases stages "
    "categories aspects factors paths directions terms pieces halves goals points objectives themes lessons elements "
    "thirds fifths issues problems fronts tiers versions scenarios approaches"
)
STOPS = word_set(
    "a an the this that these those of in on at by for from to into with without within over under above below than as "
    "and or but nor so if when while after before since until is are was were be been being has have had do does "
    "did will would can could may might shall should must not no it its he she they them his her their we our "
    "you your who whom "
    "which whose what where there here per each more less fewer up down out off about around between among against "
    "across during through because although though also only just still even yet last next ago later earlier old away "
    "apart higher lower such said says say told plus minus versus via like near"
)
KEEP_GOING = word_set("more fewer other additional new different such")
VERBS = word_set(
    "died fled left joined attended voted worked lived signed applied gathered took lost won got went came remained "
    "remains needs takes shows suggests makes does goes comes says means gives gets sees puts uses reports rises falls "
    "adds owns includes gains leads helps plans sends wants expects operates sells raises cuts wins loses covers"
)
HURT = re.compile(
    r"(?:^ (?:more |others |of them |were |was |are |have been |had been )*(?:dead|killed|injured|wounded|missing"
    r"|died|hurt)\b)",
    re.IGNORECASE,
)
HURT_BEFORE = re.compile(
    r"\b(?:kill(?:s|ed|ing)|injur(?:es|ed|ing)|wound(?:s|ed|ing)|arrest(?:s|ed|ing)|detain(?:s|ed|ing)) "
    r"(?:at least |more than |about |another |some |nearly |almost |over |around |up to )?$",
    re.IGNORECASE,
)

PER = (
    "share|barrel|tonne|ton|ounce|gallon|litre|liter|head|person|day|week|month|year|hour|minute|second|unit|vehicle"
    "|car|pound|kilogram|kilo|square foot|square metre|square meter|student|worker|household|employee|customer|user"
    "|troy ounce|megawatt-hour|megawatt hour|bushel|metric ton|night|ticket|patient|home|kilowatt-hour|annum|capita"
)
GERMAN_PER = "Aktie|Tonne|Liter|Kilo|Stunde|Tag|Monat|Jahr|Woche|Kopf|Quadratmeter|Kilowattstunde|Fass|Barrel|Stück"


def plain_unit(noun: str) -> str:
    """A noun as a unit: without possessive."""
    return noun.rstrip("'")


def is_plural(word: str) -> bool:
    """Whether an English word may be the noun that a number counts."""
    folded = plain_unit(word).casefold()
    if folded in PLURALS:
        return True
    is_plural_form = (
        len(folded) > 3 and folded.endswith(("s", "men", "folk")) and not folded.endswith(("ss", "us", "is", "'s"))
    )
    return is_plural_form and folded not in VERBS
