// The filters above the question. The chips, which the server draws, say what is chosen; the form is filled in from them.
const part = (name) => element.querySelector(name);
const details = part("details");
const outlets = part(".outlets");
const chips = document.getElementById("chips");
const since = part("#narrow-since");
const until = part("#narrow-until");

const chosen = (kind) => [...chips.querySelectorAll(`[data-${kind}]`)].map((chip) => chip.dataset[kind]);
const boxes = () => [...outlets.querySelectorAll("input")];

function fillIn() {
  since.value = chosen("since")[0] ?? "";
  until.value = chosen("until")[0] ?? "";
  const names = chosen("outlet");
  for (const box of boxes()) box.checked = names.includes(box.value);
}

details.addEventListener("toggle", async () => {
  if (!details.open) return;
  outlets.innerHTML = await server.list_outlets(null).catch(() => outlets.innerHTML);
  fillIn();
});
part(".narrow").addEventListener("change", () =>
  trigger("change", {
    since: since.value,
    until: until.value,
    outlets: boxes().filter((box) => box.checked).map((box) => box.value),
  }),
);
chips.addEventListener("click", (event) => {
  const gone = event.target.closest("button");
  if (!gone) return;
  const left = (kind) => chosen(kind).filter((value) => value !== gone.dataset[kind]);
  trigger("change", { since: left("since")[0] ?? "", until: left("until")[0] ?? "", outlets: left("outlet") });
  (details.open ? part("summary") : document.querySelector("#question textarea")).focus();
});
details.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  details.open = false;
  part("summary").focus();
});
let drawn = "";
new MutationObserver(() => {
  const now = ["since", "until", "outlet"].flatMap(chosen).join("\n");
  if (now !== drawn) fillIn(); // Gradio touches the element for other reasons too, while a choice is on its way
  drawn = now;
}).observe(chips, { childList: true, subtree: true });
