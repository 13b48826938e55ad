"""One night's news for the tests: every event is invented, the companies and places exist."""

from datetime import timedelta

from flows.paths import Home
from tests.deploy.dashboard.beside import figure_rows, question_row
from tests.deploy.dashboard.counts import run_rows, source_rows
from tests.deploy.dashboard.marts import NOON, SOURCE_NAMES, Name, Piece, publish_pieces

SOURCE_NAMES.update(
    harbour="The Harbour Courier",
    ledger="Alpine Ledger",
    wire="North Sea Wire",
    circuit="Circuit & Copper",
    tribune="Lakeside Tribune",
    zeitung="Rheinblatt",
    grid="Grid Weekly",
    hostile="<b>Odd</b> Pages [x](javascript:alert(1)) :red[paper]",
)

SIEMENS = Name("Siemens", ticker="SIE", tone="positive")
NAIROBI = Name("Nairobi", "LOC", tone="neutral", salience=0.6)
NVIDIA = Name("Nvidia", ticker="NVDA", tone="positive", salience=0.85)
ROTTERDAM = Name("Rotterdam", "LOC", tone="negative", salience=0.7)

RAIL_TEXT = (
    "Siemens said on Tuesday that it had won a 1.2 billion euro order to build a commuter railway around Nairobi. "
    "The contract covers 42 trains, signalling and fifteen years of maintenance.",
    "Work is to begin in September, the company said. The first of three lines should carry passengers in 2029. "
    "Kenya's transport ministry expects 300,000 journeys a day once all of them are open.",
    "Two rival bidders have asked a court in Nairobi to review the award. The ministry said that it would not wait "
    "for the ruling. Analysts put the margin of such orders at about nine per cent.",
)
SURGE_TEXT = (
    "The storm barrier at the mouth of the port of Rotterdam closed at 04:10 on Wednesday for the third time in its "
    "history. Water stood 2.94 metres above the mean level when the gates met.",
    "No ship entered or left for eleven hours. The port authority counted 61 vessels at anchor and said that the "
    "queue would take until Friday to clear. Maersk diverted four ships to Antwerp.",
    "Nobody was hurt. Two quays on the north bank were flooded, and a tank farm stopped pumping as a precaution.",
)
CHIP_TEXT = (
    "Nvidia will buy the output of a new packaging plant in Dresden for six years, the two sides said on Tuesday. "
    "The agreement is worth 3.4 billion dollars.",
    "The plant, which employs 900 people, had been built for car makers whose orders did not come. Its owner said "
    "that the first advanced packages would leave the line in November.",
    "Packaging has been the narrowest point in the supply of accelerators for two years. TSMC, which does most of "
    "that work today, declined to comment. Shares in Nvidia rose 2.1 per cent.",
)

