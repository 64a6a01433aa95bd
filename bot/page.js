// The page's behaviour: asks, shows each step of an answer, opens articles, sends files. All HTML comes escaped from
// the server; nothing here builds any from text. The conversation lives in this tab (sessionStorage) and nowhere else.
"use strict";

const by = (id) => document.getElementById(id);
const language = document.body.dataset.language;
const limit = Number(document.body.dataset.limit);
const megabytes = Number(document.body.dataset.megabytes);
const kinds = document.body.dataset.kinds.split(",");
const narrow = matchMedia("(max-width: 900px)");
let conversation = [];
let running = null; // the name of the turn that is being answered
let aborting = null;
let returning = null; // where the focus goes when the article is closed
let opened = null; // the address of the article that is open

function words(key, values = {}) {
  const told = by("texts").content.querySelector(`[data-key="${key}"]`).textContent;
  return told.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

function say(sentence) {
  by("said").textContent = sentence;
}

function name() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Asking ------------------------------------------------------------------------------------------------------------

function filters() {
  const data = new FormData(by("ask"));
  const chosen = { since: data.get("since"), until: data.get("until") };
  for (const field of ["authors", "sections", "sources", "languages"]) chosen[field] = data.getAll(field);
  return chosen;
}

async function* steps(question, dismissed, turn, signal) {
  const history = conversation.slice(-6).map(({ question, answer }) => ({ question, answer }));
  const joined = await fetch("gradio_api/call/ask", {
    method: "POST", signal, headers: { "content-type": "application/json" },
    body: JSON.stringify({ data: [question, history, { ...filters(), dismissed }, language, turn] }),
  });
  if (!joined.ok) throw new Error("failed");
  const { event_id: id } = await joined.json();
  const response = await fetch(`gradio_api/call/ask/${id}`, { signal });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let buffer = ""; ;) {
    const { value, done } = await reader.read();
    if (done) return;
    const messages = (buffer + value).split("\n\n");
    buffer = messages.pop();
    for (const message of messages) {
      const [, event, data] = message.match(/^event: (\w+)\ndata: ([^]*)$/) ?? [];
      if (event === "error") throw new Error("failed");
      const told = event === "generating" || event === "complete" ? JSON.parse(data) : null;
      if (told?.[0]?.html) yield told[0];
      if (event === "complete") return;
    }
  }
}

async function ask(question, dismissed = []) {
  question = question.trim();
  if (running) return;
  if (!question) return complain("ask.empty");
  if ([...question].length > limit) return complain("ask.long", { length: [...question].length, limit });
  const turn = running = name();
  aborting = new AbortController();
  const place = begin(question);
  let last = null;
  try {
    for await (const step of steps(question, dismissed, turn, aborting.signal)) {
      settle(place, step.html);
      if (step.stage !== last?.stage) arrived(place, step.stage);
      last = step;
    }
    if (!last || last.stage === "searching" || last.stage === "composing") throw new Error("failed");
  } catch (error) {
    fail(place, error.name === "AbortError" ? "ask.stopped" : error.message === "failed" ? "ask.failed" : "ask.offline");
  }
  place.removeAttribute("aria-busy");
  if (last?.stage === "done") remember({ question: last.question, answer: last.answer, html: last.html });
  running = aborting = null;
  busy(false);
}

function begin(question) {
  returning = null;
  shut();
  const place = document.createElement("section");
  place.className = "turn";
  place.setAttribute("aria-busy", "true");
  const asked = document.createElement("h2");
  asked.className = "question";
  asked.textContent = question;
  place.append(asked);
  by("turns").append(place);
  by("question").value = "";
  grow();
  busy(true);
  say(words("ask.searching"));
  place.scrollIntoView({ block: "start" });
  return place;
}

function arrived(place, stage) {
  if (stage === "composing" || stage === "done" || stage === "stopped") say(words(`ask.${stage}`));
  const first = place.querySelector("a.source");
  if (stage === "composing" && first && !narrow.matches) open(first, false);
}

function fail(place, key) {
  place.querySelector(".stage")?.remove();
  const told = document.createElement("p");
  told.className = "problem";
  told.setAttribute("role", "alert");
  told.textContent = words(key);
  place.append(told);
}

function complain(key, values) {
  by("count").textContent = words(key, values);
  by("count").classList.add("over-limit");
  by("question").focus();
}

// Only what changed is put in anew, so that focus, selection and what has been unfolded stay.
function settle(place, html) {
  const fresh = document.createElement("div");
  fresh.innerHTML = html;
  merge(place, fresh);
  highlight();
}

function merge(old, fresh) {
  const children = [...fresh.children];
  children.forEach((child, at) => {
    const there = old.children[at];
    if (!there) old.append(child);
    else if (there.className === "answer" && child.className === "answer") merge(there, child);
    else if (there.outerHTML !== child.outerHTML) there.replaceWith(child);
  });
  while (old.children.length > children.length) old.lastElementChild.remove();
}

async function stop() {
  const turn = running;
  if (!turn) return;
  by("stop").disabled = true;
  fetch("stop", { method: "POST", body: turn, keepalive: true }).catch(() => {});
  setTimeout(() => running === turn && aborting?.abort(), 3000);
}

