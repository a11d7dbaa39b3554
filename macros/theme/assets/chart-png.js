/* PNG of a chart, made when a reader asks for it: the drawing of the page, set into the frame of its file, on a canvas.
   The policy of a site must allow images from data:. Without JavaScript the buttons stay hidden; CSV and SVG are links. */
(() => {
  "use strict";
  const WIDTH = 1600; // pixels of a picture, or more

  /** Return the marks of a drawing as XML, in the colours of its file instead of those of the page. */
  const marks = (drawing, colours) => {
    const copy = drawing.cloneNode(true);
    copy.querySelectorAll("title, desc").forEach(words => words.remove());
    for (const paint of ["fill", "stroke"]) {
      copy.querySelectorAll(`[${paint}^="var("]`).forEach(mark => {
        mark.setAttribute(paint, colours[mark.getAttribute(paint).slice("var(--".length, -1)]);
      });
    }
    return [...copy.childNodes].map(node => new XMLSerializer().serializeToString(node)).join("");
  };

  /** Return a canvas with an SVG on it; its own size is the first of its attributes. */
  const painted = async svg => {
    const [size, width, height] = svg.match(/width="([\d.]+)" height="([\d.]+)"/);
    const scale = Math.max(2, WIDTH / width);
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height].map(side => Math.ceil(side * scale));
    const sized = svg.replace(size, `width="${canvas.width}" height="${canvas.height}"`);
    const image = new Image();
    await new Promise((done, failed) => {
      [image.onload, image.onerror] = [done, failed];
      image.src = `data:image/svg+xml,${encodeURIComponent(sized)}`;
    });
    canvas.getContext("2d").drawImage(image, 0, 0);
    return canvas;
  };

  const save = (blob, name) => {
    const link = document.createElement("a");
    [link.href, link.download] = [URL.createObjectURL(blob), name];
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  const make = async button => {
    const { chartPng: id, frame, colours } = button.dataset;
    const drawing = document.querySelector(`svg[data-chart="${CSS.escape(id)}"]`);
    const svg = frame.replace("<!--drawing-->", () => marks(drawing, JSON.parse(colours)));
    (await painted(svg)).toBlob(blob => save(blob, `${id}.png`), "image/png");
  };

  const reveal = () => document.querySelectorAll("button[data-chart-png]").forEach(button => { button.hidden = false; });

  document.addEventListener("click", event => {
    const button = event.target.closest("button[data-chart-png]");
    if (button) make(button).catch(() => { button.disabled = true; });
  });
  // Material replaces pages in place and tells of each.
  if (window.document$) window.document$.subscribe(reveal);
  else reveal();
})();
