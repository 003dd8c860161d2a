// Going on without a reload: the next page is fetched whole and what differs is changed in place.
import { Idiomorph } from "./vendor/idiomorph.esm.js";
import { say } from "./common.js";

let waiting = null;

export async function morphTo(address, { push = true, keep = false, quiet = false } = {}) {
  waiting?.abort();
  const mine = (waiting = new AbortController());
  const main = document.getElementById("main");
  main.setAttribute("aria-busy", "true");
  const slow = quiet ? 0 : setTimeout(() => say("Computing …", true), 250);
  let html, url;
  try {
    const answer = await fetch(address, { signal: mine.signal });
    html = await answer.text();
    url = answer.url;
  } catch (error) {
    if (error.name !== "AbortError") say("The program does not answer; is it still running?", true);
    return false;
  } finally {
    clearTimeout(slow);
    if (waiting === mine) main.removeAttribute("aria-busy");
  }
  const page = new DOMParser().parseFromString(html, "text/html");
  if (slow) say("");
  const hash = new URL(address, location.href).hash;
  for (const part of ["header.bar", "#main"]) {
    const now = document.querySelector(part), next = page.querySelector(part);
    if (now && next) Idiomorph.morph(now, next, { morphStyle: "outerHTML", ignoreActiveValue: true });
  }
  document.title = page.title;
  for (const name of ["token", "base", "screen", "sel", "why"]) {
    if (page.body.dataset[name] !== undefined) document.body.dataset[name] = page.body.dataset[name];
  }
  if (push) history.pushState({}, "", url + hash);
  else if (keep) history.replaceState({}, "", url + hash);
  document.dispatchEvent(new CustomEvent("morphed"));
  return true;
}

export function wireMorph() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-morph]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    morphTo(link.href);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-morph]");
    if (!form) return;
    event.preventDefault();
    const given = new URLSearchParams();
    for (const [key, value] of new FormData(form)) if (value !== "") given.append(key, value);
    morphTo(`${form.action}?${given}`);
  });
  window.addEventListener("popstate", () => morphTo(location.href, { push: false }));
}
