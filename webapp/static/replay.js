// Replay: back, forward, play, slider and keys, over the steps in the list (of one lane, or all). The diagram follows at
// once, the part beside it is fetched.
"use strict";
(() => {
  const replay = document.querySelector("[data-replay]");
  if (!replay) return;
  const find = (selector) => replay.querySelector(selector);
  const walk = JSON.parse(replay.dataset.walk);  // of each step its number, its recorded inputs, whether the case rests
  const last = walk.length - 1;
  const play = find("[data-play]");
  const slider = find("[data-slider]");
  const speed = find("[data-speed]");
  const turn = find("[data-turn]");
  const diagram = find("[data-diagram]");
  const list = find("[data-steps]");
  const labels = { play: play.title, pause: play.dataset.pauseLabel };
  const number = (place) => walk[place][0];
  const address = (place) => replay.dataset.address.replace("STEP", number(place));
  const placeOf = (step) => walk.findIndex(([each]) => each === Number(step));
  const linkOf = (place) => list.querySelector(`[data-step][data-goto="${number(place)}"]`);
  let at = placeOf(replay.dataset.at);
  let timer = null;
  let asking = null;

  for (const part of [play, slider, speed, turn]) (part.closest("label") ?? part).hidden = false;

  function go(place, remember = "push") {
    const wanted = Math.min(last, Math.max(0, place));
    if (wanted === at) return;
    at = wanted;
    show();
    if (remember === "push") history.pushState({ step: number(at) }, "", address(at));
    if (remember === "replace") history.replaceState({ step: number(at) }, "", address(at));
    draw();
    fetchStep();
  }

  function show() {
    const [, inputs, frozen] = walk[at];
    diagram.dispatchEvent(new CustomEvent("diagram:show", { detail: { at: inputs, frozen: Boolean(frozen), turn: turn.checked } }));
  }

  // Everything that is known without asking; of a long case the list holds only the steps around.
  function draw() {
    find("[data-place]").textContent = number(at);
    slider.value = at + 1;
    slider.setAttribute("aria-valuetext", slider.dataset.valuetext.replace("{number}", number(at)));
    for (const [name, place] of Object.entries({ first: 0, back: at - 1, forward: at + 1, last })) {
      const move = find(`[data-move="${name}"]`);
      const off = at === (name === "first" || name === "back" ? 0 : last);
      if (off) move.setAttribute("aria-disabled", "true");
      else move.removeAttribute("aria-disabled");
      if (off) move.removeAttribute("href");
      else move.href = address(place);
    }
    for (const chip of replay.querySelectorAll(".lane-chip")) {
      const { pathname, searchParams } = new URL(chip.href);
      searchParams.set("step", number(at));
      chip.href = `${pathname}?${searchParams}`;
    }
    if (linkOf(at)) point();
  }

  // The step in the list, and its sentence above the diagram.
  function point() {
    const link = linkOf(at);
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
      if (!linkOf(at)) {
        await fetchInto(list, "steps", mine);
        point();
      }
      await fetchInto(panel, "step", mine);
    } catch (fault) {
      if (fault.name !== "AbortError") location.assign(address(at));
    } finally {
      if (mine === asking) panel.removeAttribute("aria-busy");
    }
  }

  async function fetchInto(part, target, mine) {
    const headers = { "HX-Request": "true", "HX-Target": target };
    const answer = await fetch(address(at), { headers, signal: mine.signal });
    if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
    const fresh = document.createElement("template");
    fresh.innerHTML = await answer.text();
    mine.signal.throwIfAborted();
    part.replaceChildren(fresh.content);
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    setPlaying(false);
  }

  function start() {
    if (at === last) go(0, "replace");
    timer = setInterval(() => (at < last ? go(at + 1, "replace") : stop()), Number(speed.value));
    setPlaying(true);
  }

  function setPlaying(playing) {
    const label = playing ? labels.pause : labels.play;
    play.title = label;
    play.setAttribute("aria-label", label);
    play.querySelector("i").className = `bi bi-${playing ? "pause" : "play"}-fill`;
  }

  const toggle = () => (timer ? stop() : start());
  play.addEventListener("click", toggle);
  turn.addEventListener("change", show);
  speed.addEventListener("change", () => { if (timer) { stop(); start(); } });
  slider.addEventListener("input", () => { stop(); go(Number(slider.value) - 1, "replace"); });
  window.addEventListener("popstate", (event) => { stop(); go(placeOf(event.state?.step ?? replay.dataset.at), ""); });

  const moves = { first: () => 0, back: () => at - 1, forward: () => at + 1, last: () => last };
  replay.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const link = event.target.closest("[data-goto], [data-move]");
    if (!link) return;
    event.preventDefault();
    stop();
    go(link.dataset.goto ? placeOf(link.dataset.goto) : moves[link.dataset.move]());
  });

  const keys = { ArrowLeft: "back", ArrowRight: "forward", Home: "first", End: "last" };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (!(event.key in keys) || event.target.closest?.("input, textarea, select, [contenteditable], .diagram-box, .table-wrap")) return;
    event.preventDefault();
    stop();
    go(moves[keys[event.key]]());
  });

  // The frame passes on what it does not know itself; a button or link in focus keeps its space bar.
  const faster = { "[": -1, "-": -1, "]": 1, "+": 1 };
  document.addEventListener("shortcut", (event) => {
    if (event.detail === " " && !document.activeElement?.matches("button, a, summary, [tabindex='0']")) toggle();
    else if (event.detail === "l") turn.click();
    else if (event.detail in faster) setSpeed(speed.selectedIndex + faster[event.detail]);
    else return;
    event.preventDefault();
  });

  function setSpeed(index) {
    speed.selectedIndex = Math.min(speed.options.length - 1, Math.max(0, index));
    speed.dispatchEvent(new Event("change"));
  }

  if (new URLSearchParams(location.search).has("step")) history.replaceState({ step: number(at) }, "", address(at));  // of a lane the nearest
  bringIntoList(linkOf(at));
})();