PIECES = (
    Piece(
        "wire",
        "Siemens wins 1.2 billion euro rail order in Nairobi",
        RAIL_TEXT,
        (1, 3, 5),
        0,
        (SIEMENS, NAIROBI, Name("Kenya", "LOC", relevance="mentioned", salience=0.3)),
        0.58,
        "finance",
        "Companies",
        published_at=NOON - timedelta(hours=9),
    ),
    Piece(
        "ledger",
        "Siemens wins 1.2 billion euro rail order in Nairobi",
        RAIL_TEXT,
        (1, 3, 5),
        0,
        (SIEMENS, NAIROBI),
        0.58,
        "finance",
        "Markets",
        published_at=NOON - timedelta(hours=7),
    ),
    Piece(
        "tribune",
        "Rivals challenge Nairobi railway award",
        (
            "Two losing bidders asked Kenya's high court on Tuesday to halt the award of Nairobi's commuter railway to "
            "Siemens. They say that the price was changed after the envelopes were opened.",
            "The ministry called the claim baseless. A first hearing is set for 17 March. Work on the site cannot "
            "start before the court has ruled, the bidders' lawyers said.",
        ),
        (1, 3, 4),
        0,
        (SIEMENS, NAIROBI),
        -0.61,
        "world",
        "Africa",
    ),
    Piece(
        "harbour",
        "Barrier closes at Rotterdam as surge holds 61 ships at sea",
        SURGE_TEXT,
        (1, 3, 4),
        0,
        (ROTTERDAM, Name("Maersk", ticker="MAERSK-B", salience=0.4), Name("Antwerp", "LOC", relevance="passing")),
        -0.42,
        "world",
        "Europe",
        published_at=NOON - timedelta(hours=1),
        more={"is_edited": True, "revisions": 2},
    ),
    Piece(
        "zeitung",
        "Sturmflut: Sperrwerk vor Rotterdam geschlossen",
        (
            "Das Sperrwerk an der Einfahrt zum Hafen von Rotterdam ist am Mittwoch um 4.10 Uhr geschlossen worden. "
            "Elf Stunden lang lief kein Schiff ein oder aus.",
            "Die Hafenbehörde zählte 61 Schiffe vor Anker. Verletzt wurde niemand. Für Köln erwarten die Behörden "
            "keine Gefahr.",
        ),
        (1, 2),
        0,
        (ROTTERDAM, Name("Köln", "LOC", relevance="passing", salience=0.1)),
        None,
        "world",
        "Ausland",
        "de",
    ),
    Piece(
        "circuit",
        "Nvidia books Dresden plant's output for six years",
        CHIP_TEXT,
        (1, 3, 4, 6),
        0,
        (NVIDIA, Name("Dresden", "LOC", salience=0.6), Name("TSMC", ticker="TSM", relevance="mentioned", salience=0.4)),
        0.49,
        "technology",
        "Chips",
    ),
    Piece(
        "grid",
        "Grid operator asks for batteries at two old coal sites",
        (
            "The operator of the eastern grid has asked for bids for 600 megawatts of batteries at two closed coal "
            "plants near Cottbus. The lines to both sites are in place and stand idle.",
            "Bids close on 30 April. The operator wants half of the power by the winter of 2027.",
        ),
        (1, 2),
        0,
        (Name("Cottbus", "LOC", salience=0.5),),
        0.11,
        "energy",
        published_at=None,
    ),
    Piece(
        "ledger",
        "Small lenders ask for another year on capital rules",
        ("Eleven small banks asked the regulator in Bern on Tuesday for a further year. The rest is for subscribers.",),
        (0,),
        0,
        (Name("Bern", "LOC", salience=0.4),),
        -0.08,
        "finance",
        "Banking",
        published_at=NOON - timedelta(hours=11),
        more={"is_paywalled": True, "is_partial": True},
    ),
    Piece(
        "hostile",
        '<script>document.title="owned"</script> **Bold** [click](javascript:alert(1)) "quoted" & more',
        (
            "<img src=x onerror=\"document.title='owned'\"> stands in this sentence as plain text. "
            "So does ![a](http://tracker.example/pixel.png) and $x$ and :red[colour].",
            "</mark></div><style>body{display:none}</style> ends it. `code` and <b>bold</b> stay as typed.",
        ),
        (1, 2),
        0,
        (Name("<b>bold</b>", "MISC"),),
        -0.3,
        "<i>odd</i>",
        "<img src=x onerror=alert(1)>",
        url="javascript:alert(1)",
        more={"authors": ["<svg onload=alert(1)>"], "language": '"><script>alert(1)</script>'},
    ),
    Piece(
        "harbour",
        "Ferry company orders two electric boats",
        (
            "The ferry company of the outer islands has ordered two electric boats from a yard in Bergen. "
            "They will replace vessels from 1979.",
        ),
        (1,),
        0,
        (Name("Bergen", "LOC", salience=0.5),),
        0.31,
        "world",
        published_at=NOON - timedelta(days=1, hours=5),
        known_at=NOON - timedelta(days=1),
    ),
)


RAIL, CHALLENGE = PIECES[0], PIECES[2]
ODD = next(piece for piece in PIECES if piece.source == "hostile")
QUESTIONS = [
    question_row(RAIL, "When will trains run on Nairobi's new railway?", RAIL, 3),
    question_row(RAIL, "Who objects to the award to Siemens?", CHALLENGE, 0, rank=2),
    question_row(ODD, "Why <img src=x onerror=alert(1)> **now**?", ODD, 2),
]


def publish_night(home: Home) -> Home:
    """The home with the night's pieces published."""
    figures = [row for piece in PIECES for row in figure_rows(piece)]
    counts = {"source_daily": source_rows(), "runs": run_rows()}
    return publish_pieces(home, PIECES, figures=figures, questions=QUESTIONS, **counts)
