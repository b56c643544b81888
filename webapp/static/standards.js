// Texts with a standard wording: a button below each puts that wording back.
"use strict";
(() => {
  const store = document.querySelector("[data-standards]");
  if (!store) return;
  for (const standard of store.querySelectorAll("template[data-standard]")) {
    const field = document.getElementById(standard.dataset.standard);
    if (!field) continue;
    const text = standard.content.textContent;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-light btn-sm as-standard";
    button.textContent = store.dataset.standards;
    const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
    if (label) button.setAttribute("aria-label", `${button.textContent}: ${label.textContent.trim()}`);
    const show = () => { button.hidden = field.value.trim() === text.trim() || field.closest("fieldset")?.disabled; };
    button.addEventListener("click", () => {
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
    field.addEventListener("input", show);
    field.after(button);
    show();
  }
})();
