// A campaign day by day. The counts follow at once from one file of all days; what happened on a day is fetched when one
// stays there.
"use strict";
(() => {
  const replay = document.querySelector("[data-campaign]");
  if (!replay) return;
  const PATIENCE = 250;  // until what happened on a day is asked for, while days go by
  const find = (selector) => replay.querySelector(selector);
  const count = Number(replay.dataset.total);
  const first = Date.parse(`${replay.dataset.first}T00:00:00Z`);
  const rows = new Map([...replay.querySelectorAll("[data-column]")].map((row) => [row.dataset.column, row]));
  const language = document.documentElement.lang;
  let days = null;
  let waiting = null;
  let asking = null;

  const date = (number) => new Date(first + (number - 1) * 86400000);
  const address = (number) => `${replay.dataset.address}?day=${date(number).toISOString().slice(0, 10)}`;

  // A day as the server writes it in either language: English of the browser would put the month first.
  function named(day) {
    const [year, month, date] = day.toISOString().slice(0, 10).split("-");
    return `${day.toLocaleDateString(language, { weekday: "long", timeZone: "UTC" })}, ${date}/${month}/${year}`;
  }

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

  function draw(at) {
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
    drawDots(at);
    find("[data-place]").textContent = at;
    const caption = named(date(at));
    find("[data-caption]").textContent = caption;
    find("[data-slider]").setAttribute("aria-valuetext", caption);
    clearTimeout(waiting);
    waiting = setTimeout(() => fetchDay(at), PATIENCE);
  }

  function drawDots(at) {
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

  function ways(at) {
    const moved = days.moved.map(([day]) => day + 1);
    return {
      first: at > 1 ? 1 : null,
      earlier: moved.filter((day) => day < at).at(-1) ?? null,
      back: at > 1 ? at - 1 : null,
      forward: at < count ? at + 1 : null,
      later: moved.find((day) => day > at) ?? null,
      last: at < count ? count : null,
    };
  }

  async function fetchDay(at) {
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

  const keys = {
    ArrowLeft: (at) => at - 1,
    ArrowRight: (at) => at + 1,
    PageUp: (at) => at - 7,
    PageDown: (at) => at + 7,
    Home: () => 1,
    End: () => count,
  };

  async function begin() {
    const answer = await fetch(replay.dataset.campaign, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;  // the links of the page go on working
    days = await answer.json();
    new Transport(replay, { at: Number(replay.dataset.at), count, address, ways, keys, draw });
  }

  begin();
})();
