// The total of a form with points follows what is typed; the server counts it again when the form is saved.
"use strict";
(() => {
  for (const sheet of document.querySelectorAll("[data-score-sheet]")) {
    const vietnamese = sheet.dataset.scoreSheet === "vi";
    const [group, point] = vietnamese ? [".", ","] : [",", "."];
    const total = sheet.querySelector("[data-score-total]");
    const value = (text) => {
      const number = Number(text.trim().replaceAll(group, "").replace(point, "."));
      return Number.isFinite(number) ? number : 0;
    };
    const count = () => {
      let sum = 0;
      for (const row of sheet.querySelectorAll("tr[data-weight]")) {
        const field = row.querySelector(".score-points input");
        if (field) sum += value(field.value) * Number(row.dataset.weight) * Number(row.dataset.sign);
      }
      total.textContent = String(Math.round(sum * 10000) / 10000).replace(".", point);
    };
    sheet.addEventListener("input", count);
    window.addEventListener("pageshow", count);
    // Arrow keys go from one line's points to the next, as in a spreadsheet.
    sheet.addEventListener("keydown", (event) => {
      if (!["ArrowDown", "ArrowUp"].includes(event.key) || !event.target.matches(".score-points input")) return;
      const fields = [...document.querySelectorAll("[data-score-sheet] .score-points input")];
      const next = fields[fields.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1)];
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.select();
    });
  }
})();
