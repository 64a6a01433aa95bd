"""Whether a question asks for an overview: what happened, what is known, how a thing was told, and of what.

Swedish, Norwegian (both forms), Danish and English stand side by side, since no form of one means something else in
another. Knows words only: no archive, no model.
"""

import re
from functools import lru_cache

from bot.grammar import MEASURES, TIME
from index.words import words_of

# A form is a row of entries of the lexicon below. One with `?` may be left out; TOPIC is what the overview is of, REST
# what else is said of it.
_FORMS = """
please? tell us? general? general? about TOPIC
please? tell us? what that? have? happened in? TOPIC
please? sum what that? have? happened in? TOPIC
please? give us? a? any? survey of TOPIC
please? sum TOPIC
a? any? survey of TOPIC
the? story of TOPIC
what is the? survey of TOPIC
what is the? story of TOPIC
what have there? amid? happened amid? in TOPIC
what befell amid? date? in TOPIC
what know one amid? about TOPIC
what do one know about TOPIC
what is known about TOPIC
what got one to? know about TOPIC
what exist there? written? within? about TOPIC
what have there? become? written there? within? about TOPIC
what reported there? within? about TOPIC
what told teller amid? about TOPIC
what have teller written about TOPIC
what do teller report us? about TOPIC
how depicted teller about? TOPIC
how have teller portrayed about? TOPIC
how do teller portray TOPIC
how appeared there? about? TOPIC
how have TOPIC appeared date?
how was TOPIC portrayed date?
how have TOPIC become portrayed date?
ways TOPIC
what acted there? to TOPIC
what was there? done to TOPIC
how have TOPIC become? changed REST?
how do TOPIC change REST?
how altered self? TOPIC
how grew TOPIC forth REST?
how went it to? when TOPIC
how went TOPIC to
how have it gone for TOPIC
"""
_MEDIUM = (  # who tells in general: the archive itself, not a person or an authority
    r"[^\W\d_]*(?:journal(?:en|er|erna|erne)?|film(?:en|er|erna|ene)?|arkiv(?:et|en)?|tidning(?:en|ar|arna)?|blad(?:et|en)?"
    r"|avis(?:en|a|er|ene|erne)?|artik(?:el|eln|lar|larna|kel|kelen|ler|lene|lerne|len)|press(?:en|a|e)|reportage(?:t|n)?"
    r"|medi(?:a|er|erna|ene|erne|et)|nyhe[td](?:er|erna|ene|erne)|inslag(?:et|en)?|redaktion(?:en|erna)?|papers?|reels?)"
    r"|archives?|articles?|journals|films|radion?|tv|reports?|reporters|broadcasts?|coverage|stories|sources"
    r"|källor(?:na)?|kilder(?:ne)?|kildene|kjeldene"
)
_LEXICON = {
    "please": "(?:snälla|please|hej|hei|hi|hello)|(?:(?:snälla|please|hej|hei|hi|hello) )?"
              "(?:kan|kunne|kunde|skulle|vill|vil|can|could|would) (?:du|ni|dere|i|you)(?: kunna| please)?",
    "tell": "berätta|fortell|fortelle|fortel|fortelja|fortæl|fortælle|tell",
    "us": "(?:för |for |to )?(?:oss|os|mig|meg|us|me|people|viewers|readers|audiences)",
    "general": "lite|litt|lidt|något|noe|noget|mer|mere|mera|allt|alt|kort|gärna|gjerne|gerne|more|all|briefly|something"
               "|everything|a bit|a little",
    "about": "om|kring|rundt|runt|omkring|från|fra|about|on|from|regarding",
    "that": "som|der|that",
    "what": "vad|hva|kva|hvad|what",
    "how": "hur|hvordan|korleis|how",
    "give": "ge|gi|gje|giv|skriv|give|write",
    "a": "en|ei|et|ett|an?|the",
    "any": r"[^\W\d_]+",
    "survey": "överblick|översikt|sammanfattning|bakgrund|genomgång|återblick|kronologi|tidslinje|historik|oversikt"
              "|oppsummering"
              "|samandrag|sammendrag|bakgrunn|gjennomgang|tilbakeblikk|overblik|oversigt|opsummering|sammenfatning|baggrund"
              "|gennemgang|tilbageblik|overview|summary|background|timeline|chronology|survey",
    "of": "om|kring|runt|av|af|over|över|til|till|på|för|for|bak|bakom|bag|about|of|on|to|behind",
    "sum": "sammanfatta|oppsummer|opsummer|opsummér|sammenfat|summari[sz]e|sum up|beskriv|redogör för|redegjør for"
           "|gjør rede for|gjer greie for|redegør for|outline|describe",
    "the": "the|den|hele|hela",
    "story": "bakgrunden|historien|historiken|utvecklingen|bakgrunnen|utviklingen|utviklinga|soga|historia|baggrunden"
             "|udviklingen|background|history|story|development|evolution",
    "is": "är|var|er|is|was|has been|har varit|har vært|har været",
    "have": "har|hade|hadde|havde|has|have|had|er|ble|blei|blev|vart|är|var|is|was|were|are",
    "there": "det|der|man",
    "amid": "egentligen|egentlig|sedan|siden|senere|senare|så|då|da|ellers|i dag|idag|really|since|actually|so far|then",
    "happened": "hände|hänt|skedde|skett|inträffat|inträffade|skjedde|skjedd|hendte|hendt|skete|sket|happened|happening",
    "befell": "hände|skedde|inträffade|skjedde|hendte|hende|skete|happened",
    "date": re.sub(r"\?P<\w+>", "?:", TIME.pattern),
    "in": "med|kring|runt|rundt|omkring|i|in|på|vid|ved|under|efter|etter|sedan|siden|för|for|hos|mellan|mellem|mellom"
          "|to|with|at|on|after|during|since|around|between",
    "know": "vet|veit|ved|visste|vidste|veta|reda på|höra|se|läsa|vite|vita|høre|høyre|vide|lese|læse|know|learn|find out"
            "|hear|see",
    "one": "vi|man|du|ni|dere|dykk|i|arkivet|publiken|tittarna|läsarna|leserne|seerne|publikum|læserne|we|you|one|people"
           "|viewers"
           "|readers|audiences|the archive",
    "do": "do|does|did|can|could|has|have",
    "known": "känt|kjent|kjend|kendt|known",
    "got": "fick|får|fikk|fekk|fik",
    "to": "at|å|till|til|för att|for å|for at|för|for|to|about",
    "exist": "finns|finnes|fins|findes|står|stod|is",
    "written": "skrivet|skrivits|skrevet|skrive|berättat|berättats|rapporterat|rapporterats|rapportert|rapporteret|sagt"
               "|sagts|vist"
               "|visat|visats|fortalt|omtalt|att läsa|å lese|at læse|written|reported|told|said|shown",
    "within": rf"(?:i|in) (?:the )?(?:{_MEDIUM})",
    "become": "blitt|blivit|blevet|vorte|been",
    "reported": "skrevs|sades|rapporterades|berättades|visades|fortaltes|rapporteredes",
    "told": "berättar|berättade|rapporterar|rapporterade|skrev|skriver|visar|visade|sade|sa|säger|skildrar|skildrade|meddelade"
            "|forteller|fortalte|fortel|fortalde|rapporterer|rapporterte|skreiv|viste|viser|sier|fortæller|rapporterede|siger"
            "|sagde",
    "teller": r"(?:(?:de|den|det|the|our|your|these|this|vår|våra|våre|vores) )?(?:[^\W\d_]+ )?"
              rf"(?:{_MEDIUM})|man|vi|ni|they|we|one",
    "report": "tell|told|say|said|report|reported|write|written|show|shown",
    "depicted": "följde|skildrade|skildrar|beskrev|beskriver|bevakade|bevakar|rapporterade|rapporterar|speglade|speglar"
                "|framställde|behandlade|uppmärksammade|presenterade|porträtterade|täckte|fulgte|følgde|skildret|skildra"
                "|skildrer|dekket|dekka|dekker|omtalte|omtalar|omtaler|fremstilte|framstilte|rapporterte|presenterte"
                "|skildrede|dækkede|fremstillede|rapporterede|behandlede|præsenterede",
    "acted": "gjordes|gjorde man",
    "done": "gjort|gjord|done",
    "was": "ble|blei|blev|vart|är|var|er|was|were",
    "appeared": "skildrades|skildrats|beskrevs|beskrivits|bevakades|bevakats|speglades|speglats|framställdes|framställts"
                "|rapporterades|rapporterats|uppmärksammades|uppmärksammats|följdes|följts|porträtterades|porträtterats"
                "|presenterades|presenterats|firades|firats|mottogs|mottagits|skildredes|omtaltes|fejredes",
    "portrayed": "skildrat|skildrad|beskrivit|beskriven|bevakat|bevakad|följt|speglat|framställt|rapporterat|uppmärksammat"
                 "|presenterat|skildret|skildra|beskrevet|beskrive|dekket|dekka|fremstilt|framstilt|omtalt|fulgt|følgt"
                 "|presentert"
                 "|rapportert|dækket|fremstillet|præsenteret|rapporteret|portrayed|depicted|described|covered|reported on"
                 "|reported|followed|presented|feiret|feira|fejret|celebrated|received",
    "portray": "follow|cover|report on|report|portray|describe|depict|present|treat|show|followed|covered|reported on|reported"
               "|portrayed|described|depicted|presented",
    "ways": "(?:på )?(?:vilka|hvilke|kva)(?: olika| skilda| ulike| forskjellige| forskellige)? (?:sätt|måter|måtar|måder)"
            "|in (?:what|which)(?: different| various)? ways",
    "changed": "utvecklats|förändrats|vuxit fram|utvecklat sig|förändrat sig|gått till|(?:utviklet|utvikla|endret|endra"
               "|forandret"
               "|forandra|udviklet|ændret) (?:seg|sig)|changed|developed|evolved|grown",
    "change": "develop|evolve|change|unfold|come about|come to be",
    "altered": "utvecklades|förändrades|utvecklade|utviklet|utvikla|endret|endra|forandret|udviklede|ændrede|forandrede",
    "self": "seg|sig",
    "grew": "växte|vokste|voks|voksede",
    "forth": "fram|frem",
    "went": "gick|gikk|gjekk|gik",
    "it": "det|it",
    "when": "när|då|da|når|att|at",
    "gone": "gått|gåt|gået|gone",
    "for": "för|for|med|with",
}
# Words that look over many years or over all that was told: what is asked about them asks for more than one detail.
_SPAN = (
    r"(?:1[5-9]|20)?\d0-?(?:talen|talet|tallet|tallene|tal|åra|årene|erne)|(?:the )?(?:1[5-9]|20)?\d0s"
    r"|(?:genom|under|gjennom|gennem|through|over|across|down)(?: the| alla| alle)? (?:åren|årene|åra|years|decades|decennierna"
    r"|tiårene|årtierne)|över tid|over tid|over time|med tiden"
    r"|(?:under|during)(?: the| hela| hele)?(?: andra| første| första| andre| anden| second| first)? (?:[^\W\d_]*krig(?:et"
    r"|en|ene"
    r"|s[åt][^\W\d_]*)?|(?:world )?war(?: years)?|beredskapsåren|depressionen|okkupasjonen|besättelsen|mellankrigstiden)"
)
_ACCORDING = rf"(?:enligt|ifølge|i følge|ifølgje|according to)(?: the| de| våra?| våre)? (?:{_MEDIUM})"
_OPEN = r"(?:vad|hva|kva|hvad|hur|hvordan|korleis|vilka|hvilke|what|how|which) (?P<verb>\w+)"
_CLOSED = words_of(  # what makes an open question one for a name, a number or a word
    "heter hette het hedder hed kostar kostade koster kostet kostede kallas kallades kalles kaltes kaldes kaldtes är var er "
    "blev "
    "ble is was were are tjänade vägde percentage year fart person fort högt långt tidigt sent nära gammalt tungt højt høyt "
    "fast "
    "tung tall near early late soon large big procent prosent år andel") | MEASURES
