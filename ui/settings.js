// The Settings view: sends off what is chosen, and keeps the focus where it was when all is drawn anew.
let focused = "";
const mark = () => (focused = document.activeElement?.id ?? "");
const value = (id) => element.querySelector(id).value;

element.addEventListener("change", (event) => {
  mark();
  if (event.target.name === "theme") {
    if (!event.target.closest("[data-own]")) trigger("apply", { theme: event.target.value });
    else {
      localStorage.setItem("dateline-theme", event.target.value); // several readers, each with their own
      document.dispatchEvent(new Event("theme-chosen"));
    }
  }
  if (event.target.id === "passages") trigger("apply", { passages: event.target.value });
});
element.addEventListener("click", (event) => {
  const on = event.target.closest("button")?.dataset ?? {};
  mark();
  if (on.use) trigger("select", { use: true, model: on.use });
  if (on.fetch) trigger("download", { model: on.fetch });
  if ("forget" in on) trigger("apply", { forget: true });
});
element.addEventListener("submit", (event) => {
  event.preventDefault();
  mark();
  trigger("select", {
    url: value("#endpoint-url"),
    model: value("#endpoint-model"),
    key: value("#endpoint-key"),
  });
  element.querySelector("#endpoint-key").value = "";
});
watch("value", () => {
  const own = element.querySelector("[data-own]");
  if (own) own.querySelector(`[value=${localStorage.getItem("dateline-theme") ?? "system"}]`).checked = true;
  if (focused && element.querySelector(`[id="${focused}"]`)) document.getElementById(focused).focus();
  focused = "";
});
