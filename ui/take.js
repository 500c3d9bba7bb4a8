// What was asked to be taken away: to the clipboard, or into a file. Runs once; `watch` is Gradio's.
const say = (parcel, line) => {
  parcel.outerHTML = `<p role="status">${line}</p>`;
  setTimeout(() => (element.innerHTML = ""), 4000);
};

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

watch("value", async () => {
  const parcel = element.querySelector("template");
  if (!parcel) return;
  const text = parcel.content.textContent;
  if (!parcel.dataset.name) {
    await copy(text);
    say(parcel, "Copied with its footnotes.");
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  link.download = parcel.dataset.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  say(parcel, "Saved.");
});
