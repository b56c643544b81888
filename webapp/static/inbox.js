// The list of tasks: rows by keys, and a refresh that keeps the place, what has the focus and what is ticked.
"use strict";
(() => {
  const rows = () => [...document.querySelectorAll("#inbox-list tr[data-row]")];
  const link = (row) => row.querySelector(".row-link");
  const current = () => rows().findIndex((row) => row.contains(document.activeElement));

  function go(step) {
    const all = rows();
    if (!all.length) return;
    const at = current();
    const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step));
    link(all[next]).focus();
    all[next].scrollIntoView({ block: "nearest" });
  }

  // app.js lets a single key through here only while nobody types, composes or has a dialog open.
  document.addEventListener("shortcut", (event) => {
    const at = current();
    const box = rows()[at]?.querySelector('input[type="checkbox"]');
    if (event.detail === "j") go(1);
    else if (event.detail === "k") go(-1);
    else if (event.detail === "ArrowDown" && at >= 0) go(1);
    else if (event.detail === "ArrowUp" && at >= 0) go(-1);
    else if (event.detail === "x" && box) box.click();
    else return;
    event.preventDefault();
  });

  let kept = null;
  const list = () => document.getElementById("inbox-list");
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "inbox-list") return;
    const seen = rows().filter((row) => row.getBoundingClientRect().top >= 0);
    kept = {
      places: seen.map((row) => [link(row).id, row.getBoundingClientRect().top]),
      focus: document.activeElement?.closest?.("#inbox-list") ? document.activeElement.id : "",
      ticked: [...list().querySelectorAll('input[type="checkbox"]:checked')].map((box) => box.value),
    };
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!kept) return;
    const { places, focus, ticked } = kept;
    kept = null;
    for (const box of list().querySelectorAll('input[type="checkbox"]')) {
      if (!box.checked && ticked.includes(box.value)) {
        box.checked = true;
        box.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }
    // Where the eye rests: the row in focus, or else the first one seen that is still there.
    const [id, top] = places.find(([each]) => each === focus && document.getElementById(each)) ?? places.find(([each]) => document.getElementById(each)) ?? [];
    const same = id && document.getElementById(id).closest("tr");
    if (same) window.scrollBy({ top: same.getBoundingClientRect().top - top, behavior: "instant" });
    if (focus && document.activeElement?.id !== focus) document.getElementById(focus)?.focus({ preventScroll: true });
  });
})();