function busy(is) {
  by("send").hidden = is;
  by("stop").hidden = !is;
  by("stop").disabled = false;
  by("start").hidden = by("turns").childElementCount > 0;
  by("renew").hidden = by("turns").childElementCount === 0;
}

function remember(turn) {
  conversation.push(turn);
  try {
    sessionStorage.setItem("conversation", JSON.stringify(conversation));
  } catch {
    sessionStorage.removeItem("conversation"); // full: the conversation goes on, it only won't outlive a reload
  }
}

function recall() {
  conversation = JSON.parse(sessionStorage.getItem("conversation") ?? "[]");
  for (const { html } of conversation) {
    const place = document.createElement("section");
    place.className = "turn";
    place.innerHTML = html;
    by("turns").append(place);
  }
  by("turns").lastElementChild?.scrollIntoView({ block: "start" });
  busy(false);
}

function renew() {
  stop();
  aborting?.abort();
  conversation = [];
  sessionStorage.removeItem("conversation");
  by("turns").replaceChildren();
  shut();
  busy(false);
  by("question").focus();
}

function grow() {
  const box = by("question");
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
  const length = [...box.value].length;
  by("count").textContent = length > limit * 0.8 ? `${length} / ${limit}` : "";
  by("count").classList.toggle("over-limit", length > limit);
}

// The article -------------------------------------------------------------------------------------------------------

const blank = by("reader").innerHTML;

async function open(link, asked = true) {
  let html;
  try {
    html = link.hash ? bare() : await (await fetch(link.getAttribute("href"))).text();
  } catch {
    return say(words("ask.offline"));
  }
  by("reader").innerHTML = html;
  opened = link.getAttribute("href");
  highlight();
  const mark = by("reader").querySelector("mark");
  const note = annotate(link, mark);
  by("reader").scrollTop = 0;
  if (mark || note) {
    const { top } = (note ?? mark).getBoundingClientRect();
    by("reader").scrollTop = top - by("reader").getBoundingClientRect().top - by("reader").clientHeight / (note ? 6 : 3);
  }
  if (!asked) return;
  if (!by("reader").contains(link)) returning = link;
  by("reader").classList.add("open");
  by("reader").querySelector("h2")?.focus({ preventScroll: true });
}

// A mark of a draft that no article stands behind opens a page with its note alone.
function bare() {
  return by("bare").innerHTML;
}

// What a checked draft says of these words, put above the paragraph that holds them.
function annotate(link, mark) {
  const held = link.dataset.note && by(link.dataset.note);
  if (!held) return null;
  const note = held.content.firstElementChild.cloneNode(true);
  const paragraph = mark?.closest("p");
  if (paragraph) paragraph.before(note);
  else by("reader").querySelector("article")?.append(note);
  return note;
}

function highlight() {
  for (const link of document.querySelectorAll("a.cite, a.source, a.finding")) {
    link.classList.toggle("opened", link.getAttribute("href") === opened);
  }
}

function shut() {
  by("reader").classList.remove("open");
  by("reader").innerHTML = blank;
  opened = null;
  highlight();
  if (returning?.isConnected) returning.focus();
  returning = null;
}

// Copying -----------------------------------------------------------------------------------------------------------

async function copy(button) {
  const label = button.textContent;
  let done = true;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    const held = document.createElement("textarea"); // no clipboard outside a secure context
    held.value = button.dataset.copy;
    document.body.append(held);
    held.select();
    done = document.execCommand("copy");
    held.remove();
    button.focus();
  }
  button.textContent = words(done ? "turn.copied" : "turn.uncopied");
  say(button.textContent);
  setTimeout(() => { button.textContent = label; }, 2000);
}

// Filters -----------------------------------------------------------------------------------------------------------

function tally() {
  let all = 0;
  for (const choice of document.querySelectorAll(".choice")) {
    const chosen = choice.querySelectorAll("input:checked").length;
    choice.querySelector(".chosen").textContent = chosen || "";
    all += chosen;
  }
  all += [...document.querySelectorAll(".dates input")].filter((input) => input.value).length;
  by("narrowed").textContent = all || "";
  by("clear").hidden = !all;
}

function clear() {
  document.querySelectorAll("#filters input").forEach((input) => {
    if (input.type === "checkbox") input.checked = false;
    else input.value = "";
    if (input.classList.contains("find")) find(input);
  });
  tally();
}

// Asks a turn's question again without what one of its chips says; the form then shows what is left of its filters.
function drop(button) {
  if (running) return;
  const asked = button.closest("[data-limits]").dataset;
  const limits = JSON.parse(asked.limits);
  const [name, value] = JSON.parse(button.dataset.drop);
  if (name === "dismissed") limits.dismissed.push(value);
  else if (Array.isArray(limits[name])) limits[name] = limits[name].filter((other) => other !== value);
  else if (name) limits[name] = null;
  clear();
  for (const input of document.querySelectorAll("#filters input")) {
    if (input.type === "checkbox") input.checked = limits[input.name].includes(input.value);
    else if (input.type === "date") input.value = limits[input.name] ?? "";
  }
  tally();
  const begun = by("question").value; // what is being written stays
  ask(asked.question, limits.dismissed);
  by("question").value = begun;
  grow();
}

