// Replay: back, forward, play, slider and arrow keys. The diagram follows at once, the part beside it is fetched.
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
  const diagram = find("[data-diagram]");
  const labels = { play: play.title, pause: play.dataset.pauseLabel };
  let at = Number(replay.dataset.at);
  let timer = null;
  let asking = null;

  for (const part of [play, slider.closest("label"), speed.closest("label")]) part.hidden = false;

  const address = (number) => links[number - 1].href;

  function go(number, remember = "push") {
    const wanted = Math.min(total, Math.max(1, number));
    if (wanted === at) return;
    at = wanted;
    const link = links[at - 1];
    diagram.dispatchEvent(new CustomEvent("diagram:show", {
      detail: { at: Number(link.dataset.inputs), frozen: "frozen" in link.dataset },
    }));
    if (remember === "push") history.pushState({ at }, "", address(at));
    if (remember === "replace") history.replaceState({ at }, "", address(at));
    draw(link);
    fetchStep();
  }

  // Everything that is known without asking.
  function draw(link) {
    find("[data-place]").textContent = at;
    slider.value = at;
    find("[data-caption]").replaceChildren(link.querySelector("time").cloneNode(true), " ", link.querySelector("span").cloneNode(true));
    for (const each of links) {
      if (each === link) each.setAttribute("aria-current", "step");
      else each.removeAttribute("aria-current");
    }
    const list = link.closest("ol");
    list.scrollTo({ top: link.offsetTop - list.clientHeight / 2 });
    for (const [name, number] of Object.entries({ first: 1, back: at - 1, forward: at + 1, last: total })) {
      const move = find(`[data-move="${name}"]`);
      const off = at === (name === "first" || name === "back" ? 1 : total);
      move.toggleAttribute("aria-disabled", off);
      if (off) move.setAttribute("aria-disabled", "true");
      if (off) move.removeAttribute("href");
      else move.href = address(number);
    }
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
    if (at === total) go(1, "replace");
    timer = setInterval(() => (at < total ? go(at + 1, "replace") : stop()), Number(speed.value));
    setPlaying(true);
  }

  function setPlaying(playing) {
    const label = playing ? labels.pause : labels.play;
    play.title = label;
    play.setAttribute("aria-label", label);
    play.querySelector("i").className = `bi bi-${playing ? "pause" : "play"}-fill`;
  }

  play.addEventListener("click", () => (timer ? stop() : start()));
  speed.addEventListener("change", () => { if (timer) { stop(); start(); } });
  slider.addEventListener("input", () => { stop(); go(Number(slider.value), "replace"); });
  window.addEventListener("popstate", (event) => { stop(); go(event.state?.at ?? Number(replay.dataset.at), ""); });

  const moves = { first: () => 1, back: () => at - 1, forward: () => at + 1, last: () => total };
  replay.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const link = event.target.closest("[data-goto], [data-move]");
    if (!link) return;
    event.preventDefault();
    stop();
    go(link.dataset.goto ? Number(link.dataset.goto) : moves[link.dataset.move]());
  });

  const keys = { ArrowLeft: "back", ArrowRight: "forward", Home: "first", End: "last" };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (!(event.key in keys) || event.target.closest?.("input, textarea, select, [contenteditable], .diagram-box, .table-wrap")) return;
    event.preventDefault();
    stop();
    go(moves[keys[event.key]]());
  });
})();
