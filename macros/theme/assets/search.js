// The search: a window over the page. Its index is asked for when it is first opened, so that reading costs nothing.
(() => {
  "use strict";
  const SHOWN = 40, AROUND = 60;
  const opener = document.querySelector("[data-find]"), finder = document.getElementById("finder");
  if (!opener || !finder?.showModal) return;
  const input = finder.querySelector("input"), list = finder.querySelector("ol"), said = finder.querySelector("[role=status]");
  const index = new URL(opener.dataset.find, location.href), home = new URL("../", index);
  // Most texts have nothing to take apart, and there may be a hundred thousand.
  const fold = text => (/[^\x00-\x7f]/.test(text) ? text.normalize("NFKD").replace(/\p{M}/gu, "") : text).toLowerCase();
  let entries, kinds, asked, awaited;

  function script(address) {
    const made = document.createElement("script");
    made.src = new URL(address, index);
    made.async = false; // in the order of the index, whichever comes first
    made.onerror = () => { asked = null; said.textContent = said.dataset.failed; };
    document.head.append(made);
    return made;
  }

  // Of a large index the first part answers while the others load; the answer is made anew once all are there.
  function load() {
    if (asked) return;
    asked = script(index);
    asked.onload = () => {
      entries = [];
      kinds = window.reportIndex.kinds;
      awaited = window.reportIndex.more.length;
      take(window.reportIndex.entries);
      window.reportIndex.more.forEach(script);
      answer();
    };
  }

  function take(rows) {
    for (const [kind, address, title, text, names = "", language = ""] of rows)
      entries.push({ kind, address, title, text, names, language, head: fold(` ${title} ${names}`), body: fold(text) });
  }
  window.reportMore = rows => {
    take(rows);
    awaited -= 1;
    if (!awaited && !list.contains(document.activeElement)) answer();
  };

  // Every word must occur, as a part of a word if need be: not every script puts blanks between words. Returns how many
  // entries fit and the best of them, equal ones in the order of the index: kept by points, for many may fit a letter.
  function matches(words) {
    const best = Array.from({ length: 4 * words.length + 5 }, () => []), start = " " + words.join(" ");
    let count = 0;
    for (const entry of entries) {
      let points = 0;
      for (const word of words) {
        const at = entry.head.indexOf(word);
        const one = at < 0 ? (entry.body.includes(word) ? 1 : 0) : entry.head[at - 1] === " " || entry.head.includes(" " + word) ? 4 : 3;
        if (!one) { points = 0; break; }
        points += one;
      }
      if (!points) continue;
      if (entry.head.startsWith(start)) points += 4;
      if (best[points].length < SHOWN) best[points].push(entry);
      count += 1;
    }
    return { count, shown: best.reverse().flat().slice(0, SHOWN) };
  }

  // Nothing found: an ending too many ("coaters") may be the reason.
  function search(words) {
    let found = matches(words);
    for (let cut = 1; !found.count && cut < 3; cut++) found = matches(words.map(word => (word.length > 4 ? word.slice(0, -cut) : word)));
    return found;
  }

  function answer() {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    list.replaceChildren();
    if (!entries || !words.length) { said.textContent = said.dataset.help; return; }
    const found = search(words);
    const phrase = !found.count ? said.dataset.none : found.count > SHOWN ? said.dataset.first : said.dataset.count;
    said.textContent = phrase.replace("{n}", found.count).replace("{shown}", SHOWN) + (awaited ? " …" : "");
    list.append(...found.shown.map(entry => result(entry, words)));
  }

  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    made.textContent = text;
    for (const key in attributes) if (attributes[key]) made.setAttribute(key, attributes[key]);
    return made;
  };

  function result(entry, words) {
    const item = document.createElement("li"), link = element("a", "", { href: new URL(entry.address, home) });
    link.append(element("small", kinds[entry.kind], { class: "finder__kind" }), " ", element("b", entry.title));
    if (entry.names) link.append(" ", element("span", entry.names, { class: "local", lang: entry.language }));
    if (entry.text) link.append(excerpt(entry.text, words));
    item.append(link);
    return item;
  }

  // The words around the first match, with the match marked.
  function excerpt(text, words) {
    const lower = text.toLowerCase(), part = document.createElement("p");
    const word = words.find(each => lower.includes(each)), at = word && lower.length === text.length ? lower.indexOf(word) : -1;
    const from = Math.max(0, at - AROUND), to = at < 0 ? 2 * AROUND : at + word.length + AROUND;
    part.append(from ? "… " : "", text.slice(from, at < 0 ? to : at));
    if (at >= 0) part.append(element("mark", text.slice(at, at + word.length)), text.slice(at + word.length, to));
    if (to < text.length) part.append(" …");
    return part;
  }

  function open() {
    load();
    finder.showModal();
    input.select();
  }
  // The arrows walk through input and results.
  function walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], stops = [input, ...list.querySelectorAll("a")];
    if (!step) return;
    event.preventDefault();
    stops[Math.min(stops.length - 1, Math.max(0, stops.indexOf(document.activeElement) + step))].focus();
  }

  opener.addEventListener("click", open);
  // The page that stands for missing ones: its own address says what was looked for.
  const missing = document.querySelector("[data-find-address]");
  if (missing) {
    missing.hidden = false;
    missing.addEventListener("click", () => {
      const words = location.pathname.replace(/\/$/, "").split("/").pop().replace(/\.html?$/, "");
      try { input.value = decodeURIComponent(words).replace(/[^\p{L}\p{N}]+/gu, " ").trim(); } catch { input.value = ""; }
      open();
      if (entries) answer();
    });
  }
  addEventListener("keydown", event => {
    if (event.key === "k" && (event.ctrlKey || event.metaKey) && !finder.open) { event.preventDefault(); open(); }
  });
  input.addEventListener("input", answer);
  finder.addEventListener("keydown", walk);
  finder.addEventListener("click", event => { if (event.target === finder || event.target.closest("a, button")) finder.close(); });
  finder.querySelector("form").addEventListener("submit", event => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
})();
