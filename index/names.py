"""First names with the gender they most often tell, for Swedish, Norwegian, Danish and English news.

A hint only: a name that stands here looks like a person, and a pronoun agrees with it; a name that does not can still be
one. Names that both women and men bear (Kim, Robin, Alex) stand under neither.
"""

from functools import lru_cache
from typing import Literal

Gender = Literal["f", "m"]

_WOMEN = """
agnes agneta aina alexandra alice alma amalie amanda amina amy ana andrea ane angela angelica anette anita ann anna anne
annelie annette annie annika ann-christin ann-karin ann-marie ann-sofie anne-grete anne-lise anniken ashley asta
astrid aud barbro barbara beate beatrice belinda benedicte benedikte berit berta betty birgit birgitta birgitte birte
bodil brenda brita britt brittany camilla carina carla carmen caroline carol carolina catarina catherine cathrine cecilia
cecilie charlotte christel christina christine cindy clara claire claudia connie cornelia cristina cynthia dagny daniela
deborah debra denise diana diane donna dorothy dorthe ebba edith elaine eleonora elena elin elina elisa elisabet
elisabeth elise elizabeth ella ellen ellinor elsa else emilia emilie emily emma erika erna ester esther eva evelina evelyn
fanny fatima fatma felicia filippa freja frida frøydis gabriella gerd gina gloria grace greta grete gro gudrun gun gunhild
gunilla gunvor guri gry hadia hanna hannah hanne harriet hedda hege heidi helen helena helene helga helle henny henriette
hilda hilde hildegunn hillary iben ida inga ingebjørg ingeborg inger ingrid ingunn ingvild irene iris isabel isabella
isabelle iselin jacqueline jane janet janice janne jasmin jean jeanette jennie jennifer jenny jessica jill jo joan joanna
johanna johanne jorunn josefin josefine josephine joyce judith judy julia julie june jytte kaja kajsa kamala kamilla karen
kari karin karina karine karoline katarina kate katharina katherine kathleen kathrine kathy katja katrin katrine kelly
kerstin kirsten kirsti kirstine kjersti klara kristi kristin kristina kristine laila laura lauren lea leila lena lene
leslie lilian liliana lillian lilly lina linda lise linn linnea lisa lisbeth lisbet liselotte liv lone lotta lotte louise
lucy lova lovisa ludmila lydia lykke madeleine magdalena magdalene maggie magnhild mai maj maja malala malin malene
margaret margareta margareth margarete margaretha margit margot margrete margrethe maren mari maria mariah mariam
mariana marianne marie marika marilyn marina marit marita martha martina martine mary marte mathilda mathilde maud may
megan melania melanie melinda melissa mercedes merete merethe mette mia michelle mie mildred mina miriam mirjam moa
molly mona monica monika nadia nancy natalia natalie natasha nathalie nicola nicole nina nora olga olivia oda pamela
patricia paula pauline pernilla pernille petra phyllis pia priscilla rachel ragnhild randi rebecca rebecka regina renate
rigmor rikke rita ritt rosa rose rosemary ruth sally samantha sandra sanna sanne sara sarah sharon sheila shirley sidsel
signe sigrid sigrun silje sine siri siv sofia sofie solfrid solveig sonia sonja sophia sophie stella stephanie stina
stine sue sunniva susan susanna susanne suzanne sylvi sylvia synne synnøve tanja tara tatiana teresa terese thea thelma
theresa therese thora thyra tina tiffany tone tonje torborg torhild torill toril torunn tove trine trude turid tuva tyra
ulla ulrika ulrike unn unni ursula valerie vanessa vera veronica veronika vibeke vicki vicky victoria vigdis viktoria
vilde vilja viola virginia vivian wenche wendy whitney wilma winnie ylva yvette yvonne zainab åsa åse åshild
"""

