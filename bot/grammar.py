"""The small words of Swedish, Norwegian, Danish and English that make one question lean on another. Data only."""

import re
from dataclasses import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PLACING = _words("i på ved vid hos in at from från fra till til nära near nær utanför utenfor udenfor")
WITHIN = PLACING - _words("till til to från fra from")
PREPOSITIONS = PLACING | _words(
    "om av af för for med mot mod över over under mellan mellom mellem efter etter enligt ifølge åt genom "
    "gjennom gennem kring rundt omkring utan uten uden bland blant blandt about of to by with after "
    "before during against between on into through via före før without among around till"
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words of one group of languages that lean on others, and those that show how."""

    subjects: dict[str, str]       # pronoun -> whom it stands for: "f", "m", "any", "many", "it", "that", "there"
    objects: dict[str, str]
    possessives: dict[str, str]
    following: frozenset[str]      # after one of these words a determiner would be no pronoun
    borders: frozenset[str]        # where another clause begins
    lead: re.Pattern[str]          # "And what about"
    tail: re.Pattern[str]          # "then"
    asking: frozenset[str]         # words that a question begins with
    adverbial: frozenset[str]      # of these, the ones that can change places: the rest of the question stays as it is
    verbs: frozenset[str]          # verbs that carry no topic of their own
    events: frozenset[str]         # verbs whose subject "it" is what happened, no thing
    asks_who: frozenset[str]


NORTHERN = Grammar(
    subjects={"hon": "f", "hun": "f", "ho": "f", "han": "m", "hen": "any", "de": "many", "dei": "many", "den": "it",
              "det": "that", "där": "there", "der": "there"},
    objects={"henne": "f", "hende": "f", "honom": "m", "ham": "m", "dem": "many", "detta": "that", "dette": "that"},
    possessives={"hennes": "f", "hendes": "f", "hans": "m", "deras": "many", "deres": "many", "dess": "it",
                 "dens": "it"},
    following=PREPOSITIONS - {"to"} | _words(
        "nu nå då da så sen sedan idag här her där der inte ikke ikkje mer mere mest också også även igen "
        "igjen egentligen egentlig ha få vara være bli blive till att at å og och eller men når när hvis "
        "innan fordi eftersom själv selv just ju vel väl ens ännu ennå fortfarande fortsatt fremdeles stadig "
        "redan allerede senast sist sidst først"
    ),
    borders=_words(
        "och og men eller når när da då som att at hvis fordi eftersom innan inden før mens medan sedan siden"
    ),
    lead=re.compile(
        r"(?:(?:och|og|men|så|sen|samt|ja|jo|ok|okej)\b,?\s*){0,2}"
        r"(?:(?:hur (?:är|var|blir|går) det med|hvordan (?:er|var|går) det med|hva med|hvad med|vad sägs om)\b\s*)?", re.I),
    tail=re.compile(r",?\s+(?:då|da|så|också|også|i så fall)$", re.I),
    asking=_words(
        "vad hva hvad kva vem hvem kven vems hvis när når hvornår var vart hvor kor varför hvorfor kvifor hur "
        "hvordan korleis vilken vilket vilka hvilken hvilket hvilke varifrån hvorfra"
    ),
    adverbial=_words("när når hvornår var hvor varför hvorfor kvifor hur hvordan korleis vart varifrån hvorfra") | {
        "hur länge", "hvor lenge", "hvor længe", "hur ofta", "hvor ofte"},
    verbs=_words(
        "är er var blir blev ble bliver har hade hadde havde får fick fik fikk ska skal skulle kan kunde "
        "kunne vil vill ville må måste måtte bör bør sa sade sagde sier säger siger gör gjorde gjør gør hände "
        "händer skjer skjedde sker skete kostar kostade koster kostet kostede ligger låg lå finns fanns "
        "finnes fantes går gick gikk gik kommer kom tyckte tycker syns synes mener menade mente menar heter "
        "het hedder vet visste ved vidste bor bodde berätta berättade fortell fortalte fortæl tror trodde "
        "svarade svarte svarede hvordan blivit blitt blevet gjort sagt hänt skjedd sket annars ellers annet "
        "andet mig mej meg"
    ),
    events=_words(
        "hände händer hänt skjer skjedde skjedd skete sker sket går gick gikk gik gjorde sade sa sagde sier "
        "säger siger"
    ),
    asks_who=_words("vem hvem kven vilka hvilke vilken hvilken vems"),
)
ENGLISH = Grammar(
    subjects={"she": "f", "he": "m", "they": "many", "it": "it", "that": "that", "this": "that", "there": "there"},
    objects={"her": "f", "him": "m", "them": "many", "those": "many", "these": "many"},
    possessives={"her": "f", "hers": "f", "his": "m", "their": "many", "its": "it"},
    following=PREPOSITIONS | _words(
        "now then today so more else instead again not and or but when if while because at all really still "
        "already later first exactly yesterday that too also ever"
    ),
    borders=_words("and or but when if while because before after that who which since although until"),
    lead=re.compile(r"(?:(?:and|but|so|or|yes|ok|okay)\b,?\s*){0,2}(?:(?:what about|how about|what of)\b\s*)?", re.I),
    tail=re.compile(r",?\s+(?:then|too|as well|also|instead)$", re.I),
    asking=_words("what who whom whose when where why how which"),
    adverbial=_words("when where why how") | {"how long", "how often", "since when"},
    verbs=_words(
        "is are was were be been am do does did done has have had will would can could should may might must "
        "say said says happen happened happens cost costs go goes went gone think thought mean means know "
        "knew tell told live lives lived come came answer answered reply replied get got anything else "
        "something me us"
    ),
    events=_words("happen happened happens go went take took matter say said do done mean"),
    asks_who=_words("who whom which whose"),
)
GRAMMARS = {"sv": NORTHERN, "no": NORTHERN, "da": NORTHERN, "en": ENGLISH}
MODALS = _words("ska skal skall skulle kan kunde kunne vil vill ville må måste måtte bör bør får fick kommer")
COUNTED = re.compile(r"(?:många|mange|many) (?:är|er|are|var|were)\b", re.I)
PARTICLES = _words("ned ner upp opp op ut ud in inn ind bort fram frem till til av af")
DEGREES = _words("nå nu da då så mest mer mere allerede redan ännu ennå fortsatt")
PERFECT = _words("har hade hadde havde have")
COPULAS = _words("är er var blir blev bliver ble vara være")
MEASURES = _words(
    "många mange mycket meget mye länge lenge længe ofta ofte lite stor stort stora gammal gammel langt "
    "långt lang lång many much often"
)
EXTENTS = _words(
    "lång långt långa lang langt lange long hög högt høy høyt høj højt high tall djup djupt dyp dypt dyb dybt deep bred brett "
    "bredt wide far"
)
WHICH = _words("vilken vilket vilka hvilken hvilket hvilke which")
ADDRESSED = _words("du dig deg dere ni you jag jeg vi we")
COURTESY = _words("tack takk tak thanks thank hej hei hi hello ja jo nej nei yes no ok okay")

_MONTHS = (
    "januari?|january|februari?|february|mars|marts|march|april|maj|mai|may|juni|june|juli|july|augusti?|september"
    "|oktober|october|november|december|desember"
)
YEAR = r"(?:1[4-9]|20)\d\d"
RELATIVE = (
    "i fjol|i fjor|förra året|sidste år|last year|i år|this year|nästa år|neste år|næste år|next year|i dag|idag|today"
    "|i går|igår|yesterday|året innan|året efter|året etter|året før|the year before|the year after"
)
TIME = re.compile(
    r"(?<!\w)(?:(?P<prep>i|in|under|during|on|sedan|since|siden|før|före|before|efter|etter|after|till|til|until|från|fra"
    r"|from|på|om|by)\s+)?"
    r"(?P<core>(?:(?:den|the)\s+)?(?P<day>\d{1,2}(?:\.|:?[ae]|st|nd|rd|th)?\s+(?:of\s+)?)?"
    rf"(?P<month>{_MONTHS})(?:,?\s+(?P<of>{YEAR}))?|(?:(?:the|år)\s+)?{YEAR}(?:s|-?tal+et)?|{RELATIVE})(?!\w)", re.I)
