"""The words that frame what somebody says, as data for Swedish, Norwegian, Danish and English.

The languages are joined in one lexicon: an article quotes its neighbours, and no word here means something else in the
next language over. All words are in lower case. Knows words only, no texts.
"""

from functools import lru_cache
from typing import Literal

Gender = Literal["f", "m"]


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# What follows or precedes a quotation: "…, säger hon".
DIRECT = _words(
    # Swedish
    "säger sade sa sagt säga säga berättar berättade berättat menar menade anser ansåg hävdar hävdade tycker tyckte tror trodde",
    "förklarar förklarade uppger uppgav uppgett påpekar påpekade betonar betonade understryker underströk poängterar",
    "poängterade konstaterar konstaterade kommenterar kommenterade svarar svarade svara fortsätter fortsatte tillägger tillade",
    "skriver skrev skrivit mejlar mejlade twittrar twittrade meddelar meddelade meddelat intygar intygade försäkrar försäkrade",
    "utropar utropade ropar ropade viskar viskade frågar frågade undrar undrade varnar varnade lovar lovade medger medgav",
    "erkänner erkände bekräftar bekräftade avslutar avslutade inleder inledde börjar började beskriver beskrev minns mindes",
    "resonerar resonerade suckar suckade skrattar skrattade ler log hälsar hälsade uppmanar uppmanade kräver krävde föreslår",
    "föreslog rapporterar rapporterade avslöjar avslöjade spår spådde bedömer bedömde slår slog lägger lade la fyller fyllde",
    "skjuter sköt inflikar inflikade invänder invände framhåller framhöll fastslår fastslog summerar summerade exemplifierar utvecklar",
    "preciserar upprepar upprepade muttrar skriker skrek jublar jublade hoppas hoppades heter hette lyder löd står stod",
    "skämtar skämtade reflekterar funderar konkluderar dundrar rasar fnyser sms:ar messar anklagar anklagade argumenterar",
    # Norwegian, both forms
    "sier sa sagt si forteller fortalte fortalt mener mente meiner meinte hevder hevdet hevda synes syntes tror trodde trur",
    "forklarer forklarte opplyser opplyste opplyst påpeker påpekte poengterer poengterte understreker understreket understreka",
    "presiserer presiserte konstaterer konstaterte kommenterer kommenterte svarer svarte svare fortsetter fortsatte tilføyer",
    "tilføyde skriver skrev skrevet melder meldte meddeler meddelte forsikrer forsikret roper ropte hvisker hvisket spør spurte",
    "spør undrer advarer advarte lover lovet innrømmer innrømmet innrømte erkjenner erkjente bekrefter bekreftet avslutter",
    "avsluttet begynner begynte innleder innledet beskriver beskrev minnes mintes sukker sukket ler lo smiler smilte oppfordrer",
    "oppfordret krever krevde foreslår foreslo rapporterer rapporterte avslører avslørte spår spådde vurderer legger la føyer",
    "føyde fastslår fastslo slår slo oppsummerer oppsummerte gjentar gjentok skryter skrøt jubler jublet håper håpet heter het",
    "hette lyder lød står stod sto spøker spøkte konkluderer konkluderte raser tordner tordnet freser utdyper utdypet bemerker",
    "bemerket anfører anførte argumenterer argumenterte uttaler uttalte tvitrer twitrer tvitret seier seie fortel fortalde svarar",
    "svara skreiv spurde held peikar peker pekte hyller hyllet roser roste langer medgir medga tilstår tilsto supplerer supplerte skyter skjøt skød",
    "garanterer garanterte erklærer erklærte bedyrer bedyret kontrer kontrer repliserer repliserte ytrer uttrykker oppgir oppga",
    "framholder framholdt fremholder fremholdt fremhever fremhevet mimrer klager klaget beklager beklaget formaner takker takket",
    "anslår humrer ramser stadfester stadfestet proklamerer annonserer tipper deler lurer lurte tenker tenkte understrekar",
    # Danish
    "siger sagde sagt sige fortæller fortalte mener mente synes syntes tror troede forklarer forklarede oplyser oplyste",
    "påpeger påpegede pointerer pointerede understreger understregede konstaterer konstaterede kommenterer kommenterede svarer",
    "svarede fortsætter fortsatte tilføjer tilføjede skriver skrev meddeler meddelte forsikrer forsikrede råber råbte spørger",
    "spurgte advarer advarede lover lovede indrømmer indrømmede erkender erkendte bekræfter bekræftede afslutter afsluttede",
    "begynder begyndte indleder indledte beskriver husker sukker griner grinede smiler opfordrer opfordrede kræver krævede",
    "foreslår foreslog lægger lagde hedder hed lyder lød vurderer vurderede hævder hævdede fastslår fastslog udtaler udtalte",
    "bemærker bemærkede anfører uddyber uddybede konkluderer konkluderede gentager noterer håber håbede",
    # English
    "says said say saying tells told adds added explains explained notes noted claims claimed argues argued believes believed",
    "thinks thought insists insisted warns warned writes wrote asks asked replies replied answers answered continues continued",
    "concludes concluded admits admitted acknowledges acknowledged confirms confirmed announces announced states stated",
    "declares declared recalls recalled remembers remembered stresses stressed emphasizes emphasized emphasises emphasised",
    "points pointed suggests suggested predicts predicted promises promised pledges pledged vows vowed jokes joked quips quipped",
    "shouts shouted yells yelled cries cried whispers whispered sighs sighed laughs laughed begins began observes observed",
    "remarks remarked comments commented tweets tweeted posts posted responds responded testifies testified urges urged",
    "complains complained contends contended asserts asserted maintains maintained reports reported reveals revealed alleges",
    "alleged concedes conceded cautions cautioned counters countered boasts boasted muses mused reads read reflects reflected",
    "reasons reasoned agrees agreed wonders wondered exclaims exclaimed reiterates reiterated fumes chimes chimed goes went",
    "elaborates elaborated estimates estimated advises advised lamented laments proclaimed proclaims summed sums put puts",
    "described describes",
)

