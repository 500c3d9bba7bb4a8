// Tells the table that articles have come in, once the report of what came of them is there.
watch("value", () => {
  if (element.querySelector(".report")) document.dispatchEvent(new Event("archive-changed"));
});
