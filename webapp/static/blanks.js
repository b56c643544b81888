// The picture of a blank and its test sheet follow what is typed; the server draws both.
"use strict";
(() => {
  const form = document.querySelector("[data-blank]");
  if (!form) return;
  const picture = form.querySelector("[data-blank-picture]");
  const sheet = form.querySelector("[data-blank-sheet]");
  const PAUSE = 250;
  let waiting = 0;
  const draw = () => {
    const typed = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (value !== "" && /^(width|height|background|places-)/.test(name)) typed.append(name, value);
    }
    picture.src = `${picture.dataset.blankPicture}?${typed}`;
    sheet.href = `${sheet.dataset.blankSheet}?${typed}`;
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(draw, PAUSE);
  });
  // Arrow keys move a text by half a millimetre.
  form.addEventListener("keydown", (event) => {
    const step = { ArrowUp: 0.5, ArrowDown: -0.5 }[event.key];
    if (!step || !event.target.matches(".blank-table input.form-control")) return;
    event.preventDefault();
    const comma = document.documentElement.lang === "vi";
    const value = Number(event.target.value.replace(",", ".")) || 0;
    const moved = String(Math.round((value + step) * 10) / 10);
    event.target.value = comma ? moved.replace(".", ",") : moved;
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });
  window.addEventListener("pageshow", draw);
})();
