/* Before the first paint, so that a chosen theme does not flash. No module: those run later. */
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem("tillbridge.theme");
  } catch (e) {
    /* Storage is switched off: the system's theme is taken. */
  }
  if (chosen === "light" || chosen === "dark") {
    document.documentElement.dataset.theme = chosen;
  }
})();
