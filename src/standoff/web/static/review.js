// Review in the text: one card at a time, decided by a key. The page changes at once; the dossier is
// written behind it in order, and what could not be stored is said and stays marked.
import { tinykeys } from "./vendor/tinykeys.module.js";
import { base, keysOn, say, send, typing } from "./common.js";
import { morphTo } from "./morph.js";

const cards = new Map();
const past = [];
let queue = Promise.resolve();
let unstored = 0;

// Changes are sent one after the other, so that undo follows what it undoes.
function after(work) {
  unstored += 1;
  queue = queue.then(work).finally(() => { unstored -= 1; });
}

const $ = (id) => document.getElementById(id);
// Rows and marks by handle, found once a page: with two thousand of them, looking anew costs a frame.
let list = null, byHandle = new Map(), marks = new Map(), here = null, lit = [];
function index() {
  if (list) return;
  list = [...document.querySelectorAll("#rows li[data-h]")];
  byHandle = new Map(list.map((row, i) => [row.dataset.h, i]));
  marks = new Map();
  for (const mark of document.querySelectorAll("mark[data-h]")) {
    for (const handle of mark.dataset.h.trim().split(" ")) {
      if (!marks.has(handle)) marks.set(handle, []);
      marks.get(handle).push(mark);
    }
  }
  here = document.querySelector("#rows li[aria-current]");
  lit = [...document.querySelectorAll("mark.on")];
}
const rows = () => { index(); return list; };
const rowOf = (handle) => { index(); return list[byHandle.get(handle)]; };
const current = () => { index(); return here; };
const marksOf = (handle) => { index(); return marks.get(handle) ?? []; };
const reviewing = () => Boolean($("reading") && $("rows"));
const free = () => keysOn() && reviewing() && !document.querySelector("dialog[open]:not(.drawer)");

function addressOf(handle) {
  const url = new URL(location.href);
  url.searchParams.set("sel", handle);
  url.searchParams.delete("edit");
  url.searchParams.delete("mark");
  url.hash = handle;
  return url;
}

function fetchCard(handle) {
  if (!cards.has(handle)) {
    const url = new URL(`${base()}card/${$("reading").dataset.document}/${handle}`, location.href);
    const day = new URL(location.href).searchParams;
    for (const key of ["asof", "rec", "show", "beside"]) if (day.get(key)) url.searchParams.set(key, day.get(key));
    const asked = fetch(url).then((a) => (a.ok ? a.text() : Promise.reject(new Error("gone"))));
    asked.catch(() => cards.delete(handle));
    cards.set(handle, asked);
    if (cards.size > 60) cards.delete(cards.keys().next().value);
  }
  return cards.get(handle);
}

export function select(handle, { scroll = true, focus = false } = {}) {
  const row = rowOf(handle);
  if (!row) return;
  here?.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
  here = row;
  for (const old of lit) old.classList.remove("on");
  lit = [...marksOf(handle)];
  for (const mark of lit) mark.classList.add("on");
  document.body.dataset.sel = handle;
  history.replaceState({}, "", addressOf(handle));
  if (scroll) requestAnimationFrame(() => {
    if (here !== row) return;
    row.scrollIntoView({ block: "nearest" });
    const first = lit[0];
    const box = first?.getBoundingClientRect();
    if (box && (box.top < 110 || box.bottom > innerHeight - 60)) first.scrollIntoView({ block: "center" });
  });
  if (focus) row.querySelector("a").focus({ preventScroll: true });
  fetchCard(handle).then((html) => {
    if (document.body.dataset.sel !== handle || !$("card-slot")) return;
    $("card-slot").innerHTML = html;
    tell(handle);
  }).catch(() => {});
  const next = row.nextElementSibling?.dataset?.h;
  if (next) fetchCard(next);
}

// The row knows the newest state; a card that was fetched before a decision does not.
function tell(handle) {
  const row = rowOf(handle);
  const card = $("card");
  if (!row || !card || card.dataset.handle !== handle || card.dataset.state === row.dataset.state) return;
  card.classList.remove(card.dataset.state);
  card.classList.add(row.dataset.state);
  card.dataset.state = row.dataset.state;
  const word = card.querySelector("header .state");
  if (word) { word.className = `state ${row.dataset.state}`; word.textContent = row.dataset.state; }
}

function paint(handle, state) {
  const row = rowOf(handle);
  if (!row) return;
  const before = row.dataset.state;
  row.dataset.state = state;
  row.classList.remove("suggested", "accepted", "rejected");
  row.classList.add(state);
  row.querySelector(".tick").textContent = state === "suggested" ? "" : state;
  for (const mark of marksOf(handle)) {
    // Where marks overlap, the words show the state of the shortest.
    if (mark.dataset.h.trim().split(" ").pop() !== handle) continue;
    mark.classList.remove("suggested", "accepted", "rejected");
    mark.classList.add(state);
  }
  cards.delete(handle);
  tell(handle);
  if (row.dataset.kind === "signal") count(Number(before === "suggested") - Number(state === "suggested"));
  return before;
}

