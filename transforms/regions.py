"""What the snapshot of places lacks: names of countries in use, parts of countries that news names, demonyms."""

from collections.abc import Mapping

from transforms.names import word_set


def _of(country: str, names: str) -> dict[str, str]:
    return dict.fromkeys(names.split("|"), country)


COUNTRY_NAMES = {
    "us": "US", "usa": "US", "america": "US", "united states of america": "US", "uk": "GB", "britain": "GB",
    "great britain": "GB", "uae": "AE", "nz": "NZ", "korea": "KR",
    "emirates": "AE", "czech republic": "CZ", "czechia": "CZ", "eswatini": "SZ", "north macedonia": "MK",
    "cabo verde": "CV", "holland": "NL", "the netherlands": "NL", "turkiye": "TR", "burma": "MM",
    "ivory coast": "CI", "drc": "CD", "deutschland": "DE", "osterreich": "AT", "schweiz": "CH", "frankreich": "FR",
    "italien": "IT", "spanien": "ES", "grossbritannien": "GB", "vereinigte staaten": "US", "niederlande": "NL",
    "belgien": "BE", "polen": "PL", "russland": "RU", "norwegen": "NO", "schweden": "SE", "danemark": "DK",
    "allemagne": "DE", "espagne": "ES", "italie": "IT", "royaume uni": "GB", "etats unis": "US", "alemania": "DE",
    "espana": "ES", "francia": "FR", "estados unidos": "US", "reino unido": "GB", "brasil": "BR", "turkei": "TR",
    "dr congo": "CD", "congo kinshasa": "CD", "congo": "CD", "states": "US", "south korea": "KR", "north korea": "KP",
}  # fmt: skip

# English names of cities that the snapshot has under another: name_key of the one -> of the other.
EXONYMS: Mapping[str, str] = {
    "geneva": "geneve", "lucerne": "luzern", "berne": "bern", "bruges": "brugge", "ghent": "gent",
    "antwerp": "antwerpen", "seville": "sevilla", "saragossa": "zaragoza", "gothenburg": "goteborg",
    "brunswick": "braunschweig", "hanover": "hannover", "cracow": "krakow", "kiev": "kyiv", "bombay": "mumbai",
    "calcutta": "kolkata", "madras": "chennai", "bangalore": "bengaluru", "saigon": "ho chi minh city",
    "rangoon": "yangon", "peking": "beijing",
}  # fmt: skip

REGIONS: Mapping[str, tuple[str, ...]] = {
    country: tuple(names.split("|"))
    for country, names in {
        "GB": "England|Scotland|Wales|Northern Ireland|"
        "Bedfordshire|Berkshire|Buckinghamshire|Cambridgeshire|Cheshire|Cornwall|Cumbria|Derbyshire|Devon|Dorset|"
        "County Durham|Essex|Gloucestershire|Greater Manchester|Hampshire|Herefordshire|Hertfordshire|Isle of Wight|"
        "Kent|Lancashire|Leicestershire|Lincolnshire|Merseyside|Norfolk|North Yorkshire|Northamptonshire|"
        "Northumberland|Nottinghamshire|Oxfordshire|Rutland|Shropshire|Somerset|Staffordshire|Suffolk|Surrey|Sussex|"
        "East Sussex|West Sussex|Tyne and Wear|Warwickshire|West Midlands|Wiltshire|Worcestershire|Yorkshire|"
        "South Yorkshire|West Yorkshire|Aberdeenshire|Argyll|Ayrshire|Fife|Lanarkshire|Perthshire|Powys|Gwent|"
        "Pembrokeshire|Gwynedd|County Antrim|County Down|Ulster|Midlands|Home Counties|Cotswolds",
        "CA": "Alberta|British Columbia|Manitoba|New Brunswick|Newfoundland|Nova Scotia|Ontario|Prince Edward Island|"
        "Saskatchewan|Yukon|Nunavut",
        "AU": "New South Wales|Queensland|South Australia|Tasmania|Western Australia|Northern Territory",
        "DE": "Bavaria|Bayern|Saxony|Sachsen|Hesse|Hessen|Baden-Württemberg|North Rhine-Westphalia|"
        "Nordrhein-Westfalen|Lower Saxony|Niedersachsen|Thuringia|Thüringen|Brandenburg|Schleswig-Holstein|Saarland|"
        "Rhineland-Palatinate|Rheinland-Pfalz",
        "IN": "Karnataka|Maharashtra|Gujarat|Tamil Nadu|Kerala|Uttar Pradesh|Punjab|Rajasthan|Bihar|West Bengal|"
        "Andhra Pradesh|Telangana|Madhya Pradesh|Odisha|Orissa|Assam|Haryana|Jharkhand|Himachal Pradesh|Goa|Kashmir",
        "FR": "Brittany|Normandy|Provence|Burgundy|Alsace|Corsica|Île-de-France|Occitanie|Aquitaine",
        "ES": "Catalonia|Andalusia|Galicia|Basque Country|Canary Islands|Balearic Islands|Mallorca|Majorca|Ibiza|"
        "Tenerife|Lanzarote",
        "IT": "Lombardy|Tuscany|Sicily|Sardinia|Veneto|Piedmont|Umbria|Calabria|Puglia",
        "CN": "Guangdong|Sichuan|Xinjiang|Tibet|Hubei|Hunan|Zhejiang|Jiangsu|Shandong|Yunnan|Fujian|Henan|Hebei|"
        "Inner Mongolia|Hainan",
        "US": "Silicon Valley|Wall Street|Long Island|Cape Cod|New England|Capitol Hill|Midwest|Gulf Coast",
        "UA": "Crimea|Donbas|Donbass|Kherson|Zaporizhzhia",
        "RU": "Siberia|Chechnya|Dagestan|Tatarstan",
        "JP": "Hokkaido|Okinawa|Kyushu|Honshu",
        "PS": "Gaza Strip|West Bank",
        "IQ": "Kurdistan|Anbar",
        "BR": "Mato Grosso|Minas Gerais|Amazonas",
        "BE": "Flanders|Wallonia",
        "NL": "Limburg|North Holland|South Holland",
        "PT": "Algarve|Madeira|Azores",
        "ID": "Bali|Java|Sumatra",
        "ZA": "Gauteng|KwaZulu-Natal|Western Cape",
    }.items()
}  # fmt: skip

