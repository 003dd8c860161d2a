// What every module shares: the line that is read aloud, requests with the page's token, typing.
let timer = 0;

export function say(text, stay = false) {
  const line = document.getElementById("status");
  line.textContent = text;
  clearTimeout(timer);
  if (!stay) timer = setTimeout(() => { line.textContent = ""; }, 5000);
}

export function typing(event) {
  const at = event.target;
  return at.matches?.("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]") ?? false;
}

export function keysOn() { return localStorage.getItem("standoff.keys") !== "off"; }
export function setKeys(on) { localStorage.setItem("standoff.keys", on ? "on" : "off"); }

export function base() { return (document.body.dataset.base ?? "").split("?")[0]; }

// Send a change. An answer that is no success becomes an error in words.
export async function send(what, fields) {
  const form = new URLSearchParams({ token: document.body.dataset.token, ...fields });
  let answer;
  try {
    answer = await fetch(`${base()}do/${what}`, { method: "POST", body: form, headers: { Accept: "application/json" } });
  } catch {
    throw new Error("the program does not answer; is it still running?");
  }
  const found = await answer.json();
  if (found.error) throw new Error(`${found.error.came}; ${found.error.remedy}`);
  return found;
}
