// Runs once with the conversation's element; `trigger` and `watch` are Gradio's.
const still = matchMedia("(prefers-reduced-motion: reduce)");
const show = (node, block) => node.scrollIntoView({ block, behavior: still.matches ? "auto" : "smooth" });
const cardOf = (mark) => document.getElementById(mark.getAttribute("href").slice(1));
const opened = new Set();

element.addEventListener("click", (event) => {
  const example = event.target.closest("[data-question]");
  if (example) return trigger("submit", { question: example.dataset.question });
  const mark = event.target.closest("a.mark");
  if (!mark) return;
  event.preventDefault();
  const card = cardOf(mark);
  if (card) {
    show(card, "nearest");
    card.focus({ preventScroll: true });
  }
});

for (const [type, lit] of [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]])
  element.addEventListener(type, (event) => {
    const mark = event.target.closest("a.mark");
    if (mark) cardOf(mark)?.classList.toggle("lit", lit);
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
