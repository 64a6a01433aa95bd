// The other two views: who said what, and the check of a draft. The address after # says which is shown, so that the
// browser's back button works. Uses page.js, which is loaded before. All HTML comes escaped from the server.
"use strict";

const longest = Number(document.body.dataset.longest);
const VIEWS = ["ask", "quotes", "check"];
let gathering = null; // the fetch of statements in progress
let examining = null; // the check of a draft in progress
const unpicked = by("picked").textContent;

// Which view ---------------------------------------------------------------------------------------------------------

function turnTo() {
  const [asked, query = ""] = location.hash.slice(1).split("?");
  const shown = VIEWS.includes(asked) ? asked : "ask";
  const changed = document.body.dataset.view !== shown;
  document.body.dataset.view = shown;
  for (const view of VIEWS) by(`view-${view}`).hidden = view !== shown;
  for (const link of by("views").children) {
    if (link.hash === `#${shown}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  by("renew").hidden = shown !== "ask" || by("turns").childElementCount === 0;
  if (changed) {
    returning = null;
    shut();
  }
  if (shown === "quotes") gather(new URLSearchParams(query));
}

function field() {
  return { ask: by("question"), quotes: by("speaker"), check: by("draft") }[document.body.dataset.view];
}

// Who said what ------------------------------------------------------------------------------------------------------

async function gather(asked) {
  const [speaker, about] = ["speaker", "about"].map((name) => asked.get(name) ?? "");
  by("speaker").value = speaker;
  by("about").value = about;
  by("trail").hidden = !speaker && !about;
  const address = speaker || about ? `statements?${new URLSearchParams({ speaker, about, language })}` : `people?language=${language}`;
  gathering?.abort();
  const mine = gathering = new AbortController();
  const late = setTimeout(() => tellStatements(words("quotes.working")), 400);
  try {
    const response = await fetch(address, { signal: mine.signal });
    if (!response.ok) throw new Error("failed");
    const html = await response.text();
    if (gathering !== mine) return;
    by("statements").innerHTML = html;
    by("view-quotes").querySelector(".scroll").scrollTop = 0;
    say(by("statements").querySelector("h3, .nothing")?.textContent ?? "");
  } catch (error) {
    if (error.name !== "AbortError") tellStatements(words(error.message === "failed" ? "ask.failed" : "ask.offline"));
  } finally {
    clearTimeout(late);
  }
}

function tellStatements(sentence) {
  const told = document.createElement("p");
  told.className = "searched";
  told.textContent = sentence;
  by("statements").replaceChildren(told);
}

function seek() {
  const asked = new URLSearchParams();
  for (const name of ["speaker", "about"]) {
    const value = by(name).value.trim();
    if (value) asked.set(name, value);
  }
  const hash = asked.size ? `#quotes?${asked}` : "#quotes";
  if (location.hash === hash) turnTo();
  else location.hash = hash;
}

// Checking a draft ---------------------------------------------------------------------------------------------------

async function examine() {
  if (examining) return;
  const file = by("draft-file").files[0];
  const text = by("draft").value;
  if (!file && !text.trim()) return refuse(words("check.empty"));
  if (!file && [...text].length > longest) return refuse(words("check.long", { limit: longest }));
  const body = new FormData();
  if (file) body.append("file", file);
  else body.append("text", text);
  if (by("claims").checked) body.append("claims", "on");
  examining = new AbortController();
  start(true);
  try {
    const response = await fetch(`check?language=${language}`, { method: "POST", body, signal: examining.signal });
    if (!response.ok) throw new Error(await response.text());
    await follow(response);
  } catch (error) {
    if (error.name !== "AbortError") refuse(error.name === "TypeError" ? words("ask.offline") : error.message);
  }
  examining = null;
  start(false);
}

async function follow(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let buffer = ""; ;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (buffer + value).split("\n");
    buffer = lines.pop();
    for (const line of lines.filter(Boolean)) show(JSON.parse(line));
  }
}

function show(line) {
  if (line.failed) return refuse(line.failed);
  if (line.html) {
    by("checked").innerHTML = line.html;
    by("drafting").hidden = true;
    by("again").hidden = false;
    say(words("check.done"));
    by("checked").scrollIntoView({ block: "nearest" });
  } else if (line.total) {
    by("checked-bar").value = line.done / line.total;
    by("check-stage").textContent = words("check.working", line);
  }
}

function start(is) {
  by("checking").hidden = !is;
  by("check").hidden = is;
  by("uncheck").hidden = !is;
  if (!is) return;
  by("check-problem").hidden = true;
  by("checked").replaceChildren();
  by("checked-bar").removeAttribute("value");
  by("check-stage").textContent = words("check.reading");
}

function refuse(sentence) {
  by("check-problem").textContent = sentence;
  by("check-problem").hidden = false;
}

// The chosen file stands in the place of the text: whichever came last is checked.
function pick() {
  const file = by("draft-file").files[0];
  by("picked").textContent = file?.name ?? unpicked;
}

function unpick() {
  by("draft-file").value = "";
  pick();
}

function redraft() {
  by("checked").replaceChildren();
  by("drafting").hidden = false;
  by("again").hidden = true;
  unpick();
  shut();
  by("draft").focus();
}

// Events -------------------------------------------------------------------------------------------------------------

addEventListener("hashchange", turnTo);
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); field().focus(); });
by("search").addEventListener("submit", (event) => { event.preventDefault(); seek(); });
by("drafting").addEventListener("submit", (event) => { event.preventDefault(); examine(); });
by("draft-file").addEventListener("change", pick);
by("draft").addEventListener("input", unpick);
by("uncheck").addEventListener("click", () => examining?.abort());
by("redraft").addEventListener("click", redraft);
turnTo();
