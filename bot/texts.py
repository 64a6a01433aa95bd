"""Every word that the interface says, in one table: Swedish and English, and for answers also Norwegian and Danish."""

INTERFACE = ("sv", "en")  # what the page can be shown in
_FALLBACK = {"no": "sv", "da": "sv"}  # read with more ease there than English

_TEXTS: dict[str, dict[str, str]] = {
    # Answers: shown in the language of the question.
    "answer.none": {
        "sv": "Arkivet har inget svar på den frågan.",
        "en": "The archive holds no answer to that question.",
        "no": "Arkivet har ikke noe svar på det spørsmålet.",
        "da": "Arkivet har intet svar på det spørgsmål.",
    },
    "answer.searched": {
        "sv": "Genomsökta artiklar: {articles}", "en": "Articles searched: {articles}",
        "no": "Gjennomsøkte artikler: {articles}", "da": "Gennemsøgte artikler: {articles}",
    },
    "answer.limited": {
        "sv": "Begränsat till: {filters}", "en": "Limited to: {filters}", "no": "Begrenset til: {filters}",
        "da": "Begrænset til: {filters}",
    },
    "answer.outside": {
        "sv": "Ingen artikel i arkivet ryms inom begränsningen.",
        "en": "No article in the archive lies within these limits.",
        "no": "Ingen artikkel i arkivet er innenfor begrensningen.",
        "da": "Ingen artikel i arkivet ligger inden for begrænsningen.",
    },
    "answer.foreign": {
        "sv": "Så här står det i arkivet, på artikelns språk:", "en": "The archive says, in its own language:",
        "no": "Slik står det i arkivet, på artikkelens språk:", "da": "Sådan står der i arkivet, på artiklens sprog:",
    },
    "answer.nearest": {
        "sv": "Det närmaste som finns",
        "en": "The nearest there is",
        "no": "Det nærmeste som finnes",
        "da": "Det nærmeste, der findes",
    },
    "answer.empty": {
        "sv": "Arkivet är tomt. Lägg till artiklar och fråga sedan igen.",
        "en": "The archive is empty. Add articles, then ask again.",
        "no": "Arkivet er tomt. Legg til artikler, og spør så igjen.",
        "da": "Arkivet er tomt. Tilføj artikler, og spørg så igen.",
    },
    "answer.other": {
        "sv": "Det sa inte {asked}; {name} sa:",
        "en": "{asked} did not say that; {name} said:",
        "no": "Det sa ikke {asked}; {name} sa:",
        "da": "Det sagde {asked} ikke; {name} sagde:",
    },
    "answer.silent": {
        "sv": "Om det har {asked} inte sagt något i arkivet; {name} sa:",
        "en": "The archive quotes nothing by {asked} on that; {name} said:",
        "no": "Om det har {asked} ikke sagt noe i arkivet; {name} sa:",
        "da": "Om det har {asked} ikke sagt noget i arkivet; {name} sagde:",
    },
    "answer.elsewhen": {
        "sv": "Det här är publicerat utanför den tid som frågan gäller:",
        "en": "This was published outside the time that the question is about:",
        "no": "Dette er publisert utenfor den tiden som spørsmålet gjelder:",
        "da": "Dette er udgivet uden for den tid, som spørgsmålet gælder:",
    },
    "answer.beyond": {
        "sv": "Utanför avgränsningen har arkivet ett svar.",
        "en": "Outside the filter the archive has an answer.",
        "no": "Utenfor avgrensningen har arkivet et svar.",
        "da": "Uden for afgrænsningen har arkivet et svar.",
    },
    "answer.unlimited": {
        "sv": "Fråga utan avgränsning", "en": "Ask without the filter", "no": "Spør uten avgrensning",
        "da": "Spørg uden afgrænsning",
    },
    "answer.premise": {
        "sv": "Frågan tar för givet något som arkivet motsäger:",
        "en": "The question takes for granted something that the archive contradicts:",
        "no": "Spørsmålet tar for gitt noe som arkivet motsier:",
        "da": "Spørgsmålet tager noget for givet, som arkivet modsiger:",
    },
    "answer.differ": {
        "sv": "Artiklarna i arkivet skiljer sig åt:",
        "en": "The articles in the archive differ:",
        "no": "Artiklene i arkivet er uenige:",
        "da": "Artiklerne i arkivet er uenige:",
    },
    "answer.differ.newer": {
        "sv": "Artiklarna i arkivet skiljer sig åt; den nyare står först:",
        "en": "The articles in the archive differ; the newer comes first:",
        "no": "Artiklene i arkivet er uenige; den nyere står først:",
        "da": "Artiklerne i arkivet er uenige; den nyere står først:",
    },
    # The frame of the page.
    "page.title": {"sv": "Citera – fråga arkivet", "en": "Citera – ask the archive"},
    "page.conversation": {"sv": "Samtal", "en": "Conversation"},
    "page.skip": {"sv": "Hoppa till frågan", "en": "Skip to the question"},
    "page.reader": {"sv": "Artikel", "en": "Article"},
    "page.new": {"sv": "Nytt samtal", "en": "New conversation"},
    "page.add": {"sv": "Lägg till artiklar", "en": "Add articles"},
    "page.language": {"sv": "Språk", "en": "Language"},
    "page.language.sv": {"sv": "Svenska", "en": "Svenska"},
    "page.language.en": {"sv": "English", "en": "English"},
    "page.noscript": {
        "sv": "Sidan behöver JavaScript. Slå på det, eller använd kommandoraden.",
        "en": "The page needs JavaScript. Turn it on, or use the command line.",
    },
    "archive.size": {"sv": "{articles} artiklar", "en": "{articles} articles"},
    "archive.size.one": {"sv": "1 artikel", "en": "1 article"},
    "archive.dates": {"sv": "{first} – {last}", "en": "{first} – {last}"},
    "archive.undated": {"sv": "inga datum", "en": "no dates"},
    "archive.empty": {"sv": "Arkivet är tomt", "en": "The archive is empty"},
    # The start, before the first question.
    "start.about": {
        "sv": "Vad står det om ”{title}”?", "en": "What does the archive say about “{title}”?",
        "no": "Hva står det om «{title}»?", "da": "Hvad står der om »{title}«?",
    },
    "start.title": {"sv": "Fråga arkivet", "en": "Ask the archive"},
    "start.lead": {
        "sv": "Svaret byggs av det som står i era artiklar. Varje mening har en siffra som öppnar artikeln "
              "där det står, ordagrant.",
        "en": "Answers are built from what your articles say. Every sentence carries a number that opens the article "
              "where it stands, word for word.",
    },
    "start.empty": {
        "sv": "Arkivet är tomt. Lägg till artiklar för att kunna fråga.",
        "en": "The archive is empty. Add articles, and you can ask.",
    },
    "start.examples": {"sv": "Till exempel", "en": "For example"},
    # Asking.
    "ask.label": {"sv": "Din fråga", "en": "Your question"},
    "ask.placeholder": {"sv": "Ställ en fråga till arkivet", "en": "Ask the archive a question"},
    "ask.send": {"sv": "Fråga", "en": "Ask"},
    "ask.stop": {"sv": "Stoppa", "en": "Stop"},
    "ask.empty": {"sv": "Skriv en fråga först.", "en": "Write a question first."},
    "ask.long": {
        "sv": "Frågan är {length} tecken lång; högst {limit} går att söka på. Korta den.",
        "en": "The question is {length} characters long; at most {limit} can be searched. Make it shorter.",
    },
    "ask.failed": {
        "sv": "Något gick fel, och frågan blev inte besvarad. Försök igen; felet står i serverns logg.",
        "en": "Something went wrong, and the question was not answered. Try again; the server's log holds the error.",
    },
    "ask.offline": {
        "sv": "Ingen kontakt med Citera. Kontrollera att programmet är igång och försök igen.",
        "en": "No contact with Citera. Check that the program is running, and try again.",
    },
    "ask.searching": {"sv": "Söker i arkivet …", "en": "Searching the archive …"},
    "ask.composing": {
        "sv": "Källorna är framme. Svaret skrivs och varje mening kontrolleras …",
        "en": "The sources are here. The answer is being written, and each sentence checked …",
    },
    "ask.done": {"sv": "Svaret är klart.", "en": "The answer is ready."},
    "ask.stopped": {
        "sv": "Stoppat. Det som står här är kontrollerat, men svaret är inte fullständigt.",
        "en": "Stopped. What stands here has been checked, but the answer is not complete.",
    },
    # An answer and its sources.
    "turn.understood": {"sv": "Förstådd som", "en": "Understood as"},
    "turn.filtered": {"sv": "Begränsat till", "en": "Limited to"},
    "turn.period": {"sv": "Främst från", "en": "Mainly from"},
    "turn.newest": {"sv": "nyast först", "en": "newest first"},
    "turn.drop": {"sv": "Fråga igen utan {what}", "en": "Ask again without {what}"},
    "turn.quoted": {"sv": "Citat", "en": "Quoted"},
    "turn.quoted.why": {"sv": "Artikelns egna ord", "en": "The article's own words"},
    "turn.composed": {"sv": "Formulerat", "en": "Composed"},
    "turn.composed.why": {
        "sv": "Formulerat av programvara och kontrollerat mot källan",
        "en": "Worded by software and checked against the source",
    },
    "turn.speaker": {"sv": "Sagt av {name}", "en": "Said by {name}", "no": "Sagt av {name}", "da": "Sagt af {name}"},
    "turn.carried": {
        "sv": "Först publicerat av {first}; finns även hos {others} andra",
        "en": "First published by {first}; carried by {others} others",
        "no": "Først publisert av {first}; finnes også hos {others} andre",
        "da": "Først udgivet af {first}; findes også hos {others} andre",
    },
    "turn.carried.one": {
        "sv": "Först publicerat av {first}; finns även hos {others} annan",
        "en": "First published by {first}; carried by {others} other",
        "no": "Først publisert av {first}; finnes også hos {others} annen",
        "da": "Først udgivet af {first}; findes også hos {others} anden",
    },
    "turn.corrected": {
        "sv": "Frågan stämmer inte med vad som står i arkivet",
        "en": "The question does not agree with what the archive says",
    },
    "turn.software": {
        "sv": "Svaret är sammanställt av programvara ({model}). Läs källan innan du publicerar.",
        "en": "Software put this answer together ({model}). Read the source before you publish.",
    },
    "turn.software.none": {
        "sv": "Svaret är hämtat ordagrant ur arkivet av programvara. Läs källan innan du publicerar.",
        "en": "Software took this answer word for word from the archive. Read the source before you publish.",
    },
    "turn.sources": {"sv": "Källor", "en": "Sources"},
    "turn.found": {"sv": "Funnet i arkivet", "en": "Found in the archive"},
    "turn.others": {"sv": "Fler träffar ({count})", "en": "More that was found ({count})"},
    "turn.copy": {"sv": "Kopiera med källor", "en": "Copy with sources"},
    "turn.copied": {"sv": "Kopierat", "en": "Copied"},
    "turn.uncopied": {"sv": "Gick inte att kopiera", "en": "Could not copy"},
    "turn.open": {"sv": "Öppna källa {n}: {title}", "en": "Open source {n}: {title}"},
    # An article.
    "article.untitled": {"sv": "Utan rubrik", "en": "Without a headline"},
    "article.undated": {"sv": "Datum okänt", "en": "Date unknown"},
    "article.updated": {"sv": "uppdaterad {date}", "en": "updated {date}"},
    "article.unsigned": {"sv": "Ingen byline", "en": "No byline"},
    "article.link": {"sv": "Läs originalet", "en": "Read the original"},
    "article.close": {"sv": "Stäng artikeln", "en": "Close the article"},
    "article.back": {"sv": "Tillbaka", "en": "Back"},
    "article.cut": {
        "sv": "Artikeln är lång ({length} tecken). Bara delen kring citatet visas.",
        "en": "The article is long ({length} characters). Only the part around the quotation is shown.",
    },
    "article.whole": {"sv": "Visa hela", "en": "Show all of it"},
    "article.missing": {
        "sv": "Artikeln finns inte längre i arkivet.",
        "en": "The article is no longer in the archive.",
    },
    "article.changed": {
        "sv": "Artikeln har ändrats sedan svaret gavs; citatet kan ha flyttats. Ställ frågan igen.",
        "en": "The article has changed since the answer was given; the quotation may have moved. Ask again.",
    },
    "article.withdrawn": {
        "sv": "Artikeln är indragen av den som publicerade den. Den citeras inte längre, och texten visas inte.",
        "en": "The article has been withdrawn by its publisher. It is cited no more, and its text is not shown.",
    },
    "article.correction": {"sv": "Rättat:", "en": "Corrected:", "no": "Rettet:", "da": "Rettet:"},
    "article.earlier": {
        "sv": "Artikeln har {number} tidigare versioner.", "en": "The article has {number} earlier versions.",
    },
    "article.earlier.one": {"sv": "Artikeln har en tidigare version.", "en": "The article has an earlier version."},
    "article.earlier.show": {"sv": "Visa vad som ändrats", "en": "Show what changed"},
    "versions.title": {"sv": "Ändringar i ”{title}”", "en": "Changes to “{title}”"},
    "versions.changed": {"sv": "Ändrad {date}", "en": "Changed {date}"},
    "versions.none": {
        "sv": "Arkivet har ingen tidigare version av artikeln.", "en": "The archive has no earlier version of the article.",
    },
    "versions.same": {
        "sv": "Rubrik och text är desamma; bara uppgifterna om artikeln ändrades.",
        "en": "Headline and text are the same; only what is told about the article changed.",
    },
    "versions.gone": {"sv": "Borttaget", "en": "Removed"},
    "versions.come": {"sv": "Tillagt", "en": "Added"},
    "article.none": {
        "sv": "Klicka på en siffra eller ett citat, så öppnas artikeln här, vid de citerade orden.",
        "en": "Click a number or a quotation, and the article opens here, at the words that are quoted.",
    },
    # Filters.
    "filter.title": {"sv": "Avgränsa", "en": "Filter"},
    "filter.since": {"sv": "Från och med", "en": "From"},
    "filter.until": {"sv": "Till och med", "en": "To"},
    "filter.authors": {"sv": "Skribent", "en": "Author"},
    "filter.sections": {"sv": "Avdelning", "en": "Section"},
    "filter.sources": {"sv": "Källa", "en": "Source"},
    "filter.languages": {"sv": "Språk", "en": "Language"},
    "filter.find": {"sv": "Sök i listan", "en": "Search the list"},
    "filter.clear": {"sv": "Rensa", "en": "Clear"},
    "filter.date": {
        "sv": "”{value}” är inget datum. Skriv till exempel 2026-03-01.",
        "en": "“{value}” is no date. Write, for example, 2026-03-01.",
    },
    "filter.order": {
        "sv": "Från och med {since} är senare än till och med {until}. Byt plats på datumen.",
        "en": "From {since} is later than to {until}. Swap the dates.",
    },
    # Adding articles.
    "add.lead": {
        "sv": "Text, Word, OpenDocument, PDF, webbsidor, mejl, byråformat, tabeller eller ZIP ({kinds}), högst {size} MB åt "
              "gången. Oförändrade artiklar hoppas över.",
        "en": "Text, Word, OpenDocument, PDF, web pages, mail, wire formats, tables or ZIP ({kinds}), at most {size} MB at a "
              "time. Unchanged articles are skipped.",
    },
    "add.drop": {"sv": "Släpp filer här, eller välj dem", "en": "Drop files here, or choose them"},
    "add.close": {"sv": "Stäng", "en": "Close"},
    "add.sending": {"sv": "Skickar filerna …", "en": "Sending the files …"},
    "add.reading": {"sv": "Läser och indexerar …", "en": "Reading and indexing …"},
    "add.progress": {"sv": "{done} av {total}", "en": "{done} of {total}"},
    "add.done": {
        "sv": "Klart: {added} nya, {updated} uppdaterade, {unchanged} oförändrade, {skipped} överhoppade.",
        "en": "Done: {added} added, {updated} updated, {unchanged} unchanged, {skipped} skipped.",
    },
    "add.failed": {
        "sv": "Filerna kunde inte läggas till: {why}",
        "en": "The files could not be added: {why}",
    },
    "add.kind": {
        "sv": "”{name}” är av ett slag som inte kan läsas här. Välj {kinds}.",
        "en": "“{name}” is of a kind that cannot be read here. Choose {kinds}.",
    },
    "add.size": {
        "sv": "Filerna är större än {size} MB tillsammans. Lägg till färre åt gången, eller använd kommandoraden.",
        "en": "The files are larger than {size} MB together. Add fewer at a time, or use the command line.",
    },
    "add.nothing": {"sv": "Ingen fil var vald.", "en": "No file was chosen."},
    "add.removed": {"sv": "Borttagen", "en": "Removed"},
    "add.added": {"sv": "Ny", "en": "Added"},
    "add.updated": {"sv": "Uppdaterad", "en": "Updated"},
    "add.unchanged": {"sv": "Oförändrad", "en": "Unchanged"},
    "add.skipped": {"sv": "Överhoppad", "en": "Skipped"},
    # The views.
    "views.label": {"sv": "Vyer", "en": "Views"},
    "views.ask": {"sv": "Fråga", "en": "Ask"},
    "views.quotes": {"sv": "Citat", "en": "Quotes"},
    "views.check": {"sv": "Granska", "en": "Check"},
    # Who said what.
    "quotes.title": {"sv": "Vem har sagt vad", "en": "Who said what"},
    "quotes.lead": {
        "sv": "Citat och återgivna uttalanden i arkivet, person för person. Ett klick öppnar artikeln där orden står.",
        "en": "Quotations and reported statements in the archive, person by person. A click opens the article at the words.",
    },
    "quotes.speaker": {"sv": "Person", "en": "Person"},
    "quotes.about": {"sv": "Ämne", "en": "Topic"},
    "quotes.show": {"sv": "Visa", "en": "Show"},
    "quotes.everyone": {"sv": "Alla som citeras", "en": "Everyone who is quoted"},
    "quotes.roles": {"sv": "Roller över tid", "en": "Roles over time"},
    "quotes.count": {"sv": "{count} uttalanden", "en": "{count} statements"},
    "quotes.count.one": {"sv": "1 uttalande", "en": "1 statement"},
    "quotes.more": {
        "sv": "De {shown} som citeras mest visas. Skriv ett namn för att hitta fler.",
        "en": "The {shown} who are quoted most are shown. Write a name to find others.",
    },
    "quotes.cut": {
        "sv": "De {shown} första av {count} visas. CSV-filen har alla.",
        "en": "The first {shown} of {count} are shown. The CSV file has them all.",
    },
    "quotes.download": {"sv": "Hämta som CSV", "en": "Download as CSV"},
    "quotes.separator": {"sv": ";", "en": ","},
    "quotes.file": {"sv": "citat.csv", "en": "quotes.csv"},
    "quotes.none": {
        "sv": "Inget uttalande i arkivet stämmer med det. Pröva bara efternamnet, eller ett annat ämne.",
        "en": "No statement in the archive matches that. Try the surname alone, or another topic.",
    },
    "quotes.empty": {
        "sv": "Arkivet har inga uttalanden än. Lägg till artiklar, så samlas de här.",
        "en": "The archive has no statements yet. Add articles, and they are gathered here.",
    },
    "quotes.unknown": {"sv": "Ingen namngiven", "en": "Nobody named"},
    "quotes.direct": {"sv": "Citat", "en": "Quotation"},
    "quotes.indirect": {"sv": "Återgivet", "en": "Reported"},
    "quotes.working": {"sv": "Hämtar uttalanden …", "en": "Fetching statements …"},
    # Checking a draft.
    "check.title": {"sv": "Granska ett utkast", "en": "Check a draft"},
    "check.lead": {
        "sv": "Varje citat jämförs ord för ord med arkivet. Övriga påståenden får ett första omdöme.",
        "en": "Every quotation is compared with the archive, word by word. Other claims get a first verdict.",
    },
    "check.draft": {"sv": "Utkast", "en": "Draft"},
    "check.placeholder": {"sv": "Klistra in utkastet här", "en": "Paste the draft here"},
    "check.file": {"sv": "Eller välj en fil", "en": "Or choose a file"},
    "check.claims": {"sv": "Granska även påståenden", "en": "Check claims too"},
    "check.run": {"sv": "Granska", "en": "Check"},
    "check.again": {"sv": "Nytt utkast", "en": "New draft"},
    "check.working": {"sv": "Granskar … {done} av {total}", "en": "Checking … {done} of {total}"},
    "check.reading": {"sv": "Läser utkastet …", "en": "Reading the draft …"},
    "check.done": {"sv": "Granskningen är klar.", "en": "The check is done."},
    "check.empty": {"sv": "Klistra in ett utkast eller välj en fil först.", "en": "Paste a draft or choose a file first."},
    "check.long": {
        "sv": "Utkastet är längre än {limit} tecken. Dela det, eller använd kommandoraden.",
        "en": "The draft is longer than {limit} characters. Split it, or use the command line.",
    },
    "check.size": {
        "sv": "Filen är större än {size} MB. Använd kommandoraden.",
        "en": "The file is larger than {size} MB. Use the command line.",
    },
    "check.failed": {"sv": "Utkastet kunde inte granskas: {why}", "en": "The draft could not be checked: {why}"},
    "check.nothing": {
        "sv": "Utkastet har inga citat eller påståenden att granska.",
        "en": "The draft has no quotations or claims to check.",
    },
    "check.quotations": {"sv": "Citat", "en": "Quotations"},
    "check.claims.title": {"sv": "Påståenden", "en": "Claims"},
    "check.verbatim": {"sv": "Ordagrant", "en": "Verbatim"},
    "check.verbatim.why": {"sv": "Orden står så i arkivet.", "en": "The words stand so in the archive."},
    "check.altered": {"sv": "Ändrat", "en": "Altered"},
    "check.altered.why": {"sv": "Orden skiljer sig från källans.", "en": "The words differ from the source’s."},
    "check.misattributed": {"sv": "Fel person", "en": "Wrong person"},
    "check.misattributed.why": {"sv": "Enligt arkivet sa någon annan det.", "en": "By the archive, somebody else said it."},
    "check.not_found": {"sv": "Finns inte", "en": "Not found"},
    "check.not_found.why": {"sv": "Arkivet har inget sådant citat.", "en": "The archive has no such quotation."},
    "check.supported": {"sv": "Har stöd", "en": "Supported"},
    "check.supported.why": {"sv": "En källa säger det.", "en": "A source says so."},
    "check.contradicted": {"sv": "Motsägs", "en": "Contradicted"},
    "check.contradicted.why": {"sv": "Källan säger något annat.", "en": "The source says otherwise."},
    "check.open": {"sv": "Inget stöd", "en": "No support"},
    "check.open.why": {"sv": "Ingen källa säger just det.", "en": "No source says just that."},
    "check.in_draft": {"sv": "I utkastet", "en": "In the draft"},
    "check.in_archive": {"sv": "I arkivet", "en": "In the archive"},
    "check.nearest": {"sv": "Närmast i arkivet", "en": "Nearest in the archive"},
    "check.differs": {"sv": "Stämmer inte: {words}", "en": "Does not agree: {words}"},
    "check.software": {
        "sv": "Granskningen är gjord av programvara. Läs källorna innan du publicerar.",
        "en": "Software made this check. Read the sources before you publish.",
    },
    # Names.
    "language.sv": {"sv": "Svenska", "en": "Swedish", "no": "Svensk", "da": "Svensk"},
    "language.no": {"sv": "Norska", "en": "Norwegian", "no": "Norsk", "da": "Norsk"},
    "language.da": {"sv": "Danska", "en": "Danish", "no": "Dansk", "da": "Dansk"},
    "language.en": {"sv": "Engelska", "en": "English", "no": "Engelsk", "da": "Engelsk"},
    "language.fi": {"sv": "Finska", "en": "Finnish", "no": "Finsk", "da": "Finsk"},
    "language.de": {"sv": "Tyska", "en": "German", "no": "Tysk", "da": "Tysk"},
    "language.fr": {"sv": "Franska", "en": "French", "no": "Fransk", "da": "Fransk"},
    "language.es": {"sv": "Spanska", "en": "Spanish", "no": "Spansk", "da": "Spansk"},
    "language.is": {"sv": "Isländska", "en": "Icelandic", "no": "Islandsk", "da": "Islandsk"},
    "language.nl": {"sv": "Nederländska", "en": "Dutch", "no": "Nederlandsk", "da": "Nederlandsk"},
    "language.pl": {"sv": "Polska", "en": "Polish", "no": "Polsk", "da": "Polsk"},
    "language.ru": {"sv": "Ryska", "en": "Russian", "no": "Russisk", "da": "Russisk"},
    "language.uk": {"sv": "Ukrainska", "en": "Ukrainian", "no": "Ukrainsk", "da": "Ukrainsk"},
    "language.ar": {"sv": "Arabiska", "en": "Arabic", "no": "Arabisk", "da": "Arabisk"},
    "language.it": {"sv": "Italienska", "en": "Italian", "no": "Italiensk", "da": "Italiensk"},
    "language.pt": {"sv": "Portugisiska", "en": "Portuguese", "no": "Portugisisk", "da": "Portugisisk"},
    "language.tr": {"sv": "Turkiska", "en": "Turkish", "no": "Tyrkisk", "da": "Tyrkisk"},
}

