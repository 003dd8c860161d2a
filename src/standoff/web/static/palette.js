// Ctrl-K: every place and action of the page by name, and any handle.
import { morphTo } from "./morph.js";
import { undoLast } from "./review.js";

let found = [];
let at = 0;

function commands(wanted) {
  const list = [];
  for (const tab of document.querySelectorAll(".tabs a[data-key]")) {
    list.push({ name: `Go to ${tab.textContent}`, key: tab.dataset.key, run: () => { location.href = tab.href; } });
  }
  for (const option of document.querySelectorAll("#doc option")) {
    list.push({ name: `Open ${option.textContent}`, key: "", run: () => { location.href = option.value; } });
  }
  for (const link of document.querySelectorAll("[data-command]")) {
    list.push({ name: link.dataset.command, key: link.getAttribute("aria-keyshortcuts") ?? "", run: () => link.click() });
  }
  for (const link of document.querySelectorAll(".filters a")) {
    list.push({ name: `Show ${link.textContent}`, key: "", run: () => morphTo(link.href) });
  }
  list.push({ name: "Undo the last decision", key: "u", run: undoLast });
  list.push({ name: "Choose the day", key: "d", run: () => document.getElementById("asof")?.focus() });
  list.push({ name: "Search", key: "/", run: () => document.getElementById("q")?.focus() });
  list.push({ name: "Keys", key: "?", run: () => document.getElementById("keys").showModal() });
  list.push({ name: "All dossiers", key: "", run: () => { location.href = "/"; } });
  const words = wanted.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = list.filter((c) => words.every((w) => c.name.toLowerCase().includes(w)));
  const why = document.body.dataset.why;
  if (/^[a-z]-\S+$/i.test(wanted.trim()) && why) {
    const handle = wanted.trim();
    chosen.unshift({ name: `Why ${handle}`, key: "", run: () => { location.href = `${why}${why.includes("?") ? "&" : "?"}h=${encodeURIComponent(handle)}`; } });
  }
  return chosen;
}

function draw() {
  const input = document.getElementById("palette-input");
  const list = document.getElementById("palette-list");
  found = commands(input.value);
  at = Math.min(at, Math.max(found.length - 1, 0));
  list.replaceChildren(...found.map((c, i) => {
    const row = document.createElement("li");
    row.id = `command-${i}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", String(i === at));
    const name = document.createElement("span");
    name.textContent = c.name;
    row.append(name);
    if (c.key) { const key = document.createElement("kbd"); key.textContent = c.key; row.append(key); }
    row.addEventListener("click", () => run(i));
    return row;
  }));
  input.setAttribute("aria-activedescendant", found.length ? `command-${at}` : "");
  list.children[at]?.scrollIntoView({ block: "nearest" });
}

function run(i) {
  document.getElementById("palette").close();
  found[i]?.run();
}

export function openPalette() {
  const dialog = document.getElementById("palette");
  if (dialog.open) return;
  const input = document.getElementById("palette-input");
  input.value = "";
  at = 0;
  dialog.showModal();
  input.focus();
  draw();
}

export function wirePalette() {
  const input = document.getElementById("palette-input");
  input.addEventListener("input", () => { at = 0; draw(); });
  input.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) { event.preventDefault(); at = (at + by + found.length) % Math.max(found.length, 1); draw(); }
    if (event.key === "Enter") { event.preventDefault(); run(at); }
  });
}
