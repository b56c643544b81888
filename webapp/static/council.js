// The ballot sheet says how many nominees are marked; the roll call can mark everybody as present, the agenda a whole group.
"use strict";
(() => {
  for (const form of document.querySelectorAll("[data-ballot]")) {
    const line = form.querySelector("[data-ballot-count]");
    if (!line) continue;
    const count = () => {
      const marked = form.querySelectorAll(".ballot-choice input:checked").length;
      line.textContent = line.dataset.text.replace("{marked}", marked);
    };
    form.addEventListener("change", count);
    window.addEventListener("pageshow", count);
    count();
  }

  // The way back from a ballot that was cast leads to its task: the sheet that was sent cannot be shown again.
  for (const form of document.querySelectorAll("[data-leaves-behind]")) {
    form.addEventListener("submit", (event) => {
      if (!event.submitter?.hasAttribute("formaction")) history.replaceState(null, "", form.dataset.leavesBehind);
    });
  }

  for (const button of document.querySelectorAll("[data-tick-all]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const boxes = [...button.parentElement.querySelectorAll("input[type=checkbox]")];
      const all = boxes.every((box) => box.checked);
      for (const box of boxes) box.checked = !all;
      button.closest("form").dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  for (const button of document.querySelectorAll("[data-roll-all]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const line of button.closest("fieldset").querySelectorAll(".roll-line")) {
        if (!line.querySelector("input[type=radio]:checked")) line.querySelector("input[value=present]").checked = true;
      }
      button.closest("form").dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
})();
