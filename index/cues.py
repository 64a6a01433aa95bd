"""The words that frame what somebody says, as data for Swedish, Norwegian, Danish and English.

The languages are joined in one lexicon: an article quotes its neighbours, and no word here means something else in the
next language over. All words are in lower case. Knows words only, no texts.
"""

from functools import lru_cache
from typing import Literal

Gender = Literal["f", "m"]


def words(*lines: str) -> frozenset[str]:
    """A set of the words of some lines."""
    return frozenset(word for line in lines for word in line.split())


# What follows or precedes a quotation: "…, säger hon".
DIRECT = words(
    # Swedish
    "säger sade sa sagt säga berättar berättade berättat menar menade anser ansåg hävdar hävdade tycker tyckte tror",
    "trodde förklarar förklarade uppger uppgav uppgett påpekar påpekade betonar betonade understryker underströk",
    "poängterar poängterade konstaterar konstaterade kommenterar kommenterade svarar svarade svara fortsätter",
    "fortsatte tillägger tillade skriver skrev skrivit mejlar mejlade twittrar twittrade meddelar meddelade meddelat",
    "intygar intygade försäkrar försäkrade utropar utropade ropar ropade viskar viskade frågar frågade undrar undrade",
    "varnar varnade lovar lovade medger medgav erkänner erkände bekräftar bekräftade avslutar avslutade inleder",
    "inledde börjar började beskriver beskrev minns mindes resonerar resonerade suckar suckade skrattar skrattade ler",
    "log hälsar hälsade uppmanar uppmanade kräver krävde föreslår föreslog rapporterar rapporterade avslöjar",
    "avslöjade spår spådde bedömer bedömde slår slog lägger lade la fyller fyllde skjuter sköt inflikar inflikade",
    "invänder invände framhåller framhöll fastslår fastslog summerar summerade exemplifierar utvecklar preciserar",
    "upprepar upprepade muttrar skriker skrek jublar jublade hoppas hoppades heter hette lyder löd står stod skämtar",
    "skämtade reflekterar funderar konkluderar dundrar rasar fnyser messar anklagar anklagade argumenterar",
    # Norwegian, both forms
    "utbryter utbrøt utbrister utbrast udbryder udbrød sier si forteller fortalte fortalt mener mente meiner meinte",
    "hevder hevdet hevda synes syntes trur forklarer forklarte opplyser opplyste opplyst påpeker påpekte poengterer",
    "poengterte understreker understreket understreka presiserer presiserte konstaterer konstaterte kommenterer",
    "kommenterte svarer svarte svare fortsetter tilføyer tilføyde skrevet melder meldte meddeler meddelte forsikrer",
    "forsikret roper ropte hvisker hvisket spør spurte undrer advarer advarte lover lovet innrømmer innrømmet",
    "innrømte erkjenner erkjente bekrefter bekreftet avslutter avsluttet begynner begynte innleder innledet minnes",
    "mintes sukker sukket lo smiler smilte oppfordrer oppfordret krever krevde foreslår foreslo rapporterer",
    "rapporterte avslører avslørte vurderer legger føyer føyde fastslo slo oppsummerer oppsummerte gjentar gjentok",
    "skryter skrøt jubler jublet håper håpet het lød sto spøker spøkte konkluderer konkluderte raser tordner tordnet",
    "freser utdyper utdypet bemerker bemerket anfører anførte argumenterer argumenterte uttaler uttalte tvitrer",
    "twitrer tvitret seier seie fortel fortalde skreiv spurde held peikar peker pekte hyller hyllet roser roste",
    "langer medgir medga tilstår tilsto supplerer supplerte skyter skjøt skød garanterer garanterte erklærer erklærte",
    "bedyrer bedyret repliserer repliserte ytrer uttrykker oppgir oppga framholder framholdt fremholder fremholdt",
    "fremhever fremhevet mimrer klager klaget beklager beklaget formaner takker takket anslår humrer ramser",
    "stadfester stadfestet proklamerer annonserer tipper deler lurer lurte tenker tenkte understrekar",
    # Danish
    "siger sagde sige fortæller troede forklarede oplyser oplyste påpeger påpegede pointerer pointerede understreger",
    "understregede konstaterede kommenterede svarede fortsætter tilføjer tilføjede forsikrede råber råbte spørger",
    "spurgte advarede lovede indrømmer indrømmede erkender erkendte bekræfter bekræftede afslutter afsluttede",
    "begynder begyndte indleder indledte husker griner grinede opfordrer opfordrede kræver krævede foreslog lægger",
    "lagde hedder hed vurderede hævder hævdede udtaler udtalte bemærker bemærkede uddyber uddybede konkluderede",
    "gentager noterer håber håbede",
    # English
    "says said say saying tells told adds added explains explained notes noted claims claimed argues argued believes",
    "believed thinks thought insists insisted warns warned writes wrote asks asked replies replied answers answered",
    "continues continued concludes concluded admits admitted acknowledges acknowledged confirms confirmed announces",
    "announced states stated declares declared recalls recalled remembers remembered stresses stressed emphasizes",
    "emphasized emphasises emphasised points pointed suggests suggested predicts predicted promises promised pledges",
    "pledged vows vowed jokes joked quips quipped shouts shouted yells yelled cries cried whispers whispered sighs",
    "sighed laughs laughed begins began observes observed remarks remarked comments commented tweets tweeted posts",
    "posted responds responded testifies testified urges urged complains complained contends contended asserts",
    "asserted maintains maintained reports reported reveals revealed alleges alleged concedes conceded cautions",
    "cautioned counters countered boasts boasted muses mused reads read reflects reflected reasons reasoned agrees",
    "agreed wonders wondered exclaims exclaimed reiterates reiterated fumes chimes chimed goes went elaborates",
    "elaborated estimates estimated advises advised lamented laments proclaimed proclaims summed sums put puts",
    "described describes chanted chants screamed screams sang sings sobbed snapped snaps murmured hollered barked",
)