_MONTHS = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "en": "January February March April May June July August September October November December",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "da": "januar februar marts april maj juni juli august september oktober november december",
}


def text(key: str, language: str, **values: object) -> str:
    """The string of a key, `values` put in where it names them.

    A language without its own wording gets Swedish where it is Scandinavian, English otherwise. KeyError for a key
    that does not exist.
    """
    worded = _TEXTS[key]
    chosen = next(code for code in (language, _FALLBACK.get(language, "en"), "en") if code in worded)
    return worded[chosen].format(**values) if values else worded[chosen]


def date(published: str | None, language: str) -> str | None:
    """An ISO date, or a bare year or month, as running text has it: `1 mars 2026`, `1938`. None stays None."""
    if not published:
        return None
    year, month, day = [*published[:10].split("-"), "", ""][:3]
    if not (month.isdigit() and 1 <= int(month) <= 12):
        return year
    named = _MONTHS.get(language, _MONTHS[_FALLBACK.get(language, "en")]).split()[int(month) - 1]
    return f"{int(day)} {named} {year}" if day.isdigit() else f"{named} {year}"


def number(value: int, language: str) -> str:
    """A whole number with its thousands parted as the language does."""
    return f"{value:,}".replace(",", "," if language == "en" else "\N{NO-BREAK SPACE}")


def language_name(code: str, language: str) -> str:
    """What a language is called; its code where the table has no name."""
    return text(f"language.{code}", language) if f"language.{code}" in _TEXTS else code


def preferred(accept: str | None) -> str:
    """The interface language for an Accept-Language header (RFC 9110, 12.5.4): the first wish that can be met.

    Without a header it is Swedish.
    """
    wishes: list[tuple[float, str]] = []
    for item in (accept or "").split(","):
        tag, _, weight = item.strip().partition(";q=")
        try:
            wishes.append((float(weight or 1), tag.lower().split("-")[0]))
        except ValueError:
            continue
    for wanted, code in sorted(wishes, key=lambda wish: -wish[0]):
        if wanted > 0 and code in INTERFACE:
            return code
    codes = {code for _, code in wishes}
    return "sv" if not codes - {""} or codes & {"nb", "nn", "no", "da"} else "en"
