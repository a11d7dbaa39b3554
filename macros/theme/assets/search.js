// Answers Material's search box from the index of the report's records, by uFuzzy.
//
// Material asks for an index of its own, and starts a worker, with every page; and a page opened from a file can start
// none. So this script, which runs before Material's, takes the worker's place: it speaks its messages, and asks for
// library and index when the search is first opened.
(() => {
  "use strict";
  const READY = 1, QUERY = 2, RESULT = 3; // as Material numbers its messages
  const AROUND = 80, EXCERPT = 320;
  const form = document.forms.namedItem("search"), { src, dataset } = document.currentScript;
  if (!form) return; // no search, or that of another engine
  const input = form.elements.namedItem("query"), search = form.closest(".md-search");
  const config = JSON.parse(document.getElementById("__config").textContent);
  form.removeAttribute("name"); // by which Material tells that its own index is wanted
  search.setAttribute("aria-label", input.getAttribute("aria-label"));
  // Material looks at the field when a key is let go. What is pasted by mouse, or written by an input method, may have none.
  input.addEventListener("input", () => input.dispatchEvent(new Event("keyup")));

  // Texts are compared without case and accents, and with one kind of dash and of quotes. Most have nothing to take apart, and
  // there may be a hundred thousand.
  const alike = text => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[\u2010-\u2015\u2212]/g, "-").replace(/[‘’]/g, "'").replace(/[“”„«»「」]/g, '"');
  const fold = text => (/[^\x00-\x7f]/.test(text) ? alike(text) : text).toLowerCase();
  // Words with a hyphen, as those type them who leave it out.
  const joined = text => (text.match(/[\p{L}\d]+(-[\p{L}\d]+)+/gu) ?? []).map(word => word.replaceAll("-", "")).join(" ");
  const words = text => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

  // Takes a text apart: every second part is one of the words, whatever its accents.
  function parts(text, sought) {
    if (!sought.length) return [text];
    const letters = word => [...word].map(letter => `\\u{${letter.codePointAt().toString(16)}}\\p{M}*`).join("");
    const patterns = [...sought].sort((one, other) => other.length - one.length).map(letters);
    return text.normalize("NFD").split(new RegExp(`(${patterns.join("|")})`, "giu")).map(part => part.normalize("NFC"));
  }

  // Results, as Material's script wants them: groups of a page and its sections, all texts HTML.

  const escaped = text => text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt()};`);
  const marked = (text, sought) => parts(text, sought)
    .map((part, at) => (at % 2 ? `<mark>${escaped(part)}</mark>` : escaped(part))).join("");

  function excerpt(text, sought) {
    const [before, match] = parts(text, sought);
    const from = match && before.length > AROUND ? before.lastIndexOf(" ", before.length - AROUND) + 1 : 0;
    const shown = text.normalize("NFC").slice(from, from + EXCERPT);
    return `<p>${from ? "… " : ""}${marked(shown, sought)}${from + shown.length < text.length ? " …" : ""}</p>`;
  }

  // Whole words come before beginnings, and those before other parts; what is equal comes in the order of the index, which
  // is that of the kinds.
  function sort({ idx, terms, interLft2 }) {
    const worth = at => terms[at] + interLft2[at];
    return [...idx.keys()].sort((one, other) => worth(other) - worth(one) || idx[one] - idx[other]);
  }
  // Letters of any script.
  const LETTERS = { unicode: true, interSplit: "[^\\p{L}\\d']+", interBound: "[^\\p{L}\\d]", intraSplit: "", intraBound: "", intraChars: "\\S", intraContr: "'\\p{L}{1,2}\\b", sort };
  const SINGLE_ERROR = 1; // of a word one letter is missing, too many, another, or exchanged with the next
  // How much a word may be mistyped, by uFuzzy's own measure: of a short one hardly, and never at its beginning. But three
  // Signs without blanks are a long word, and its first is as easily another as its last.
  const slips = word => {
    const isHan = /\p{sc=Han}/u.test(word), size = /\D/.test(word) ? word.length : 0, any = +(size > (isHan ? 2 : 4));
    return { intraSlice: [isHan ? 0 : 1, Infinity], intraIns: +(any || size === 4), intraSub: any, intraTrn: +(size > 2), intraDel: any };
  };

  let entries, heads, texts, kinds, pages, finders;

  function read(index) {
    ({ kinds, pages } = index);
    entries = index.entries.map(([kind, address, title, text, names = "", language = ""]) =>
      ({ kind, address, title, text, names, language }));
    heads = entries.map(({ title, names }) => fold(`${title} ${names}`)).map(head => `${head} ${joined(head)}`);
    texts = entries.map(({ text }, id) => `${heads[id]} ${fold(text)}`);
    finders = [{}, { intraMode: SINGLE_ERROR, intraRules: slips }].map(errors => new uFuzzy({ ...LETTERS, ...errors }));
  }

  // Returns the entries found by all words of the query in any order, best first, each with the words as they stand there:
  // those that are called so, then those found by their title or another name, then those found by their text.
  function matches(query) {
    const whole = fold(query).replace(/(?<![\p{L}\d])'|'(?![\p{L}\d])/gu, " ").trim(), needle = whole.replace(/[^\s"]*\d[^\s"]*/g, '"$&"'); // of an id each sign counts
    const called = [...entries.keys()].filter(id => [entries[id].title, ...entries[id].names.split(" · ")].some(name => fold(name) === whole));
    for (const finder of finders) { // nothing found: a wrong letter may be the reason
      const found = new Map(called.map(id => [id, whole.split(/\s+/)]));
      for (const where of [heads, texts]) {
        for (const [id, sought] of within(where, finder, needle)) if (!found.has(id)) found.set(id, sought);
        if (found.size && finder !== finders[0]) break; // a guess that is a name needs no further guesses
      }
      if (found.size) return [...found];
    }
    return [];
  }

  function within(where, finder, needle) {
    const [ids, info, order] = finder.search(where, needle, true);
    if (!order) return (ids ?? []).map(id => [id, words(needle)]); // too many to be looked at one by one
    return order.map(at => [info.idx[at], slices(where[info.idx[at]], info.ranges[at])]);
  }

  const slices = (text, ranges) => [...new Set(ranges.flatMap((end, at) => (at % 2 ? text.slice(ranges[at - 1], end) : [])))];

  function answer(query) {
    const found = query.trim() ? matches(query) : [], groups = new Map();
    found.forEach(([id, sought], at) => {
      const [page] = entries[id].address.split("#");
      groups.set(page, [...(groups.get(page) ?? []), item(entries[id], sought, found.length - at)]);
    });
    for (const [page, items] of groups)
      if (page in pages && !items.some(({ location }) => location === page))
        items.push({ location: page, title: escaped(pages[page]), text: "", score: 0, terms: items[0].terms });
    return { items: [...groups.values()], suggest: found.length ? completions(query, heads[found[0][0]]) : [] };
  }

  // Thousands may be found and few be shown: texts are made when they are asked for. The kind stands in the title, for the
  // tags of Material's results would each be a landmark of the page.
  const item = ({ kind, address, title, text, names, language }, sought, score) => ({
    location: address,
    score,
    terms: Object.fromEntries(sought.map(word => [word, true])),
    get title() {
      const [first, ...others] = names.split(" · ").map(name => marked(name, sought)); // the language is of the first
      const named = first && ` <span${language && ` lang="${language}"`}>${[first, ...others].join("</span> · <span>")}</span>`;
      return `${marked(title, sought)}${named} <span class="md-tag">${escaped(kinds[kind])}</span>`;
    },
    get text() { return excerpt(text, sought); },
  });

  // Material completes the last word of the query by the last of these.
  const completions = (query, head) => words(head).filter(word => word.startsWith(words(query).at(-1))).slice(0, 1);

  // The worker.

  const script = name => new Promise((resolve, reject) => {
    const made = Object.assign(document.createElement("script"), { src: new URL(name, src), onload: resolve, onerror: reject });
    document.body.append(made);
  });

  class Answerer extends EventTarget {
    constructor() {
      super();
      // Closed by a result, the field would keep the focus, and the key that opens it again would be a letter of a query.
      const toggle = document.getElementById("__search"), follow = () => (toggle.checked ? this.open() : input.blur());
      toggle.addEventListener("change", follow);
      follow();
    }
    open() {
      this.opened ??= Promise.all([script("ufuzzy.js"), script("search-index.js")])
        .then(() => read(window.reportIndex))
        .then(() => this.say({ type: READY }))
        .catch(() => {
          this.opened = null; // to be tried again
          search.querySelector(".md-search-result__meta").textContent = dataset.failed;
        });
    }
    say(data) { this.dispatchEvent(new MessageEvent("message", { data })); }
    async postMessage({ type, data }) {
      await null; // a worker answers later
      if (type === QUERY) this.say({ type: RESULT, data: answer(data) });
    }
  }
  const { Worker } = window;
  window.Worker = function (address, options) {
    if (address !== config.search) return new Worker(address, options);
    window.Worker = Worker;
    return new Answerer();
  };

  // Words of the search in the page that it led to. Material does it with its own index alone.

  function highlight() {
    const content = document.querySelector("[data-md-component=content]"), sought = fold(new URLSearchParams(location.search).get("h") ?? "").match(/\S+/g) ?? [];
    for (const mark of content?.querySelectorAll("mark[data-md-highlight]") ?? []) mark.replaceWith(mark.textContent);
    if (!content || !sought.length) return;
    content.normalize();
    const nodes = [], walk = document.createNodeIterator(content, NodeFilter.SHOW_TEXT);
    // What has no height is hidden, or part of a drawing.
    for (let node; (node = walk.nextNode()); ) if (node.parentElement.offsetHeight) nodes.push([node, parts(node.data, sought)]);
    for (const [node, found] of nodes) if (found.length > 1) node.replaceWith(...found.map((part, at) => (at % 2 ? mark(part) : part)));
  }

  function mark(text) {
    const made = Object.assign(document.createElement("mark"), { textContent: text });
    made.setAttribute("data-md-highlight", "");
    return made;
  }

  if (config.features.includes("search.highlight"))
    addEventListener("DOMContentLoaded", () => { // Material's script has run by then
      document$.subscribe(highlight);
      location$.subscribe(highlight);
    });

  // The page that stands for missing ones: its own address says what was looked for.
  const missing = document.querySelector("[data-find-address]");
  if (missing) {
    missing.hidden = false;
    missing.addEventListener("click", () => {
      const name = location.pathname.replace(/\/$/, "").split("/").pop().replace(/\.html?$/, "");
      try { input.value = words(decodeURIComponent(name)).join(" "); } catch { input.value = ""; }
      input.focus();
    });
  }
})();