# What takes a statement as its object: "anser att", "uppger", "said that".
INDIRECT = words(
    "säger sade sa sagt berättar berättade berättat menar menade anser ansåg hävdar hävdade tycker tyckte tror trodde",
    "förklarar förklarade uppger uppgav påpekar påpekade betonar betonade understryker underströk poängterar",
    "poängterade konstaterar konstaterade svarar svarade tillägger tillade skriver skrev meddelar meddelade försäkrar",
    "försäkrade varnar varnade lovar lovade medger medgav erkänner erkände bekräftar bekräftade framhåller framhöll",
    "fastslår fastslog bedömer bedömde spår hoppas rapporterar rapporterade intygar intygade mejlar upplyser upplyste",
    "sier fortel forteller fortalte mener mente meiner meinte hevder hevdet synes syntes trur forklarer forklarte",
    "opplyser opplyste påpeker påpekte poengterer poengterte understreker understreket presiserer presiserte",
    "konstaterer konstaterte svarer svarte tilføyer tilføyde melder meldte meddeler meddelte forsikrer forsikret",
    "advarer advarte lover lovet innrømmer innrømmet erkjenner erkjente bekrefter bekreftet framholder framholdt",
    "fremholder fastslo antyder antydet uttaler uttalte seier håper håpet rapporterer rapporterte legger la føyer",
    "føyde varsler varslet siger sagde fortæller troede forklarede oplyser oplyste påpeger påpegede understreger",
    "understregede konstaterede svarede tilføjer tilføjede advarede lovede indrømmer indrømmede erkender erkendte",
    "bekræfter bekræftede hævder hævdede vurderer vurderede udtaler udtalte håber lægger lagde pointerer pointerede",
    "lader says said told tells adds added explains explained notes noted claims claimed argues argued believes",
    "believed thinks thought insists insisted warns warned writes wrote replies replied concludes concluded admits",
    "admitted acknowledges acknowledged confirms confirmed announces announced states stated declares declared",
    "recalls recalled stresses stressed emphasizes emphasized suggests suggested predicts predicted promises promised",
    "pledges pledged vows vowed observes observed testifies testified complains complained contends contended asserts",
    "asserted maintains maintained reports reported reveals revealed alleges alleged concedes conceded cautions",
    "cautioned estimates estimated hopes hoped agrees agreed",
)
# Of these, the ones that take a statement without "att", "at" or "that" too: "Hun mener det er bra", "She said it was".
BARE = words(
    "säger sade sa menar tror sier mener meiner synes trur mente siger sagde said says believes thinks believed",
    "thought claims claimed uppger hevder hævder",
)
# Said aloud, so that the subject is a person rather than a newspaper or a ministry.
SPOKEN = words(
    "asked asks added sier sa säger sade siger sagde forteller fortalte berättar berättade fortæller said says sukker",
    "ler fortsetter fortsätter hevder hävdar",
)
# What quotes a fragment as its object: "kaller det «en skam»".
NAMING = words(
    "kallar kallade kallat beskriver beskrev betecknar betecknade avfärdar avfärdade talar talade kaller kalte kalla",
    "omtaler omtalte betegner betegnet snakker snakket kalder kaldte betegnede calls called calling describes",
    "described describing dismissed dismisses branded labeled labelled denounced praised criticized criticised",
    "characterized referred cited citing expressed spoke speaking talked saying promising accused accusing",
)
# A verb that speaks only with its particle: "lägger hon till", "la han til".
SPLIT = {
    **dict.fromkeys(("lägger", "lade", "legger", "la", "lægger", "lagde", "føyer", "føyde", "fyller", "fyllde"),
                    words("till til")),
    **dict.fromkeys(("slår", "slog", "slo"), words("fast")),
    **dict.fromkeys(("peker", "pekte", "peikar", "pekar", "pekade"), words("på ut")),
    **dict.fromkeys(("points", "pointed"), words("out")),
    **dict.fromkeys(("goes", "went"), words("on")),
    **dict.fromkeys(("chimes", "chimed"), words("in")),
    **dict.fromkeys(("sums", "summed"), words("up")),
    **dict.fromkeys(("held",), words("fram")),
    **dict.fromkeys(("skyter", "skjøt", "skjuter", "sköt", "skød"), words("inn in ind")),
}
# A verb that also carries its hearer as object, so that a name behind it is not the speaker: "told Reuters".
TELLING = words("told tells asked asks warned urged urges reminded advised assured informed")
# Of these, the ones that also follow a quotation with their subject behind: "…?” asked Ruiz".
ASKING = words("asks asked warned warns urged urges")
# Cues without a person: "heter det i en pressemelding", "står det".
IMPERSONAL = words("heter hette het hedder hed lyder lød löd står stod sto")
SOURCE = words("enligt ifølge följande følge according")       # "enligt X"; English: "according to X"
CLAUSE = words("att at that")

