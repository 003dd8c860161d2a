// Levers answer when they are let go: the page of the new state is fetched, an older request is stopped.
import { morphTo } from "./morph.js";

export function wireLevers() {
  document.addEventListener("input", (event) => {
    const slider = event.target.closest("input[type=range][data-twin]");
    if (slider) document.getElementById(slider.dataset.twin).value = slider.value;
    const field = event.target.closest("input[data-slider]");
    if (field) document.getElementById(field.dataset.slider).value = field.value;
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-levers]");
    if (form && event.target.closest("input[type=range], input[data-slider]")) go(form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-levers]");
    if (!form || event.submitter?.formAction?.includes("/do/")) return;
    event.preventDefault();
    go(form);
  });
}

function go(form) {
  const given = new URLSearchParams();
  for (const [key, value] of new FormData(form)) {
    const field = form.querySelector(`[name="${CSS.escape(key)}"]`);
    if (value !== "" && value !== field?.dataset?.rest) given.append(key, value);
  }
  morphTo(`${form.action.split("?")[0]}?${given}`);
}
