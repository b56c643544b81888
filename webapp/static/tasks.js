// The page of a task: drafts are sent while somebody types, and a list can be answered for all lines at once.
"use strict";
(() => {
  // Passwords and files never go with a draft.
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.target.matches("[data-draft]")) return;
    for (const control of event.target.closest("form").querySelectorAll('[type="password"], [type="file"]')) {
      delete event.detail.parameters[control.name];
    }
  });

  // One button for each answer of the first question of a line; lines that are answered stay as they are.
  const last = (control) => control.name.replace(/^.*-/, "");

  function fillAll(list, column, value) {
    for (const row of list.children) {
      const group = [...row.querySelectorAll('[type="radio"]')].filter((control) => last(control) === column);
      if (group.some((control) => control.checked)) continue;
      const wanted = group.find((control) => control.value === value);
      if (wanted) wanted.checked = true;
    }
    list.closest("form").dispatchEvent(new Event("change", { bubbles: true }));
  }

  function addFill(list) {
    const first = list.querySelector('fieldset.field-set [type="radio"]:not(:disabled)');
    if (!first || list.children.length < 2) return;
    const column = last(first);
    const bar = document.createElement("p");
    bar.className = "fill-all";
    bar.append(`${list.dataset.fill}: `);
    for (const control of first.closest("fieldset").querySelectorAll('[type="radio"]')) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-light btn-sm";
      button.textContent = control.labels[0].textContent;
      button.addEventListener("click", () => fillAll(list, column, control.value));
      bar.append(button);
    }
    list.before(bar);
  }

  // What stands in the first line goes into those that are empty: a day that is the same for all.
  function addCopy(list) {
    const first = list.querySelector(".moment .form-control");
    if (!first || list.children.length < 2) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-light btn-sm";
    button.textContent = `${first.labels[0].firstChild.textContent.trim()} ${list.dataset.copy}`;
    button.addEventListener("click", () => {
      for (const row of list.children) {
        const day = [...row.querySelectorAll(".moment .form-control")].find((control) => last(control) === last(first));
        if (day && !day.value) day.value = first.value;
      }
      list.closest("form").dispatchEvent(new Event("change", { bubbles: true }));
    });
    const bar = document.createElement("p");
    bar.className = "fill-all";
    bar.append(button);
    list.before(bar);
  }
  // On paper everything stands open, and a text has the height of its lines.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("main details:not([open])")];
    for (const each of folded) each.open = true;
    for (const text of document.querySelectorAll("main textarea")) text.style.height = `${text.scrollHeight + 4}px`;
  });
  window.addEventListener("afterprint", () => {
    for (const each of folded) each.open = false;
    for (const text of document.querySelectorAll("main textarea")) text.style.height = "";
  });
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  document.querySelectorAll("[data-fill]").forEach(addFill);
  document.querySelectorAll("[data-copy]").forEach(addCopy);
})();
