// Light or dark, as the reader chose last or as the system says: set before the page is drawn.
(() => {
  const inputs = [...document.querySelectorAll("[data-md-color-media]")];
  const saved = __md_get("__palette");
  const fits = inputs.find(input => input.dataset.mdColorMedia && matchMedia(input.dataset.mdColorMedia).matches);
  const scheme = saved && saved.color ? saved.color.scheme : fits && fits.dataset.mdColorScheme;
  if (scheme) document.body.setAttribute("data-md-color-scheme", scheme);
})();
