"use strict";
(() => {
  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const buttons = [...document.querySelectorAll("button[data-state]")];
  const cards = [...document.querySelectorAll("article")];
  let state = "";

  function show() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const card of cards) {
      const fits = (!state || card.dataset.state === state) && words.every((word) => card.dataset.words.includes(word));
      card.hidden = !fits;
      count += fits;
    }
    found.textContent = `${count} / ${cards.length}`;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.state === state));
  }

  for (const button of buttons) {
    button.addEventListener("click", () => {
      state = state === button.dataset.state ? "" : button.dataset.state;
      show();
    });
  }
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      search.value = "";
      show();
    }
  });
  addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== search) {
      event.preventDefault();
      search.focus();
    }
  });
  show();
})();
