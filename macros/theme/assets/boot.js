// What the engine needs before the page is drawn, in a file of its own so that no script stands in the page
// (a strict Content-Security-Policy then allows script-src 'self'). Same names as the engine's own inline code.
var __md_scope = new URL(document.currentScript.dataset.base, location);
var __md_hash = text => [...text].reduce((sum, sign) => (sum << 5) - sum + sign.charCodeAt(0), 0);
var __md_get = (name, store = localStorage, scope = __md_scope) => {
  try { return JSON.parse(store.getItem(scope.pathname + "." + name)); } catch { return null; }
};
var __md_set = (name, value, store = localStorage, scope = __md_scope) => {
  try { store.setItem(scope.pathname + "." + name, JSON.stringify(value)); } catch { /* storage is switched off */ }
};
