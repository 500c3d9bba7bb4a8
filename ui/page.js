// Runs once with the conversation's element; `trigger` and `watch` are Gradio's.
const still = matchMedia("(prefers-reduced-motion: reduce)");
const show = (node, block) => node.scrollIntoView({ block, behavior: still.matches ? "auto" : "smooth" });
const cardOf = (mark) => document.getElementById(mark.dataset.card);
const opened = new Set();

element.addEventListener("click", (event) => {
  const example = event.target.closest("[data-question]");
  if (example) trigger("submit", { question: example.dataset.question });
  const tab = event.target.closest("[data-tab]")?.dataset.tab;
  if (tab) [...document.querySelectorAll("#views [role=tab]")].find((each) => each.textContent.trim() === tab)?.click();
});

// A mark that is pointed at lights up its card; Escape puts its quote away until it is pointed at again.
for (const [type, lit] of [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]])
  element.addEventListener(type, (event) => {
    const mark = event.target.closest(".mark");
    if (!mark) return;
    mark.parentElement.classList.remove("hushed");
    cardOf(mark)?.classList.toggle("lit", lit);
  });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const cite of element.querySelectorAll(".cite:hover, .cite:focus-within")) cite.classList.add("hushed");
});

element.addEventListener("toggle", (event) => opened[event.target.open ? "add" : "delete"](event.target), true);

// A new exchange is brought to the top once; after that the reader scrolls, not the page. What the reader
// has unfolded stays so, though each event draws the conversation anew.
let exchanges = 0;
watch("value", () => {
  for (const details of opened) details.open = details.isConnected;
  const now = element.querySelectorAll(".exchange");
  if (now.length > exchanges) show(now[now.length - 1], "start");
  exchanges = now.length;
});