_ASIDE = re.compile(
    rf",? (?:{_ACCORDING}|(?:i|in|av|af|by)(?: the| de| våra?| våre| our)? (?:{_MEDIUM}))$|^{_ACCORDING},? ", re.I)
# A topic that turns out to be one detail of it, or one of its moments.
_DETAIL = re.compile(
    r"(?:vem|vems|när|var|hvem|når|hvornår|kven|who|whom|whose|when|where|if|huruvida|whether|vilken|vilket|hvilken|hvilket"
    r"|(?:hur|hvor|how) \w+|vad|hva|hvad|what|för att|for at|att|at) |.* (?:när|hvis|dersom|då|når|when|if) ", re.I)
_MOMENT = re.compile(r" (?:när|hvis|dersom|då|når|when|if) ", re.I)


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile("".join(map(_part, row.split())), re.I) for row in _FORMS.strip().splitlines())


def _part(entry: str) -> str:
    name = entry.rstrip("?")
    words = rf"(?P<{name.lower()}>.+?)" if name in ("TOPIC", "REST") else f"(?:{_LEXICON[name]})"
    return f"(?:{words} )?" if entry.endswith("?") else f"{words} "


def asked_overview(question: str) -> str | None:
    """What a question asks an overview of, in its own words; None for one that asks for a detail.

    "Vad har hänt med bron?" asks for one of "bron". What asks how much, who or when, or for the words of one person, asks
    for none.
    """
    text = " ".join(question.split()).rstrip(" ?.!:")
    plain = _ASIDE.sub("", text)
    for form in _forms():
        if match := form.fullmatch(f"{plain.replace(',', '')} "):
            found = match.groupdict()
            topic = " ".join(part for part in (found["topic"], found.get("rest")) if part)
            return None if _DETAIL.match(f"{topic} ") else topic
    return plain if _is_wide(plain, plain != text) else None


def _is_wide(plain: str, over_all: bool) -> bool:
    """An open question about a span of years, or about what the archive tells (`over_all`), is one about many articles."""
    match = re.match(_OPEN, plain, re.I)
    if match is None or match["verb"].lower() in _CLOSED or _MOMENT.search(plain):
        return False
    return over_all or re.search(rf"(?<!\w)(?:{_SPAN})(?!\w)", plain, re.I) is not None