function find(input) {
  const sought = input.value.toLocaleLowerCase();
  for (const label of input.parentElement.querySelectorAll("label")) {
    label.hidden = !label.textContent.toLocaleLowerCase().includes(sought);
  }
}

// Adding articles ---------------------------------------------------------------------------------------------------

function send(files) {
  const list = [...files];
  if (!list.length) return;
  const odd = list.find((file) => !kinds.some((kind) => file.name.toLowerCase().endsWith(kind)));
  const size = list.reduce((sum, file) => sum + file.size, 0);
  by("outcomes").replaceChildren();
  by("progress").hidden = false;
  if (odd) return tell(words("add.kind", { name: odd.name, kinds: kinds.join(", ") }), true);
  if (size > megabytes * 1e6) return tell(words("add.size", { size: megabytes }), true);
  const body = new FormData();
  list.forEach((file) => body.append("files", file));
  const request = new XMLHttpRequest(); // fetch tells nothing of how much has been sent
  let read = 0;
  request.open("POST", `upload?language=${language}`);
  request.upload.onprogress = (event) => bar(event.loaded / event.total / 4);
  request.upload.onload = () => { tell(words("add.reading")); by("bar").removeAttribute("value"); };
  request.onprogress = () => {
    if (request.status !== 200) return;
    const end = request.responseText.lastIndexOf("\n") + 1;
    for (const line of request.responseText.slice(read, end).split("\n")) if (line) received(JSON.parse(line));
    read = end;
  };
  request.onload = () => {
    if (request.status !== 200) tell(words("add.failed", { why: request.responseText }), true);
    lock(false);
  };
  request.onerror = () => { tell(words("ask.offline"), true); lock(false); };
  lock(true);
  tell(words("add.sending"));
  bar(0);
  request.send(body);
}

function received(line) {
  if (line.total) {
    bar(0.25 + 0.75 * line.done / line.total);
    tell(`${words("add.reading")} ${words("add.progress", line)}`);
  }
  if (line.html) by("outcomes").insertAdjacentHTML("beforeend", line.html);
  if (line.failed) tell(line.failed, true);
  if (line.finished) {
    bar(1);
    tell(line.finished);
    by("holding").innerHTML = line.holding;
    by("filters").innerHTML = line.filters;
    by("start").innerHTML = line.start;
    tally();
  }
}

function bar(value) {
  by("bar").value = value;
}

function tell(sentence, wrong = false) {
  by("stage").textContent = sentence;
  by("stage").classList.toggle("wrong", wrong);
  by("bar").hidden = wrong;
}

function lock(is) {
  by("files").disabled = is;
  if (!is) by("files").value = "";
}

// Events ------------------------------------------------------------------------------------------------------------

by("ask").addEventListener("submit", (event) => { event.preventDefault(); ask(by("question").value); });
by("question").addEventListener("input", grow);
by("question").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  ask(by("question").value);
});
by("stop").addEventListener("click", stop);
by("renew").addEventListener("click", renew);
by("narrow").addEventListener("click", () => {
  const shown = by("filters").toggleAttribute("hidden");
  by("narrow").setAttribute("aria-expanded", String(!shown));
});
by("filters").addEventListener("input", (event) => {
  if (event.target.classList.contains("find")) find(event.target);
  else tally();
});
by("filters").addEventListener("toggle", (event) => {
  if (!event.target.open) return;
  document.querySelectorAll(".choice[open]").forEach((other) => { if (other !== event.target) other.open = false; });
}, true);
by("adding").addEventListener("click", () => by("adder").showModal());
by("unadd").addEventListener("click", () => by("adder").close());
by("files").addEventListener("change", (event) => send(event.target.files));
by("drop").addEventListener("dragover", (event) => { event.preventDefault(); by("drop").classList.add("over"); });
by("drop").addEventListener("dragleave", () => by("drop").classList.remove("over"));
by("drop").addEventListener("drop", (event) => {
  event.preventDefault();
  by("drop").classList.remove("over");
  if (!by("files").disabled) send(event.dataTransfer.files);
});
document.addEventListener("click", (event) => {
  const target = event.target.closest("a.cite, a.source, a.whole, a.finding, .example, .copy, .back, .close, [data-drop], #clear");
  if (!event.target.closest(".choice")) document.querySelectorAll(".choice[open]").forEach((c) => { c.open = false; });
  if (!target) return;
  if (target.matches("a") && !event.ctrlKey && !event.metaKey) { event.preventDefault(); open(target); }
  else if (target.matches(".example")) ask(target.textContent);
  else if (target.matches(".copy")) copy(target);
  else if (target.matches(".back, .close")) shut();
  else if (target.matches("[data-drop]")) drop(target);
  else if (target.id === "clear") clear();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !by("adder").open && by("reader").querySelector("article")) shut();
});
addEventListener("pagehide", stop);
tally();
recall();
