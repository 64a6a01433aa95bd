"""Words of two languages that are one by origin, told by their spelling. Knows letters only.

English and the Scandinavian languages spell alike what each took from Latin and Greek, and Swedish, Norwegian and Danish
nearly everything: "commission" is "kommission", "lärarförbundet" is "lærerforbundet".
"""

import re
from functools import lru_cache

from index.words import words_of

# Spelt alike in English and a Scandinavian language, by chance.
FALSE_FRIENDS = words_of(
    "barn barns fart gift hell sort rest slut hot bad god dog dig dug son art fast kind gang pest rum stark bog bra",
    "sky brand mark from red led rev blad grin kid ride rode rod sad save sales fall fat dum lag gap bit bet egg",
    "elder elders ark mine mines time hunt rose tale part party hund fort bore far for men at till under ten tall",
    "stem fire",
)

_FOLDS = tuple((re.compile(pattern), plainer) for pattern, plainer in (
    (r"sch|sj|sk(?=[eiyäö])", "s"), (r"ch|ck|qu|kv|[cq]", "k"), (r"ph", "f"), (r"th", "t"), (r"x", "ks"), (r"w", "v"),
    (r"z", "s"), (r"[äæ]", "e"), (r"[öø]", "o"), (r"å", "a"), (r"y|j", "i"), (r"[ts]ion|sion", "sion"), (r"(.)\1+", r"\1"),
    (r"(?<=..)[eai]+$", ""),
))
_VOWELS = re.compile("[aeiou]")


@lru_cache(maxsize=32768)
def folded(stem: str) -> str:
    """The stem in one spelling for all four languages."""
    for pattern, plainer in _FOLDS:
        stem = pattern.sub(plainer, stem)
    return stem


def cognate(stem: str, other: str) -> bool:
    """Whether two stems of different languages are spelt alike, the languages' ways of spelling aside."""
    a, b = folded(stem), folded(other)
    common = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    longest = max(len(a), len(b))
    if (common >= 5 and longest - common <= 4) or (common >= 3 and longest - common <= 1):
        return True
    return a[:1] == b[:1] and len(bones := _VOWELS.sub("", a)) >= 5 and bones == _VOWELS.sub("", b)
