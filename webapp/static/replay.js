// Replay: back, forward, play, slider and keys, over the steps in the list (of one lane, or all). The diagram follows at
// once, the part beside it is fetched.
"use strict";
(() => {
  const replay = document.querySelector("[data-replay]");
  if (!replay) return;
  const find = (selector) => replay.querySelector(selector);
  const links = [...replay.querySelectorAll("[data-goto]")];
  const total = links.length;
  const play = find("[data-play]");
  const slider = find("[data-slider]");
  const speed = find("[data-speed]");
  const turn = find("[data-turn]");
  const diagram = find("[data-diagram]");
  const list = find("[data-steps]");
  const labels = { play: play.title, pause: play.dataset.pauseLabel };
  const number = (place) => links[place].dataset.goto;
  const placeOf = (step) => links.findIndex((link) => link.dataset.goto === String(step));
  let at = placeOf(replay.dataset.at);
  let timer = null;
  let asking = null;

  for (const part of [play, slider, speed, turn]) (part.closest("label") ?? part).hidden = false;

  const address = (place) => links[place].href;

  function go(place, remember = "push") {
    const wanted = Math.min(total - 1, Math.max(0, place));
    if (wanted === at) return;
    links[at].removeAttribute("aria-current");
    at = wanted;
    show();
    if (remember === "push") history.pushState({ step: number(at) }, "", address(at));
    if (remember === "replace") history.replaceState({ step: number(at) }, "", address(at));
    draw(links[at]);
    fetchStep();
  }

  function show() {
    const { inputs } = links[at].dataset;
    diagram.dispatchEvent(new CustomEvent("diagram:show", {
      detail: { at: Number(inputs), frozen: "frozen" in links[at].dataset, turn: turn.checked },
    }));
  }

  // Everything that is known without asking.
  function draw(link) {
    find("[data-place]").textContent = number(at);
    slider.value = at + 1;
    slider.setAttribute("aria-valuetext", slider.dataset.valuetext.replace("{number}", number(at)));
    find("[data-caption]").replaceChildren(link.querySelector("time").cloneNode(true), " ", link.querySelector("span").cloneNode(true));
    link.setAttribute("aria-current", "step");
    bringIntoList(link);
    for (const [name, place] of Object.entries({ first: 0, back: at - 1, forward: at + 1, last: total - 1 })) {
      const move = find(`[data-move="${name}"]`);
      const off = at === (name === "first" || name === "back" ? 0 : total - 1);
      move.toggleAttribute("aria-disabled", off);
      if (off) move.setAttribute("aria-disabled", "true");
      if (off) move.removeAttribute("href");
      else move.href = address(place);
    }
  }

  function bringIntoList(link) {
    list.scrollTop += link.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 2;
  }

  async function fetchStep() {
    asking?.abort();
    const mine = asking = new AbortController();
    const panel = find("[data-step]");
    panel.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address(at), { headers: { "HX-Request": "true" }, signal: mine.signal });
      if (!answer.ok || answer.redirected) return location.assign(address(at));
      const fresh = document.createElement("template");
      fresh.innerHTML = await answer.text();
      if (mine === asking) panel.replaceChildren(fresh.content);
    } catch (fault) {
      if (fault.name !== "AbortError") location.assign(address(at));
    } finally {
      if (mine === asking) panel.removeAttribute("aria-busy");
    }
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    setPlaying(false);
  }

  function start() {
    if (at === total - 1) go(0, "replace");
    timer = setInterval(() => (at < total - 1 ? go(at + 1, "replace") : stop()), Number(speed.value));
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

  const moves = { first: () => 0, back: () => at - 1, forward: () => at + 1, last: () => total - 1 };
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
    if (event.detail === " " && !document.activeElement?.matches("button, a, summary, [tabindex]")) toggle();
    else if (event.detail in faster) setSpeed(speed.selectedIndex + faster[event.detail]);
    else return;
    event.preventDefault();
  });

  function setSpeed(index) {
    speed.selectedIndex = Math.min(speed.options.length - 1, Math.max(0, index));
    speed.dispatchEvent(new Event("change"));
  }

  bringIntoList(links[at]);
})();