# What takes a statement as its object: "anser att", "uppger", "said that".
INDIRECT = _words(
    "säger sade sa sagt berättar berättade berättat menar menade anser ansåg hävdar hävdade tycker tyckte tror trodde förklarar",
    "förklarade uppger uppgav påpekar påpekade betonar betonade understryker underströk poängterar poängterade konstaterar",
    "konstaterade svarar svarade tillägger tillade skriver skrev meddelar meddelade försäkrar försäkrade varnar varnade lovar",
    "lovade medger medgav erkänner erkände bekräftar bekräftade framhåller framhöll fastslår fastslog bedömer bedömde spår hoppas",
    "rapporterar rapporterade intygar intygade mejlar upplyser upplyste",
    "sier sa fortel forteller fortalte mener mente meiner meinte hevder hevdet synes syntes tror trodde trur forklarer forklarte",
    "opplyser opplyste påpeker påpekte poengterer poengterte understreker understreket presiserer presiserte konstaterer",
    "konstaterte svarer svarte tilføyer tilføyde skriver skrev melder meldte meddeler meddelte forsikrer forsikret advarer",
    "advarte lover lovet innrømmer innrømmet erkjenner erkjente bekrefter bekreftet framholder framholdt fremholder fastslår",
    "fastslo antyder antydet uttaler uttalte seier håper håpet rapporterer rapporterte legger la føyer føyde varsler varslet",
    "siger sagde fortæller mener synes troede forklarede oplyser oplyste påpeger påpegede understreger understregede",
    "konstaterede svarede tilføjer tilføjede advarede lovede indrømmer indrømmede erkender erkendte bekræfter bekræftede hævder",
    "hævdede fastslog vurderer vurderede udtaler udtalte håber lægger lægger lagde pointerer pointerede lader",
    "says said told tells adds added explains explained notes noted claims claimed argues argued believes believed thinks",
    "thought insists insisted warns warned writes wrote replies replied concludes concluded admits admitted acknowledges",
    "acknowledged confirms confirmed announces announced states stated declares declared recalls recalled stresses stressed",
    "emphasizes emphasized suggests suggested predicts predicted promises promised pledges pledged vows vowed observes observed",
    "testifies testified complains complained contends contended asserts asserted maintains maintained reports reported reveals",
    "revealed alleges alleged concedes conceded cautions cautioned estimates estimated hopes hoped agrees agreed",
)
# Of these, the ones that take a statement without "att", "at" or "that" too: "Hun mener det er bra", "She said it was".
BARE = _words(
    "säger sade sa menar tror sier mener meiner synes tror trur mente siger mener synes sagde said says believes thinks",
    "believed thought claims claimed uppger hevder hævder",
)
# Said aloud, so that the subject is a person rather than a newspaper or a ministry.
SPOKEN = _words("sier sa säger sade siger sagde forteller fortalte berättar berättade fortæller said says sukker ler fortsetter fortsätter hevder hävdar")
# What quotes a fragment as its object: "kaller det «en skam»".
NAMING = _words(
    "kallar kallade kallat beskriver beskrev betecknar betecknade avfärdar avfärdade talar talade",
    "kaller kalte kalla omtaler omtalte betegner betegnet beskriver snakker snakket kalder kaldte betegnede",
    "calls called calling describes described describing dismissed dismisses branded labeled labelled denounced praised",
    "criticized criticised characterized referred cited citing expressed spoke speaking talked saying promising accused accusing",
)
# A verb that speaks only with its particle: "lägger hon till", "la han til".
SPLIT = {
    **dict.fromkeys(("lägger", "lade", "legger", "la", "lægger", "lagde", "føyer", "føyde", "fyller", "fyllde"),
                    _words("till til")),
    **dict.fromkeys(("slår", "slog", "slo"), _words("fast")),
    **dict.fromkeys(("peker", "pekte", "peikar", "pekar", "pekade"), _words("på ut")),
    **dict.fromkeys(("points", "pointed"), _words("out")),
    **dict.fromkeys(("goes", "went"), _words("on")),
    **dict.fromkeys(("chimes", "chimed"), _words("in")),
    **dict.fromkeys(("sums", "summed"), _words("up")),
    **dict.fromkeys(("held",), _words("fram")),
    **dict.fromkeys(("skyter", "skjøt", "skjuter", "sköt", "skød"), _words("inn in ind")),
}
# A verb that also carries its hearer as object, so that a name behind it is not the speaker: "told Reuters".
TELLING = _words("told tells asked asks warned urged urges reminded advised assured informed")
# Cues without a person: "heter det i en pressemelding", "står det".
IMPERSONAL = _words("heter hette het hedder hed lyder lød löd står stod sto")
SOURCE = _words("enligt ifølge följande følge according")       # "enligt X"; English: "according to X"
CLAUSE = _words("att at that")