_MEN = """
aage abdi abdul abdullah abraham adam adrian ahmed aksel albert albin aleksander alexander alf alfred ali allan allen
alvin amir anders andreas andrew andré andy anthony anton antonio ari arild are arne arnold aron arthur arvid asbjørn
asgeir aslak atle audun axel barack barry bashar ben benjamin bent bernard bernie bernt bert bertil bill
bjarne bjørn björn bo bob bobby boris brad bradley brandon brede brian brendan bruce bryan børge calle carl carlos
carsten casper cato charles charlie chris christer christian christoffer christopher claes claus craig curt dag
dagfinn dale dan daniel danny darren david dean dennis derek dick diego dieter donald doug douglas eddie edgar edmund
edvard edvin edward egil eigil eilert einar eirik eivind elias elliot elvis emanuel emil emmanuel enrique eric erik erland
erlend erling ernst espen esben eskil evan even evert fabian felix filip finn florian francis francisco frank frans franz
fred freddy frederick frederik fredrik frode gabriel garry gary gaute geir geoffrey georg george gerald gerhard gert gilbert
gjermund glenn gordon greg gregory gudmund gunnar gustaf gustav guttorm göran göte haakon hakan hallvard hamza hans harald
hari harold harry harvey hasse hassan hector helge henning henrik henry herman hjalmar holger hugo hussein håkan håkon håvard
ian ibrahim ingemar ingmar ingvar isak ismail ivan ivar iver jack jacob jake jakob james jamie jan jan-erik jared jarl jarle
jason jeff jeffrey jens jeppe jeremy jerker jerome jerry jesper jim jimmie jimmy joachim joakim joar joe joel johan
johannes john johnny jon jonas jonathan jonny jorge jose josef joseph joshua juan julian julius justin jostein jørgen
jørn jörgen kai kaj karl karl-johan karsten kasper keith ken kenneth kenny kevin kjell kjetil klas klaus knud
knut konrad kristen kristian kristofer kristoffer kurt kyle kåre lage larry lars lasse laurits laurence lawrence leif leo
leon leonard leonardo leonid lennart lewis liam linus logan lorenzo louis lucas ludvig luis luka lukas luke mads magne
magnus malcolm malte manfred manuel marc marco marcus marius mark markku markus martin marvin mathias mats matthew
matthias matti mattias maurice max maximilian michael miguel mikael mike mikkel milan milos mitch mogens mohamed
mohammad mohammed morgan morten moses muhammad mustafa nathan nathaniel neil nicholas nick nicklas niclas nicolai
nicolas niels nigel nikita niklas nikolai nikolaj nils noah norman odd oddvar oddbjørn ola olaf olav ole oleg oliver
olle olof oluf omar orlando oscar oskar osman otto ove owen paal pablo palle patrick patrik paul peder pedro pelle
per per-arne per-olof pete peter petter philip phillip pierre poul preben pål pär pontus rafael ragnar ralph randy rasmus
raul ray raymond reidar reiulf rené richard rick rickard rikard robert roberto roald roar rodney roger roland rolf roman ronald
ronny ronnie ross roy rudolf rune runar rupert russell ryan samuel salvador sander scott sean sebastian sergej sergio seth
severin shane sigmund sigurd sigve simen simon sindre sixten soren staffan stanley stefan stein steinar sten stephen
steven steve stian stig ståle stuart sune svein sveinung sven svend sverre søren sören tage tarjei tarik ted teddy terje
terence terrence terry theodor theodore thomas thor thorbjørn thorstein tim timothy tobias todd tom tomas tommy tony
tor torbjörn torbjørn tord tore torgeir torkel tormod torsten torstein travis trevor trond troels trygve trym tyler ulf ulrik
uffe urban valter vegar vegard verner victor vidar viggo viktor villads ville vilhelm vince vincent vladimir volodymyr walter
warren wayne werner wilhelm will william willy wolfgang xavier yngve yusuf zlatan øivind ørjan ørn øystein øyvind åge åke
"""


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
