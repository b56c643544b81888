// Replay of a case over the steps in the list (of one lane, or all). The diagram follows at once, the part beside it is
// fetched.
"use strict";
(() => {
  const replay = document.querySelector("[data-replay]");
  if (!replay) return;
  const find = (selector) => replay.querySelector(selector);
  const walk = JSON.parse(replay.dataset.walk);  // of each step its number, its recorded inputs, whether the case rests
  const count = walk.length;
  const turn = find("[data-turn]");
  const diagram = find("[data-diagram]");
  const list = find("[data-steps]");
  const number = (place) => walk[place - 1][0];
  const address = (place) => replay.dataset.address.replace("STEP", number(place));
  const placeOf = (step) => 1 + walk.findIndex(([each]) => each === Number(step));
  const linkOf = (place) => list.querySelector(`[data-step][data-goto="${number(place)}"]`);
  const ways = (at) => ({
    first: at > 1 ? 1 : null,
    back: at > 1 ? at - 1 : null,
    forward: at < count ? at + 1 : null,
    last: at < count ? count : null,
  });
  const keys = { ArrowLeft: (at) => at - 1, ArrowRight: (at) => at + 1, Home: () => 1, End: () => count };
  let asking = null;

  const transport = new Transport(replay, { at: placeOf(replay.dataset.at), count, address, ways, keys, draw });
  turn.closest("label").hidden = false;

  // Everything that is known without asking; of a long case the list holds only the steps around.
  function draw(at) {
    show();
    find("[data-place]").textContent = number(at);
    const { slider } = transport;
    slider.setAttribute("aria-valuetext", slider.dataset.valuetext.replace("{number}", number(at)));
    for (const chip of replay.querySelectorAll(".lane-chip")) {
      const { pathname, searchParams } = new URL(chip.href);
      searchParams.set("step", number(at));
      chip.href = `${pathname}?${searchParams}`;
    }
    if (linkOf(at)) point();
    fetchStep();
  }

  function show() {
    const [, inputs, frozen] = walk[transport.at - 1];
    diagram.dispatchEvent(new CustomEvent("diagram:show", { detail: { at: inputs, frozen: Boolean(frozen), turn: turn.checked } }));
  }

  // The step in the list, and its sentence above the diagram.
  function point() {
    const link = linkOf(transport.at);
    list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "step");
    find("[data-caption]").replaceChildren(link.querySelector("time").cloneNode(true), " ", link.querySelector("span").cloneNode(true));
    bringIntoList(link);
  }

  function bringIntoList(link) {
    list.scrollTop += link.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 2;
  }

  async function fetchStep() {
    asking?.abort();
    const mine = asking = new AbortController();
    const panel = find("[data-panel]");
    panel.setAttribute("aria-busy", "true");
    try {
      if (!linkOf(transport.at)) {
        await fetchInto(list, "steps", mine);
        point();
      }
      await fetchInto(panel, "step", mine);
    } catch (fault) {
      if (fault.name !== "AbortError") location.assign(address(transport.at));
    } finally {
      if (mine === asking) panel.removeAttribute("aria-busy");
    }
  }

  async function fetchInto(part, target, mine) {
    const headers = { "HX-Request": "true", "HX-Target": target };
    const answer = await fetch(address(transport.at), { headers, signal: mine.signal });
    if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
    const fresh = document.createElement("template");
    fresh.innerHTML = await answer.text();
    mine.signal.throwIfAborted();
    part.replaceChildren(fresh.content);
  }

  turn.addEventListener("change", show);
  document.addEventListener("shortcut", (event) => {
    if (event.detail !== "l") return;
    turn.click();
    event.preventDefault();
  });
  list.addEventListener("click", (event) => {
    const link = event.target.closest("[data-goto]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    transport.stop();
    transport.go(placeOf(link.dataset.goto));
  });

  const { at } = transport;
  if (new URLSearchParams(location.search).has("step")) history.replaceState({ at }, "", address(at));  // of a lane the nearest
  bringIntoList(linkOf(at));
})();
