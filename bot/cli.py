"""The command line. The only typer; everything heavy is loaded by the command that needs it."""

import csv
import json
import logging
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from tqdm import tqdm

from bot.answer import passage_json
from bot.intake import columns_of, feeds_of, polled, take_in
from bot.reader import WEIGHTS
from bot.runs import MARGIN
from bot.select import CALIBRATION
from bot.terminal import (
    QUOTE,
    outcome_row,
    print_row,
    quote_row,
    say,
    show_answer,
    show_finding,
    show_manifest,
    show_outcome,
    show_quote,
)
from bot.texts import text
from index.article import Article, Filters, Hit
from index.db import ArchiveError
from index.embed import EmbedderError
from index.engines import EngineError
from index.language import UNKNOWN

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from bot.evaluate import Bench
    from bot.ledger import Ledger
    from bot.reader import Reader
    from index.archive import Archive

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
COMMON = ("--archive", "--models", "--embedder", "--reader", "--key")

app = typer.Typer(
    help="Citera: ask the newsroom's archive, and cite the answer. Without a command: the chat in the browser. "
    "--archive and the other options below may stand before or after the command.",
    no_args_is_help=False, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON lines on standard output and nothing else there.")]
Batch = Annotated[Path | None, typer.Option(
    "--batch", help="A JSONL file with `id` and `question` on each line; one line is printed for each, in order.",
    exists=True, dir_okay=False)]
GeneratorName = Annotated[str | None, typer.Option(
    "--generator", envvar="CITERA_GENERATOR", show_default="the packaged Gemma 3 270M",
    help="Who composes: a model's name or path, the URL of an OpenAI-compatible server, or `none` for evidence alone.")]
Since = Annotated[str | None, typer.Option(help="Only articles from this date on, such as 2024-03-01.")]
Until = Annotated[str | None, typer.Option(help="Only articles up to this date.")]
Authors = Annotated[list[str] | None, typer.Option("--author", help="Only this byline; may be given more than once.")]
Sections = Annotated[list[str] | None, typer.Option("--section", help="Only this section.")]
Sources = Annotated[list[str] | None, typer.Option("--source", help="Only this source.")]
Languages = Annotated[list[str] | None, typer.Option("--language", help="Only articles in this language, such as sv.")]


Sets = Annotated[list[Path], typer.Argument(help="Pairs of files: ARTICLES.jsonl QUESTIONS.jsonl …", exists=True)]


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are; set once, by the options before the command."""

    archive: Path
    models: Path
    embedder: str | None
    reader: Path
    key: str


@app.callback(invoke_without_command=True)
def settings(
    context: typer.Context,
    archive: Annotated[Path, typer.Option(
        envvar="CITERA_ARCHIVE", help="The archive's folder; made where there is none.")] = Path("archive"),
    models: Annotated[Path, typer.Option(
        envvar="CITERA_MODELS", help="Where the packaged models are kept once they are prepared.")] = ROOT / "models",
    embedder: Annotated[str | None, typer.Option(
        envvar="CITERA_EMBEDDER", show_default="the packaged multilingual E5",
        help="A sentence-transformers model by name or path.")] = None,
    reader: Annotated[Path, typer.Option(
        envvar="CITERA_READER", show_default="the one that comes along",
        help="Weights of the reader that chooses the answering sentence (see train-reader).")] = WEIGHTS,
    key: Annotated[str, typer.Option(
        envvar="OPENAI_API_KEY", show_envvar=True, show_default=False, help="Sent to a generator's server.")] = "not-needed",
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more on standard error.")] = False,
) -> None:
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="%(message)s", stream=sys.stderr)
    context.obj = Settings(archive, models, embedder, reader, key)
    if context.invoked_subcommand is None:
        chat(context)


@app.command()
def chat(
    context: typer.Context, host: str = "127.0.0.1", port: int = 7860, generator: GeneratorName = None,
) -> None:
    """The chat in the browser (also what starts without a command). A first start fills an empty archive from seeds/."""
    from bot import page
    from bot.check import Checker
    from bot.people import People

    assistant = _assistant(context, generator)
    if not assistant.archive.stats().articles:
        say("The archive is empty: filling it with the example articles of seeds/.")
        for outcome in take_in(assistant.archive, [str(SEEDS)]):
            if outcome.action == "skipped":
                say(f"skipped {outcome.where}: {outcome.why}")
    assistant.warm()
    desk = page.Desk(assistant, People(assistant.archive), Checker(assistant.archive))
    page.serve(desk, host=host, port=port, examples=_starters(assistant.archive))


@app.command()
def add(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(help="Files, folders or globs, or the address of a feed (https://…).")],
    column: Annotated[list[str] | None, typer.Option(
        "--column", metavar="FIELD=COLUMN",
        help="Of CSV, TSV and Parquet: the column that holds a field, such as text=Brödtext; may be given more than once.")]
    = None,
    follow: Annotated[bool, typer.Option("--follow", help="Ask the feeds again and again, until Ctrl-C.")] = False,
    every: Annotated[float, typer.Option(min=1, help="Minutes between two polls of a feed.")] = 15,
    allow_private: Annotated[bool, typer.Option(
        "--allow-private", help="Also read addresses on this machine and on private networks.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take in articles: text, Markdown, Word, OpenDocument, PDF, HTML, mail, JSONL, ninjs, NewsML-G2, NITF, RSS, Atom, CSV,
    Parquet, and ZIP files of these.

    What is unchanged costs nothing; what can't be read is named.
    """
    feeds, files = feeds_of(paths, follow, allow_private)
    archive, columns = _archive(context), columns_of(column or [])
    counts: dict[str, int] = {}
    read = take_in(archive, files, columns) if files else ()
    for outcome in chain(read, polled(archive, feeds, every * 60 if follow else None)):
        counts[outcome.action] = counts.get(outcome.action, 0) + 1
        if as_json:
            print_row(outcome_row(outcome))
        else:
            show_outcome(outcome)
    say(", ".join(f"{number} {action}" for action, number in sorted(counts.items())) or "nothing to add")


@app.command()
def remove(
    context: typer.Context, ids: Annotated[list[str], typer.Argument(help="Ids of articles.")],
    purge: Annotated[bool, typer.Option(
        "--purge", help="Leave no word of them: erased as well are the log's answers that cited them, the words in kept "
        "evaluations, and the free space of the database and the index.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take articles out again, with everything that was derived from them. The log keeps what was answered, unless --purge."""
    from bot.ledger import Ledger
    from bot.runs import RunError, forget

    archive = _archive(context)
    gone = set(archive.remove(ids, purge=purge))
    for identifier in ids:
        told: dict[str, Any] = {"id": identifier, "action": "removed" if identifier in gone else "unknown"}
        if purge:
            told["entries"] = Ledger(archive.database).purge(identifier)
        if as_json:
            print_row(told)
        else:
            typer.echo(" ".join([told["action"], identifier, *([f"({told['entries']} entries of the log)"] if purge else [])]))
    if purge:
        try:
            forget(context.obj.archive / "evaluations")
        except (RunError, OSError) as error:
            say(f"The words in kept evaluations could not be erased: {error}")
            raise typer.Exit(1) from error
        say("Backups, exports and evaluations kept elsewhere were not looked at: erase what they hold of it there.")
        for kept in sorted(context.obj.archive.glob("citera.db.before-*")):
            say(f"{kept} was set aside by a restore and may hold it as well: delete it if so.")
    if len(gone) < len(set(ids)):
        raise typer.Exit(1)


@app.command()
def search(
    context: typer.Context, query: Annotated[str | None, typer.Argument()] = None, batch: Batch = None,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 10, as_json: AsJson = False,
    since: Since = None, until: Until = None, author: Authors = None, section: Sections = None, source: Sources = None,
    language: Languages = None,
) -> None:
    """The passages nearest to a question, first those of the time that it names."""
    from bot.understand import understand
    from index.retriever import Retriever

    archive = _archive(context)
    retriever, held = Retriever(archive), archive.stats()
    filters = _filters(since, until, author, section, source, language)

    def found(question: str) -> dict[str, Any]:
        query = understand(question, filters=filters, languages=held.languages, held=held.span)
        hits = retriever.search(query.timeless, filters, k, query.language, query.timing)
        return {"question": question, "periods": [period.as_json() for period in query.periods],
                "passages": [passage_json(hit) for hit in hits]}

    def shown(row: Mapping[str, Any]) -> None:
        for passage in row["passages"]:
            typer.echo(f"{passage['score']:.3f}  {passage['title']}  {passage['published'] or ''}\n       {passage['text']}\n")

    _each(query, batch, None, found, None if as_json else shown)


@app.command()
def ask(
    context: typer.Context, question: Annotated[str | None, typer.Argument()] = None, batch: Batch = None,
    generator: GeneratorName = None,
    sample: Annotated[int | None, typer.Option(min=1, help="A seeded sample of so many questions of the batch.")] = None,
    as_json: AsJson = False, since: Since = None, until: Until = None, author: Authors = None, section: Sections = None,
    source: Sources = None, language: Languages = None,
) -> None:
    """Ask a question; the answer's every sentence is cited."""
    assistant = _assistant(context, generator)
    filters = _filters(since, until, author, section, source, language)

    def answered(asked: str) -> dict[str, Any]:
        return assistant.ask(asked, filters=filters).as_json()

    _each(question, batch, sample, answered, None if as_json else show_answer)


@app.command()
def quotes(
    context: typer.Context,
    speaker: Annotated[str | None, typer.Option(help="Only by this person: a full name or a last name.")] = None,
    about: Annotated[str | None, typer.Option(help="Only about this, the most relevant first.")] = None,
    article: Annotated[str | None, typer.Option(help="Only from the article with this id.")] = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print comma-separated values, with a line of names first.")] = False,
    since: Since = None, until: Until = None, author: Authors = None, section: Sections = None, source: Sources = None,
    language: Languages = None,
) -> None:
    """Who said what: quotations and reported statements, each with its speaker and its place; without a filter all."""
    from index.retriever import Retriever

    archive = _archive(context)
    filters = _filters(since, until, author, section, source, language)
    articles = [article] if article is not None else None
    if about is None:
        found = archive.quotes(speaker, articles=articles, filters=filters)
    else:
        found = Retriever(archive).quotes(about, speaker=speaker, articles=articles, filters=filters)
    rows = [quote_row(item) for item in found]
    if as_csv:
        writer = csv.DictWriter(sys.stdout, QUOTE)
        writer.writeheader()
        writer.writerows(rows)
        return
    for row in rows:
        if as_json:
            print_row(row)
        else:
            show_quote(row)


@app.command()
def verify(
    batch: Annotated[Path, typer.Option(help="JSONL with `id`, `sentence` and `evidence`.", exists=True, dir_okay=False)],
    as_json: AsJson = False,
) -> None:
    """Check whether sentences say only what their evidence says."""
    from bot.verify import verify as verified

    for row in _rows(batch):
        verdict = verified(row["sentence"], row["evidence"])
        problems = [f"{problem.kind}: {problem.text}" for problem in verdict.problems]
        if as_json:
            print_row({"id": row.get("id"), "supported": verdict.supported, "problems": problems})
        else:
            typer.echo(f"{'supported' if verdict.supported else 'NOT supported':14} {row['sentence']}  {'; '.join(problems)}")


@app.command()
def check(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A draft: text, Markdown or Word (.docx).", exists=True, dir_okay=False)],
    claims: Annotated[bool, typer.Option("--claims/--no-claims", help="Also hold its other sentences against the archive.")]
    = True,
    as_json: AsJson = False,
) -> None:
    """Check a draft's quotations and claims against the archive: word for word, by whom, and borne out or not."""
    from bot.check import Checker
    from bot.draft import from_file

    draft = from_file(file)
    with tqdm(desc="checking", disable=None, file=sys.stderr) as bar:
        def progress(done: int, total: int) -> None:
            bar.total, bar.n = total, done
            bar.refresh()

        found = Checker(_archive(context)).check(draft, claims=claims, progress=progress)
    for finding in found:
        if as_json:
            print_row(finding.as_json())
        else:
            show_finding(finding)


@app.command()
def stats(context: typer.Context, as_json: AsJson = False) -> None:
    """What the archive holds."""
    told = asdict(_archive(context).stats())
    if as_json:
        print_row(told)
        return
    for name, value in told.items():
        typer.echo(f"{name:10} {', '.join(value) if isinstance(value, tuple) else value if value is not None else '–'}")


@app.command("log")
def show_log(
    context: typer.Context,
    since: Annotated[str | None, typer.Option(help="Only from this date on (UTC), such as 2026-03-01 or 2026-03.")] = None,
    until: Annotated[str | None, typer.Option(help="Only up to this date, which counts.")] = None,
    last: Annotated[int | None, typer.Option(
        min=1, show_default="20, and all with --json and --csv", help="Only the newest so many.")] = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print comma-separated values, with a line of names first.")] = False,
    on: Annotated[bool | None, typer.Option("--on/--off", help="Keep a log from now on, or none.")] = None,
    keep: Annotated[int | None, typer.Option(
        min=1, max=36_500, metavar="DAYS", help="For how many days each question is kept; what is older is erased at once.")]
    = None,
    erase: Annotated[bool, typer.Option("--erase", help="Erase all that the log holds, also from the files.")] = False,
) -> None:
    """What was asked and answered, and from what, the newest first; or, with --on, --off, --keep or --erase, whether and for
    how long that is kept. The log is on and keeps 90 days unless you say otherwise."""
    from bot import logbook

    _, ledger = _ledger(context)
    if on is not None or keep is not None or erase:
        if as_csv or any(each is not None for each in (since, until, last)):
            raise typer.BadParameter("--on, --off, --keep and --erase change the log and list nothing: give them alone, "
                                     "or with --json")
        ledger.set(on=on, days=keep)
        gone = ledger.erase() if erase else ledger.trim()
        rules, held = ledger.rules(), ledger.count()
        if as_json:
            print_row(asdict(rules) | {"entries": held, "erased": gone})
        else:
            typer.echo(f"{logbook.rules(rules, held)} Erased: {gone:,}.")
        return
    limits = _filters(since, until, None, None, None, None)
    try:
        ledger.trim()
    except ArchiveError as error:
        say(f"What is too old was not erased: {error}")
    found = ledger.entries(limits.since or "", limits.until or "", last or (None if as_json or as_csv else 20))
    if as_csv:
        writer = csv.DictWriter(sys.stdout, logbook.COLUMNS)
        writer.writeheader()
        writer.writerows(map(logbook.cells, found))
    for entry in found if not as_csv else ():
        if as_json:
            print_row(entry.as_json())
        else:
            typer.echo(f"{logbook.told(entry)}\n")
    say(logbook.rules(ledger.rules(), ledger.count()))


@app.command()
def affected(
    context: typer.Context, article: Annotated[str, typer.Argument(metavar="ID", help="The id of an article.")],
    as_json: AsJson = False,
) -> None:
    """The answers in the log that an article stands behind, the newest first: when, to which question, with which of its
    words, and whether these still stand in it. For when an article was corrected, withdrawn or removed. Exit code 1 where
    neither the archive nor the log knows the id."""
    from bot import logbook

    archive, ledger = _ledger(context)
    found = ledger.affected(article)
    for item in found:
        if as_json:
            print_row(item.as_json())
        else:
            typer.echo(f"{logbook.affected(item)}\n")
    cited = sum(item.cited for item in found)
    say(f"{cited:,} answers cited {article}, {len(found) - cited:,} showed it as nearest.")
    say(logbook.rules(ledger.rules(), ledger.count()))
    if not found and archive.get(article) is None:
        say(f"Neither the archive nor the log knows {article}: check the id (`search` and `quotes` print ids).")
        raise typer.Exit(1)


@app.command()
def doctor(
    context: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="Make anew what is derived from the articles and damaged.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say what is installed, which models and which index there are, and what is wrong; every article is read and held
    against its checksum. Exit code 1 where something is wrong."""
    from bot.doctor import examine

    settings: Settings = context.obj
    findings = list(examine(settings.archive, settings.models, settings.embedder, repair=repair))
    for finding in findings:
        if as_json:
            print_row(asdict(finding))
        else:
            typer.echo(f"{'ok   ' if finding.ok else 'WRONG'} {finding.what:12} {finding.told}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


@app.command()
def backup(
    context: typer.Context,
    target: Annotated[Path, typer.Argument(help="A new folder for the backup.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Copy the archive as it is now, while others go on reading and adding."""
    from index.backup import backup as backed_up

    manifest = backed_up(context.obj.archive, target)
    show_manifest(manifest, target, as_json=as_json)


@app.command()
def restore(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help="A backup's folder.", exists=True, file_okay=False)],
    replace: Annotated[bool, typer.Option(
        "--replace", help="Put it in the place of the archive that is there, which is kept beside it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check a backup and put it in the archive's place; the search index is built anew from it."""
    from index.backup import restore as restored

    manifest = restored(source, context.obj.archive, replace=replace)
    _archive(context).engine()
    show_manifest(manifest, context.obj.archive, as_json=as_json)


@app.command()
def watch(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="The folder that articles arrive in.", exists=True, file_okay=False)],
    settle: Annotated[float, typer.Option(min=0, help="Seconds without a change until a file counts as written.")] = 2.0,
    as_json: AsJson = False,
) -> None:
    """Take in what arrives in a folder, until Ctrl-C. A file that changes is read again; one that goes leaves its articles."""
    from index.watch import watch as watched

    say(f"Watching {folder}. Ctrl-C ends it.")
    for outcome in watched(_archive(context), folder, settle=settle):
        at = datetime.now().astimezone().isoformat(timespec="seconds")
        if as_json:
            print_row({"at": at} | outcome_row(outcome))
        else:
            show_outcome(outcome, f"{at}  ")


@app.command()
def prepare(context: typer.Context) -> None:
    """Make the packaged models ready (once, about a minute), so that the first start is quick."""
    from bot.generators.transformers import packaged
    from index.e5 import NAME
    from index.embed import converted

    settings: Settings = context.obj
    settings.models.mkdir(parents=True, exist_ok=True)
    converted(settings.models / NAME)
    packaged(settings.models).load()
    say("The models are ready.")


@app.command("train-reader")
def train_reader(
    context: typer.Context, sets: Sets,
    output: Annotated[Path, typer.Option(help="Where the weights go.")] = WEIGHTS,
    leave_out: Annotated[str | None, typer.Option(
        help="`0/2` leaves out the first of two halves, by article, so that it can be measured on.")] = None,
) -> None:
    """Train the reader that chooses the sentence which answers, on questions with known answers (about half an hour)."""
    from bot.training import example, fold, train, without_its_articles
    from index.e5 import NAME
    from index.embed import converted

    settings: Settings = context.obj
    part, parts = map(int, (leave_out or "-1/1").split("/"))
    examples = []
    for number, (row, hits) in enumerate(_searched(settings, sets)):
        if fold(row, parts) != part:
            examples.append(example(row, hits[:5]))
            if row["answerable"] and number % 2:
                absent, others = without_its_articles(row, hits)
                examples += [example(absent, others[:5])] if others else []
    train(examples, converted(settings.models / NAME), output)
    say(f"Trained on {len(examples)} questions: {output}")


@app.command()
def calibrate(
    context: typer.Context, sets: Sets,
    output: Annotated[Path, typer.Option(help="Where the calibration goes.")] = CALIBRATION,
    part: Annotated[str | None, typer.Option(help="`0/2`: only the first of two halves, by article.")] = None,
) -> None:
    """Fit when to say that the archive holds no answer, on questions with known answers. Not on those that trained the
    reader: it knows them."""
    from bot.calibrate import Case, cases, fit
    from bot.select import Selector
    from bot.training import fold

    settings: Settings = context.obj
    which, parts = map(int, (part or "0/1").split("/"))
    selector = Selector(_reader(settings))
    told: list[Case] = []
    for language in ("", UNKNOWN):  # as it is asked, and as if it were asked in a language that the articles don't share
        rows = [(row, hits) for row, hits in _searched(settings, sets, language) if fold(row, parts) == which]
        told += cases(tqdm(rows, desc="reading", disable=None, file=sys.stderr), selector, language)
    what = f"{len(rows)} questions of {', '.join(path.name for path in sets[1::2])}, each also without its articles"
    fit(told, what).save(output)
    say(f"Calibrated on {what}: {output}")


@app.command("eval")
def evaluate(
    context: typer.Context,
    sets: Annotated[list[Path], typer.Argument(
        exists=True, dir_okay=False,
        help="Questions with known answers, articles with all their quotes, or sentence pairs: JSONL, JSON or CSV.")],
    generator: GeneratorName = None,
    sample: Annotated[int | None, typer.Option(min=1, help="A seeded sample of so many rows of each set.")] = None,
    runs: Annotated[Path | None, typer.Option(
        "--runs", "--output", file_okay=False, show_default="evaluations/ in the archive", help="Where runs are kept.")] = None,
    against: Annotated[Path | None, typer.Option(
        exists=True, dir_okay=False, show_default="the last of the same rows, archive and generator",
        help="The kept run to compare with.")] = None,
    margin: Annotated[float, typer.Option(min=0, max=1, help="How much a share may fall before the exit code is 1.")] = MARGIN,
    failures: Annotated[int, typer.Option(min=0, help="Tell of the first so many that fell short, and why.")] = 0,
    without: Annotated[list[str] | None, typer.Option(
        help="Ask once more without this part, such as search.cosine; may be given more than once.")] = None,
    ablate: Annotated[bool, typer.Option("--ablate", help="Ask once more without each part.")] = False,
    as_json: AsJson = False,
) -> None:
    """Score search, answers, quotes and the verifier on sets of your own, and compare with the last run. Exit code 1 where
    a share fell by more than the margin, a row was broken, or Ctrl-C stopped it."""
    from bot.evaluate import PARTS, evaluated, needs_archive
    from bot.gold import GoldError, read
    from bot.report import report, shortened
    from bot.runs import RunError, compared, last_like, load, save

    off = list(PARTS) if ablate else list(dict.fromkeys(without or ()))
    try:
        if unknown := set(off) - set(PARTS):
            raise RunError(f"there is no part {', '.join(unknown)}; the parts are {', '.join(PARTS)}")
        golds = [gold.sample(sample) if sample else gold for gold in map(read, sets)]
        earlier = load(against, [gold.kind for gold in golds]) if against else None
    except (GoldError, RunError) as error:
        raise typer.BadParameter(str(error)) from error
    bench = _bench(context, generator) if any(map(needs_archive, golds)) else None
    folder = runs or context.obj.archive / "evaluations"
    failed = False
    for gold in golds:
        bar = partial(tqdm, desc=gold.path.name, disable=None, leave=False, file=sys.stderr)
        done, stopped = evaluated(gold, bench if needs_archive(gold) else None, bar, without=off)
        last = earlier or last_like(done, folder)
        changes = compared(done, last, margin)
        for row in done.broken:
            say(f"{gold.path}, {row.where}: {row.why}")
        if as_json:
            print_row(shortened(done, changes, last, failures=failures))
        else:
            typer.echo(report(done, changes, last, margin=margin, failures=failures))
        say(f"kept as {save(done, folder)}")
        failed = failed or stopped or bool(done.broken) or any(change.fell for change in changes)
        if stopped:
            break
    if failed:
        raise typer.Exit(1)


def run() -> None:
    """The program. Errors that we know are one sentence; exit code 1, or 2 for wrong usage."""
    from bot.draft import DraftError
    from bot.generators import GeneratorError
    from bot.understand import QuestionError

    try:
        app(_hoisted(sys.argv[1:]))
    except (ArchiveError, EngineError, EmbedderError, GeneratorError, QuestionError, DraftError) as error:
        say(f"Error: {error}")
        raise SystemExit(1) from error
    except KeyboardInterrupt:
        say("\nStopped. What was reported is stored.")
        raise SystemExit(1) from None


def _hoisted(arguments: list[str]) -> list[str]:
    """The options of all commands may stand before the command or after it: here they are brought to the front."""
    front, rest = [], []
    left = iter(arguments)
    for argument in left:
        if argument == "--":
            rest += [argument, *left]
        elif argument in COMMON:
            front += [argument, *islice(left, 1)]
        elif argument.partition("=")[0] in COMMON:
            front.append(argument)
        else:
            rest.append(argument)
    return front + rest


def _archive(context: typer.Context) -> "Archive":
    from index.archive import Archive
    from index.embed import embedder

    settings: Settings = context.obj
    return Archive(settings.archive, embedder(settings.embedder, settings.models))


def _assistant(context: typer.Context, name: str | None) -> "Assistant":
    from bot.assistant import Assistant
    from bot.generators import generator
    from bot.select import Selector

    settings: Settings = context.obj
    composer = generator(name, models=settings.models, key=settings.key)
    archive, ledger = _ledger(context)
    return Assistant(archive, composer, Selector(_reader(settings)), ledger=ledger)


def _ledger(context: typer.Context) -> "tuple[Archive, Ledger]":
    """The archive with its log, which is written to the end before the command is over."""
    from bot.ledger import Ledger

    archive = _archive(context)
    ledger = Ledger(archive.database)
    context.call_on_close(ledger.close)
    return archive, ledger


def _bench(context: typer.Context, name: str | None) -> "Bench":
    from bot.evaluate import Bench
    from bot.generators import generator

    settings: Settings = context.obj
    composer = generator(name, models=settings.models, key=settings.key)
    return Bench(_archive(context), composer, _reader(settings), {"reader": settings.reader, "calibration": CALIBRATION})


def _reader(settings: Settings) -> "Reader":
    from bot.reader import Reader
    from index.e5 import NAME
    from index.embed import converted

    return Reader(lambda: converted(settings.models / NAME), settings.reader)


def _searched(settings: Settings, sets: list[Path], language: str = "") -> Iterator[tuple[dict[str, Any], list[Hit]]]:
    """Each question of pairs of files, with a hundred hits in an archive of just its articles."""
    from index.archive import Archive
    from index.embed import embedder
    from index.retriever import Retriever

    if len(sets) % 2:
        raise typer.BadParameter("give pairs of files: the articles, then the questions about them")
    for articles, questions in zip(sets[::2], sets[1::2], strict=True):
        with tempfile.TemporaryDirectory() as folder:
            archive = Archive(Path(folder), embedder(settings.embedder, settings.models))
            for _ in take_in(archive, [str(articles)]):
                pass
            retriever = Retriever(archive)
            for row in tqdm(_rows(questions), desc="searching", disable=None, file=sys.stderr):
                yield row, retriever.search(row["question"], k=100, language=language)
            archive.close()


def _starters(archive: "Archive") -> Callable[[], list[str]]:
    """The questions to begin with as the archive is now, sought once for each state of it."""
    @lru_cache(1)
    def sought(_edition: str) -> list[str]:
        return _examples(archive)

    return lambda: sought(archive.edition)


def _examples(archive: "Archive") -> list[str]:
    """Questions to begin with: those that come with the example articles, or else about the newest articles."""
    known = {article.id for article in archive.articles()} if archive.stats().articles < 100 else set()
    rows = _rows(SEEDS / "questions.jsonl") if SEEDS.exists() else []
    ready = [row["question"] for row in rows if row.get("example") and known.intersection(row["relevant_articles"])]
    if ready:
        return ready
    return [text("start.about", article.language, title=article.title) for article in archive.newest(4)]


def _filters(since: str | None, until: str | None, *lists: list[str] | None) -> Filters:
    for value in (since, until):
        if value is not None:
            try:
                Article(id="-", title="-", text="-", published=value)
            except ValueError as error:
                raise typer.BadParameter(f"{value!r} is not a date such as 2024-03-01, 2024-03 or 2024") from error
    authors, sections, sources, languages = (tuple(values or ()) for values in lists)
    return Filters(since, until, authors, sections, sources, languages)


def _each(
    one: str | None, batch: Path | None, sample: int | None, work: Callable[[str], dict[str, Any]],
    show: Callable[[Mapping[str, Any]], None] | None,
) -> None:
    """One question or a batch of them. One that fails is told as an error, and the rest goes on; exit code 1 then."""
    if (one is None) == (batch is None):
        raise typer.BadParameter("give either a question or --batch FILE")
    if batch is None:
        told = work(str(one))
        if show is None:
            print_row(told)
        else:
            show(told)
        return
    rows = _rows(batch)
    if sample is not None and sample < len(rows):
        rows = [rows[at] for at in sorted(random.Random(0).sample(range(len(rows)), sample))]
    failed = False
    for row in tqdm(rows, desc="questions", disable=None, file=sys.stderr):
        try:
            print_row({"id": row.get("id")} | work(str(row["question"])))
        except (ValueError, KeyError, RuntimeError) as error:
            failed = True
            print_row({"id": row.get("id"), "error": str(error)})
    if failed:
        raise typer.Exit(1)


def _rows(path: Path) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if line.strip():
            try:
                rows.append(json.loads(line))
            except ValueError as error:
                raise typer.BadParameter(f"{path}, line {number} is not JSON: {error}") from error
    return rows
