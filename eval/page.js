"use strict";
// Shows the questions of the kind, outcome and words that were chosen, and says how many there are.
const form = document.querySelector("form");
const questions = [...document.querySelectorAll("details.q")];
function filter() {
  const { kind, outcome, words } = form.elements;
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const question of questions) {
    const text = question.textContent.toLowerCase();
    const fits = (!kind.value || question.dataset.kind === kind.value)
      && (!outcome.value || outcome.value.split("|").includes(question.dataset.outcome))
      && wanted.every((word) => text.includes(word));
    question.hidden = !fits;
    shown += fits;
  }
  form.elements.count.value = `${shown} of ${questions.length} questions`;
}
form.hidden = false;
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
filter();
