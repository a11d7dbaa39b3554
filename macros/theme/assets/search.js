// The search: a window over the page. Its index is asked for when it is first opened, so that reading costs nothing.
(() => {
  "use strict";
  const SHOWN = 40, AROUND = 60;
  const opener = document.querySelector("[data-find]"), finder = document.getElementById("finder");
  if (!opener || !finder?.showModal) return;
  const input = finder.querySelector("input"), list = finder.querySelector("ol"), said = finder.querySelector("[role=status]");
  const index = new URL(opener.dataset.find, location.href), home = new URL("../", index);
  const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let entries, kinds, asked;

  function load() {
    if (asked) return;
    asked = document.createElement("script");
    asked.src = index;
    asked.onload = () => {
      kinds = window.reportIndex.kinds;
      entries = window.reportIndex.entries.map(([kind, address, title, text, names = "", language = ""]) =>
        ({ kind, address, title, text, names, language, head: ` ${fold(title)} ${fold(names)}`, body: fold(text) }));
      answer();
    };
    asked.onerror = () => { asked = null; said.textContent = said.dataset.failed; };
    document.head.append(asked);
  }

  // Every word must occur, as a part of a word if need be: not every script puts blanks between words.
  function matches(words) {
    const found = [];
    for (const entry of entries) {
      let points = 0;
      for (const word of words) {
        const one = entry.head.includes(" " + word) ? 4 : entry.head.includes(word) ? 3 : entry.body.includes(word) ? 1 : 0;
        if (!one) { points = 0; break; }
        points += one;
      }
      if (points) found.push([points + (entry.head.startsWith(" " + words.join(" ")) ? 4 : 0), entry]);
    }
    return found.sort(([a], [b]) => b - a).map(([, entry]) => entry); // equal points stay in the order of the index
  }

  // Nothing found: an ending too many ("coaters") may be the reason.
  function search(words) {
    let found = matches(words);
    for (let cut = 1; !found.length && cut < 3; cut++) found = matches(words.map(word => (word.length > 4 ? word.slice(0, -cut) : word)));
    return found;
  }

  function answer() {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    list.replaceChildren();
    if (!entries || !words.length) { said.textContent = said.dataset.help; return; }
    const found = search(words);
    const phrase = !found.length ? said.dataset.none : found.length > SHOWN ? said.dataset.first : said.dataset.count;
    said.textContent = phrase.replace("{n}", found.length).replace("{shown}", SHOWN);
    list.append(...found.slice(0, SHOWN).map(entry => result(entry, words)));
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
