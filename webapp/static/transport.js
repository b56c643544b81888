// The transport of a replay: buttons, slider, play with speeds, keys, the address. What is gone through the page tells:
// `count` places from 1, `at` the one shown, `draw(at)` to show another, `address(at)` to find it again, `ways(at)` with
// the place that each button leads to (null: none), `keys` with that of each key.
"use strict";
window.Transport = class {
  static OWN_KEYS = "input, textarea, select, [contenteditable], .diagram-box, .table-wrap, .told";
  static FASTER = { "[": -1, "-": -1, "]": 1, "+": 1 };

  constructor(root, page) {
    Object.assign(this, { root, page, at: page.at, timer: null });
    for (const part of ["play", "slider", "speed"]) {
      this[part] = root.querySelector(`[data-${part}]`);
      (this[part].closest("label") ?? this[part]).hidden = false;
    }
    this.labels = { play: this.play.title, pause: this.play.dataset.pauseLabel };
    this.play.addEventListener("click", () => this.toggle());
    this.speed.addEventListener("change", () => { if (this.timer) { this.stop(); this.start(); } });
    this.slider.addEventListener("input", () => { this.stop(); this.go(Number(this.slider.value), "replace"); });
    window.addEventListener("popstate", (event) => { this.stop(); this.go(event.state?.at ?? page.at, ""); });
    root.addEventListener("click", (event) => this.follow(event));
    document.addEventListener("keydown", (event) => this.press(event));
    document.addEventListener("shortcut", (event) => this.hear(event));
  }

  go(place, remember = "push") {
    const wanted = Math.min(this.page.count, Math.max(1, place));
    if (wanted === this.at) return;
    this.at = wanted;
    if (remember) history[`${remember}State`]({ at: wanted }, "", this.page.address(wanted));
    this.slider.value = wanted;
    for (const [name, to] of Object.entries(this.page.ways(wanted))) this.lead(name, to);
    this.page.draw(wanted);
  }

  lead(name, to) {
    const move = this.root.querySelector(`[data-move="${name}"]`);
    if (to === null) {
      move.setAttribute("aria-disabled", "true");
      move.setAttribute("role", "link");
      move.removeAttribute("href");
    } else {
      move.removeAttribute("aria-disabled");
      move.removeAttribute("role");
      move.href = this.page.address(to);
    }
  }

  follow(event) {
    const link = event.target.closest("[data-move]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    this.stop();
    this.go(this.page.ways(this.at)[link.dataset.move] ?? this.at);
  }

  press(event) {
    if (event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const to = this.page.keys[event.key];
    if (!to || event.target.closest?.(Transport.OWN_KEYS)) return;
    event.preventDefault();
    this.stop();
    this.go(to(this.at));
  }

  // The frame passes on what it does not know itself; a button or link in focus keeps its space bar.
  hear(event) {
    if (event.detail === " " && !document.activeElement?.matches("button, a, summary, [tabindex='0']")) this.toggle();
    else if (event.detail in Transport.FASTER) this.setSpeed(this.speed.selectedIndex + Transport.FASTER[event.detail]);
    else return;
    event.preventDefault();
  }

  setSpeed(index) {
    this.speed.selectedIndex = Math.min(this.speed.options.length - 1, Math.max(0, index));
    this.speed.dispatchEvent(new Event("change"));
  }

  toggle() {
    if (this.timer) this.stop();
    else this.start();
  }

  start() {
    if (this.at === this.page.count) this.go(1, "replace");
    const on = () => (this.at < this.page.count ? this.go(this.at + 1, "replace") : this.stop());
    this.timer = setInterval(on, Number(this.speed.value));
    this.tell("pause");
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.tell("play");
  }

  // What the button does next.
  tell(does) {
    this.play.title = this.labels[does];
    this.play.setAttribute("aria-label", this.labels[does]);
    this.play.querySelector("i").className = `bi bi-${does}-fill`;
  }
};
