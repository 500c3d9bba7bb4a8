// The conversations kept, and what can be done with an answer. Runs once; `trigger` is Gradio's.
const on = (type, selector, then) =>
  document.addEventListener(type, (event) => {
    const found = event.target.closest?.(selector);
    if (found) then(found, event);
  });
const words = () => document.getElementById("desk-find")?.value ?? "";
const edit = (what) => trigger("edit", { ...what, words: words() });

on("input", "#desk-find", () => trigger("input", { words: words() }));
on("click", "#desk-list [data-open]", (button) => trigger("select", { conversation: button.dataset.open }));
on("click", "#desk-list [data-delete]", (button) => edit({ delete: button.dataset.delete }));
on("click", "#desk-list [data-restore]", (button) => edit({ restore: button.dataset.restore }));

// A name is typed in the place of the old one: Enter keeps it, Escape or going away does not.
on("click", "#desk-list [data-rename]", (button) => {
  const field = Object.assign(document.createElement("input"), { type: "text", maxLength: 120 });
  field.value = button.dataset.title;
  field.setAttribute("aria-label", "New name");
  const back = () => field.isConnected && (field.onblur = null, field.replaceWith(button), button.focus());
  field.onblur = () => field.isConnected && field.replaceWith(button);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") edit({ rename: button.dataset.rename, title: field.value });
    if (event.key === "Enter" || event.key === "Escape") back();
  });
  button.replaceWith(field);
  field.select();
});

const judge = (at, what) => trigger("like", { at, ...what });
on("click", "#talk [data-thumb]", (button) => {
  const again = button.getAttribute("aria-pressed") === "true";
  judge(button.dataset.at, { thumb: again ? "" : button.dataset.thumb });
});
const reason = (near) => near.closest(".reason").querySelector("[data-reason]").value;
on("click", "#talk [data-fault]", (button) =>
  judge(button.dataset.at, { thumb: "down", fault: button.dataset.fault, reason: reason(button) }),
);
on("keydown", "#talk [data-reason]", (field, event) => {
  if (event.key === "Enter") judge(field.dataset.at, { thumb: "down", reason: field.value });
});
on("click", "#talk [data-take]", (button) => trigger("download", { at: button.dataset.at, as: button.dataset.take }));

// The address names the conversation that is shown, so that a reload or a second tab finds it again.
let shown = "";
new MutationObserver(() => {
  const now = document.querySelector("#talk [data-conversation]")?.dataset.conversation ?? "";
  if (now === shown) return;
  shown = now;
  const address = new URL(location);
  if (now) address.searchParams.set("c", now);
  else address.searchParams.delete("c");
  history.replaceState(history.state, "", address);
}).observe(document.getElementById("talk") ?? document.body, { childList: true, subtree: true });
