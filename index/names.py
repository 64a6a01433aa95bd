"""First names with the gender they most often tell, for Swedish, Norwegian, Danish and English news.

And how a name is written for a search, case and accents gone.

A hint only: a name that stands here looks like a person, and a pronoun agrees with it; a name that does not can still be
one. Names that both women and men bear (Kim, Robin, Alex) stand under neither.
"""

import re
import unicodedata
from functools import lru_cache

from index.cues import Gender

_WOMEN = """
aaliyah agnes agneta aina aisha alexandra alice alison allison alma amal amalie amanda amina amy ana andrea ane anette
angela angelica anita anjali ann ann-christin ann-karin ann-marie ann-sofie anna anne anne-grete anne-lise annelie
annette annie annika anniken ashley asta astri astrid aud barbara barbro beate beatrice becky belinda benedicte
benedikte berit berta beth betty bianca birgit birgitta birgitte birte birthe bodil brenda brita britt brittany brooke
camilla candace carina carla carmen carol carole carolina caroline catarina catherine cathrine cecilia cecilie
charlotte cheryl chloe christel christina christine cindy claire clara claudia connie constance consuelo cornelia
cristina cynthia dagny daniela darlene dawn deborah debra denise diana diane ditte dolores donna dorothy dorthe ebba
ebony edith elaine eleanor elena eleonora elin elina elisa elisabet elisabeth elise elizabeth ella ellen ellie ellinor
elsa else emilia emilie emily emma erika erin erna ester esther eva evelina evelyn fanny fatima fatma felicia filippa
freja frida frøydis gabriella gerd gina gloria grace greta grete gro gry guadalupe gudny gudrun gun gunhild gunilla
gunvor guri gwen gwendolyn hadia hailey hanna hannah hanne harriet hazel heather hedda hege heidi helen helena helene
helga helle henny henriette hilda hilde hildegunn hillary holly iben ida imani inga ingebjørg ingeborg inger ingrid
ingunn ingvild irene iris isabel isabella isabelle iselin jacqueline jane janet janice janne jasmin jean jeanette
jennie jennifer jenny jeppine jessica jill joan joanna johanna johanne jorunn josefin josefine josephine joy joyce
juanita judith judy julia julie june jytte kaja kajsa kamala kamilla karen kari karin karina karine karla karoline
katarina kate katharina katherine kathleen kathrine kathy katja katrin katrine kayla keisha kelly kerstin khadija
kirsten kirsti kirstin kirstine kjersti klara kristi kristin kristina kristine laila latoya laura lauren layla lea
leah leila lena lene leyla lilian liliana lillian lilly lina linda linn linnea lisa lisbet lisbeth lise liselotte liv
lois lone lotta lotte louise lova lovisa lucy ludmila lydia lykke lærke madeleine madison magdalena magdalene maggie
magnhild mai maj maja malala malene malin maren margaret margareta margarete margareth margaretha margit margot
margrete margrethe mari maria mariah mariam mariana marianne marie marika marilyn marina marit marita marjorie marte
martha martina martine mary mathilda mathilde maud may megan mei melania melanie melinda melissa melody mercedes
merete merethe mette mia michele michelle mie mildred mina miranda miriam mirjam moa molly mona monica monika nadia
nancy naomi natalia natalie natasha nathalie nicola nicole nina noor nora norma oda olga olivia paige pamela parisa
patricia paula pauline pearl peggy pernilla pernille petra phyllis pia priscilla priya rachel ragna ragnhild randi
rebecca rebecka regina renate rigmor rikke rita ritt rosa rosalind rose rosemary ruby ruth sally samantha samira
sandra sanna sanne sara sarah shabana sharon sheila sheryl shirin shirley sidsel signe sigrid sigrun silje sine siri
siv sofia sofie soledad solfrid solveig sonia sonja sophia sophie stacey stacy stella stephanie stina stine sue
sunniva susan susanna susanne suzan suzanne sylvi sylvia synne synnøve tamika tammy tanja tanya tara tatiana teresa
terese thea thelma theresa therese thora thyra tiffany tina tone tonje torborg torhild toril torill torunn tove tracy
trine trude turid tuva tyra ulla ulrika ulrike unn unni ursula valerie vanessa vera veronica veronika vibeke vicki
vicky victoria vigdis viktoria vilde vilja viola virginia vivian wenche wendy whitney wilma winnie ximena yasmin ylva
yolanda yuki yvette yvonne zainab zoe åsa åse åshild
"""

