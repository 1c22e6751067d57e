/** Light, dark, or as the system has it. `public/theme.js` reads the same before the first paint. */
const KEY = "tillbridge.theme";

/** @returns {"light" | "dark" | "system"} */
export function chosenTheme() {
  return document.documentElement.dataset.theme ?? "system";
}

/** @param {"light" | "dark" | "system"} theme */
export function chooseTheme(theme) {
  if (theme === "system") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  try {
    if (theme === "system") {
      localStorage.removeItem(KEY);
    } else {
      localStorage.setItem(KEY, theme);
    }
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
  document.dispatchEvent(new CustomEvent("tb-theme"));
}

/** A token's colour as it is now, for what does not understand CSS, such as a chart. @param {string} token such as `--chart-1` */
export function colour(token) {
  const probe = document.createElement("span");
  probe.hidden = true;
  probe.style.setProperty("color", `var(${token})`);
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}
