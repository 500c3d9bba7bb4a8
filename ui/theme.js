// Light, dark, or as the system: what the masthead says or, where several people read, what this browser remembers.
const system = matchMedia("(prefers-color-scheme: dark)");
function apply() {
  const chosen = element.querySelector("header").dataset.theme || localStorage.getItem("dateline-theme");
  document.body.classList.toggle("dark", chosen === "dark" || (chosen !== "light" && system.matches));
}
system.addEventListener("change", () => setTimeout(apply)); // after Gradio, which only knows the system
document.addEventListener("theme-chosen", apply);
watch("value", apply);
apply();