function count(decided) {
  if (!decided) return;
  for (const [id, by] of [["left", -decided], ["done", decided], ["todo-count", -decided]]) {
    const place = $(id);
    if (place) place.textContent = Math.max(Number(place.textContent) + by, 0);
  }
  const bar = document.querySelector("#progress progress");
  if (bar) bar.value = Number($("done").textContent);
}

function onward(handle) {
  const next = rows()[byHandle.get(handle) + 1];
  if (next) select(next.dataset.h);
  else say(`The last of this list. ${$("left")?.textContent ?? 0} left in this text.`);
}

function decide(action) {
  const row = current();
  if (!row) return say("Nothing is selected.");
  const handle = row.dataset.h;
  const state = action === "accept" ? "accepted" : "rejected";
  const before = paint(handle, state);
  const step = { handle, before, name: "" };
  past.push(step);
  const left = Math.max(Number($("left")?.textContent ?? 0), 0);
  say(`${handle} ${state}, ${left} left`);
  onward(handle);
  after(async () => {
    try {
      step.name = (await send("decide", { handle, action })).action;
    } catch (error) {
      paint(handle, before);
      past.splice(past.indexOf(step), 1);
      say(`${handle} was not stored: ${error.message}`, true);
    }
  });
}

function leave() {
  const row = current();
  if (!row) return;
  past.push({ handle: row.dataset.h, before: null, name: "" });
  onward(row.dataset.h);
}

function back() {
  const step = past.pop();
  if (!step) return say("This is where you began. u takes back what was decided before.");
  select(step.handle);
  if (step.before === null) return say("back");
  paint(step.handle, step.before);
  say(`${step.handle}: taken back`);
  after(async () => {
    try {
      if (step.name) await send("undo", { action: step.name });
    } catch (error) {
      say(`not taken back: ${error.message}`, true);
    }
  });
}

export function undoLast() {
  if (past.length && past[past.length - 1].before !== null && reviewing()) return back();
  after(async () => {
    try {
      const done = await send("undo", {});
      cards.clear();
      await morphTo(location.href, { push: false, quiet: true });
      say(done.said);
    } catch (error) {
      say(error.message, true);
    }
  });
}

function move(by) {
  const all = rows();
  const at = here ? byHandle.get(here.dataset.h) : -1;
  const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  if (next) select(next.dataset.h);
}

// Offsets count code points of the untouched text; the page shows each as one.
function offsets() {
  const range = getSelection();
  const text = document.querySelector("#reading .report");
  if (!range || range.isCollapsed || !range.rangeCount || !text) return null;
  const chosen = range.getRangeAt(0);
  if (!text.contains(chosen.startContainer) || !text.contains(chosen.endContainer)) return null;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(chosen.startContainer, chosen.startOffset);
  const start = [...before.toString()].length;
  const length = [...chosen.toString()].length;
  return length ? [start, start + length] : null;
}

function markSelected(event) {
  const found = offsets();
  if (!found) return say("Select words in the text first.");
  event.preventDefault();
  const url = new URL(location.href);
  url.searchParams.set("mark", found.join("-"));
  url.searchParams.delete("edit");
  url.hash = "";
  morphTo(url.href).then(() => document.querySelector("#card input:not([type=hidden])")?.focus());
}

function edit(event) {
  const link = document.querySelector("#card [data-act=edit]");
  if (!link) return;
  event.preventDefault();
  morphTo(link.href).then(() => document.querySelector("#card .edit input:not([type=hidden]), #card .edit select")?.focus());
}

export function wireReview() {
  const when = (action) => (event) => {
    if (!free() || typing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    action(event);
  };
  // Space and Enter on a button or link do what that does.
  const onControl = (event) => event.target.closest?.("button, summary, a.button, input");
  tinykeys(window, {
    "a": when(() => decide("accept")),
    "x": when(() => decide("reject")),
    "e": when(edit),
    "s": when(markSelected),
    "j": when(() => move(1)),
    "k": when(() => move(-1)),
    "Space": when((e) => { if (!onControl(e)) { e.preventDefault(); leave(); } }),
    "Backspace": when((e) => { e.preventDefault(); back(); }),
  });
  document.addEventListener("click", (event) => {
    if (!reviewing() || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a[data-sel]");
    if (link && !link.closest(".second")) { event.preventDefault(); select(link.dataset.sel); return; }
    const mark = event.target.closest("#reading mark[data-h]");
    if (mark && getSelection()?.isCollapsed) { select(mark.dataset.h.trim().split(" ").pop(), { scroll: true }); return; }
    const button = event.target.closest("#card [data-act=accept], #card [data-act=reject]");
    if (button) { event.preventDefault(); decide(button.dataset.act); return; }
    const undo = event.target.closest("[data-act=undo]");
    if (undo) { event.preventDefault(); undoLast(); }
  });
  const begin = () => {
    cards.clear();
    list = null;
    if (!reviewing()) return;
    const handle = $("card")?.dataset?.handle;
    if (!handle) return;
    for (const mark of marksOf(handle)) mark.classList.add("on");
    lit = [...marksOf(handle)];
    const next = current()?.nextElementSibling?.dataset?.h;
    if (next) fetchCard(next);
  };
  document.addEventListener("morphed", begin);
  // A page that is left while something is not stored yet asks first.
  window.addEventListener("beforeunload", (event) => { if (unstored) event.preventDefault(); });
  begin();
}
