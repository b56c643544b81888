// A campaign day by day: back, forward, play, slider and arrow keys. The counts follow at once from one file of all
// days; what happened on a day is fetched when one stays there.
"use strict";
(() => {
  const replay = document.querySelector("[data-campaign]");
  if (!replay) return;
  const PATIENCE = 250;  // until what happened on a day is asked for, while days go by
  const find = (selector) => replay.querySelector(selector);
  const { total, first } = { total: Number(replay.dataset.total), first: Date.parse(`${replay.dataset.first}T00:00:00Z`) };
  const play = find("[data-play]");
  const slider = find("[data-slider]");
  const speed = find("[data-speed]");
  const labels = { play: play.title, pause: play.dataset.pauseLabel };
  const rows = new Map([...replay.querySelectorAll("[data-column]")].map((row) => [row.dataset.column, row]));
  const language = document.documentElement.lang;
  let at = Number(replay.dataset.at);
  let days = null;
  let timer = null;
  let waiting = null;
  let asking = null;

  const date = (number) => new Date(first + (number - 1) * 86400000);
  const address = (number) => `${replay.dataset.address}?day=${date(number).toISOString().slice(0, 10)}`;
  const within = (number) => Math.min(total, Math.max(1, number));

  // The counts at the end of day `number`, and what moved on it; days of the file count from 0.
  function counted(number) {
    const counts = days.columns.map(() => 0);
    let moved = null;
    for (const [day, came, gone] of days.moved) {
      if (day >= number) break;
      came.forEach((count, column) => { counts[column] += count - gone[column]; });
      if (day === number - 1) moved = { came, gone };
    }
    return { counts, moved };
  }

  function draw() {
    const { counts, moved } = counted(at);
    days.columns.forEach((column, index) => {
      const row = rows.get(column);
      const came = moved?.came[index] ?? 0;
      const gone = moved?.gone[index] ?? 0;
      row.querySelector("[data-count]").textContent = counts[index].toLocaleString(language);
      row.querySelector("[data-came]").textContent = came ? `+${came.toLocaleString(language)}` : "";
      row.querySelector("[data-gone]").textContent = gone ? `−${gone.toLocaleString(language)}` : "";
      row.querySelector("[data-bar]").style.width = `${(100 * counts[index]) / days.top}%`;
      row.classList.toggle("is-moved", Boolean(came || gone));
    });
    drawDots();
    find("[data-place]").textContent = at;
    slider.value = at;
    const shown = { weekday: "long", day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" };
    find("[data-caption]").textContent = date(at).toLocaleDateString(language, shown);
    for (const [name, number] of Object.entries(moves())) {
      const move = find(`[data-move="${name}"]`);
      const off = number === null;
      move.toggleAttribute("aria-disabled", off);
      if (off) move.setAttribute("aria-disabled", "true");
      if (off) move.removeAttribute("href");
      else move.href = address(number);
    }
  }

  function drawDots() {
    const standing = new Map([...rows.keys()].map((column) => [column, []]));
    for (const dot of days.dots) {
      const here = dot.stays.filter(([entered, left]) => entered < at && (left === null || left >= at)).at(-1);
      if (here) standing.get(days.columns[here[2]]).push([dot, here[0] === at - 1]);
    }
    for (const [column, dots] of standing) {
      rows.get(column).querySelector("[data-dots]").replaceChildren(...dots.map(([dot, fresh]) => {
        const link = document.createElement("a");
        link.className = fresh ? "dot is-new" : "dot";
        link.href = dot.url;
        link.title = `${dot.code} · ${dot.name}`;
        link.setAttribute("aria-label", link.title);
        return link;
      }));
    }
  }

  function moves() {
    const moved = days.moved.map(([day]) => day + 1);
    return {
      first: at > 1 ? 1 : null,
      earlier: moved.filter((day) => day < at).at(-1) ?? null,
      back: at > 1 ? at - 1 : null,
      forward: at < total ? at + 1 : null,
      later: moved.find((day) => day > at) ?? null,
      last: at < total ? total : null,
    };
  }

  function go(number, remember = "push") {
    const wanted = within(number);
    if (wanted === at) return;
    at = wanted;
    if (remember === "push") history.pushState({ at }, "", address(at));
    if (remember === "replace") history.replaceState({ at }, "", address(at));
    draw();
    clearTimeout(waiting);
    waiting = setTimeout(fetchDay, PATIENCE);
  }

  async function fetchDay() {
    asking?.abort();
    const mine = asking = new AbortController();
    const panel = find("[data-day]");
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

  function setPlaying(playing) {
    const label = playing ? labels.pause : labels.play;
    play.title = label;
    play.setAttribute("aria-label", label);
    play.querySelector("i").className = `bi bi-${playing ? "pause" : "play"}-fill`;
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

  function follow(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const link = event.target.closest("[data-move]");
    if (!link) return;
    event.preventDefault();
    stop();
    go(moves()[link.dataset.move] ?? at);
  }

  const keys = { ArrowLeft: () => at - 1, ArrowRight: () => at + 1, PageUp: () => at - 7, PageDown: () => at + 7, Home: () => 1, End: () => total };
  function press(event) {
    if (event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (!(event.key in keys) || event.target.closest?.("input, textarea, select, [contenteditable], .told")) return;
    event.preventDefault();
    stop();
    go(keys[event.key]());
  }

  async function begin() {
    const answer = await fetch(replay.dataset.campaign, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;  // the links of the page go on working
    days = await answer.json();
    for (const part of [play, slider.closest("label"), speed.closest("label")]) part.hidden = false;
    play.addEventListener("click", () => (timer ? stop() : start()));
    speed.addEventListener("change", () => { if (timer) { stop(); start(); } });
    slider.addEventListener("input", () => { stop(); go(Number(slider.value), "replace"); });
    window.addEventListener("popstate", (event) => { stop(); go(event.state?.at ?? Number(replay.dataset.at), ""); });
    replay.addEventListener("click", follow);
    document.addEventListener("keydown", press);
  }

  begin();
})();
