// Light or dark, as the reader chose last or as the system says: set before the page is drawn.
(() => {
  const root = document.documentElement, system = matchMedia("(prefers-color-scheme: dark)");
  let chosen;
  try { chosen = localStorage.getItem("scheme"); } catch { /* storage is switched off */ }
  const show = dark => {
    root.dataset.mdColorScheme = dark ? "slate" : "default";
    document.querySelector("[data-scheme]")?.setAttribute("aria-pressed", dark);
  };
  const asked = () => (chosen ? chosen === "dark" : system.matches);
  root.classList.replace("no-js", "js");
  show(asked());
  system.addEventListener("change", () => show(asked()));
  addEventListener("DOMContentLoaded", () => {
    show(asked());
    document.querySelector("[data-scheme]")?.addEventListener("click", () => {
      chosen = asked() ? "light" : "dark";
      show(asked());
      try { localStorage.setItem("scheme", chosen); } catch { /* the choice holds for this page */ }
    });
  });
})();