# Behind these, marks hold what somebody calls himself.
USERNAME = _words("brukernavn brukernavnet username användarnamn användarnamnet brugernavn brugernavnet alias signaturen signatur kallenavnet")

FEMALE = _words("hon hun ho she")
MALE = _words("han he")
ANYONE = _words("hen they vedkommende vederbörande")
MANY = _words("de dem dei")
THIRD = FEMALE | MALE | ANYONE | MANY
FIRST = _words(
    "jag mig mej vi oss du dig ni man min mitt mina vår vårt våra din ditt",
    "jeg meg eg vi oss du deg dere mitt mine vår våre din ditt jer mig vores",
    "me we us you my our your",
)
SELF = _words("jag jeg eg vi mig meg mej oss min mitt mina mine vår vårt våra våre we me my our us")
POSSESSIVE = _words("sin sitt sine sina hans hennes hennar deras deres dets dens sit sine his her their its")

# Words that stand between the cue and its subject, or between the subject and its cue.
ADVERBS = _words(
    "då också även sedan sen alltså dessutom vidare nu i dag senare igen själv bara till fast inte ofta redan",
    "da også videre nå så igjen senere selv bare til dog etterpå dessuten imidlertid derfor likevel ikkje òg ytterligere",
    "så igen derefter endvidere ydermere også nu ikke",
    "then later also still recently once often has have had repeatedly simply just further however again today previously",
    "would will could publicly reportedly first now himself herself always never frequently flatly bluntly",
)

