// The reading panel. Whatever on the page has `data-article` opens it; beside the page where there is room for
// both, else as a sheet over it. Runs once; `element` and `server` are Gradio's.
const panel = element.querySelector("dialog");
const body = panel.querySelector(".reader-body");
const narrow = matchMedia("(max-width: 60rem)");
const DOWN = '<p class="trouble" role="alert">The page has lost its server. Start Dateline again, then reload.</p>';
let opener = null;

const answered = (asking) => asking.catch(() => DOWN);

async function open(from) {
  const { article, start, end, quote } = from.dataset;
  const drawn = await answered(server.read_article({ article, start, end, quote }));
  if (!panel.contains(from)) opener = from;
  from.closest(".cite")?.classList.add("hushed"); // what the panel shows need not be shown twice
  body.innerHTML = drawn;
  if (!panel.open) narrow.matches ? panel.showModal() : panel.show();
  body.scrollTop = 0;
  body.querySelector("mark")?.scrollIntoView({ block: "center" });
  body.focus({ preventScroll: true });
}

async function show(button) {
  const view = button.dataset.view;
  const file = body.querySelector('[data-shown="file"]');
  for (const each of body.querySelectorAll("[data-view]")) each.setAttribute("aria-pressed", each === button);
  for (const each of body.querySelectorAll("[data-shown]")) each.hidden = each.dataset.shown !== view;
  if (view === "file" && !file.innerHTML) file.innerHTML = await answered(server.read_file(button.dataset.file));
  if (view === "story") body.querySelector("mark")?.scrollIntoView({ block: "center" });
}

document.addEventListener("click", (event) => {
  const from = event.target.closest("[data-article]");
  if (from) open(from);
});
panel.addEventListener("click", (event) => {
  if (event.target.closest(".reader-close") || event.target === panel) panel.close();
  const button = event.target.closest("[data-view]");
  if (button) show(button);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel.open) panel.close();
});
// Back to where the reader came from, even if that has been drawn anew meanwhile.
panel.addEventListener("close", () => {
  body.innerHTML = "";
  const back = opener?.isConnected ? opener : document.getElementById(opener?.id);
  back?.focus();
  back?.closest(".cite")?.classList.add("hushed"); // the focus would show its quote, which has just been read
});