# Behind these, marks hold what somebody calls himself.
USERNAME = words(
    "brukernavn brukernavnet username användarnamn användarnamnet brugernavn brugernavnet alias signaturen signatur",
    "kallenavnet",
)

FEMALE = words("hon hun ho she")
MALE = words("han he")
ANYONE = words("hen they vedkommende vederbörande")
MANY = words("de dem dei")
THIRD = FEMALE | MALE | ANYONE | MANY
FIRST = words(
    "jag mig mej vi oss du dig ni man min mitt mina vår vårt våra din ditt jeg meg eg deg dere mine våre jer vores me",
    "we us you my our your",
)
SELF = words("jag jeg eg vi mig meg mej oss min mitt mina mine vår vårt våra våre we me my our us")
POSSESSIVE = words("sin sitt sine sina hans hennes hennar deras deres dets dens sit sine his her their its")

# Words that stand between the cue and its subject, or between the subject and its cue.
ADVERBS = words(
    "då också även sedan sen alltså dessutom vidare nu i dag senare igen själv bara till fast inte ofta redan da også",
    "videre nå så igjen senere selv bare til dog etterpå dessuten imidlertid derfor likevel ikkje òg ytterligere",
    "derefter endvidere ydermere ikke then later also still recently once often has have had repeatedly simply just",
    "further however again today previously would will could publicly reportedly first now himself herself always",
    "never frequently flatly bluntly",
)

