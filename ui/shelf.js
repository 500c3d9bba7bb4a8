// The Archive tab: asks the server for the table as it is to be shown, and sends off files and clicks. Runs when the
// tab is first shown; `element`, `server`, `trigger` and `upload` are Gradio's.
const part = (name) => element.querySelector(name);
const find = part("#shelf-find");
const copies = part("#shelf-copies");
const files = part("#shelf-files");
const drop = part(".drop");
const label = part(".drop label");
const invitation = label.innerHTML;
const DOWN = '<p class="trouble" role="alert">The page has lost its server. Start Dateline again, then reload.</p>';
const view = { words: "", sort: "date", descending: true, page: 0, only_copies: false };
let asked = 0;

const notice = (html) => (part(".notice").innerHTML = html);

async function draw() {
  const mine = ++asked;
  try {
    const [plots, listing] = await server.list_articles(view);
    if (mine !== asked) return; // a later question has been put meanwhile
    const focused = element.contains(document.activeElement) ? document.activeElement.id : "";
    part(".overview").innerHTML = plots;
    part(".listing").innerHTML = listing;
    if (focused && document.activeElement.id !== focused) document.getElementById(focused)?.focus();
  } catch {
    notice(DOWN);
  }
}

function change(what) {
  Object.assign(view, { page: 0 }, what);
  return draw();
}

async function tell(asking, then) {
  notice(await asking.catch(() => DOWN));
  await draw();
  trigger("change");
  part(then)?.focus();
}

async function send(chosen) {
  const paths = [];
  try {
    for (const [at, file] of [...chosen].entries()) {
      label.textContent = `Sending ${at + 1} of ${chosen.length}: ${file.name}`;
      paths.push((await upload(file)).path);
    }
    if (paths.length) trigger("upload", { files: paths });
  } catch {
    notice('<p class="trouble" role="alert">The files could not be sent; try again.</p>');
  }
  label.innerHTML = invitation;
  files.value = "";
}

element.addEventListener("click", (event) => {
  const on = event.target.closest("button")?.dataset ?? {};
  if (on.sort) change({ sort: on.sort, descending: view.sort === on.sort ? !view.descending : ["date", "added"].includes(on.sort) });
  else if (on.page) change({ page: Number(on.page) });
  else if (on.remove) tell(server.remove_article(on.remove), "#undo");
  else if (on.undo) tell(server.restore_article(on.undo), "#shelf-find");
});
find.addEventListener("input", () => change({ words: find.value }));
copies.addEventListener("click", () => {
  copies.setAttribute("aria-pressed", !view.only_copies);
  change({ only_copies: !view.only_copies });
});
part("#shelf-health").addEventListener("click", () => {
  notice('<p class="status" role="status">Looking the archive over …</p>');
  tell(server.check_health(null), "#shelf-health");
});
files.addEventListener("change", () => send(files.files));
for (const type of ["dragenter", "dragover", "dragleave", "drop"])
  drop.addEventListener(type, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", type === "dragenter" || type === "dragover");
    if (type === "drop") send(event.dataTransfer.files);
  });
document.addEventListener("archive-changed", () => draw().then(() => trigger("change")));
draw();
