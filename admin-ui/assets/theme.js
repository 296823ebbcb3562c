// Sets the chosen theme before the first paint, so that a dark desk never flashes white.
// `src/preferences.rs` writes the key.
(function () {
  try {
    var theme = localStorage.getItem("etalase-theme");
    if (theme === "light" || theme === "dark") {
      document.documentElement.setAttribute("data-theme", theme);
    }
  } catch (_) {
    // Without a storage the system decides.
  }
})();