# Function words that open a sentence with a capital and are no name.
FUNCTION = words(
    "en ett ei et den det dei de du i på av til till for för før med om som att at og och men eller når när nå nu da",
    "då der där dette detta denne denna disse dessa dem dom ho han hon hun hen jeg jag vi ni dere man sin sitt sine",
    "er är var ble blev blir vil vill kan skal ska må måste har hade hadde ikke inte ingen inga også också selv själv",
    "både bare bara slik slikt sådan så her här hvor hva vad hvem vem hvorfor varför hvordan hur hvis fordi derfor",
    "därför dermed därmed under over över etter efter mot mellom mellan uten utan ved vid fra från hos blant bland",
    "siden sedan mens medan samtidig samtidigt likevel mange många flere flera alle alla noen någon några noe något",
    "annen annan andre andra første första siste sista hele hela enligt ifølge trots tross foruten förutom innen",
    "innan inntil tills rundt runt dessuten dessutom nesten nästan kanskje kanske dersom hennes hans deres deras vår",
    "våre min mitt mine fakta foto video les läs se tekst text bilde bild ja nei nej jo takk tack etterpå deretter",
    "därefter ifjor igår idag nettopp just ny nye nya stor store stora to två tre fire fyra fem seks sex sju syv åtte",
    "åtta tio ti mye mycket mest flest lite litt mer mere mindre én éin ein eit dog altså alltså utover opp upp ned",
    "ner ut inn in foran framför bak bakom kun hver varje hverken varken enten antingen verken nogle noget nogen hvad",
    "hvornår hvilke ind op lige meget derefter hvert begge båda særlig särskilt slike heller hellre mandag tirsdag",
    "onsdag torsdag fredag lørdag søndag måndag tisdag lördag söndag januar februar mars april mai maj juni juli",
    "august september oktober november desember december januari februari augusti marts saken the a an this that",
    "these those he she it they we you his its their our my on of from with by as and but or if when while where who",
    "what why how after before during since until because although though despite however meanwhile yet so not no yes",
    "is are was were be been has have had do does did will would can could should may might must there here then now",
    "also both each every some any many most more much few several all one two three four five six seven eight nine",
    "ten first last next another other such only even still once again about above between among through into against",
    "without within according monday tuesday wednesday thursday friday saturday sunday january february march june",
    "july photo read additionally moreover instead perhaps maybe like unlike nor either neither than too very let",
    "lets well oh asked hi hello",
)
DAYS_AND_MONTHS = words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august",
    "september october november december",
)

# Words whose bearer speaks for itself without a name: kept as the article's description.
COLLECTIVE = words(
    "polisen politiet politi police polis officials authorities prosecutors investigators myndigheterna myndighetene",
    "regeringen regjeringen kommunen selskapet företaget bolaget klubben klubb partiet departementet styret styrelsen",
    "åklagaren påtalemyndigheten analysts critics experts experter eksperter eksperterne kritikere kritiker forskere",
    "forskare researchers scientists lawyers doctors residents witnesses vittnen vitner vidner firefighters lawmakers",
    "republicans democrats economists organizers protesters activists supporters teachers parents neighbors",
    "neighbours company government agency department ministry university court committee statement report board bank",
    "group organization union council commission school hospital office team museum foundation official woman boy",
    "girl worker employee source aides administration house city county state kvinne kvinna kvinde gutt jente pojke",
    "flicka tjänsteman tjenestemann kilde källa",
)
INDEFINITE = words(
    "en ett ei et a an noen nogle några någon flere flera mange många several some many one two både",
)
ARTICLES = words("the den det de")
POSSESSING_FIRST = words("min mitt mina mine vår vårt våra våre my our din ditt dina your vores mit")

