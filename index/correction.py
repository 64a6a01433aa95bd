"""What says that an article was wrong before: in a note of the desk, and in the article itself. Pure, four languages."""

import re

from index.article import Article

# A heading that names a correction, and what may stand between it and its colon: when, or that it comes afterwards.
_HEADING = (
    r"(?:rättelse(?:r)?|rättat|(?:rättad|korrigerad)(?: version)?|korrigering(?:ar)?|korrigerat"
    r"|precisering(?:ar)?|förtydligande(?:n)?|rettelse(?:r)?|(?:rettet|korrigert|korrigeret)(?: vers[ji]on)?|retting"
    r"|korreksjon(?:er)?|korrektion(?:er)?|presisering(?:er)?"
    r"|præcisering(?:er)?|beriktigelse|berigtigelse(?:r)?|oppklaring"
    r"|corrections?|corrected(?: version)?|clarifications?|editor[’']s (?:correction|clarification))"
)
_AFTERWARDS = r"(?:\s+(?:i efterhand|i ettertid|i etterkant|efterfølgende))?"
_WHEN = r"(?:\s*\([^()\n]{1,60}\)|[ ,]+[^:–—\n]{0,30}\d[^:–—\n]{0,20}(?::\d\d)?)?"
_HEADED = re.compile(
    rf"[*_•\s]*(?:{_HEADING}{_AFTERWARDS}{_WHEN}[*_]*\s*(?:[:–—]|[.!]?[*_]*$|\.\s)"
    r"|(?:in )?an? (?:earlier|previous) version of (?:this|the) (?:article|story|report|text)\b"
    r"|(?:this|the) (?:article|story|report|text) (?:has been|was) corrected\b"
    r"|(?:artikeln|texten) (?:är|har) (?:rättad|rättats|korrigerad|korrigerats)\b"
    r"|(?:artikkelen|saken|teksten|artiklen) er (?:rettet|korrigert|korrigeret)\b"
    r"|i en tidigare version (?:av (?:den här |denna |artikeln|texten|nyheten)|(?:uppgavs|angavs|stod|skrev)\b)"
    r"|i en tidligere (?:versjon|utgave) av (?:denne |saken|artikkelen|teksten)"
    r"|i en tidligere (?:version|udgave) af (?:denne |artiklen|teksten|historien))",
    re.IGNORECASE,
)
# A desk's note needs no heading: there one of these words is enough, wherever it stands.
_SAID = re.compile(
    r"\b(?:rättelse|rättad|rättat|rättar|korr|korrigering|korrigerad|korrigerat|korrigerar|precisering|förtydligande"
    r"|rettelse|rettet|retter|retting|korreksjon|korrigert|korrigerer|presisering|korrektion|korrigeret|præcisering"
    r"|berigtigelse|beriktigelse|correction|corrects|corrected|correcting|clarification|clarifies)\b",
    re.IGNORECASE,
)
_WORDS = {"sv": "Rättelse", "no": "Rettelse", "da": "Rettelse"}


def told(note: str) -> str | None:
    """A desk's note where it tells of a correction; None for any other (an embargo, "picture available")."""
    return note.strip() if _SAID.search(note) else None


def noted(text: str) -> str | None:
    """The first paragraph of an article that tells what an earlier version had wrong; None where there is none.

    Of a heading alone on its line the next paragraph is the correction, given with it: `Rättelse\\nRätt belopp är …`.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines):
        if not (headed := _HEADED.match(line)):
            continue
        if headed.end() < len(line):
            return line
        if number + 1 < len(lines):
            return f"{line}\n{lines[number + 1]}"
    return None


def word(language: str) -> str:
    """What a correction is called, where a signal tells that there is one and nobody says which."""
    return _WORDS.get(language, "Correction")


def correction(article: Article) -> str | None:
    """What an article had wrong before, without the word that heads it: by what came with it, or by its own words."""
    told = article.correction or noted(article.text)
    headed = _HEADED.match(told) if told else None
    rest = told[headed.end():].lstrip(" \n:–—*_") if told and headed and headed.group().rstrip()[-1:] in ":–—.!" else ""
    return rest or told
