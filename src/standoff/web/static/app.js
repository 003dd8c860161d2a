// What the pages gain with JavaScript: keys, moves without a reload, review, commands. Every page works
// without it.
import { tinykeys } from "./vendor/tinykeys.module.js";
import { say, typing, keysOn, setKeys } from "./common.js";
import { morphTo, wireMorph } from "./morph.js";
import { wireReview, undoLast } from "./review.js";
import { openPalette, wirePalette } from "./palette.js";
import { wireJobs } from "./jobs.js";
import { wireDrop } from "./drop.js";
import { wireLevers } from "./levers.js";

const body = document.body;

function single(action) {
  // A single key means something only where nobody is typing, and only while keys are on.
  return (event) => {
    if (!keysOn() || typing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]:not(.drawer)")) return;
    action(event);
  };
}

function open(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
}

async function why() {
  const card = document.querySelector("#card[data-handle]");
  const handle = card?.dataset.handle || body.dataset.sel || document.activeElement?.closest("[data-h]")?.dataset.h?.trim().split(" ")[0];
  if (!handle || !body.dataset.why) return say("Nothing is selected.");
  showWhy(`${body.dataset.why}${body.dataset.why.includes("?") ? "&" : "?"}h=${encodeURIComponent(handle)}`);
}

async function showWhy(address) {
  const drawer = document.getElementById("drawer");
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById("why") ?? page.querySelector("[role=alert]");
  if (!found) { location.href = address; return; }
  document.getElementById("drawer-body").replaceChildren(found);
  drawer.opener = document.activeElement;
  if (!drawer.open) drawer.show();
  drawer.querySelector("button").focus();
}

function close(event) {
  const drawer = document.getElementById("drawer");
  if (drawer.open) { drawer.close(); drawer.opener?.focus?.(); event.preventDefault(); return; }
  const away = document.querySelector("[data-act=close]");
  if (away && !document.querySelector("dialog[open]")) { event.preventDefault(); morphTo(away.href); }
}

function step(direction) {
  const list = [...document.querySelectorAll("[data-sel], [data-step]")].filter((x) => x.tagName === "A" && !x.closest("mark"));
  if (!list.length) return;
  const here = list.findIndex((x) => x.closest("[aria-current]") || x === document.activeElement);
  const next = list[Math.min(Math.max(here + direction, 0), list.length - 1)];
  next.focus(); next.click();
}

const keys = {
  "?": single(() => open("keys")),
  "Shift+?": single(() => open("keys")),
  ".": single((e) => { e.preventDefault(); why(); }),
  "/": single((e) => { const q = document.getElementById("q"); if (q) { e.preventDefault(); q.focus(); q.select(); } }),
  "c": single(async () => { await navigator.clipboard?.writeText(location.href); say("The address of this state was copied."); }),
  "d": single((e) => { const day = document.getElementById("asof"); if (day) { e.preventDefault(); day.focus(); } }),
  "u": single((e) => { e.preventDefault(); undoLast(); }),
  "[": single(() => step(-1)),
  "]": single(() => step(1)),
  "Escape": close,
  "$mod+k": (e) => { e.preventDefault(); openPalette(); },
};
for (const n of "1234567") {
  keys[n] = single(() => document.querySelector(`.tabs a[data-key="${n}"]`)?.click());
}
tinykeys(window, keys);
// A link may name the key that follows it.
window.addEventListener("keydown", single((event) => {
  const field = document.querySelector(`[data-focus="${CSS.escape(event.key)}"]`);
  if (field) { event.preventDefault(); field.focus(); return; }
  const link = document.querySelector(`[data-hot="${CSS.escape(event.key)}"]`);
  if (link && !event.target.closest?.(".scroll, [role=region]")) { event.preventDefault(); link.click(); }
}));

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) { event.preventDefault(); open(opener.dataset.open); return; }
  const asked = event.target.closest("a[data-why]");
  if (asked && !event.ctrlKey && !event.metaKey) { event.preventDefault(); showWhy(asked.href); }
});
document.addEventListener("change", (event) => {
  // A list of texts goes where its choice says.
  const list = event.target.closest("form[data-goto] select");
  if (list) location.href = list.value;
});

const box = document.getElementById("keys-on");
box.checked = keysOn();
box.addEventListener("change", () => setKeys(box.checked));

// What is selected is shown on every screen.
function showSelection() {
  const handle = body.dataset.sel;
  for (const mark of document.querySelectorAll(".picture g[data-h]")) {
    mark.classList.toggle("chosen", Boolean(handle) && mark.dataset.h === handle);
  }
}
document.addEventListener("morphed", showSelection);
showSelection();

wireMorph();
wireReview();
wirePalette();
wireJobs();
wireDrop();
wireLevers();
body.dataset.ready = "yes";
