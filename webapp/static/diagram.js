// Diagrams of a case: the path it took, where it stands, how often it came by. Reads the address in data-diagram.
// A page may show another step: element.dispatchEvent(new CustomEvent("diagram:show", {detail: {at, frozen, turn}})).
// With turn only what the newest turns did is drawn: of a loop the last time round.
"use strict";
(() => {
  const READABLE = 1;
  const READABLE_ON_PHONE = 0.8;
  const LARGEST = 2;
  const SMALLEST = 0.2;
  const MARGIN = 12;
  const FONT = "Be Vietnam Pro";
  const TEXT = { defaultStyle: { fontFamily: FONT, fontSize: 11.5 }, externalStyle: { fontFamily: FONT, fontSize: 11 } };
  const NOTHING = { moveCanvas: ["value", {}], zoomScroll: ["value", {}] };  // the page scrolls, the diagram in its box

  // What the first `at` strides leave on the drawing of one process; of `turns` alone, if they are given.
  function tally(strides, at, process, turns) {
    const walked = new Map();
    const flows = new Set();
    const now = new Set();
    const lapsed = new Set();
    const drawn = (turn) => !turns || turn === undefined || turns.has(turn);
    strides.slice(0, at).forEach((stride, index) => {
      const reached = new Set();  // the last of several instances moves twice: for itself and for all of them
      for (const [of, element, flow, turn] of stride.moves) {
        if (of !== process || !drawn(turn)) continue;
        reached.add(element);
        if (flow) flows.add(flow);
        if (index === at - 1) now.add(element);
      }
      for (const element of reached) {
        walked.set(element, (walked.get(element) ?? 0) + 1);
        lapsed.delete(element);
      }
      if (stride.moves.some(([, , , turn]) => drawn(turn))) {
        for (const [of, flow] of stride.entered) if (of === process) flows.add(flow);
        for (const [of, element] of stride.lapsed ?? []) if (of === process) lapsed.add(element);
      }
    });
    const places = (strides[at - 1]?.places ?? []).filter(([of]) => of === process).map(([, element]) => element);
    for (const element of places) lapsed.delete(element);
    return { walked, flows, now, places, lapsed };
  }

  // The newest turn of every scope after the first `at` strides, as far as the one around it is the newest, too. Of the
  // instances of a multi-instance only the one that did the last step, if one did.
  function newestTurns(turns, strides, at) {
    const newest = new Map();
    let last;
    for (const stride of strides.slice(0, at)) {
      for (const [, , , turn] of stride.moves) {
        for (let each = turn; each !== null; each = turns[each][1]) newest.set(turns[each][0], each);
      }
      last = stride.moves[0]?.[3] ?? last;
    }
    const own = new Set();
    for (let each = last ?? null; each !== null; each = turns[each][1]) own.add(each);
    const instance = [...own].some((each) => !turns[each][2]);
    const stands = (each) => each === null || (newest.get(turns[each][0]) === each
      && (!instance || turns[each][2] || own.has(each)) && stands(turns[each][1]));
    return new Set([...newest.values()].filter(stands));
  }

  // One process on the page: its viewer, in a box that scrolls.
  class View {
    constructor(host, xml, words) {
      this.words = words;
      this.host = host;
      this.box = host.appendChild(document.createElement("div"));
      this.box.className = "diagram-box";
      this.box.setAttribute("role", "group");
      this.box.tabIndex = 0;
      this.sheet = this.box.appendChild(document.createElement("div"));
      this.marked = [];
      this.viewer = new BpmnJS({ container: this.sheet, textRenderer: TEXT, additionalModules: [NOTHING] });
      this.ready = this.viewer.importXML(xml).then(() => {
        const logo = this.sheet.querySelector(".bjs-powered-by");
        if (logo) host.append(logo);  // beside the box, so that it stays in sight when the diagram is scrolled
        this.edge = this.viewer.get("canvas").viewbox().inner;
      });
      letDrag(this.box);
    }

    usual() {
      const readable = this.box.clientWidth < 600 ? READABLE_ON_PHONE : READABLE;
      return Math.min(1, Math.max(this.fitting(), readable));
    }

    fitting() {
      return (this.box.clientWidth - 2) / (this.edge.width + 2 * MARGIN);
    }

    resize(scale) {
      this.scale = Math.min(LARGEST, Math.max(SMALLEST, scale));
      const canvas = this.viewer.get("canvas");
      const width = this.edge.width + 2 * MARGIN;
      const height = this.edge.height + 2 * MARGIN;
      this.sheet.style.width = `${width * this.scale}px`;
      this.sheet.style.height = `${height * this.scale}px`;
      canvas.resized();
      canvas.viewbox({ x: this.edge.x - MARGIN, y: this.edge.y - MARGIN, width, height });
    }

    mark({ walked, flows, now, places, lapsed }, frozen) {
      const canvas = this.viewer.get("canvas");
      const registry = this.viewer.get("elementRegistry");
      const overlays = this.viewer.get("overlays");
      for (const [id, mark] of this.marked) canvas.removeMarker(id, mark);
      this.marked = [];
      overlays.clear();
      const add = (id, mark) => {
        if (!registry.get(id)) return;
        canvas.addMarker(id, mark);
        this.marked.push([id, mark]);
      };
      const large = (id) => registry.get(id)?.type === "bpmn:SubProcess";
      for (const flow of flows) add(flow, "is-walked");
      for (const [id, count] of walked) {
        add(id, now.has(id) && !frozen && !large(id) ? "is-now" : "is-walked");
        if (count > 1 && /Task$|CallActivity$/.test(registry.get(id)?.type ?? "")) this.count(overlays, id, count);
      }
      for (const id of lapsed) if (!large(id)) add(id, "is-lapsed");
      this.leaves = places.filter((id) => registry.get(id) && !large(id));
      for (const id of this.leaves) add(id, frozen ? "is-frozen" : "is-place");
      this.seen = [...this.leaves.slice(0, 1), ...[...now].filter((id) => !large(id))];
    }

    // A button on each call activity that leads into what it calls, and says whether something is open in there.
    calls(calls, open) {
      const registry = this.viewer.get("elementRegistry");
      const overlays = this.viewer.get("overlays");
      for (const [id, [called, name]] of Object.entries(calls)) {
        if (!registry.get(id)) continue;
        const waits = this.leaves.includes(id);
        const button = document.createElement("button");
        button.type = "button";
        button.className = `diagram-call${waits ? " has-place" : ""}`;
        button.title = (waits ? this.words.callOpen : this.words.call).replace("{name}", name);
        button.setAttribute("aria-label", button.title);
        button.append(Object.assign(document.createElement("i"), { className: "bi bi-box-arrow-in-down-right" }));
        button.addEventListener("click", () => open(called, id));
        overlays.add(id, "call", { position: { bottom: 13, right: 13 }, show: { minZoom: 0 }, html: button });
      }
    }

    // How much is at each element: a colour, and a badge with the numbers, which may lead to the cases.
    heat(waits) {
      const canvas = this.viewer.get("canvas");
      const registry = this.viewer.get("elementRegistry");
      const overlays = this.viewer.get("overlays");
      for (const { element, level, cases, words, url } of waits) {
        if (!registry.get(element)) continue;
        canvas.addMarker(element, `heat-${level}`);
        this.marked.push([element, `heat-${level}`]);
        const badge = document.createElement(url ? "a" : "span");
        if (url) badge.href = url;
        badge.className = `heat-badge heat-badge-${level}`;
        const told = cases === undefined ? [words] : [cases.toLocaleString(document.documentElement.lang), words];
        badge.textContent = told.join(" · ");
        overlays.add(element, "heat", { position: { top: -14, left: 0 }, show: { minZoom: 0 }, html: badge });
      }
      this.seen = waits.slice(0, 1).map((wait) => wait.element);
    }

    // How often each flow was passed: its thickness, and the number in its middle.
    stream(flows) {
      const canvas = this.viewer.get("canvas");
      const registry = this.viewer.get("elementRegistry");
      for (const { flow, level, words } of flows) {
        const line = registry.get(flow);
        if (!line) continue;
        canvas.addMarker(flow, `flow-${level}`);
        this.marked.push([flow, `flow-${level}`]);
        const badge = document.createElement("span");
        badge.className = "flow-count";
        badge.textContent = words;
        const [from, to] = longest(line.waypoints);
        const edge = { x: Math.min(...line.waypoints.map((point) => point.x)), y: Math.min(...line.waypoints.map((point) => point.y)) };
        const position = { left: (from.x + to.x) / 2 - edge.x - 8, top: (from.y + to.y) / 2 - edge.y - 9 };
        this.viewer.get("overlays").add(flow, "flow", { position, show: { minZoom: 0 }, html: badge });
      }
    }

    count(overlays, id, count) {
      const badge = document.createElement("span");
      badge.className = "diagram-rounds";
      badge.textContent = `${count}×`;
      badge.title = this.words.rounds.replace("{count}", count);
      overlays.add(id, "rounds", { position: { top: -12, right: 14 }, show: { minZoom: 0 }, html: badge });
    }

    // Bring the place into the middle of the box, with what was just done as far as both have room.
    follow() {
      const registry = this.viewer.get("elementRegistry");
      const shapes = this.seen.map((id) => registry.get(id)).filter((shape) => shape?.width !== undefined);
      if (!shapes.length) return;
      const room = { x: this.box.clientWidth / this.scale, y: this.box.clientHeight / this.scale };
      let frame = around(shapes);
      if (frame.width > room.x || frame.height > room.y) frame = around(shapes.slice(0, 1));
      const middle = { x: frame.x + frame.width / 2 - this.edge.x + MARGIN, y: frame.y + frame.height / 2 - this.edge.y + MARGIN };
      this.box.scrollTo({
        left: (middle.x - room.x / 2) * this.scale,
        top: (middle.y - room.y / 2) * this.scale,
        behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
      });
    }
  }

  // The rectangle around some shapes.
  function around(shapes) {
    const x = Math.min(...shapes.map((shape) => shape.x));
    const y = Math.min(...shapes.map((shape) => shape.y));
    const right = Math.max(...shapes.map((shape) => shape.x + shape.width));
    const bottom = Math.max(...shapes.map((shape) => shape.y + shape.height));
    return { x, y, width: right - x, height: bottom - y };
  }

  // The longest piece of a line.
  function longest(points) {
    const pieces = points.slice(1).map((point, index) => [points[index], point]);
    const length = ([from, to]) => Math.hypot(to.x - from.x, to.y - from.y);
    return pieces.reduce((best, piece) => (length(piece) > length(best) ? piece : best));
  }

  // A mouse moves the diagram by pulling it; fingers and wheels scroll by themselves.
  function letDrag(box) {
    let from = null;
    box.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "mouse" || event.button !== 0) return;
      from = { x: event.clientX + box.scrollLeft, y: event.clientY + box.scrollTop };
    });
    window.addEventListener("pointermove", (event) => {
      if (from) box.scrollTo(from.x - event.clientX, from.y - event.clientY);
    });
    window.addEventListener("pointerup", () => { from = null; });
  }

  class CaseDiagram {
    constructor(element) {
      this.element = element;
      const { rounds, call, callOpen } = element.dataset;
      this.words = { rounds, call, callOpen };
      this.crumbs = element.querySelector("[data-crumbs]");
      this.views = new Map();
      this.tabs = element.querySelector("[data-tabs]");
      this.frozen = "frozen" in element.dataset;
    }

    async load() {
      const note = this.element.appendChild(document.createElement("p"));
      note.textContent = this.element.dataset.loading ?? "";
      const answer = await fetch(this.element.dataset.diagram, { headers: { Accept: "application/json" } });
      note.remove();
      if (!answer.ok) throw new Error(`${answer.status}`);
      Object.assign(this, await answer.json());
      this.at = Math.min(Number(this.element.dataset.at ?? this.strides.length), this.strides.length);
      this.drawTabs();
      for (const button of this.element.querySelectorAll("[data-zoom]")) {
        button.addEventListener("click", () => this.zoom(button.dataset.zoom));
      }
      for (const part of this.element.querySelectorAll("[hidden]")) part.hidden = false;
      await this.show(this.at, this.frozen);
    }

    drawTabs() {
      for (const process of this.processes) {
        const tab = this.tabs.appendChild(document.createElement("button"));
        tab.type = "button";
        tab.className = "diagram-tab";
        tab.textContent = process.name;
        tab.dataset.process = process.id;
        tab.addEventListener("click", () => this.open(process.id));
      }
      this.tabs.hidden = this.processes.length < 2;
    }

    // The procedure the last step led to or was done in; on pages without steps the innermost that waits.
    standingIn() {
      const stride = this.strides[this.at - 1];
      return stride?.scene || this.root;
    }

    async show(at, frozen, turn) {
      this.at = Math.max(0, Math.min(at, this.strides.length));
      this.frozen = frozen;
      this.turn = turn;
      await this.open(this.standingIn());
    }

    // Through which call activities a procedure was entered last, the outermost first: [caller, call activity].
    wayTo(id) {
      const ways = {};
      for (const { id: caller, calls } of this.processes) {
        for (const [element, [called]] of Object.entries(calls ?? {})) ways[called] ??= [caller, element];
      }
      for (const stride of this.strides.slice(0, this.at)) Object.assign(ways, stride.calls);
      const way = [];
      while (id !== this.root && ways[id] && way.length < this.processes.length) {
        way.unshift(ways[id]);
        [id] = ways[id];
      }
      return way;
    }

    // Where the drawing lies: each procedure around it with the call activity that opened it, as ways back.
    drawCrumbs(id) {
      const way = this.wayTo(id);
      this.crumbs.hidden = !way.length;
      const of = (wanted) => this.processes.find((each) => each.id === wanted);
      const items = way.map(([caller, element]) => {
        const item = document.createElement("li");
        const button = item.appendChild(document.createElement("button"));
        button.type = "button";
        button.className = "diagram-crumb";
        button.textContent = of(caller).name;
        button.addEventListener("click", () => this.open(caller, element).then(() => this.crumbs.querySelector("[aria-current]")?.focus()));
        item.append(document.createElement("span"));
        item.lastChild.textContent = of(caller).calls[element]?.[1] ?? "";
        return item;
      });
      const here = document.createElement("li");
      const name = here.appendChild(document.createElement("strong"));
      name.textContent = of(id).name;
      name.tabIndex = -1;
      name.setAttribute("aria-current", "location");
      this.crumbs.querySelector("ol").replaceChildren(...items, here);
    }

    async open(id, toward) {
      this.current = id;
      const places = new Set((this.strides[this.at - 1]?.places ?? []).map(([process]) => process));
      const walked = new Set(this.strides.slice(0, this.at).flatMap((stride) => stride.moves.map(([process]) => process)));
      for (const tab of this.tabs.children) {
        const process = tab.dataset.process;
        tab.setAttribute("aria-pressed", String(process === id));
        tab.classList.toggle("has-place", places.has(process));
        tab.classList.toggle("is-ahead", !walked.has(process) && !places.has(process));
      }
      const view = await this.viewOf(id);
      if (this.current !== id) return;  // somebody went on meanwhile
      for (const other of this.views.values()) if (other.host) other.host.hidden = other !== view;
      if (!view.scale) view.resize(view.usual());
      const turns = this.turn ? newestTurns(this.turns, this.strides, this.at) : null;
      view.mark(tally(this.strides, this.at, id, turns), this.frozen);
      view.calls(this.processes.find((each) => each.id === id).calls ?? {}, (called) => this.enter(called));
      if (this.flows) view.stream(this.flows[id] ?? []);
      if (this.heat) view.heat(this.heat[id] ?? []);
      if (toward) view.seen = [toward];
      this.drawCrumbs(id);
      view.follow();
    }

    async enter(id) {
      await this.open(id);
      this.crumbs.querySelector("[aria-current]").focus();
    }

    async viewOf(id) {
      if (!this.views.has(id)) this.views.set(id, this.makeView(id));
      const made = await this.views.get(id);
      this.views.set(id, made);
      return made;
    }

    async makeView(id) {
      const process = this.processes.find((each) => each.id === id);
      const answer = await fetch(process.url);
      if (!answer.ok) throw new Error(`${answer.status}`);
      await document.fonts.load(`12px "${FONT}"`, "ệ");  // texts are broken into lines by their measure
      const host = this.element.querySelector("[data-views]").appendChild(document.createElement("div"));
      host.className = "diagram-view";
      const view = new View(host, await answer.text(), this.words);
      view.box.setAttribute("aria-label", process.name);
      await view.ready;
      view.viewer.get("eventBus").on("element.click", ({ element }) => {
        const called = element.businessObject?.calledElement;
        const cases = this.heat?.[id]?.find((each) => each.element === element.id)?.url;
        if (this.processes.some((each) => each.id === called)) this.open(called);
        else if (cases) location.assign(cases);
      });
      return view;
    }

    zoom(way) {
      const view = this.views.get(this.current);
      const scales = { in: view.scale * 1.25, out: view.scale / 1.25, fit: view.fitting() };
      view.resize(scales[way]);
      view.follow();
    }
  }

  for (const element of document.querySelectorAll("[data-diagram]")) {
    const diagram = new CaseDiagram(element);
    const failed = () => { element.querySelector("[data-views]").textContent = element.dataset.failed; };
    const loaded = diagram.load().catch(failed);
    element.addEventListener("diagram:show", ({ detail }) => loaded.then(() => diagram.show(detail.at, detail.frozen, detail.turn)).catch(failed));
    window.addEventListener("beforeprint", () => {
      const view = diagram.views.get(diagram.current);
      if (!view?.resize) return;
      const before = view.scale;
      view.resize(Math.min(1, 660 / view.edge.width));
      window.addEventListener("afterprint", () => view.resize(before), { once: true });
    });
  }
})();