# The head of a role: a word is a role where it, or the end of it, stands here ("prost-iprest", "utbildnings-minister").
_ROLES = words(
    "oppositionsråd oppositionsrådet kommunalrådet statsrådet minister bruker bruger användare user passasjer",
    "rapportør rapportör forhandler förhandlare forhandlar kong konge kung konung dronning drottning snickare snekker",
    "kommissionær kommissionär commissioner turist gjest ledare leder leiar chef sjef direktör direktør ordförande",
    "ordfører ordførar borgmester borgmästare talesperson talsperson talesman talsmann talsmand talskvinne talskvinna",
    "talesmann taleskvinna presstalesperson sekreterare sekretær handläggare saksbehandler rådgiver rådgivare",
    "ombudsman ombud president statsråd kommunalråd byråd landshövding riksdagsledamot ledamot representant",
    "stortingsrepresentant politiker politikar senator kongressmedlem medlem förbundskapten professor forsker forskar",
    "forskare docent lektor lærer lärare lærar rektor dekan student elev meteorolog psykolog biolog geolog ekolog",
    "økolog sosiolog sociolog teolog arkeolog kriminolog ekonom økonom analytiker analytikar jurist advokat dommer",
    "domare åklagare aktor statsadvokat anklager lege læge läkare overlege överläkare sykepleier sjuksköterska",
    "sygeplejerske tannlege veterinær veterinär prest præst präst biskop pave påve imam rabbin journalist redaktör",
    "redaktør reporter korrespondent programleder programledare kommentator ekspert expert konsult konsulent ingeniør",
    "ingenjör arkitekt forfatter författare forfattar poet skuespiller skådespelare skuespillerinne regissör regissør",
    "instruktør musiker artist sanger sångare sångerska sangerinne komponist dirigent pianist trener tränare træner",
    "kaptein kapten kaptajn spiller spelare målvakt keeper spiss forsvarer midtbane angriper løper åkare alpinist",
    "skiløper syklist cyklist utøver idrottare atlet mester eier ägare ejer grunnlegger grundare gründer vd ceo cfo",
    "formann formand föreman vaktleder operasjonsleder innsatsleder vakthavende befäl polismästare politimester",
    "lensmann betjent politibetjent etterforsker utredare etterforskar brannmann brandman brannsjef räddningsledare",
    "general oberst överste major offiser officer soldat sersjant admiral ambassadør ambassadör diplomat",
    "statssekretær statssekreterare nestleder visepresident talman stortingspresident bonde gårdbruker lantbrukare",
    "fisker fiskare jeger jägare butikksjef kjøpmann sjåfør chaufför pilot flyger koordinator samordnare",
    "prosjektleder projektledare verksamhetsutvecklare utvecklare kurator kunstner konstnär designer fotograf",
    "aktivist investor megler mäklare sjefsøkonom chefsekonom statistiker kjemiker fysiker kemist matematiker",
    "historiker filosof skribent blogger influencer youtuber vinner vinnare kandidat kronprins prins prinsesse",
    "prinsessa mamma pappa mor mamman pappan bror søster syster datter dotter sønn son hustru kone ektemann",
    "ektemannen maka samboer sambo nabo granne nabokone enke venn vän kollega passagerare innbygger invånare beboer",
    "förälder forelder forælder parent patient pasient vårdnadshavare regionråd landstingsråd oppositionsråd kommunalråd",
    "byråd vaktare vokter keeper mästare fårägare ägare eier ejer owner hyresgäst leietaker tenant pensionär pensjonist",
    "pensioner flykting flyktning refugee volontär frivillig volunteer farmer shepherd guide lärling lærling apprentice",
    "boende kund vitne vittne vitnet vittnet gäst eldste bestyrer föreståndare intendent museumsdirektør tillitsvalgt",
    "verneombud hovedtillitsvalgt forvalter förvaltare inspektör inspektør kontrollør strateg planlegger",
    "generalsekretær generalsekreterare pressesjef presschef informasjonssjef kommunikationschef byrådsleder",
    "fylkesmann statsforvalter rådmann kommunedirektør kommundirektör landbrugsminister borgerrepræsentant",
    "folketingsmedlem gruppeformand spokesman spokeswoman spokesperson chairman chairwoman chancellor governor",
    "congressman congresswoman representative mayor councilman councilwoman secretary director manager chief head",
    "leader founder cofounder owner partner researcher scientist teacher principal superintendent dean lecturer",
    "analyst economist strategist lawyer attorney judge justice prosecutor sheriff deputy detective sergeant",
    "lieutenant captain colonel commander agent inspector trooper doctor physician surgeon nurse psychologist",
    "psychiatrist biologist historian author writer novelist editor correspondent columnist critic actor actress",
    "singer musician composer producer coach player pitcher quarterback goalkeeper midfielder striker defender",
    "champion driver trainer pastor priest bishop archbishop cardinal pope rabbi reverend king queen prince princess",
    "duke ambassador envoy consultant adviser advisor aide engineer architect photographer activist organizer",
    "volunteer farmer rancher fisherman firefighter paramedic resident neighbor neighbour mother father brother",
    "sister daughter wife husband widow friend colleague witness victim survivor veteran curator librarian treasurer",
    "trustee administrator coordinator investigator counselor counsellor lobbyist banker broker trader developer",
    "entrepreneur member fellow candidate speaker co-founder coo cto premier mp guitarist drummer comedian filmmaker",
    "astronaut geologist",
)
# Titles that are part of the bearer's name, since there is no surname: "pave Frans".
REGAL = words(
    "pave påve pope kong kung konge king dronning drottning queen prins prince prinsesse prinsessa princess kronprins",
    "kronprinsesse kronprinsessa pastor saint st",
)
HONORIFIC: dict[str, Gender | None] = {
    "mr": "m", "mr.": "m", "mrs": "f", "mrs.": "f", "ms": "f", "ms.": "f", "miss": "f", "sir": "m", "dame": "f",
    "lady": "f", "herr": "m", "fru": "f", "frøken": "f", "fröken": "f", "dr": None, "dr.": None, "prof.": None,
}
_WOMANLY = ("kvinna", "kvinnan", "kvinne", "kvinnen", "kvinde", "kvinden", "woman", "inne", "erska", "mamma", "mamman")
_WOMEN = words(
    "moren moderen hustru hustrun kone konen kona wife mother sister daughter søster søsteren syster systern datter",
    "datteren dotter dottern actress queen princess dronning dronningen drottning drottningen enke enken",
)
_MANLY = ("ektemann", "ektemannen", "spokesman", "chairman", "congressman", "businessman", "talsmann", "talsmannen", "talesman")
_MEN = words(
    "maken husband father brother pappa pappan faren bror broren brodern sønn sønnen son sonen kongen kungen king",
    "prince paven påven pave påve pope",
)
_ENDINGS = (
    "erne", "ene", "ens", "en", "an", "na", "a", "n", "s",
)
_ABBREVIATED = words("sen. rep. gov. gen. lt. col. sgt. capt. rev. dr. prof.")
# Nouns that stand for a person without naming a role: `nordmannen`, `26-åringen`.
_EPITHETS = (
    "åringen", "mannen", "manden", "kvinnan", "kvinnen", "kvinden", "svensken", "dansken", "finnen", "briten",
    "kaneren", "kanen", "eren", "aren", "isten", "anten", "enten", "oren", "øren", "ören", "profilen", "stjernen",
    "stjärnan", "mamman", "pappan", "kjendisen", "kändisen", "legenden", "talentet", "yndlingen",
)