# Demonyms and adjectives of countries, as name_key writes them, in the singular.
DEMONYMS: Mapping[str, str] = {
    **_of("US", "american|us american"),
    **_of("GB", "british|briton|brit|english|englishman|scottish|scot|welsh|northern irish|londoner"),
    **_of("IE", "irish|irishman"),
    **_of("DE", "german|deutsche|deutschen|deutscher|deutsches"),
    **_of("FR", "french|frenchman|francais|francaise"),
    **_of("IT", "italian"), **_of("ES", "spanish|spaniard|catalan"), **_of("PT", "portuguese"),
    **_of("NL", "dutch|dutchman"), **_of("BE", "belgian|flemish"), **_of("LU", "luxembourgish"),
    **_of("CH", "swiss"), **_of("AT", "austrian"), **_of("PL", "polish|pole"), **_of("CZ", "czech"),
    **_of("SK", "slovak"), **_of("HU", "hungarian"), **_of("RO", "romanian"), **_of("BG", "bulgarian"),
    **_of("GR", "greek"), **_of("TR", "turkish|turk"), **_of("UA", "ukrainian"), **_of("RU", "russian"),
    **_of("BY", "belarusian"), **_of("GE", "georgian"), **_of("AM", "armenian"), **_of("AZ", "azerbaijani"),
    **_of("SE", "swedish|swede"), **_of("NO", "norwegian"), **_of("DK", "danish|dane"), **_of("FI", "finnish|finn"),
    **_of("IS", "icelandic|icelander"), **_of("EE", "estonian"), **_of("LV", "latvian"), **_of("LT", "lithuanian"),
    **_of("RS", "serbian|serb"), **_of("HR", "croatian|croat"), **_of("SI", "slovenian"), **_of("BA", "bosnian"),
    **_of("AL", "albanian"), **_of("CN", "chinese"), **_of("JP", "japanese"), **_of("KR", "south korean"),
    **_of("KP", "north korean"), **_of("TW", "taiwanese"), **_of("IN", "indian"), **_of("PK", "pakistani"),
    **_of("BD", "bangladeshi"), **_of("LK", "sri lankan"), **_of("NP", "nepalese|nepali"), **_of("AF", "afghan"),
    **_of("IR", "iranian"), **_of("IQ", "iraqi"), **_of("SY", "syrian"), **_of("LB", "lebanese"),
    **_of("JO", "jordanian"), **_of("IL", "israeli"), **_of("PS", "palestinian"), **_of("SA", "saudi|saudi arabian"),
    **_of("AE", "emirati"), **_of("QA", "qatari"), **_of("KW", "kuwaiti"), **_of("YE", "yemeni"),
    **_of("EG", "egyptian"), **_of("LY", "libyan"), **_of("TN", "tunisian"), **_of("DZ", "algerian"),
    **_of("MA", "moroccan"), **_of("NG", "nigerian"), **_of("KE", "kenyan"), **_of("ET", "ethiopian"),
    **_of("GH", "ghanaian"), **_of("ZA", "south african"), **_of("ZW", "zimbabwean"), **_of("SO", "somali"),
    **_of("SD", "sudanese"), **_of("UG", "ugandan"), **_of("RW", "rwandan"), **_of("CM", "cameroonian"),
    **_of("AU", "australian|aussie"), **_of("NZ", "new zealander|kiwi"), **_of("CA", "canadian"),
    **_of("MX", "mexican"), **_of("BR", "brazilian"), **_of("AR", "argentine|argentinian"), **_of("CL", "chilean"),
    **_of("CO", "colombian"), **_of("PE", "peruvian"), **_of("VE", "venezuelan"), **_of("CU", "cuban"),
    **_of("EC", "ecuadorian"), **_of("BO", "bolivian"), **_of("UY", "uruguayan"), **_of("TH", "thai"),
    **_of("VN", "vietnamese"), **_of("PH", "filipino|philippine"), **_of("ID", "indonesian"),
    **_of("MY", "malaysian"), **_of("SG", "singaporean"), **_of("MM", "burmese"), **_of("KH", "cambodian"),
    **_of("MN", "mongolian"), **_of("KZ", "kazakh"), **_of("UZ", "uzbek"),
}  # fmt: skip

# Adjectives and names of peoples, faiths and parts of the world that belong to no one country.
PEOPLES = word_set(
    "european african asian western westerner arab arabic scandinavian nordic baltic balkan slavic soviet caribbean "
    "mediterranean kurdish kurd tibetan basque hispanic latino muslim islamic islamist shia shiite sunni christian "
    "catholic protestant anglican orthodox evangelical jewish jew hindu sikh buddhist"
)