# Function words that open a sentence with a capital and are no name.
FUNCTION = _words(
    "en ett ei et den det dei de du i på av til till for för før med om som att at og och men eller når när nå nu da då der där",
    "dette detta denne denna disse dessa dem dom ho han hon hun hen jeg jag vi ni dere man sin sitt sine er är var ble blev blir",
    "vil vill kan skal ska må måste har hade hadde ikke inte ingen inga også också selv själv både bare bara slik slikt sådan så",
    "her här hvor var hva vad hvem vem hvorfor varför hvordan hur hvis om fordi derfor därför dermed därmed under over över",
    "etter efter mot mellom mellan uten utan ved vid fra från hos blant bland siden sedan mens medan samtidig samtidigt likevel",
    "mange många flere flera alle alla noen någon några noe något annen annan andre andra første första siste sista hele hela",
    "enligt ifølge trots tross foruten förutom innen innan inntil tills rundt runt dessuten dessutom nesten nästan kanskje",
    "kanske dersom hennes hans deres deras vår våre min mitt mine fakta foto video les läs også se av tekst text bilde bild ja",
    "nei nej jo takk tack etterpå deretter därefter ifjor igår idag nettopp just ny nye nya stor store stora to två tre fire fyra",
    "fem seks sex sju syv åtte åtta ni tio ti mye mycket mest flest lite litt mer mere mindre ett én éin ein eit dog altså alltså",
    "utover opp upp ned ner ut inn in foran framför bak bakom kun hos hver varje hverken varken enten antingen verken nogle noget",
    "nogen mange hvad hvornår hvilke ind op lige meget også derefter hvert ingen begge båda særlig särskilt slike slik heller",
    "hellre mandag tirsdag onsdag torsdag fredag lørdag søndag måndag tisdag lördag söndag januar februar mars april mai maj juni",
    "juli august september oktober november desember december januari februari augusti marts saken",
    "the a an this that these those he she it they we you his her its their our my in on at of to for from with by as and but or if",
    "when while where who what why how after before during since until because although though despite however meanwhile yet",
    "so not no yes is are was were be been has have had do does did will would can could should may might must there here then now",
    "also both each every some any many most more much few several all one two three four five six seven eight nine ten first last",
    "next another other such only just even still once again about above over under between among through into against without",
    "within according monday tuesday wednesday thursday friday saturday sunday january february march june july photo read",
    "additionally moreover instead perhaps maybe like unlike nor either neither than too very let lets well oh asked hi hello",
)
DAYS_AND_MONTHS = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september",
    "october november december",
)

# Words whose bearer speaks for itself without a name: kept as the article's description.
COLLECTIVE = _words(
    "polisen politiet politiet politi police polis officials authorities prosecutors investigators myndigheterna myndighetene",
    "regeringen regjeringen kommunen kommunen selskapet företaget bolaget klubben klubb partiet departementet styret styrelsen",
    "åklagaren påtalemyndigheten analysts critics experts experter eksperter eksperterne kritikere kritiker forskere forskare",
    "researchers scientists lawyers doctors residents witnesses vittnen vitner vidner firefighters lawmakers republicans",
    "democrats economists organizers protesters activists supporters teachers parents neighbors neighbours",
    "company government agency department ministry university court committee statement report board bank group organization",
    "union council commission school hospital office team museum foundation",
)
INDEFINITE = _words(
    "en ett ei et a an noen nogle några någon flere flera mange många several some many one two både",
)
ARTICLES = _words("the den det de")
POSSESSING_FIRST = _words("min mitt mina mine vår vårt våra våre my our din ditt dina your vores mit")

