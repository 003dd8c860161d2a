// Files dropped anywhere on a form of reading are put into it.
export function wireDrop() {
  document.addEventListener("dragover", (event) => {
    const form = event.target.closest?.("form[data-drop]");
    if (form) { event.preventDefault(); form.classList.add("over"); }
  });
  document.addEventListener("dragleave", (event) => event.target.closest?.("form[data-drop]")?.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    const form = event.target.closest?.("form[data-drop]");
    if (!form) return;
    event.preventDefault();
    form.classList.remove("over");
    const field = form.querySelector("input[type=file]");
    if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
    const text = event.dataTransfer.getData("text/plain");
    if (text && !event.dataTransfer.files.length) form.querySelector("textarea").value = text;
    form.querySelector("input[name=published]").focus();
  });
}