# A body, not a person.
_BODY = words(
    "inc corp co ltd llc plc gmbh as asa ab a/s oy party university college department ministry institute council",
    "association league club bank group company court police school hospital church museum agency committee",
    "commission union federation foundation society center centre times post herald news tribune journal radio tv",
    "press house senate congress administration office bureau board parliament cup championship park street avenue",
    "road bridge river lake mountain island county city state states kingdom republic north south east west airport",
    "station hotel stadium arena festival award awards act bill war prize sea ocean bay valley beach hills hall",
    "theater theatre fc fk if il bk sk united kommune kommun fylke län region universitet universitetet høgskole",
    "högskola skole skola sykehus sjukhus politidistrikt domkirke kirke kyrka forbund förbund förening forening lag",
    "stiftelse parti venstre høyre ungdom tidende tidning avis nyheter nytt magasin forlag förlag bokhandel senter",
    "museet kyrkan nord sør syd øst vest gate gata veien vägen plass plats stortorv torg utvalg avenyn bro elv sjö",
    "sjø scanpix reuters ntb tt ap afp bloomberg security national international american european nations nation",
    "world global research health service services systems technologies energy capital partners holdings facebook",
    "twitter instagram youtube google microsoft apple amazon lives matter democratic republican",
)
_LEGAL = words("as asa ab oy if il bk sk fc fk co")
# Of these, the ones that people bear as well.
_SURNAMES = words(
    "park street bridge rivers lake hall north east west hill hills beach bay church house temple price war sea day",
    "bank post nord sør syd øst vest bro elv sjö sjø plass lag hospital press german abbey banks stone field fields",
    "holdings bill state center",
)
_BODY_ENDINGS = (
    "parti", "kirke", "kirken", "kyrka", "kyrkan", "kommun", "distrikt", "skole", "skola", "universitet", "forening",
    "förening", "departementet", "departement", "partiet", "verket", "styret", "styrelsen", "kommunen", "kommune",
    "tinget", "rådet", "senteret", "tilsynet", "etaten", "direktoratet", "banken", "forbundet", "förbundet",
    "universitetet", "museet", "skolen", "skolan", "sykehuset", "sjukhuset", "politiet", "polisen", "avisen",
    "bladet", "tidningen", "laget", "klubben", "selskapet", "bolaget", "myndigheten", "institutt", "institutet",
    "fylket",
)


