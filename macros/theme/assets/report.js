// Adds comfort to the finished page; everything can be read without it. No words here: labels stand in the HTML.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Ends what listens to the window for the page that is open.
  let page = new AbortController();

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
    root.dataset.switched = "";
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
            const order = number(a) - number(b) || a.localeCompare(b, document.documentElement.lang, { numeric: true });
            return down ? -order : order;
          });
          body.append(...rows.map(([, row]) => row));
        }
      });
    });
  }

  // Facets: every named field must match a data attribute of the row; "q" looks through the text of the row.
  function facets(filter) {
    const list = document.getElementById(filter.dataset.for);
    if (!list) return;
    const marked = all("[data-row]", list);
    const rows = list.tBodies ? all("tbody > tr", list) : marked.length ? marked : [...list.children];
    const texts = rows.map(row => row.textContent.toLowerCase());
    const fields = all("[name]", filter), names = [...new Set(fields.map(field => field.name))];
    const out = filter.querySelector("output"), none = list.parentElement.querySelector("[data-empty]");
    const apply = () => {
      const asked = new URLSearchParams(fields.filter(field => field.type !== "checkbox" || field.checked).map(field => [field.name, field.value])), words = (asked.get("q") || "").toLowerCase().split(/\s+/).filter(Boolean);
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
        const kept = asked.getAll(list.dataset.fade);
        all("td.lv:not([class*=' mv-'])", list).forEach(cell => cell.classList.toggle("is-faint", kept.length > 0 && !kept.includes(cell.dataset[list.dataset.fade])));
      }
      if (out) out.textContent = (out.dataset.words || "{shown} / {total}").replace("{shown}", shown).replace("{total}", total);
      if (none) none.hidden = shown > 0;
      return asked;
    };
    names.forEach(name => {
      const values = address.read(name);
      if (values.length) fields.filter(field => field.name === name).forEach(field => {
        if (field.type === "checkbox") field.checked = values.includes(field.value); else field.value = values[0];
      });
    });
    const changed = () => address.write(names, [...apply()]);
    const reset = () => {
      fields.forEach(field => { if (field.type === "checkbox") field.checked = false; else field.value = ""; });
      changed();
    };
    filter.hidden = false;
    filter.addEventListener("input", changed);
    filter.querySelector("[data-reset]").addEventListener("click", reset);
    list.parentElement.addEventListener("change", apply); // another edition has other rows
    apply();
    // A row that the address points at is always shown.
    const reveal = () => { const row = target()?.closest("[hidden]"); if (row && rows.includes(row)) { reset(); row.scrollIntoView(); } };
    addEventListener("hashchange", reveal, { signal: page.signal });
    reveal();
  }

  // The weight lab: the reader weighs the criteria and the ranking follows, by the arithmetic of the build: weights are
  // scaled to add up to 1, sums count to nine digits, ties go by id. Weights of a preset stay as exact as they were given.
  function lab(root) {
    const list = document.getElementById(root.dataset.lab), view = document.getElementById(root.dataset.view);
    const sliders = all("input[type=range]", root), presets = all("[data-preset]", root);
    const now = root.querySelector(".lab__now"), status = root.querySelector("[role=status]");
    if (!list || !sliders.length || !presets.length) return;
    const numbers = text => text.split(" ").map(Number), sum = values => values.reduce((total, value) => total + value, 0);
    const nine = value => Math.round(value * 1e9) / 1e9, length = share => +(share * 100).toFixed(2) + "%";
    const points = share => { // whole points; a half goes to the even neighbour, as in the build
      const exact = nine(share) * 100, near = Math.round(exact);
      return exact % 1 === 0.5 && near % 2 ? near - 1 : near;
    };
    const rows = all(":scope > [data-lows]", list).map(row => ({ row, id: row.dataset.id, lows: numbers(row.dataset.lows), highs: numbers(row.dataset.highs) }));
    const ours = "weights", names = [ours, ...sliders.map(slider => slider.name)];
    let places = [], preset = null, waiting; // where each slider stands, exactly; the preset in use, if any

    function weigh(weights, button) {
      const total = sum(weights), shares = weights.map(weight => weight / total);
      preset = button;
      places = button ? shares.map(share => share * 100) : weights;
      sliders.forEach((slider, i) => {
        slider.value = places[i];
        const said = slider.nextElementSibling; // a share with its sign, as the language writes it
        said.textContent = said.textContent.replace(/[\d.,]+/, points(shares[i]));
        slider.setAttribute("aria-valuetext", slider.nextElementSibling.textContent);
      });
      presets.forEach(other => other.setAttribute("aria-pressed", other === button));
      const own = sliders.map(slider => slider.dataset.name + " " + slider.nextElementSibling.textContent).join(root.dataset.comma);
      if (view) view.textContent = button ? button.dataset.view : root.dataset.own.replace("{weights}", () => own);
      order(shares);
    }
    function order(shares) {
      const scored = rows.map(({ row, id, lows, highs }) => {
        const low = lows.map((value, i) => shares[i] * value), high = highs.map((value, i) => shares[i] * value);
        const parts = low.map((value, i) => (value + high[i]) / 2), ends = [sum(low), sum(high)];
        return { row, id, parts, ends, score: (ends[0] + ends[1]) / 2 };
      }).sort((a, b) => nine(b.score) - nine(a.score) || (a.id < b.id ? -1 : 1));
      scored.forEach((item, i) => {
        const tied = i && nine(scored[i - 1].score) === nine(item.score);
        item.rank = tied ? scored[i - 1].rank : i + 1;
        show(item);
      });
      const focused = document.activeElement;
      if (scored.some(({ row }, i) => row !== list.children[i])) list.append(...scored.map(({ row }) => row));
      if (list.contains(focused)) focused.focus({ preventScroll: true });
      const top = scored.slice(0, 3).map(({ row, rank }) => rank + " " + row.querySelector(".prio__title").textContent).join(root.dataset.semicolon);
      now.textContent = root.dataset.summary.replace("{list}", () => top);
      clearTimeout(waiting);
      waiting = setTimeout(say, 600); // seen at once, spoken once the weights rest
    }
    const say = () => { status.textContent = now.textContent; };
    function show({ row, parts, ends, score, rank }) {
      const [low, high] = ends.map(points), bar = row.querySelector(".axis-score"), drawn = row.querySelector(".prio__drawn");
      let x = 0;
      all("rect", bar).forEach((rect, i) => { rect.setAttribute("x", length(x)); rect.setAttribute("width", length(parts[i])); x += parts[i]; });
      bar.querySelector(".iv").setAttribute("x1", length(ends[0]));
      bar.querySelector(".iv").setAttribute("x2", length(ends[1]));
      bar.querySelector(".iv-pt").setAttribute("cx", length(score));
      bar.setAttribute("aria-label", list.dataset.score.replace("{score}", points(score)).replace("{low}", low).replace("{high}", high));
      row.querySelector(".prio__rank").textContent = rank;
      row.querySelector(".prio__value b").textContent = points(score);
      row.querySelector(".prio__value small").textContent = low === high ? low : low + "–" + high;
      drawn.textContent = preset ? drawn.getAttribute("data-" + preset.dataset.preset) : ""; // ranks were drawn for presets only
    }
    const choose = button => weigh(numbers(button.dataset.weights), button), weighable = weights => weights.every(weight => weight >= 0 && weight <= 100) && sum(weights) > 0;
    const keep = () => address.write(names, preset ? [[ours, preset === presets[0] ? "" : preset.dataset.preset]] : sliders.map((slider, i) => [slider.name, String(places[i])]));

    root.hidden = false;
    root.addEventListener("input", event => {
      const at = sliders.indexOf(event.target), weights = places.map(place => +place.toFixed(4));
      if (at < 0) return;
      weights[at] = +event.target.value;
      weigh(weighable(weights) ? weights : weights.map((weight, i) => i === at ? 1 : 0)); // not all of them can be nothing
    });
    root.addEventListener("change", keep);
    root.addEventListener("click", ({ target }) => {
      const button = presets.includes(target) ? target : target.matches("[data-reset]") && presets[0];
      if (button) { choose(button); keep(); }
    });
    const asked = presets.find(button => button.dataset.preset === address.read(ours)[0]), own = sliders.map(slider => +(address.read(slider.name)[0] || 0));
    if (weighable(own)) weigh(own); else choose(asked || presets[0]);
    clearTimeout(waiting);
    say();
  }

  const target = () => { try { return document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return null; } };

  // Copy buttons (how to cite).
  function copy(button) {
    const text = document.getElementById(button.dataset.copy);
    if (!text || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", () => navigator.clipboard.writeText(text.textContent.trim())
      .then(() => { button.textContent = button.dataset.copied || button.textContent; }));
  }

  // A table that fits its column needs no frame to scroll in, so that its head can stay at the top of the window.
  // An attribute, as for editions: Material's rules for tables have browsers style all anew below what changes its class.
  const frames = new ResizeObserver(seen => {
    const fits = seen.map(({ target }) => target.scrollWidth <= target.clientWidth);
    seen.forEach(({ target }, i) => target.toggleAttribute("data-fits", fits[i]));
  });

  // Light, dark, or as the system has it: Material's switch, without Material's script. That styles every page anew four
  // times as it starts, a third of all the work a phone has with a page. What is stored for it is applied by its own
  // template before anything is drawn.
  function palette(form) {
    const options = all("input", form), light = matchMedia("(prefers-color-scheme: light)");
    const bar = document.head.appendChild(Object.assign(document.createElement("meta"), { name: "theme-color" }));
    const names = ["media", "scheme", "primary", "accent"].map(name => [name, "data-md-color-" + name]);
    const read = option => Object.fromEntries(names.map(([name, attribute]) => [name, option.getAttribute(attribute)]));
    let at = Math.max(0, options.findIndex(option => matchMedia(read(option).media).matches));
    try { at = __md_get("__palette")?.index ?? at; } catch { /* a browser that stores nothing */ }
    const show = () => {
      const system = `(prefers-color-scheme: ${light.matches ? "light" : "dark"})`, { media, ...colour } = read(options[at]);
      if (media === "(prefers-color-scheme)") Object.assign(colour, options.map(read).find(other => other.media === system));
      const shown = { ...colour, media };
      names.forEach(([name, attribute]) => document.body.setAttribute(attribute, shown[name]));
      options.forEach((option, i) => { option.nextElementSibling.hidden = i !== at; });
      bar.content = getComputedStyle(document.querySelector(".md-header")).backgroundColor;
      return shown;
    };
    form.addEventListener("change", ({ target }) => { at = options.indexOf(target); __md_set("__palette", { index: at, color: show() }); });
    form.addEventListener("keydown", ({ key }) => {
      const next = options[(at + 1) % options.length];
      if (key === "Enter") { next.click(); next.focus(); }
    });
    light.addEventListener("change", show);
    show();
  }

  // Runs for every page: with instant navigation, Material puts the next page into the window that is open.
  const start = () => {
    page.abort();
    page = new AbortController();
    frames.disconnect();
    all(".scroll:has(table)").forEach(frame => frames.observe(frame));
    all("[data-editions]").forEach(editions);
    all("table.sortable").forEach(sortable);
    all(".facets[data-for]").forEach(facets);
    all("[data-lab]").forEach(lab);
    all("button[data-copy]").forEach(copy);
    all(".md-code__nav").forEach(nav => nav.setAttribute("role", "none")); // else each block of code is a landmark without a name
  };
  // The list of editions closes on Escape and on a click elsewhere.
  const shut = event => all("details.issues[open]").forEach(menu => {
    if (event.key ? event.key === "Escape" : !menu.contains(event.target)) menu.open = false;
  });
  all("form[data-palette]").forEach(palette);
  addEventListener("keydown", shut);
  addEventListener("click", shut);
  if (typeof document$ !== "undefined") document$.subscribe(start);
  else if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
