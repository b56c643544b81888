// The frame: tokens for htmx, menus, shortcuts that never fire while somebody types, no second sending of a form.
"use strict";
(() => {
  const csrf = document.querySelector('meta[name="csrf-token"]')?.content;

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = csrf;
  });

  // Menus are <details>: a press elsewhere or Escape closes them.
  const openMenus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // Shortcuts. Input methods for Vietnamese compose letters: keys pressed meanwhile belong to them.
  const composing = (event) => event.isComposing || event.keyCode === 229;
  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]") != null;
  const visible = (element) => element.getClientRects().length > 0;

  function press(selector) {
    const target = [...document.querySelectorAll(selector)].find(visible);
    if (!target) return false;
    if (target.matches("input, textarea, select")) target.focus();
    else target.click();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (composing(event) || event.defaultPrevented) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest?.("form");
      const button = form?.querySelector("[data-primary]") ?? document.querySelector("main form [data-primary]");
      if (button) { event.preventDefault(); button.click(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.body.dataset.shortcuts === "off" || document.querySelector("dialog[open]")) return;
    if (shortcut(event.key)) event.preventDefault();
  });

  // One key, or "g" and a second one within a second. What a page does with keys of its own it says on hearing of them.
  let began = 0;
  function shortcut(key) {
    const second = Date.now() - began < 1000;
    began = 0;
    if (second && /^[a-z]$/i.test(key)) return press(`[data-shortcut="g ${key.toLowerCase()}"]`);
    if (key === "g" && document.querySelector('[data-shortcut^="g "]')) return (began = Date.now()) > 0;
    if (key === "/") return press("#search-everywhere");
    if (key === "?") return showKeys(), true;
    if (/^[a-z0-9]$/i.test(key) && press(`[data-shortcut="${key.toLowerCase()}"]`)) return true;
    return !document.dispatchEvent(new CustomEvent("shortcut", { detail: key, cancelable: true }));
  }

  // The keys of this page: the template in the frame names them, each element says its own.
  function showKeys() {
    const template = document.getElementById("keys-template");
    if (!template) return;
    const dialog = template.content.firstElementChild.cloneNode(true);
    const list = dialog.querySelector("[data-keys]");
    const named = [...document.querySelectorAll("[data-shortcut]")].filter((each) => each.hasAttribute("data-key-name") || visible(each));
    const told = new Set();
    for (const element of named) {
      if (told.has(element.dataset.shortcut)) continue;
      told.add(element.dataset.shortcut);
      const row = list.firstElementChild.cloneNode(true);
      row.querySelector("kbd").textContent = element.dataset.shortcut;
      row.querySelector("dd").textContent = element.dataset.keyName || element.getAttribute("aria-label") || element.textContent.trim();
      list.append(row);
    }
    document.body.append(dialog);
    dialog.addEventListener("close", () => dialog.remove());
    dialog.showModal();
  }

  // A form is sent once; the button says so. Coming back with the back button frees it again.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll('button[aria-busy="true"]')) button.removeAttribute("aria-busy");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form");
    if (form) delete form.dataset.sent;
    form?.querySelector('[aria-busy="true"]')?.removeAttribute("aria-busy");
  });

  // Long work says aloud how far it has come, when that has changed.
  document.addEventListener("htmx:afterSettle", () => {
    const said = document.getElementById("progress-said");
    const now = document.querySelector("[data-said]")?.dataset.said;
    if (said && now && said.textContent !== now) said.textContent = now;
  });

  // On a narrow screen the tab one is on may lie outside the strip.
  const tab = document.querySelector(".tab-bar a[aria-current]");
  if (tab) tab.closest(".tab-bar").scrollLeft = tab.offsetLeft - tab.closest(".tab-bar").offsetLeft - 24;

  // A page with faults starts at its summary.
  document.getElementById("error-summary")?.focus();
})();
