// Mentions: "@" and the beginning of a name, with or without marks, offers the people of the list beside the text.
"use strict";
(() => {
  const plain = (text) => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
  const MOST = 8;

  function offer(text) {
    const people = document.getElementById(text.dataset.mention);
    const list = document.createElement("ul");
    list.className = "mention-list";
    list.id = `${text.id}-mentions`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", people.getAttribute("aria-label"));
    list.hidden = true;
    text.after(list);
    text.setAttribute("aria-controls", list.id);
    text.setAttribute("aria-autocomplete", "list");

    const side = () => text.form.querySelector('[name="side"]:checked, [name="side"][type="hidden"]').value;
    const allowed = (option) => side() === "shared" || option.dataset.side !== "shared";
    const nameOf = (option) => option.textContent.split(" – ")[0];
    const begun = () => text.value.slice(0, text.selectionStart).match(/@([^@\n]{0,40})$/u);

    function close() {
      list.hidden = true;
      text.removeAttribute("aria-activedescendant");
    }

    function mark(row) {
      for (const each of list.children) each.setAttribute("aria-selected", String(each === row));
      text.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    }

    function show() {
      const typed = begun();
      const wanted = typed ? plain(typed[1]) : "";
      const fits = (name) => plain(name).startsWith(wanted) || plain(name).split(" ").some((word) => wanted && word.startsWith(wanted));
      const found = typed ? [...people.options].filter((option) => allowed(option) && fits(nameOf(option))).slice(0, MOST) : [];
      list.replaceChildren(...found.map((option, at) => {
        const row = document.createElement("li");
        row.id = `${list.id}-${at}`;
        row.setAttribute("role", "option");
        row.textContent = option.textContent;
        row.addEventListener("pointerdown", (event) => { event.preventDefault(); take(option); });
        row.option = option;
        return row;
      }));
      list.hidden = !found.length;
      if (found.length) mark(list.firstElementChild);
      else close();
    }

    function take(option) {
      const end = text.selectionStart;
      const start = end - begun()[0].length;
      text.setRangeText(`@${nameOf(option)} `, start, end, "end");
      option.selected = true;
      close();
      text.focus();
    }

    text.addEventListener("input", show);
    text.addEventListener("blur", close);
    text.addEventListener("keydown", (event) => {
      if (list.hidden || event.isComposing || event.keyCode === 229) return;
      const rows = [...list.children];
      const at = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
      if (event.key === "ArrowDown") mark(rows[(at + 1) % rows.length]);
      else if (event.key === "ArrowUp") mark(rows[(at + rows.length - 1) % rows.length]);
      else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") take(rows[at].option);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    // Whoever does not read the chosen side cannot be told.
    const limit = () => {
      for (const option of people.options) {
        option.disabled = !allowed(option);
        if (option.disabled) option.selected = false;
      }
    };
    text.form.addEventListener("change", limit);
    limit();
  }
  document.querySelectorAll("textarea[data-mention]").forEach(offer);
})();