# The head of a role: a word is a role where it, or the end of it, stands here ("prost-iprest", "utbildnings-minister").
_ROLES = _words(
    "minister bruker bruger användare user passasjer rapportør rapportör forhandler förhandlare forhandlar kong konge kung konung dronning drottning snickare snekker kommissionær kommissionär commissioner turist gjest ledare leder leiar chef sjef direktör direktør ordförande ordfører ordførar borgmester borgmästare",
    "talesperson talsperson talesman talsmann talsmand talskvinne talskvinna talesmann taleskvinna presstalesperson sekreterare",
    "sekretær handläggare saksbehandler rådgiver rådgivare ombudsman ombud president statsråd kommunalråd byråd landshövding",
    "riksdagsledamot ledamot representant stortingsrepresentant politiker politikar senator kongressmedlem medlem förbundskapten",
    "professor forsker forskar forskare docent lektor lærer lärare lærar rektor dekan student elev meteorolog psykolog",
    "biolog geolog ekolog økolog sosiolog sociolog teolog arkeolog kriminolog ekonom økonom analytiker analytikar jurist advokat",
    "dommer domare åklagare aktor statsadvokat anklager lege læge läkare overlege överläkare sykepleier sjuksköterska",
    "sygeplejerske tannlege veterinær veterinär prest præst präst biskop pave påve imam rabbin journalist redaktör redaktør",
    "reporter korrespondent programleder programledare kommentator ekspert expert konsult konsulent ingeniør ingenjör arkitekt",
    "forfatter författare forfattar poet skuespiller skådespelare skuespillerinne regissör regissør instruktør musiker artist",
    "sanger sångare sångerska sangerinne komponist dirigent pianist trener tränare træner kaptein kapten kaptajn spiller spelare",
    "målvakt keeper spiss forsvarer midtbane angriper løper åkare alpinist skiløper syklist cyklist utøver idrottare atlet mester",
    "eier ägare ejer grunnlegger grundare gründer vd ceo cfo formann formand föreman vaktleder operasjonsleder",
    "innsatsleder vakthavende befäl polismästare politimester lensmann betjent politibetjent etterforsker utredare etterforskar",
    "brannmann brandman brannsjef räddningsledare general oberst överste major offiser officer soldat sersjant admiral",
    "ambassadør ambassadör diplomat statssekretær statssekreterare nestleder visepresident talman stortingspresident",
    "bonde gårdbruker lantbrukare fisker fiskare jeger jägare butikksjef kjøpmann snekker sjåfør chaufför pilot flyger",
    "koordinator samordnare prosjektleder projektledare verksamhetsutvecklare utvecklare kurator kunstner konstnär designer",
    "fotograf aktivist gründer investor megler mäklare sjefsøkonom chefsekonom statistiker kjemiker fysiker kemist matematiker",
    "historiker filosof skribent blogger influencer youtuber vinner vinnare kandidat kronprins drottning  ",
    "prins prinsesse prinsessa mamma pappa mor mamman pappan bror søster syster datter dotter sønn son hustru",
    "kone ektemann ektemannen maka samboer sambo nabo granne nabokone enke venn vän kollega passasjer passagerare",
    "innbygger invånare beboer boende kund vitne vittne vitnet vittnet gjest gäst eldste bestyrer föreståndare intendent museumsdirektør",
    "tillitsvalgt verneombud hovedtillitsvalgt forvalter förvaltare inspektör inspektør kontrollør strateg planlegger",
    "generalsekretær generalsekreterare pressesjef presschef informasjonssjef kommunikationschef byrådsleder fylkesmann",
    "statsforvalter rådmann kommunedirektør kommundirektör landbrugsminister borgerrepræsentant folketingsmedlem gruppeformand",
    "spokesman spokeswoman spokesperson chairman chairwoman president minister chancellor governor senator ",
    "congressman congresswoman representative mayor councilman councilwoman commissioner secretary director manager chief",
    "officer head leader founder cofounder owner partner professor researcher scientist teacher principal",
    "superintendent dean lecturer student analyst economist strategist lawyer attorney judge justice prosecutor sheriff deputy",
    "detective sergeant lieutenant captain colonel general admiral commander officer agent inspector trooper",
    "doctor physician surgeon nurse psychologist psychiatrist biologist historian author writer poet novelist journalist",
    "editor reporter correspondent columnist critic actor actress singer musician composer director producer artist coach",
    "player pitcher quarterback goalkeeper midfielder striker defender champion driver trainer pastor priest",
    "bishop archbishop cardinal pope rabbi reverend imam king queen prince princess duke ambassador diplomat envoy",
    "consultant adviser advisor aide engineer architect designer photographer activist organizer volunteer farmer rancher",
    "fisherman firefighter paramedic pilot resident neighbor neighbour mother father brother sister son daughter wife husband",
    "widow friend colleague witness victim survivor veteran curator librarian treasurer trustee administrator coordinator",
    "investigator counselor counsellor lobbyist banker investor broker trader developer entrepreneur member fellow candidate",
    "speaker co-founder ceo cfo coo cto premier mp guitarist drummer comedian filmmaker astronaut geologist",
)
# Titles that are part of the bearer's name, since there is no surname: "pave Frans".
REGAL = _words("pave påve pope kong kung konge king dronning drottning queen prins prince prinsesse prinsessa princess",
               "kronprins kronprinsesse kronprinsessa pastor saint st")
HONORIFIC: dict[str, Gender | None] = {
    "mr": "m", "mr.": "m", "mrs": "f", "mrs.": "f", "ms": "f", "ms.": "f", "miss": "f", "sir": "m", "dame": "f",
    "lady": "f", "herr": "m", "fru": "f", "frøken": "f", "fröken": "f", "dr": None, "dr.": None, "prof.": None,
}
_WOMANLY = ("kvinna", "kvinnan", "kvinne", "kvinnen", "kvinde", "kvinden", "woman", "inne", "erska", "mamma", "mamman",
            "moren", "hustru", "hustrun", "kone", "konen", "kona", "wife", "mother", "sister", "daughter", "søster",
            "syster", "datter", "dotter", "dottern", "actress", "queen", "princess", "dronning", "drottning", "enke")