_MEN = """
aage abdi abdul abdullah abraham adam adrian ahmed aksel albert albin alejandro aleksander alexander alf alfred ali
allan allen alvin amir amit anders andreas andrew andré andy angelo anthony anton antonio are ari arild arjun armando
arne arnold aron arthur arvid asbjørn asgeir aslak atle audun axel barack barry bashar ben benjamin bent bernard
bernie bernt bert bertil bilal bill bjarke bjarne björn bjørn bo bob bobby boris brad bradley brandon brede brendan
brent brett brian bruce bryan børge calle carl carlos carsten casper cato chad charles charlie chase chris christer
christian christoffer christopher claes claus clay clint clyde cole colin corey cory craig curt dag dagfinn damian dan
daniel danny darnell darrell darren darryl david dean dennis derek deshawn dexter dick diego dieter dominic donald
doug douglas dwayne dylan earl eddie edgar edmund edvard edvin edward egil eigil eilert einar eirik eivind elias
elijah elliot elvis emanuel emil emir emmanuel enrique eric erik erland erlend erling ernest ernesto ernst esben eskil
espen ethan evan even evert ezra fabian farid felix fernando filip finn flemming florian floyd francis francisco frank
frans franz fred freddy frederick frederik fredrik frode gabriel garrett garry gary gaute gavin geir geoffrey georg
george gerald gerhard gert gilbert gjermund glen glenn gordon grant greg gregory gudmund guillermo gunnar gus gustaf
gustav guttorm göran göte haakon hakan hallvard hamid hamza hans harald hari harlan harold harry harvey hassan hasse
hector helge henning henrik henry herman hiroshi hjalmar holger howard hugo hussein håkan håkon håvard ian ibrahim
ingar ingemar ingmar ingvar ira irving isaac isaiah isak ismail ivan ivar iver jack jacob jake jakob jamal james jan
jan-erik jared jarl jarle jason javier jay jeff jeffrey jens jeppe jeremiah jeremy jerker jermaine jerome jerry jesper
jesús jim jimmie jimmy joachim joakim joar joe joel johan johannes john johnny jon jonas jonathan jonny jorge jose
josef joseph josh joshua jostein juan julian julio julius justin jörgen jørgen jørn kai kaj karim karl karl-johan
karsten kasper keith ken kenji kenneth kenny kent kevin kirk kjell kjetil klas klaus knud knut konrad kristian
kristofer kristoffer kurt kyle kåre lage lance larry lars lasse laurence laurits lawrence leif lennart leo leon
leonard leonardo leonid leroy lester lewis liam linus lionel lloyd logan lorenzo louis lucas ludvig luis luka lukas
luke lyle mads magne magnus mahmoud malcolm malte malthe manfred manuel marc marcel marco marcus marius mark markku
markus marshall martin marvin mateo mathias mats matthew matthias matti mattias maurice max maximilian michael miguel
mikael mike mikkel milan milos milton mitch mogens mohamed mohammad mohammed morgan morten moses muhammad mustafa
nabil nathan nathaniel neil nicholas nick nicklas niclas nicolai nicolas niels nigel nikita niklas nikolai nikolaj
nils noah nolan norman odd oddbjørn oddleif oddvar ola olaf olav ole oleg oliver olle olof oluf omar orlando oscar
oskar osman otto ove owen paal pablo palle patrick patrik paul peder pedro pelle per per-arne per-olof perry pete
peter petter philip phillip pierre pontus poul preben preston pär pål rafael ragnar raj ralph ramon randy rashid
rasmus raul ray raymond raymundo reggie reidar reiulf rené rex reza richard rick rickard ricky rikard roald roar rob
robert roberto rod rodney roger roland rolf roman ron ronald ronnie ronny rory ross roy rudolf rudy rufus runar rune
rupert russell rusty ryan salvador salvatore sam samir samuel sander sanjay santiago saul scott sean sebastian sergej
sergio seth severin shane sherman sidney sigmund sigurd sigve simen simon sindre sixten soren spencer staffan stanley
stefan stein steinar sten stephen steve steven stian stig stu stuart ståle sune svein sveinung sven svend sverre
sylvester sören søren tage tarik tariq tarjei ted teddy terence terje terrell terrence terry theodor theodore thomas
thor thorbjørn thorstein tim timothy tobias todd tom tomas tommy tony tor torbjörn torbjørn tord tore torgeir torkel
tormod torstein torsten travis trevor troels trond troy trygve trym tyler tyrone uffe ulf ulrik urban valter vegar
vegard verner vernon victor vidar viggo vijay viktor vilhelm villads ville vince vincent vito vladimir volodymyr wade
wallace walter warren wayne wei werner wes wesley wilbur wilhelm will william willy wolfgang wyatt xavier yngve yusef
yusuf zach zachary ziad zlatan åge åke øivind ørjan ørn øystein øyvind
"""

# Letters that Unicode does not take apart into a plain one and an accent.
_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ı": "i"})
_WORD = re.compile(r"[^\W_]+")


def folded(name: str) -> str:
    """A name for a search: `Åsa Strøm-Lindén` is `asa strom linden`."""
    taken_apart = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(char for char in taken_apart if not unicodedata.combining(char)).translate(_PLAIN)
    return " ".join(_WORD.findall(bare))


@lru_cache(maxsize=1)
def _genders() -> dict[str, Gender]:
    table: dict[str, Gender] = dict.fromkeys(_WOMEN.split(), "f")
    table.update(dict.fromkeys(_MEN.split(), "m"))
    return table


def gender(first_name: str) -> Gender | None:
    """The gender a first name tells, in any case; None where the name is unknown or borne by all."""
    name = first_name.casefold()
    table = _genders()
    return table.get(name) or table.get(name.partition("-")[0])
