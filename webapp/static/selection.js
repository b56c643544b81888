// Ticking tasks in a list: the count, all of the page, and what was ticked stays so when the list is drawn anew.
"use strict";
(() => {
  const form = document.getElementById("selection");
  if (!form) return;
  const ticked = new Set();
  const boxes = () => [...document.querySelectorAll('#inbox-list [name="task"]')];
  const page = form.querySelector("[data-select-page]");
  const all = form.querySelector("[data-select-all]");
  const count = form.querySelector("[data-selected]");
  page.parentElement.hidden = false;

  function show() {
    for (const box of boxes()) {
      box.checked = all?.checked || ticked.has(box.value);
      box.disabled = Boolean(all?.checked);
    }
    form.hidden = boxes().length === 0;
    const here = boxes().filter((box) => box.checked).length;
    page.checked = here > 0 && here === boxes().length;
    page.indeterminate = here > 0 && !page.checked;
    page.disabled = Boolean(all?.checked);
    count.textContent = here && !all?.checked ? `${count.dataset.selected} ${here}` : "";
    form.classList.toggle("selection-some", here > 0);
  }

  document.addEventListener("change", (event) => {
    if (event.target === page) for (const box of boxes()) page.checked ? ticked.add(box.value) : ticked.delete(box.value);
    else if (event.target.matches('#inbox-list [name="task"]')) {
      event.target.checked ? ticked.add(event.target.value) : ticked.delete(event.target.value);
    } else if (event.target !== all) return;
    show();
  });
  document.addEventListener("htmx:afterSettle", show);
  for (const box of boxes()) if (box.checked) ticked.add(box.value);
  show();
})();