_MANLY = ("ektemann", "ektemannen", "maken", "husband", "father", "brother", "pappa", "pappan", "faren", "bror", "broren",
          "sønn", "sønnen", "sonen", "kongen", "kungen", "king", "prince", "spokesman", "chairman", "congressman",
          "businessman", "paven", "påven", "pave", "påve", "pope", "countryman", "talsmann", "talsmannen")
_ENDINGS = ("erne", "ene", "ens", "en", "an", "na", "a", "n", "s")
_ABBREVIATED = _words("sen. rep. gov. gen. lt. col. sgt. capt. rev. dr. prof. dr.")
# Nouns that stand for a person without naming a role: `nordmannen`, `26-åringen`.
_EPITHETS = ("åringen", "mannen", "manden", "kvinnan", "kvinnen", "kvinden", "svensken", "dansken", "finnen", "briten", "kaneren",
             "kanen", "eren", "aren", "isten", "anten", "enten", "oren", "øren", "ören", "profilen", "stjernen", "stjärnan", "mamman",
             "pappan", "kjendisen", "kändisen", "legenden", "talentet", "yndlingen")

# A body, not a person.
_BODY = _words(
    "inc corp co ltd llc plc gmbh as asa ab a/s oy party university college department ministry institute council",
    "association league club bank group company court police school hospital church museum agency committee commission union",
    "federation foundation society center centre times post herald news tribune journal radio tv press house senate congress",
    "administration office bureau board parliament cup championship park street avenue road bridge river lake mountain island",
    "county city state states kingdom republic north south east west airport station hotel stadium arena festival award awards",
    "act bill war prize sea ocean bay valley beach hills hall theater theatre fc fk if il bk sk united kommune kommun fylke",
    "län region universitet universitetet høgskole högskola skole skola sykehus sjukhus politidistrikt domkirke kirke kyrka",
    "forbund förbund förening forening lag stiftelse parti venstre høyre ungdom tidende tidning avis nyheter nytt magasin",
    "forlag förlag bokhandel senter museet kyrkan nord sør syd øst vest gate gata veien vägen plass plats stortorv torg utvalg",
    "avenyn bro elv sjö sjø scanpix reuters ntb tt ap afp bloomberg security national international american european",
    "nations nation world global research health service services systems technologies energy capital partners holdings",
    "facebook twitter instagram youtube google microsoft apple amazon street lives matter democratic republican",
)
_LEGAL = _words("as asa ab oy if il bk sk fc fk co")
# Of these, the ones that people bear as well.
_SURNAMES = _words(
    "park street bridge rivers lake hall north east west hill hills beach bay church house temple price war sea day bank post post",
    "nord sør syd øst vest bro elv sjö sjø plass lag hospital press german abbey banks stone field fields holdings bill state center",
)
_BODY_ENDINGS = ("departementet", "departement", "partiet", "verket", "styret", "styrelsen", "kommunen", "kommune", "tinget",
                 "rådet", "senteret", "tilsynet", "etaten", "direktoratet", "banken", "forbundet", "förbundet", "universitetet",
                 "museet", "skolen", "skolan", "sykehuset", "sjukhuset", "politiet", "polisen", "avisen", "bladet",
                 "tidningen", "laget", "klubben", "selskapet", "bolaget", "myndigheten", "institutt", "institutet", "fylket")


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
    if lower.endswith(_WOMANLY):
        return "f"
    return "m" if lower.endswith(_MANLY) else None


@lru_cache(maxsize=4096)
def is_body(word: str, surname: bool = False) -> bool:
    """Whether a word of a name tells of an organisation or a place rather than a person.

    `surname`: it stands behind a known first name, where Lake, Berg and Price are people.
    """
    lower = word.casefold().rstrip(".")
    if (surname and lower in _SURNAMES) or (lower in _LEGAL and not word.isupper()):
        return False
    return lower in _BODY or lower.endswith(_BODY_ENDINGS) or (lower.endswith("s") and lower[:-1] in _BODY)


@lru_cache(maxsize=4096)
def looks_finite(word: str) -> bool:
    """Whether an unknown word has the shape of a finite verb, so that it may be a cue that no list holds."""
    return len(word) > 3 and word.islower() and word.endswith(("er", "ar", "de", "te", "et", "ed", "år", "år"))
