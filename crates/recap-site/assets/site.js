// What pages do better with a script; all of it works without one.
"use strict";

// A click on the mark beside a value shows where the value comes from without leaving the page.
(() => {
  let dialog;
  const open = async (link) => {
    const url = new URL(link.href);
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const told = page.getElementById(decodeURIComponent(url.hash.slice(1)));
    if (!told) throw new Error("not told");
    // Addresses of the fetched page are relative to it.
    for (const a of told.querySelectorAll("a[href]")) a.href = new URL(a.getAttribute("href"), url).href;
    for (const form of told.querySelectorAll("form")) form.action = new URL(form.getAttribute("action"), url).href;
    if (!dialog) {
      dialog = document.createElement("dialog");
      document.body.append(dialog);
      dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    }
    const close = document.createElement("button");
    close.className = "close";
    close.textContent = document.body.dataset.close;
    close.addEventListener("click", () => dialog.close());
    const heading = told.querySelector("h2");
    if (heading) {
      heading.id = "told";
      dialog.setAttribute("aria-labelledby", "told");
    }
    told.removeAttribute("id");
    told.removeAttribute("aria-labelledby");
    dialog.replaceChildren(close, document.importNode(told, true));
    dialog.showModal();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.why");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link).catch(() => location.assign(link.href));
  });
})();

// Results as one types.
(() => {
  const form = document.getElementById("search");
  if (!form) return;
  const results = document.getElementById("results");
  const asked = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const shards = results.dataset.shards;

  // A server answers with the page; its results are taken over.
  const byServer = async (query) => {
    const answer = await fetch(`search.html?${query}`, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return [...page.getElementById("results").childNodes].map((node) => document.importNode(node, true));
  };

  const files = new Map();
  const file = (name) => {
    if (!files.has(name)) files.set(name, fetch(shards + name).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status))));
    return files.get(name);
  };
  const fold = (text, variants) =>
    [...text.normalize("NFKC")].map((c) => variants[c] ?? c).join("").toLowerCase()
      .replace(/[ァ-ヶ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60))
      .replace(/ß/g, "ss").replace(/ς/g, "σ")
      .split(/[^\p{L}\p{N}\p{M}+#ー]+/u).filter(Boolean);
  const numbers = (differences) => {
    let at = 0;
    return differences.map((difference) => (at += difference));
  };
  const listOf = async (a, b, meta) => {
    const map = await file(`pairs-${(a.codePointAt(0) + b.codePointAt(0)) % meta.shards}.json`);
    return numbers(map[a + b] ?? []);
  };
  const beginning = async (a, meta) => {
    const all = new Set();
    for (let n = 0; n < meta.shards; n++) {
      for (const [pair, list] of Object.entries(await file(`pairs-${n}.json`))) if ([...pair][0] === a) numbers(list).forEach((x) => all.add(x));
    }
    return [...all].sort((x, y) => x - y);
  };
  const SHOWN = 50;
  const READ = 2000;

  const shown = (total, more, entries) => {
    const count = document.createElement("p");
    count.className = "counts";
    count.textContent = total ? `${total}${more ? "+" : ""} ${results.dataset.found}` : results.dataset.none;
    const list = document.createElement("ol");
    list.className = "hits";
    for (const [kind, title, detail, path] of entries) {
      const item = document.createElement("li");
      const label = document.createElement("span");
      label.className = "kind";
      label.textContent = results.dataset[kind] ?? "";
      const link = document.createElement("a");
      link.href = path;
      const name = document.createElement("bdi");
      name.textContent = title;
      link.append(name);
      const beside = document.createElement("span");
      beside.className = "beside";
      beside.textContent = detail;
      item.append(label, " ", link, " ", beside);
      list.append(item);
    }
    return [count, list];
  };

  // Static files answer by the lists of neighbouring characters.
  const byShards = async (query) => {
    const meta = await file("meta.json");
    const words = fold(query.get("q") ?? "", meta.variants);
    const filters = ["year", "series", "person"].filter((name) => query.get(name)).map((name) => `${name}:${query.get(name)}`);
    const kind = query.get("kind");
    if (!words.length && !filters.length && !kind) return [];
    let found = null;
    const keep = (list) => {
      const set = new Set(list);
      found = found ? found.filter((number) => set.has(number)) : list;
    };
    for (const word of words) {
      const letters = [...word];
      if (letters.length === 1) keep(await beginning(letters[0], meta));
      for (let i = 0; i + 1 < letters.length; i++) keep(await listOf(letters[i], letters[i + 1], meta));
    }
    found ??= Array.from({ length: meta.total }, (_, number) => number);
    const tiers = [[], [], [], []];
    const whole = words.join(" ");
    let total = 0;
    for (const number of found.slice(0, READ)) {
      const [entryKind, title, detail, path, text, marks] = (await file(`entries-${Math.floor(number / meta.per)}.json`))[number % meta.per];
      if (kind && kind !== entryKind) continue;
      if (!filters.every((filter) => marks.includes(filter))) continue;
      if (!words.every((word) => text.includes(word))) continue;
      total++;
      const head = text.split("\u0001")[0];
      const tier = head === whole ? 0 : head.startsWith(whole) ? 1 : words.every((word) => head.includes(word)) ? 2 : 3;
      if (tiers[tier].length < SHOWN) tiers[tier].push([entryKind, title, detail, path]);
    }
    return shown(total, found.length > READ, tiers.flat().slice(0, SHOWN));
  };

  // Pagefind answers with whole pages.
  let engine;
  const byPagefind = async (query) => {
    if (!engine) {
      engine = await import(new URL(results.dataset.pagefind, location.href));
      await engine.options({ baseUrl: new URL(".", location.href).pathname });
    }
    const filters = Object.fromEntries(["kind", "year", "series"].filter((name) => query.get(name)).map((name) => [name, query.get(name)]));
    const words = query.get("q")?.trim() || null;
    if (!words && !Object.keys(filters).length) return [];
    const { results: found } = await engine.search(words, { filters });
    const some = await Promise.all(found.slice(0, SHOWN).map((one) => one.data()));
    return shown(found.length, false, some.map((one) => [one.filters.kind?.[0], one.meta.title, one.plain_excerpt ?? "", one.url]));
  };

  // How static pages search.
  const still = results.dataset.pagefind ? byPagefind : shards ? byShards : null;
  let turn = 0;
  const show = async () => {
    const own = ++turn;
    const query = asked();
    const nodes = await (still ? still(query) : byServer(query));
    // A later question may have been answered first.
    if (own !== turn) return;
    results.replaceChildren(...nodes);
    history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
  };
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => show().catch(() => {}), 120);
  });
  if (still) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      show().catch(() => {});
    });
    for (const [name, value] of new URLSearchParams(location.search)) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
    if (location.search) show().catch(() => {});
  }
})();
