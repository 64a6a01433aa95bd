"""The small words that turn a statement: negation, modality, direction, scope, cause, condition. Data, in four languages.

Every table holds word forms in lower case, Swedish, Norwegian, Danish and English side by side; where a form means
something harmless in one of the languages it is left out.
"""

from functools import lru_cache

from index.words import lines_of, words_of

NEGATIONS = words_of(
    "inte icke ej aldrig ingen inget inga ingenting ingenstans utan knappast ikke ikkje aldri intet ingensteds uten",
    "uden neppe verken not no never none nobody nothing nowhere without neither nor cannot hardly nei nej varken",
    "hverken",
)
# Verbs and adjectives that deny. They may stand for a negation, and must themselves be in the evidence.
DENIALS = words_of(
    "saknar saknade saknas saknades mangler manglet manglede manglar lacks lacked lack lacking nekar nekade nekat",
    "nekter nektet nægter nægtede nektar denies denied deny refuses refused refuse förnekar förnekade förnekat",
    "benekter benektet benægter dementerar dementerade dementerer dementerte avvisar avvisade avvisat avviser",
    "avviste avvist afviser afviste reject rejects rejected rejecting dismisses dismissed vägrar vägrade vägrat",
    "avslår avslog avslo avslått upphör upphörde upphört misslyckas misslyckades mislykkes mislyktes fails failed",
    "fail failing omöjlig omöjligt umulig umuligt impossible unable oförmögen ute uteblev uteblir tillbakavisar",
    "tillbakavisade tilbakeviser tilbakeviste refutes refuted förbjuder förbjöd forbyr forbød forbyder forbids",
    "banned förbjudet forbudt stoppar stoppade stanser stanset declined declines decline avböjde avböjer avböja avstod avstår",
    "undlod undlader",
)

# Families of modality. A sentence must not state as a fact what its evidence gives under one of them.
MODALS = {
    "possible": "kan kunde kunnat kanske möjligen möjligtvis eventuellt troligen troligtvis sannolikt antagligen "
                "förmodligen riskerar riskerade kunne kunna kanskje muligens eventuelt trolig sannsynligvis antakelig "
                "antagelig "
                "risikerer risikere risikerte måske muligvis formentlig sandsynligvis sannsynlig sannolik "
                "may might could can able perhaps maybe possibly probably likely risks risk verkar tycks virker "
                "appears seems appear seem mulig möjlig möjligt muligt possible",
    "intended": "ska skall skulle skal vill ville vil velat planerar planerade planerat planer planlegger planla "
                "planlægger planlagte hoppas hoppades håpte håper håpet håber håbede "
                "hopes hoped hope hoping ønsker ønsket önskar "
                "önskade ønskede ønske önskat wants wanted want wishes wish föreslår föreslog föreslagit foreslår foreslo "
                "foreslått foreslog proposes proposed propose proposal förslag forslag avser avsåg akter aktet agter "
                "tänker tänkte intends intended intend will would shall plans planned plan lovar lovade lover lovet lovede "
                "promises promised siktar sikter aims aim aimed försöker försökte försökt prøver prøvde forsøker forsøkte "
                "forsøger tries tried try trying ambition ambisjon överväger övervägde vurderer vurderte overvejer "
                "considers considered considering ber bad begär begärde krever krevde kräver krävde kräva demands demanded "
                "utlovar varslar syfte syftet syftar formål formålet hensikt hensikten avsikt avsikten purpose "
                "hotar hotade truer truet threatens threatened förväntas väntas väntades forventes ventes "
                "expected expects expect beräknas räknas anslår uppmanar uppmanade oppfordrer oppfordret",
    "obliged": "måste bör borde behöver behövde må måtte bør burde skal behøver trenger must should ought needs need nødt "
               "nödd nödgas tvungen tvungna tvingas tvingar tvingade tvingades tvingats anbefaler "
               "anbefalte anbefales rekommenderar rekommenderade rekommenderas recommends recommended tvinger "
               "tvang tvinges tvunget forced",
}
# Of these words the family counts on both sides: what they add is an assertion of its own.
STRONG_MODALS = words_of("måste bör borde må måtte bør burde must should ought tvingar tvinger tvingas tvinges forced")
# How a claim is marked as somebody's, or as unsure, without naming anyone.
HEDGES = words_of(
    "uppges sägs påstås lär påstådd påstådda påstått påstod angivelig angivelige påståtte angiveligt reportedly",
    "allegedly alleged supposedly hevdes hevdas antas antogs antatt misstänks misstänkt misstänkta",
    "mistenkes mistenkt mistenkte mistænkt suspected siktet siktede siktes sigtet tiltalt tiltalte åtalad åtalade",
    "accused charged anklagad anklagas anklages anklaget skyldig",
)

# What keeps a statement short of whole: dropped, "soon", "almost" or "as a rule" become now, quite and always.
SOFTENERS = words_of(
    "snart nästan knappt ungefär omkring cirka ca minst högst troligen sannolikt kanske eventuellt ofta oftast ibland",
    "vanligtvis vanligen delvis huvudregeln främst hittills",
    "nesten knapt omtrent rundt minst høyst trolig sannsynligvis kanskje eventuelt ofte vanligvis iblant delvis",
    "hovedregelen hovedregel hittil foreløpig næsten cirka mindst højst sandsynligvis måske",
    "soon almost nearly barely about roughly approximately probably perhaps maybe possibly often usually sometimes",
    "partly mostly mainly so-called provisionally",
)

