// Forms: fields shown only when they matter, rows in place, a calendar beside typed days, a filter over long lists.
"use strict";
(() => {
  const controls = (form, name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  const chosen = (form, name) =>
    controls(form, name)
      .filter((control) => !["radio", "checkbox"].includes(control.type) || control.checked)
      .map((control) => control.value);

  // Fields with data-when are shown when each named field has one of its values; hidden ones are not sent.
  function applyWhen(form) {
    for (const part of form.querySelectorAll("[data-when]")) {
      const rules = Object.entries(JSON.parse(part.dataset.when));
      const met = rules.every(([name, values]) => chosen(form, name).some((value) => values.includes(value)));
      part.hidden = !met;
      for (const control of part.querySelectorAll("input, select, textarea, button")) control.disabled = !met;
    }
    // A field inside a hidden part stays off even when its own condition holds.
    for (const part of form.querySelectorAll("[data-when][hidden] [data-when]:not([hidden])")) {
      for (const control of part.querySelectorAll("input, select, textarea, button")) control.disabled = true;
    }
  }

  // Rows: the buttons post without JavaScript; here they work in place.
  function addRow(field) {
    const list = field.querySelector(":scope > [data-rows-list]");
    const most = Number(field.dataset.most || Infinity);
    if (list.children.length >= most) return;
    const next = 1 + Math.max(-1, ...[...list.children].map((row) => Number(row.dataset.number ?? numberOf(row, field))));
    const template = field.querySelector(":scope > template");
    const draft = template.innerHTML.replaceAll(`${field.dataset.rows}-__row__`, `${field.dataset.rows}-${next}`);
    const holder = document.createElement("div");
    holder.innerHTML = draft;
    const row = holder.firstElementChild;
    row.dataset.number = next;
    list.append(row);
    enhance(row);
    applyWhen(field.closest("form"));
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  }
  const numberOf = (row, field) =>
    row.querySelector(":scope > .row-remove")?.value.slice(field.dataset.rows.length + 1) ?? 0;

  function removeRow(button) {
    const row = button.closest("[data-row]");
    const field = row.closest("[data-rows]");
    const after = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    (after?.querySelector("input:not([type=hidden]), select, textarea") ?? field.querySelector(":scope > .rows-add")).focus();
    field.closest("form").dispatchEvent(new Event("change", { bubbles: true }));
  }

  document.addEventListener("click", (event) => {
    const add = event.target.closest(".rows-add");
    const remove = event.target.closest(".row-remove");
    if (add) { event.preventDefault(); addRow(add.closest("[data-rows]")); }
    if (remove) { event.preventDefault(); removeRow(remove); }
    const link = event.target.closest(".error-summary a");
    if (link) {
      const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      const control = target?.matches("input, select, textarea") ? target : target?.querySelector("input:not([type=hidden]), select, textarea, button");
      if (control) { event.preventDefault(); control.focus(); target.scrollIntoView({ block: "center" }); }
    }
  });

  // A day is typed dd/mm/yyyy; the button opens the browser's calendar and writes the day the same way.
  function addCalendar(holder) {
    const picker = document.createElement("input");
    if (!picker.showPicker) return;
    picker.type = holder.dataset.moment;
    picker.className = "moment-picker";
    picker.tabIndex = -1;
    picker.setAttribute("aria-hidden", "true");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-light moment-button";
    button.innerHTML = '<i class="bi bi-calendar3" aria-hidden="true"></i>';
    button.setAttribute("aria-label", holder.dataset.label);
    button.title = holder.dataset.label;
    const field = holder.querySelector("input");
    const iso = (text) => {
      const found = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}:\d{2}))?$/.exec(text.trim());
      if (!found) return "";
      const day = `${found[3]}-${found[2].padStart(2, "0")}-${found[1].padStart(2, "0")}`;
      return picker.type === "date" ? day : `${day}T${(found[4] ?? "00:00").padStart(5, "0")}`;
    };
    button.addEventListener("click", () => { picker.value = iso(field.value); picker.showPicker(); });
    picker.addEventListener("change", () => {
      const [day, time] = picker.value.split("T");
      if (!day) return;
      field.value = day.split("-").reverse().join("/") + (time ? ` ${time}` : "");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    holder.append(picker, button);
  }

  // Long lists of boxes get a filter that ignores Vietnamese marks.
  const plain = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

  function addFilter(list) {
    const input = document.createElement("input");
    input.type = "search";
    input.className = "form-control options-filter";
    input.placeholder = list.dataset.filter;
    input.setAttribute("aria-label", list.dataset.filter);
    input.addEventListener("input", (event) => {
      event.stopPropagation();
      const wanted = plain(input.value);
      for (const line of list.querySelectorAll(".form-check")) {
        line.hidden = !plain(line.textContent).includes(wanted) && !line.querySelector("input").checked;
      }
    });
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    list.before(input);
  }

  // Above the list: take all that it shows, or none of it; below the list how many are chosen.
  function addPicking(list) {
    const boxes = () => [...list.querySelectorAll('[type="checkbox"]')];
    const bar = document.createElement("p");
    bar.className = "options-pick";
    for (const [text, state] of [[list.dataset.all, true], [list.dataset.clear, false]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-light btn-sm";
      button.textContent = text;
      button.addEventListener("click", () => {
        for (const box of boxes()) if (!box.closest(".form-check").hidden) box.checked = state;
        list.dispatchEvent(new Event("input", { bubbles: true }));
        list.dispatchEvent(new Event("change", { bubbles: true }));
      });
      bar.append(button);
    }
    list.before(bar);
    const count = list.nextElementSibling.querySelector("span");
    list.addEventListener("change", () => { count.textContent = boxes().filter((box) => box.checked).length; });
  }

  // Browsers write on their file control in their own language: ours stands below it and shows what was chosen.
  function showFile(choice) {
    const input = choice.querySelector("input");
    choice.querySelector(".file-shown").hidden = false;
    choice.classList.add("file-choice-shown");
    choice.querySelector(".file-name").textContent = [...input.files].map((file) => file.name).join(", ") || choice.dataset.none;
  }

  function enhance(root) {
    root.querySelectorAll(".file-choice").forEach(showFile);
    root.querySelectorAll("[data-moment]").forEach(addCalendar);
    root.querySelectorAll("[data-filter]").forEach(addFilter);
    root.querySelectorAll("[data-all]").forEach(addPicking);
  }

  // Leaving with something typed asks first; sending and saving do not.
  let changed = false;
  document.addEventListener("input", (event) => { if (event.target.closest("form[data-guard]")) changed = true; });
  document.addEventListener("submit", (event) => { if (!event.defaultPrevented) changed = false; });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && event.target.closest?.("form[data-guard]")) changed = false;
  });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

  document.addEventListener("change", (event) => {
    const choice = event.target.closest?.(".file-choice");
    if (choice) showFile(choice);
    const form = event.target.closest?.("form");
    if (form?.querySelector("[data-when]")) applyWhen(form);
  });
  enhance(document);
  for (const form of document.querySelectorAll("form")) if (form.querySelector("[data-when]")) applyWhen(form);
})();
