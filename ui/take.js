// What was asked to be taken away: to the clipboard, or into a file. Runs once; `watch` is Gradio's.
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
    parcel.outerHTML = '<p role="status">Copied with its footnotes.</p>';
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  link.download = parcel.dataset.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  parcel.outerHTML = '<p role="status">Saved.</p>';
});