@lru_cache(maxsize=4096)
def role_head(word: str) -> str | None:
    """The part of a word that names a role, in its basic form: `meteorologen` is `meteorolog`, `prostiprest` is `prest`.

    Takes any case; None where the word names no role.
    """
    return next((head for form in _basic_forms(word) if (head := _ending(form))), None)


@lru_cache(maxsize=4096)
def basic(word: str) -> str:
    """A role in its basic form, compound and all: `partilederen` is `partileder`."""
    return next((form for form in _basic_forms(word) if _ending(form)), word.casefold())


def _ending(form: str) -> str | None:
    if form in _ROLES or form in _ABBREVIATED:
        return form
    return next((form[start:] for start in range(max(1, len(form) - 24), len(form) - 3) if form[start:] in _ROLES), None)


def _basic_forms(word: str) -> list[str]:
    lower = word.casefold()
    forms = [lower]
    forms.extend(lower[:-len(ending)] for ending in _ENDINGS if lower.endswith(ending) and len(lower) - len(ending) > 2)
    return forms


@lru_cache(maxsize=4096)
def is_definite(word: str) -> bool:
    """Whether a Scandinavian noun ends like a known one: `meteorologen`, `26-åringen`, but not `meteorolog`."""
    lower = word.casefold()
    return lower.endswith(("en", "et", "an", "erna", "erne", "ene", "aren", "ern", "orn", "a")) and lower not in _ROLES


@lru_cache(maxsize=4096)
def is_epithet(word: str) -> bool:
    """Whether a definite noun stands for a person without naming a role."""
    return word.casefold().endswith(_EPITHETS)


@lru_cache(maxsize=4096)
def role_gender(word: str) -> Gender | None:
    """`f` or `m` where the role says so (`talskvinne`, `ektemannen`)."""
    lower = word.casefold()
    if lower in _WOMEN or lower.endswith(_WOMANLY):
        return "f"
    return "m" if lower in _MEN or lower.endswith(_MANLY) else None


@lru_cache(maxsize=4096)
def is_body(word: str, surname: bool = False) -> bool:
    """Whether a word of a name tells of an organisation or a place rather than a person.

    `surname`: it stands behind a known first name, where Lake, Berg and Price are people.
    """
    lower = word.casefold().rstrip(".")
    if (surname and lower in _SURNAMES) or (lower in _LEGAL and not word.isupper()):
        return False
    bare = lower[:-1] if lower.endswith("s") else lower
    return not {lower, bare}.isdisjoint(_BODY) or lower.endswith(_BODY_ENDINGS) or bare.endswith(_BODY_ENDINGS)


@lru_cache(maxsize=4096)
def looks_finite(word: str) -> bool:
    """Whether an unknown word has the shape of a finite verb, so that it may be a cue that no list holds."""
    return len(word) > 3 and word.islower() and word.endswith(("er", "ar", "de", "te", "et", "ed", "år", "år"))
