"""A follow-up question made to stand alone, by the words of the conversation before it. Knows no archive and no model.

Three things make a question lean on what was said: a pronoun whose bearer stands earlier ("Vad sa hon mer?"), a part that
takes the place of another ("And in 1938?"), and a bare question word ("Varför?"). Where the grammar gives no sure reading,
the earlier question is put in front of the follow-up: longer, but never wrong.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.answer import Turn
from bot.mentions import PLACING, PREPOSITIONS, Kind, Mention, mentions, topic_names
from index import cues, names
from index.tokens import Token, tokens

_REACH = 3  # earlier exchanges that a pronoun may point back to
_MARK = re.compile(r"\s*\[\d+\]")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


@dataclass(frozen=True, slots=True)
class _Grammar:
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


_NORTHERN = _Grammar(
    subjects={"hon": "f", "hun": "f", "ho": "f", "han": "m", "hen": "any", "de": "many", "dei": "many", "den": "it", "det": "that",
              "där": "there", "der": "there"},
    objects={"henne": "f", "hende": "f", "honom": "m", "ham": "m", "dem": "many", "detta": "that", "dette": "that"},
    possessives={"hennes": "f", "hendes": "f", "hans": "m", "deras": "many", "deres": "many", "dess": "it", "dens": "it"},
    following=PREPOSITIONS - {"to"} | _set(
        "nu nå då da så sen sedan idag här her där der inte ikke ikkje mer mere mest också også även igen igjen egentligen "
        "egentlig egentlig ha få vara være bli blive till att at å og och eller men når när hvis innan fordi eftersom själv "
        "selv just ju vel väl ens ännu ennå fortfarande fortsatt fremdeles stadig redan allerede allerede senast sist sidst først"
    ),
    borders=_set("och og men eller når när da då som att at hvis fordi eftersom innan inden før før mens medan om sedan siden"),
    lead=re.compile(
        r"(?:(?:och|og|men|så|sen|samt|ja|ok|okej)\b,?\s*)?(?:(?:hur (?:är|var|blir|går) det med|hvordan (?:er|var|går) det med|hva med"
        r"|hvad med|vad sägs om)\b\s*)?", re.I),
    tail=re.compile(r",?\s+(?:då|da|så|också|også|i så fall)$", re.I),
    asking=_set(
        "vad hva hvad kva vem hvem kven vems hvis när når hvornår var vart hvor kor varför hvorfor kvifor hur hvordan korleis "
        "vilken vilket vilka hvilken hvilket hvilke hvordan varifrån hvorfra"
    ),
    adverbial=_set("när når hvornår var hvor varför hvorfor kvifor hur hvordan korleis vart varifrån hvorfra") | {
        "hur länge", "hvor lenge", "hvor længe", "hur ofta", "hvor ofte"},
    verbs=_set(
        "är er var blir blev ble bliver har hade hadde havde får fick fik fikk ska skal skulle kan kunde kunne vil vill ville "
        "må måste måtte bör bør sa sade sagde sier säger siger gör gjorde gjør gjorde gør hände händer skjer skjedde sker skete "
        "kostar kostade koster kostet kostede ligger låg lå finns fanns finnes fantes går gick gikk gik kommer kom tyckte tycker "
        "syns synes mener menade mente mener menar heter het hedder vet visste ved vidste bor bodde berätta berättade fortell fortalte "
        "fortæl fortalte tror trodde svarade svarte svarede hvordan blivit blitt blevet gjort sagt hänt skjedd sket annars ellers annet andet"
    ),
    events=_set("hände händer hänt skjer skjedde skjedd skete sker sket går gick gikk gik gjorde sade sa sagde sier säger siger"),
    asks_who=_set("vem hvem kven vilka hvilke vilken hvilken vems"),
)
_ENGLISH = _Grammar(
    subjects={"she": "f", "he": "m", "they": "many", "it": "it", "that": "that", "this": "that", "there": "there"},
    objects={"her": "f", "him": "m", "them": "many", "those": "many", "these": "many"},
    possessives={"her": "f", "hers": "f", "his": "m", "their": "many", "its": "it"},
    following=PREPOSITIONS | _set(
        "now then today so more else instead again not and or but when if while because at all really still already later first "
        "exactly yesterday that too also ever"
    ),
    borders=_set("and or but when if while because before after that who which since although until"),
    lead=re.compile(r"(?:(?:and|but|so|or|ok|okay)\b,?\s*)?(?:(?:what about|how about|what of)\b\s*)?", re.I),
    tail=re.compile(r",?\s+(?:then|too|as well|also|instead)$", re.I),
    asking=_set("what who whom whose when where why how which"),
    adverbial=_set("when where why how") | {"how long", "how often", "since when"},
    verbs=_set(
        "is are was were be been am do does did done has have had will would can could should may might must say said says happen "
        "happened happens cost costs go goes went gone think thought mean means know knew tell told live lives lived come came "
        "answer answered reply replied get got anything else something"
    ),
    events=_set("happen happened happens go went take took matter end say said do did"),
    asks_who=_set("who whom which whose"),
)
_GRAMMARS = {"sv": _NORTHERN, "no": _NORTHERN, "da": _NORTHERN, "en": _ENGLISH}
_MODALS = _set("ska skal skall skulle kan kunde kunne vil vill ville må måste måtte bör bør får fick kommer")
_DEGREES = _set("nå nu da då så mest mer mere allerede redan ännu ennå fortsatt")
_PERFECT = _set("har hade hadde havde have")
_COPULAS = _set("är er var blir blev bliver ble vara være")
_MEASURES = _set("många mange mycket meget mye länge lenge længe ofta ofte lite stor stort stora gammal gammel langt långt lang lång")
_WHICH = _set("vilken vilket vilka hvilken hvilket hvilke which")
_ADDRESSED = _set("du dig deg dere ni er I you jag jeg vi we")
_COURTESY = _set("tack takk tak thanks thank hej hei hi hello ja jo nej nei yes no ok okay")

_MONTHS = ("januari?|january|februari?|february|mars|marts|march|april|maj|mai|may|juni|june|juli|july|augusti?|september|oktober|october"
           "|november|december|desember")
_YEAR = r"(?:1[4-9]|20)\d\d"
_RELATIVE = ("i fjol|i fjor|förra året|sidste år|last year|i år|this year|nästa år|neste år|næste år|next year|i dag|idag|today|i går|igår"
             "|yesterday|året innan|året efter|året etter|året før|the year before|the year after")
_TIME = re.compile(
    r"(?<!\w)(?:(?P<prep>i|in|under|during|on|sedan|since|siden|før|före|before|efter|etter|after|till|til|until|från|fra|from|på|om|by)\s+)?"
    r"(?P<core>(?:(?:den|the)\s+)?(?P<day>\d{1,2}(?:\.|:?[ae]|st|nd|rd|th)?\s+(?:of\s+)?)?"
    rf"(?P<month>{_MONTHS})(?:,?\s+(?P<of>{_YEAR}))?|(?:(?:the|år)\s+)?{_YEAR}(?:s|-?tal+et)?|{_RELATIVE})(?!\w)", re.I)


def standalone(asked: str, language: str, history: Sequence[Turn], alike: bool = True) -> str:
    """`asked`, or the same question in words that need no conversation.

    `alike`: the previous question is in the same language, so that a part of one may stand in the other.
    """
    grammar = _GRAMMARS.get(language)
    if not history or grammar is None:
        return asked
    talk = _Talk.of(asked, language, grammar, history, alike)
    for reading in (_asked_again, _part_exchanged, _names_put_in, _without_topic):
        text = reading(talk)
        if text:
            return text
    return asked


@dataclass(frozen=True, slots=True)
class _Talk:
    """A follow-up beside what came before it."""

    asked: str
    language: str
    grammar: _Grammar
    history: tuple[Turn, ...]      # the latest first, without citation marks
    previous: str                  # the previous question, without what leaned on it
    alike: bool                    # both questions are in one language
    rest: str                      # the follow-up without "and" in front and "then" behind
    led: bool                      # it had "and" in front
    known: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, asked: str, language: str, grammar: _Grammar, history: Sequence[Turn], alike: bool) -> "_Talk":
        turns = tuple(Turn(turn.question, _MARK.sub("", turn.answer)) for turn in reversed(history[-_REACH:]))
        bare = asked.rstrip(" ?!.…")
        lead = grammar.lead.match(bare)
        skipped = lead.end() if lead and lead.end() < len(bare) else 0
        rest = grammar.tail.sub("", bare[skipped:]).strip(" ,")
        known = tuple(dict.fromkeys(name for turn in turns for text in (turn.question, turn.answer) for name in topic_names(text)
                                    if len(name) > 2))
        return cls(asked, language, grammar, turns, _topic(turns[0].question), alike, rest, skipped > 0, known)

    def words(self) -> list[str]:
        return [token.lower for token in tokens(self.rest) if token.word]

    def mentions(self, text: str, attached: bool = True) -> list[Mention]:
        return mentions(text, self.language, self.known, attached)

    def joined(self, follow_up: str = "") -> str:
        ended = self.previous if self.previous.endswith(("?", ".", "!")) else self.previous + "?"
        return f"{ended} {_capital(follow_up or self.asked)}"


def _topic(question: str) -> str:
    """A question as it was understood, without the bare follow-ups that an earlier turn joined to it."""
    parts = [part.strip() for part in re.findall(r"[^?!.]+[?!.]+(?=\s|$)|[^?!.]+$", question)] or [question]
    while len(parts) > 1 and parts[0].endswith("?") and any(_is_light(parts[-1], grammar) for grammar in (_NORTHERN, _ENGLISH)):
        parts.pop()
    return " ".join(parts)


def _is_light(text: str, grammar: _Grammar) -> bool:
    """Whether no word of it names a topic."""
    if _TIME.search(text):
        return False
    light = cues.FUNCTION | grammar.verbs | grammar.asking | grammar.following
    found = [token.lower for token in tokens(text) if token.word]
    return all(word in light or _stands_for(word, grammar) for word in found) and _ADDRESSED.isdisjoint(set(found) - {"er"})


def _stands_for(word: str, grammar: _Grammar) -> str:
    return grammar.subjects.get(word) or grammar.objects.get(word) or grammar.possessives.get(word) or ""


# A bare question word.


def _asked_again(talk: _Talk) -> str:
    """"Varför?" after "När stängde kommunen skolan?"; joined where the word cannot change places with the earlier one."""
    words = talk.words()
    if words and words[-1] in ("det", "that", "så", "so") and len(words) == 2:
        words.pop()
    spoken = " ".join(words)
    bare = words and words[0] in talk.grammar.asking and (
        len(words) == 1 or spoken in talk.grammar.adverbial
        or len(words) == 2 and words[0] in ("hur", "hvor", "how") and words[1] in _MEASURES | {"many", "much", "often"})
    if not bare:
        return ""
    swapped = _swapped(spoken, talk) if talk.alike and spoken in talk.grammar.adverbial else ""
    return swapped or talk.joined(_capital(talk.rest) + "?")


def _swapped(spoken: str, talk: _Talk) -> str:
    found = [token for token in tokens(talk.previous) if token.word]
    if len(found) < 3 or found[0].lower == spoken.split()[0] or "?" in talk.previous.rstrip("?"):
        return ""
    first, second = found[0].lower, found[1].lower
    if first in talk.grammar.adverbial and _is_verb(second, talk):
        kept = talk.previous[found[1].start:]
    elif first not in talk.grammar.asking and _is_verb(first, talk):
        kept = first + talk.previous[found[0].end:]
    else:
        return ""
    return f"{_capital(spoken)} {kept.rstrip('?')}?"


def _is_verb(word: str, talk: _Talk) -> bool:
    if word in _MEASURES:
        return False
    return word in talk.grammar.verbs or talk.grammar is _NORTHERN and cues.looks_finite(word)


# A part that takes another's place.


def _part_exchanged(talk: _Talk) -> str:
    """"Och 1938?", "And in Oslo?", "Och Stefan Wickberg då?"; empty where the follow-up is a whole question."""
    if not _is_part(talk):
        return ""
    text = ""
    if talk.alike and talk.rest.casefold() not in talk.previous.casefold():
        timed = _TIME.fullmatch(talk.rest)
        preposition, _, governed = talk.rest.partition(" ")
        if timed:
            text = _at_another_time(timed, talk)
        elif preposition.lower() in PREPOSITIONS and governed:
            text = _behind_preposition(preposition, governed, talk)
        else:
            text = _in_place_of(talk)
    return text or talk.joined()


def _is_part(talk: _Talk) -> bool:
    words = talk.words()
    if not words or len(words) > 6 or words[0] in talk.grammar.asking - {"var"} or _is_light(talk.rest, talk.grammar):
        return False
    if any(_stands_for(word, talk.grammar) for word in words if word not in ("den", "det", "de")):
        return False
    if _TIME.fullmatch(talk.rest):
        return True
    governed = words[0] in PREPOSITIONS and len(words) > 1
    if not (talk.led or talk.asked.endswith("?")):
        return False
    offset = talk.rest.index(" ") + 1 if governed else 0
    core = talk.rest[offset:]
    whole = [mention for mention in talk.mentions("– x " + core) if mention.text.casefold() == core.casefold()]
    if whole and (talk.led or governed or whole[0].proper):
        return True
    return (talk.led or governed) and _is_noun_phrase(core, talk)


def _is_noun_phrase(core: str, talk: _Talk) -> bool:
    """One noun, or an article or adjective with it; a verb in it would make it a question of its own."""
    words = core.lower().split()
    if any(word in talk.grammar.verbs or word in talk.grammar.asking for word in words):
        return False
    if len(words) == 1:
        return True
    determined = words[0] in ("the", "a", "den", "det", "de", "en", "ett", "et") or words[0].endswith(("a", "e"))
    return determined and len(words) <= 3 and not cues.looks_finite(words[0])


def _at_another_time(timed: re.Match[str], talk: _Talk) -> str:
    if talk.previous.split(" ", 1)[0].lower() in ("när", "når", "hvornår", "when"):
        return ""
    preposition, core = timed["prep"] or "", timed["core"]
    earlier = list(_TIME.finditer(talk.previous))
    if not earlier:
        return _appended(f"{preposition or _usual(core, talk.language)} {core}".strip(), talk.previous)
    old = earlier[-1]
    start, end = old.span()
    if re.fullmatch(_YEAR, core) and old["of"]:
        start, end, put = *old.span("of"), core
    elif re.fullmatch(_YEAR, core) and re.fullmatch(_YEAR, old["core"]):
        put = f"{preposition or old['prep'] or ''} {core}"
    else:
        year = f" {old['of']}" if timed["month"] and old["of"] and not timed["of"] else ""
        put = f"{preposition or _usual(core, talk.language)} {core}{year}"
    if start == 0:
        put = _capital(put.strip())
    return talk.previous[:start] + put.strip() + talk.previous[end:]


def _usual(core: str, language: str) -> str:
    """The preposition that a time takes in a language."""
    if re.fullmatch(_RELATIVE, core, re.I) or core.lower().startswith(("den ", "the ")):
        return "on" if core.lower().startswith("the ") else ""
    if re.match(r"\d{1,2}\D", core):
        return {"sv": "den", "no": "den", "da": "den", "en": "on"}[language]
    if re.fullmatch(_YEAR, core):
        return {"sv": "", "no": "i", "da": "i", "en": "in"}[language]
    return "in" if language == "en" else "på" if core.lower().endswith("talet") else "i"


def _appended(part: str, question: str) -> str:
    bare = question.rstrip(" ?!.")
    return f"{bare} {part}{question[len(bare):].strip() or '?'}"


def _behind_preposition(preposition: str, governed: str, talk: _Talk) -> str:
    wanted = PLACING - {"till", "til", "to", "från", "fra", "from"} if preposition.lower() in ("i", "på", "in", "at", "vid", "ved", "hos") \
        else {preposition.lower()}
    part = f"{preposition.lower()} {governed}"
    for mention in reversed(talk.mentions(talk.previous, attached=False)):
        if mention.preposition in wanted:
            start = talk.previous[:mention.start].rstrip().lower().rfind(mention.preposition)
            return talk.previous[:start] + (_capital(part) if start == 0 else part) + talk.previous[mention.end:]
    return _appended(part, talk.previous)


def _in_place_of(talk: _Talk) -> str:
    """The previous question about another person or thing."""
    new = next(iter(talk.mentions("– x " + talk.rest)), None)
    name = _in_full(talk.rest, talk.known)
    order: tuple[Kind, ...] = ("thing", "body", "name", "place")
    if new and new.proper:
        person = names.gender(name.split()[0]) is not None
        order = ("person", "name", "role") if person else ("body", "name", "thing") if new.kind == "body" else ("name", "person", "place", "body")
    elif new and new.kind == "role":
        order = ("person", "role", "name")
    found = talk.mentions(talk.previous)
    for kind in order:
        alike = [mention for mention in found if mention.kind == kind]
        free = [mention for mention in alike if not mention.preposition]
        if alike:
            old = (free or alike)[-1]
            put = _capital(name) if old.start == 0 else name
            return talk.previous[:old.start] + put + talk.previous[old.end:]
    return ""


def _in_full(name: str, known: Sequence[str]) -> str:
    """A surname with the first name that the conversation gave it."""
    longer = {full for full in known if full.casefold().endswith(" " + name.casefold())}
    return longer.pop() if len(longer) == 1 else name


# Pronouns.


@dataclass(frozen=True, slots=True)
class _Pronoun:
    start: int
    end: int
    stands_for: str
    possessive: bool


def _names_put_in(talk: _Talk) -> str:
    """The follow-up with names in place of its pronouns; joined where one of them has no sure bearer."""
    text = talk.asked
    if talk.led:
        text = _capital(text[text.index(talk.rest[0], talk.grammar.lead.match(text).end()):])  # type: ignore[union-attr]
    found = list(_pronouns(text, talk))
    if not found:
        return ""
    sure, put = True, text
    replaced: set[str] = set()
    for pronoun in sorted(found, key=lambda pronoun: pronoun.start, reverse=True):
        bearer = _bearer(pronoun, text, talk)
        if bearer is None:
            sure = sure and pronoun.stands_for == "there"
            continue
        replaced.add(pronoun.stands_for)
        put = _put(bearer, pronoun, put, talk)
    if sure and replaced:
        return put
    return talk.joined(put) if not sure else ""


def _pronouns(text: str, talk: _Talk) -> Iterator[_Pronoun]:
    found = [token for token in tokens(text) if token.word]
    own = talk.mentions(text)
    seen: set[tuple[str, bool]] = set()
    for at, token in enumerate(found):
        means, possessive = _reading(found, at, talk)
        if not means or (means, possessive) in seen or _named_before(found, at, means, possessive, own, talk):
            continue
        seen.add((means, possessive))
        yield _Pronoun(token.start, token.end, means, possessive)


def _reading(found: list[Token], at: int, talk: _Talk) -> tuple[str, bool]:
    """Whom a word stands for, and whether it owns what follows; empty where it is no pronoun that points back."""
    token, grammar = found[at], talk.grammar
    following = found[at + 1] if at + 1 < len(found) else None
    if token.capital and at or token.lower in ("hende", "der") and talk.language == "sv" or \
            token.lower == "hende" and talk.language == "no":  # there it is a verb
        return "", False
    if token.lower in grammar.possessives and (grammar is _NORTHERN or _has_noun(following, grammar)):
        if token.lower in ("hans",) and token.capital and following and following.capital:
            return "", False
        return grammar.possessives[token.lower], True
    means = grammar.subjects.get(token.lower) or grammar.objects.get(token.lower) or ""
    if grammar is _NORTHERN:
        return (means if _points_back_north(found, at, means, grammar) else ""), False
    return (means if _points_back_english(found, at, means, grammar) else ""), False


def _has_noun(following: Token | None, grammar: _Grammar) -> bool:
    return following is not None and not following.capital and following.lower not in grammar.following


def _points_back_north(found: list[Token], at: int, means: str, grammar: _Grammar) -> bool:
    word, rest = found[at].lower, found[at + 1:]
    before = found[at - 1].lower if at else ""
    if word in ("den", "de", "dei", "dem"):
        return at > 0 and _is_no_article(found, at, grammar)
    if means == "there":
        return at > 0 and not rest and before not in ("er", "den", "det", "de")
    if means == "that":
        if not rest:
            return at > 0
        clause = rest[0].lower in ("att", "at", "som", "der", "å")
        if before in PREPOSITIONS:
            return rest[0].lower in grammar.following and not clause
        ready = len(rest) == 1 and before in _COPULAS and rest[0].lower.endswith("t") and not rest[0].capital
        built = len(rest) == 1 and rest[0].lower.endswith(("as", "es")) and before in _MODALS
        return ready or built
    return bool(means)


def _is_no_article(found: list[Token], at: int, grammar: _Grammar) -> bool:
    """Whether "den" and "de" stand for something; otherwise a noun follows ("den nya bron")."""
    rest = [token.lower for token in found[at + 1:]]
    if not rest:
        return True
    if rest[0] in ("som", "der"):
        return False
    before = {token.lower for token in found[max(0, at - 2):at]}
    if rest[0] in _DEGREES and len(rest) > 1 and rest[1].endswith(("a", "e")):   # "den nå avdøde mannen"
        return False
    if "det" in before or (before & _MODALS and rest[0] in PLACING | {"med"} and len(rest) > 2):   # "må de på toppen lage"
        return False
    if rest[0] in grammar.following:
        return True
    if before & _MODALS:
        return len(rest) == 1 or rest[0].endswith(("as", "es")) or rest[1] in grammar.following \
            or len(rest) == 2 and not rest[1].endswith(("en", "et", "on", "na", "ne"))
    if before & _PERFECT:
        return rest[0].endswith("t")
    return bool(before & _COPULAS) and len(rest) == 1 and not rest[0].endswith(("a", "e"))


def _points_back_english(found: list[Token], at: int, means: str, grammar: _Grammar) -> bool:
    rest = [token.lower for token in found[at + 1:]]
    before = found[at - 1].lower if at else ""
    word = found[at].lower
    if word in ("that", "this", "those", "these", "there"):
        return at > 0 and (not rest or before in PREPOSITIONS and rest[0] in grammar.following - {"that"})
    if word == "it":
        formal = "that" in rest or "to" in rest[1:-1] or bool(rest) and rest[0] in ("raining", "snowing", "rain", "snow")
        course = bool(rest) and rest[0] in ("go", "going", "went") and len(rest) > 1 and rest[1] in ("for", "with")
        return not formal and not course and "to" not in rest[:1]
    return bool(means)


def _named_before(found: list[Token], at: int, means: str, possessive: bool, own: list[Mention], talk: _Talk) -> bool:
    """Whether the follow-up itself names whom the pronoun stands for."""
    grammar, token = talk.grammar, found[at]
    earlier = [mention for mention in own if mention.end <= token.start]
    bordered = any(other.lower in grammar.borders for other in found[1:at]) or \
        any(mark.text == "," for mark in tokens(talk.asked) if mark.start < token.start)
    if possessive and found[at - 1].lower in ("och", "og", "and") and at > 1:
        return True
    subject = token.lower in grammar.subjects
    reaches = bordered or (subject or talk.language == "en" and possessive)
    if means == "there":
        return any(mention.kind in ("place", "body", "name") for mention in earlier)
    if means in ("f", "m", "any"):
        people = any(mention.kind in ("person", "role", "name") and _agrees(mention, means) for mention in earlier)
        things = any(mention.kind in ("thing", "body") and not mention.preposition for mention in earlier)
        described = found[0].lower in _WHICH or any(
            cues.role_head(other.lower) or cues.role_gender(other.lower) for other in found[:at] if other.lower not in cues.FUNCTION)
        return (reaches and people) or (bordered and described) or ((bordered or subject) and things)
    if means == "many":
        spoken = [other.lower for other in found[:at]]
        verb = next((k for k, word in enumerate(spoken) if word in grammar.verbs), 0)
        content = [word for word in spoken[verb:] if word not in cues.FUNCTION | grammar.verbs | grammar.asking]
        return bool(content) and (reaches or possessive)
    return bordered and bool([mention for mention in earlier if mention.kind in ("thing", "body", "name")]) \
        or possessive and bool(earlier)


def _agrees(mention: Mention, means: str) -> bool:
    return means == "any" or mention.gender is None or mention.gender == means


def _bearer(pronoun: _Pronoun, text: str, talk: _Talk) -> Mention | None:
    used = {mention.text.casefold() for mention in talk.mentions(text)}
    for turn in talk.history:
        asked = [mention for mention in talk.mentions(turn.question) if mention.text.casefold() not in used]
        told = [mention for mention in talk.mentions(turn.answer) if mention.text.casefold() not in used]
        if pronoun.stands_for in ("f", "m", "any"):
            found = _person(pronoun.stands_for, turn, asked, told, talk)
        elif pronoun.stands_for == "there":
            found = next((mention for mention in [*reversed(asked), *told] if mention.preposition in PLACING and mention.kind != "person"), None)
        else:
            found = _something(pronoun, turn, asked, told, text, talk)
        if found:
            return found
    return None


def _person(gender: str, turn: Turn, asked: list[Mention], told: list[Mention], talk: _Talk) -> Mention | None:
    """Whom "she" means: who was asked for, or the last subject of the question, or the last of the answer."""
    def fitting(every: list[Mention], kinds: tuple[Kind, ...]) -> list[Mention]:
        full = [replace(mention, text=_in_full(mention.text, talk.known)) for mention in every if mention.kind in kinds]
        full = [replace(mention, gender=names.gender(mention.text.split()[0]) or mention.gender) if mention.proper else mention for mention in full]
        agreeing = [mention for mention in full if _agrees(mention, gender)]
        return [mention for mention in agreeing if mention.gender] or agreeing

    in_question = fitting(asked, ("person", "name"))
    in_answer = fitting(told, ("person", "name"))
    words = [token.lower for token in tokens(turn.question) if token.word]
    if words and words[0] in talk.grammar.asks_who and not (len(words) > 1 and words[1] in ("är", "er", "var", "is", "was")):
        fresh = [mention for mention in in_answer if mention.text not in {other.text for other in in_question}]
        if fresh:
            return _first_free(fresh)
    if in_question:
        return _first_free(in_question[::-1])
    if in_answer:
        return _first_free(in_answer[::-1])
    roles = fitting(asked, ("role",))
    return _first_free(roles[::-1]) if roles else None


def _first_free(every: list[Mention]) -> Mention:
    """The first that no preposition governs, else the first."""
    return next((mention for mention in every if not mention.preposition), every[0])


def _something(pronoun: _Pronoun, turn: Turn, asked: list[Mention], told: list[Mention], text: str, talk: _Talk) -> Mention | None:
    words = {token.lower for token in tokens(text)}
    many = pronoun.stands_for == "many"
    if not many and words & talk.grammar.events and not _governed(pronoun, text):
        return None
    things = [mention for mention in asked if mention.kind in ("thing", "name", "body", "place")]
    if many:
        things = [mention for mention in things if mention.plural or mention.proper and mention.kind != "place" or mention.kind == "body"]
        things = [mention for mention in things if mention.plural] or things
    elif talk.grammar is _NORTHERN and not _governed(pronoun, text):    # "om det" may mean a topic of any gender
        things = [mention for mention in things if mention.proper or mention.neuter == (pronoun.stands_for == "that") and not mention.plural]
    if pronoun.stands_for == "that" and len(things) != 1:
        return None
    for kind in ("thing", "name", "body", "place"):
        alike = [mention for mention in things if mention.kind == kind]
        if alike:
            return _first_free(alike[::-1])
    answered = {mention.text for mention in told if mention.proper and mention.kind in ("name", "body")}
    if len(answered) == 1 and tokens(turn.question)[0].lower in talk.grammar.asking and not many:
        return next(mention for mention in told if mention.text in answered)
    return None


def _governed(pronoun: _Pronoun, text: str) -> bool:
    return not PREPOSITIONS.isdisjoint(word.lower() for word in text[:pronoun.start].split()[-1:])


def _put(bearer: Mention, pronoun: _Pronoun, text: str, talk: _Talk) -> str:
    """`text` with the bearer in the pronoun's place."""
    put = bearer.text
    before, after = text[:pronoun.start], text[pronoun.end:]
    if pronoun.stands_for == "there":
        put = f"{bearer.preposition} {put}"
    elif pronoun.possessive:
        put = bearer.head if not bearer.proper else put
        first = after.split()[:1]
        if talk.language in ("no", "da") and (not first or first[0].strip("?,.").lower() in talk.grammar.following or first == ["?"]):
            put = f"til {put}"
        elif talk.language == "en":
            put += "’" if put.endswith("s") else "’s"
        elif not put.endswith(("s", "x", "z")):
            put += "s"
    return before + (_capital(put) if not before.strip() else put) + after


def _without_topic(talk: _Talk) -> str:
    """"Vad hände sen?", "Tell me more": nothing but small words, so the previous question stands in front."""
    words = talk.words()
    leans = 0 < len(words) <= 5 and _COURTESY.isdisjoint(words) and _is_light(talk.rest, talk.grammar)
    return talk.joined() if leans else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
