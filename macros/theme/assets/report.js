// Adds comfort to the finished page; everything can be read without it. No words here: labels stand in the HTML.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // The choice of editions and facets is kept in the address, so that a view can be sent on.
  const address = {
    read: name => new URLSearchParams(location.search).getAll(name),
    write(names, pairs) {
      const query = new URLSearchParams(location.search);
      names.forEach(name => query.delete(name));
      pairs.forEach(([name, value]) => value && query.append(name, value));
      const text = query.toString();
      try { history.replaceState(history.state, "", (text ? "?" + text : location.pathname) + location.hash); }
      catch { /* some browsers refuse this for files opened without a server */ }
    },
  };

  // Tables of several editions: show one at a time, chosen by radio buttons.
  function editions(root) {
    const name = root.dataset.editions, radios = all(".switch input[type=radio]", root);
    if (!radios.length) return;
    const show = value => {
      all(".edition", root).forEach(part => { part.hidden = part.dataset.edition !== value; });
      radios.forEach(radio => { radio.checked = radio.value === value; });
    };
    const start = radios.find(radio => radio.defaultChecked) || radios[0];
    const asked = radios.find(radio => radio.value === address.read(name)[0]);
    root.classList.add("is-switched");
    all(".switch", root).forEach(part => { part.hidden = false; });
    show((asked || start).value);
    root.addEventListener("change", event => {
      if (!radios.includes(event.target)) return;
      show(event.target.value);
      address.write([name], [[name, event.target === start ? "" : event.target.value]]);
    });
  }

  // Sortable tables: the heading becomes a button; data-sort of a cell goes before its text.
  const key = cell => (cell ? cell.dataset.sort ?? cell.textContent : "").trim();
  const number = text => { // the first figure of a cell that begins with one: "> 2,000 patents", "30–40 %", "−0.4"
    const found = /^[^\p{L}\d−-]*([−-]?\d[\d,\u202f\u00a0]*\.?\d*)/u.exec(text);
    return found ? parseFloat(found[1].replace("−", "-").replace(/[^\d.-]/g, "")) : NaN;
  };
  function sortable(table) {
    const heads = all("thead th", table).filter(head => head.textContent.trim() && !head.hasAttribute("data-nosort"));
    heads.forEach(head => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending", column = head.cellIndex;
        heads.forEach(other => other.setAttribute("aria-sort", other !== head ? "none" : down ? "descending" : "ascending"));
        for (const body of table.tBodies) {
          const rows = [...body.rows].map(row => [key(row.cells[column]), row]);
          rows.sort(([a], [b]) => {
            if (!a || !b) return !a - !b; // empty cells last, either way
            const order = number(a) - number(b) || a.localeCompare(b, undefined, { numeric: true });
            return down ? -order : order;
          });
          body.append(...rows.map(([, row]) => row));
        }
      });
    });
  }

  // Facets: every named field must match a data attribute of the row; "q" looks through the text of the row.
  function facets(form) {
    const list = document.getElementById(form.dataset.for);
    if (!list) return;
    const marked = all("[data-row]", list);
    const rows = list.tBodies ? all("tbody > tr", list) : marked.length ? marked : [...list.children];
    const texts = rows.map(row => row.textContent.toLowerCase());
    const names = [...new Set([...form.elements].map(field => field.name).filter(Boolean))];
    const out = form.querySelector("output"), none = list.parentElement.querySelector("[data-empty]");
    const apply = () => {
      const asked = new FormData(form), words = (asked.get("q") || "").toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0, total = 0;
      rows.forEach((row, i) => {
        const fits = words.every(word => texts[i].includes(word)) && names.every(name => {
          const values = asked.getAll(name).filter(Boolean);
          return name === "q" || !values.length || values.some(value => (row.dataset[name] || "").split(" ").includes(value));
        });
        row.hidden = !fits;
        if (row.parentElement.closest("[hidden]")) return; // of an edition that is not looked at
        shown += fits;
        total += 1;
      });
      if (list.dataset.fade) { // what was not asked for steps back
        const kept = asked.getAll(list.dataset.fade).map(value => `lv-${value}`);
        all("td[class*=' lv-']", list).forEach(cell => cell.classList.toggle("is-faint", kept.length > 0 && !kept.some(name => cell.classList.contains(name))));
      }
      if (out) out.textContent = (out.dataset.words || "{shown} / {total}").replace("{shown}", shown).replace("{total}", total);
      if (none) none.hidden = shown > 0;
      return asked;
    };
    names.forEach(name => {
      const values = address.read(name);
      if (values.length) all(`[name="${name}"]`, form).forEach(field => {
        if (field.type === "checkbox") field.checked = values.includes(field.value); else field.value = values[0];
      });
    });
    const changed = () => address.write(names, [...apply()]);
    form.hidden = false;
    form.addEventListener("input", changed);
    list.parentElement.addEventListener("change", apply); // another edition has other rows
    form.addEventListener("submit", event => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(changed));
    apply();
    // A row that the address points at is always shown.
    const reveal = () => { const row = target()?.closest("[hidden]"); if (row && rows.includes(row)) { form.reset(); row.scrollIntoView(); } };
    addEventListener("hashchange", reveal);
    reveal();
  }

  // The weight lab: weights moved by the reader, scores and order at once. Values (0 to 1) are
  // those of data-values, weights add up to 1. The interval belongs to the preset and is hidden meanwhile.
  function lab(form) {
    const list = document.getElementById(form.dataset.lab), sliders = all("input[type=range]", form);
    if (!list || !sliders.length) return;
    const rows = all(":scope > [data-values]", list), apply = () => {
      const total = sliders.reduce((sum, slider) => sum + +slider.value, 0) || 1;
      const weights = sliders.map(slider => slider.value / total);
      sliders.forEach((slider, i) => { const out = slider.parentElement.querySelector("output"); if (out) out.textContent = Math.round(weights[i] * 100) + " %"; });
      const scored = rows.map(row => {
        const parts = row.dataset.values.split(" ").map((value, i) => 100 * value * (weights[i] || 0));
        return [parts.reduce((sum, part) => sum + part, 0), row, parts];
      });
      scored.sort(([a], [b]) => b - a);
      scored.forEach(([score, row, parts], i) => {
        const rank = row.querySelector(".prio__rank"), value = row.querySelector(".prio__value b");
        let x = 0;
        all(".axis-score rect", row).forEach((rect, n) => {
          rect.setAttribute("x", x + "%");
          rect.setAttribute("width", (parts[n] || 0) + "%");
          x += parts[n] || 0;
        });
        row.querySelector(".iv-pt")?.setAttribute("cx", score + "%");
        if (rank) rank.textContent = i + 1;
        if (value) value.textContent = Math.round(score);
        list.append(row);
      });
    };
    const names = sliders.map(slider => slider.name), changed = () => {
      list.classList.add("is-reweighted");
      apply();
      address.write(names, sliders.map(slider => [slider.name, slider.value]));
    };
    form.hidden = false;
    form.addEventListener("input", changed);
    form.addEventListener("submit", event => event.preventDefault());
    form.addEventListener("click", event => {
      const preset = event.target.dataset.preset;
      if (preset) { preset.split(" ").forEach((value, i) => { if (sliders[i]) sliders[i].value = value; }); changed(); }
    });
    form.addEventListener("reset", () => { address.write(names, []); location.reload(); });
    const asked = names.map(name => address.read(name)[0]);
    if (asked.some(value => value !== undefined)) {
      sliders.forEach((slider, i) => { if (asked[i] !== undefined) slider.value = asked[i]; });
      changed();
    } else sliders.forEach(slider => { const out = slider.parentElement.querySelector("output"); if (out) out.textContent = slider.value + " %"; });
  }

  // Disclosure: an address that points inside opens it; printing opens all but what repeats (print.css leaves that out).
  const target = () => { try { return document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return null; } };
  function open() {
    for (let part = target()?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  }
  const root = document.documentElement;
  let closed = [], scheme;
  addEventListener("beforeprint", () => {
    closed = all("main details:not([open], .sum, .numbers, .repeats)");
    closed.forEach(part => { part.open = true; });
    scheme = root.dataset.mdColorScheme;
    root.dataset.mdColorScheme = "default"; // paper is light
  });
  addEventListener("afterprint", () => {
    closed.forEach(part => { part.open = false; });
    if (scheme) root.dataset.mdColorScheme = scheme;
  });
  addEventListener("hashchange", open);

  // Copy buttons (how to cite).
  function copy(button) {
    const text = document.getElementById(button.dataset.copy);
    if (!text || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", () => navigator.clipboard.writeText(text.textContent.trim())
      .then(() => { button.textContent = button.dataset.copied || button.textContent; }));
  }

  // Contents beside a long page: the section being read is marked.
  function contents(list) {
    const links = all("a[href^='#']", list), heads = links.map(link => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    let pending = false;
    const mark = () => {
      pending = false;
      const here = heads.findLastIndex(head => head && head.getBoundingClientRect().top < innerHeight / 4);
      links.forEach((link, i) => (i === here ? link.setAttribute("aria-current", "location") : link.removeAttribute("aria-current")));
    };
    addEventListener("scroll", () => { if (!pending) { pending = true; requestAnimationFrame(mark); } }, { passive: true });
    mark();
  }

  const start = () => {
    all("[data-editions]").forEach(editions);
    all("table.sortable").forEach(sortable);
    all("form[data-for]").forEach(facets);
    all("form[data-lab]").forEach(lab);
    all("button[data-copy]").forEach(copy);
    all(".toc-side").forEach(contents);
    open();
    // Escape takes an open definition away until the term is left.
    addEventListener("keydown", event => {
      if (event.key === "Escape") all(".term:hover, .term:focus").forEach(term => term.classList.add("is-shut"));
    });
    for (const left of ["mouseout", "focusout"]) addEventListener(left, event => event.target.classList?.remove("is-shut"));
    // The menu of small screens closes on Escape and on a click elsewhere.
    const menu = document.querySelector("details.menu");
    if (menu) {
      addEventListener("keydown", event => { if (event.key === "Escape") menu.open = false; });
      addEventListener("click", event => { if (!menu.contains(event.target)) menu.open = false; });
    }
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start); else start();
})();
