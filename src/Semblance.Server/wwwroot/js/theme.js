// Before the first paint: the theme that was chosen, if one was.
(function () {
  try {
    var theme = localStorage.getItem("semblance.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (error) { /* without storage the system's theme stands */ }
})();
