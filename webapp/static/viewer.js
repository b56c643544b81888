// Papers beside the form: PDF pages drawn by pdf.js (phones have no viewer inside a page), pictures as they are.
"use strict";
(() => {
  const pane = document.getElementById("viewer");
  if (!pane) return;
  const part = (name) => pane.querySelector(`[data-${name}]`);
  const act = (name) => pane.querySelector(`[data-act="${name}"]`);
  const body = pane.querySelector(".viewer-body");
  const columns = pane.closest(".task-columns");
  const STEPS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];
  const LIMIT = 4096; // a side of a canvas that every browser draws
  let links = [], current = -1, zoom = 2, drawing = 0, pdf = null, watcher = null;

  // Each paper once, in the order in which the page lists them.
  const known = () => {
    const seen = new Map();
    for (const link of document.querySelectorAll("a[data-view]")) {
      if (!seen.has(link.pathname) && !pane.contains(link)) seen.set(link.pathname, link);
    }
    return [...seen.values()];
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-view]");
    if (!link || pane.contains(link) || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    links = known();
    open(links.findIndex((each) => each.pathname === link.pathname), link);
  });

  let opener = null;
  async function open(at, from) {
    opener = from ?? opener;
    current = at;
    const link = links[at];
    for (const each of document.querySelectorAll("a[data-view][aria-current]")) each.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    pane.hidden = false;
    columns.classList.add("with-viewer");
    part("title").textContent = link.dataset.title || link.textContent.trim();
    part("place").textContent = `${at + 1} / ${links.length}`;
    part("open").href = link.href;
    act("before").disabled = at === 0;
    act("after").disabled = at === links.length - 1;
    if (from) pane.focus({ preventScroll: true });
    const mine = ++drawing;
    body.replaceChildren();
    body.scrollTop = 0;
    pane.setAttribute("aria-busy", "true");
    pdf?.destroy();
    pdf = null;
    try {
      if (link.dataset.view === "image") await showPicture(link, mine);
      else await showPdf(link, mine);
    } catch {
      if (mine === drawing) body.replaceChildren(Object.assign(document.createElement("p"), { textContent: pane.dataset.fault }));
    }
    if (mine === drawing) pane.removeAttribute("aria-busy");
  }

  async function showPicture(link, mine) {
    const picture = new Image();
    picture.src = link.href;
    picture.alt = link.dataset.title || link.textContent.trim();
    await picture.decode();
    if (mine !== drawing) return;
    body.replaceChildren(picture);
    draw();
  }

  async function showPdf(link, mine) {
    const { getDocument, GlobalWorkerOptions } = await import(pane.dataset.pdfjs);
    GlobalWorkerOptions.workerSrc = pane.dataset.worker;
    const opened = getDocument({
      url: link.href,
      disableRange: true,
      disableStream: true,
      standardFontDataUrl: new URL(pane.dataset.fonts, location.href).href,
      wasmUrl: new URL(pane.dataset.decoders, location.href).href,
      useWasm: false, // our pages let no WebAssembly in; the same decoders run as scripts
    });
    const found = await opened.promise;
    if (mine !== drawing) { opened.destroy(); return; }
    pdf = opened;
    pdf.pages = found;
    const first = (await found.getPage(1)).getViewport({ scale: 1 });
    body.replaceChildren(...Array.from({ length: found.numPages }, (_none, number) => {
      const canvas = document.createElement("canvas");
      canvas.dataset.page = number + 1;
      canvas.dataset.shape = first.height / first.width;
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", `${pane.dataset.page} ${number + 1} / ${found.numPages}`);
      return canvas;
    }));
    draw();
  }

  // Widths follow the pane and the chosen size; pages are drawn when they come near.
  function draw() {
    const width = Math.round((body.clientWidth - 16) * STEPS[zoom]);
    act("smaller").disabled = zoom === 0;
    act("larger").disabled = zoom === STEPS.length - 1;
    watcher?.disconnect();
    watcher = new IntersectionObserver((seen) => seen.filter((each) => each.isIntersecting).forEach((each) => drawPage(each.target)), { root: body, rootMargin: "400px" });
    for (const page of body.children) {
      if (!page.matches("img, canvas")) continue;
      page.style.width = `${width}px`;
      if (page.matches("img")) continue;
      page.style.height = `${width * page.dataset.shape}px`;
      delete page.dataset.drawn;
      watcher.observe(page);
    }
  }

  async function drawPage(canvas) {
    if (canvas.dataset.drawn || !pdf) return;
    canvas.dataset.drawn = "yes";
    const mine = drawing;
    const page = await pdf.pages.getPage(Number(canvas.dataset.page));
    const plain = page.getViewport({ scale: 1 });
    const width = parseFloat(canvas.style.width);
    canvas.dataset.shape = plain.height / plain.width;
    canvas.style.height = `${width * canvas.dataset.shape}px`;
    const sharp = Math.min(window.devicePixelRatio || 1, 2);
    const scale = Math.min((width * sharp) / plain.width, LIMIT / Math.max(plain.width, plain.height));
    if (mine !== drawing) return;
    const viewport = page.getViewport({ scale });
    canvas.width = viewport.width;
    canvas.height = viewport.height;
    await page.render({ canvas, viewport }).promise.catch(() => {});
  }

  function close() {
    drawing += 1;
    pane.hidden = true;
    columns.classList.remove("with-viewer");
    body.replaceChildren();
    for (const each of document.querySelectorAll("a[data-view][aria-current]")) each.removeAttribute("aria-current");
    opener?.focus();
  }

  const acts = {
    before: () => current > 0 && open(current - 1),
    after: () => current < links.length - 1 && open(current + 1),
    smaller: () => { zoom = Math.max(0, zoom - 1); draw(); },
    larger: () => { zoom = Math.min(STEPS.length - 1, zoom + 1); draw(); },
    close,
  };
  pane.addEventListener("click", (event) => acts[event.target.closest("[data-act]")?.dataset.act]?.());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !pane.hidden && !event.isComposing && !document.querySelector("dialog[open]")) close();
  });
  document.addEventListener("shortcut", (event) => {
    if (event.detail !== "v" || !pane.hidden) return;
    links = known();
    if (!links.length) return;
    event.preventDefault();
    open(0, links[0]);
  });
  let resized;
  window.addEventListener("resize", () => {
    clearTimeout(resized);
    resized = setTimeout(() => pane.hidden || draw(), 200);
  });
})();

// On a phone the form and the dossier are two tabs of one page.
(() => {
  const tabs = document.querySelector(".task-parts");
  if (!tabs) return;
  const columns = document.querySelector(".task-columns");
  const choose = (name) => {
    columns.dataset.part = name;
    for (const tab of tabs.querySelectorAll("button")) tab.setAttribute("aria-pressed", String(tab.value === name));
  };
  tabs.hidden = false;
  tabs.addEventListener("click", (event) => {
    const tab = event.target.closest("button");
    if (tab) choose(tab.value);
  });
  choose("work");
  const aim = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.closest(".task-dossier")) choose("dossier");
    else if (target?.closest(".task-work")) choose("work");
  };
  window.addEventListener("hashchange", aim);
  aim();
})();
