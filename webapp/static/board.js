// A board: arrow keys go from card to card, in a column and to the column beside it; Enter follows the link.
"use strict";
(() => {
  for (const board of document.querySelectorAll("[data-board]")) {
    const columns = [...board.querySelectorAll("section")].map((column) => [...column.querySelectorAll("[data-card]")]);
    const filled = columns.filter((cards) => cards.length);
    const all = filled.flat();
    const only = (card) => { for (const each of all) each.tabIndex = each === card ? 0 : -1; };
    if (all.length) {
      only(all[0]);
      board.removeAttribute("tabindex");
    }
    const beside = (card, key) => {
      const at = filled.findIndex((cards) => cards.includes(card));
      const place = filled[at].indexOf(card);
      const other = (step) => filled[at + step]?.[Math.min(place, filled[at + step].length - 1)];
      return { ArrowDown: filled[at][place + 1], ArrowUp: filled[at][place - 1], ArrowRight: other(1), ArrowLeft: other(-1), Home: filled[at][0], End: filled[at].at(-1) }[key];
    };
    board.addEventListener("keydown", (event) => {
      const card = event.target.closest("[data-card]");
      if (!card || event.altKey || event.ctrlKey || event.metaKey) return;
      const next = beside(card, event.key);
      if (!next) return;
      event.preventDefault();
      only(next);
      next.focus();
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
    board.addEventListener("focusin", (event) => {
      const card = event.target.closest("[data-card]");
      if (card) only(card);
    });
  }
})();