ALL = words_of(
    "alla allt samtliga samtlige alle alt all every everyone everybody everything varje varenda enhver ethvert hver",
    "hvert hela hele helt heile hel whole entire entirely fully completely fullt fullständigt fullstendig totalt",
    "totally alltid altid always överallt overalt everywhere endast bare kun only bara uteslutande utelukkende enda enbart",
    "blott solely exclusively",
    "eneste each",
)
SOME = words_of(
    "några någon somliga vissa viss visst delar del enstaka noen visse enkelte deler delvis",
    "dele nogle nogen någon noe something anything any some certain few partly partially part parts several",
    "sometimes ibland iblant",
    "majoriteten majoritet flertallet flertall majority flest flesta fleste merparten hälften halvparten",
    "delvist især främst hovedsakelig",
)
SEVERAL = words_of("flera flere många mange many multiple numerous diverse ulike olika")

# What bounds a number. Dropping or adding one changes the number.
BOUNDS = {
    "under": "mindre färre færre under less fewer below knappt knapt underkant knap",
    "over": "mer mera fler över flere over mere more above exceeding drygt godt vel minst minimum least mindst "
            "overkant",
    "nearly": "nästan nesten næsten nearly almost tett nær nära near närmare nærmere close",
    "upto": "upp opp op opptil upptill inntil högst høyst højst maximalt maksimalt most max maks",
}

# The reason stands after these, or before those ("because it rained", "it rained, therefore").
REASON_FOLLOWS = words_of(
    "eftersom ettersom fordi grunnet because owing beror berodde skyldes skyldtes orsakas orsakades forårsaket",
    "forårsakes forårsaget enär emedan",
)
REASON_PRECEDES = words_of(
    "därför derfor derved dermed därmed därigenom therefore thus hence causing orsakade orsakar forårsaker",
    "forårsager resulterade resulterte resulted medfører medförde medför",
)
# These mean "as", "since", "for" or "so" too: they may carry a cause, but don't show one.
AMBIGUOUS_CAUSES = words_of("da då for för siden since så so as vegne følge följd")
CAUSE_NOUNS = words_of("grunn grunnen grund grunden årsaken orsaken orsak årsak årsag årsagen reason cause causes reasons")
CAUSE_PHRASES = tuple(tuple(phrase.split()) for phrase in (
    "på grund av", "på grunn av", "på grund af", "som følge av", "som følge af", "till följd av", "tack vare", "takket være",
    "as a result", "due to", "ledde till", "leder till", "førte til", "fører til", "led to", "leads to", "som en följd",
    "med anledning av", "i og med", "i och med", "på bakgrunn av", "mot bakgrund av",
))

# Words that make a title another title.
ROLE_MODIFIERS = words_of(
    "vice tidigare förre förra fd förutvarande tidligere forhenværende eks former ex deputy acting",
    "visestyre fungerende konstituert tillförordnad tf blivande påtroppende avgående avtroppende outgoing",
    "incoming kommende biträdande assisterande assistant assisterende stedfortredende påstådd påstått",
    "angivelig alleged falsk falska falske false fake",
)

# Opposites by the beginnings of words (an asterisk) or by whole words. The same family on both sides, or it is a lie.


@lru_cache(maxsize=1)
def _opposites() -> dict[str, frozenset[tuple[int, int]]]:
    found: dict[str, set[tuple[int, int]]] = {}
    for family, line in enumerate(lines_of("opposites.txt")):
        for side, words in enumerate(line.split("|")):
            for word in words.split():
                found.setdefault(word, set()).add((family, side))
    return {word: frozenset(marks) for word, marks in found.items()}


def directions(word: str) -> frozenset[tuple[int, int]]:
    """The families of opposites a lower-case word belongs to, each with its side (0 or 1)."""
    return _opposites().get(word, frozenset())


@lru_cache(maxsize=1)
def _modal_words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for family, words in MODALS.items():
        for word in words.split():
            found.setdefault(word, set()).add(family)
    return {word: frozenset(families) for word, families in found.items()}


def modality(word: str) -> frozenset[str]:
    """The families of modality of a lower-case word: possible, intended, obliged; empty for most words."""
    return _modal_words().get(word, frozenset())


@lru_cache(maxsize=1)
def _bound_words() -> dict[str, str]:
    return {word: name for name, words in BOUNDS.items() for word in words.split()}


def bound(word: str) -> str:
    """How a word bounds the number after it: under, over, nearly, upto; "" where it doesn't."""
    return _bound_words().get(word, "")


def negates(word: str) -> bool:
    """Whether a lower-case word negates, English contractions included ("didn't")."""
    return word in NEGATIONS or word.endswith(("n't", "n’t"))


# Prepositions that turn a sentence round when one stands in the other's place.
OPPOSED = frozenset(frozenset(pair.split()) for pair in (
    "for imot", "for mot", "for emot", "för emot", "för mot", "for against",
    "före efter", "innan efter", "før etter", "før efter",
    "before after", "över under", "over under", "above below", "med utan", "med uten", "med uden", "with without", "upp ner",
    "upp ned", "opp ned", "op ned", "up down", "in ut", "inn ut", "ind ud", "in out", "till från", "til fra", "to from",
))
