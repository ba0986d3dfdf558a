// The key "?" opens the help, save while somebody types. Whoever is disturbed by it switches it off on the help page.
(() => {
  const NAME = "primacy-help-key";
  const off = () => localStorage.getItem(NAME) === "off";
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    const link = document.querySelector("a[data-help]");
    if (event.key !== "?" && event.key !== "؟") return;
    if (typing || !link || off() || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    location.assign(link.href);
  });
  const box = document.querySelector("input[data-help-key]");
  if (!box) return;
  box.closest("[hidden]").hidden = false;
  box.checked = !off();
  box.addEventListener("change", () => localStorage.setItem(NAME, box.checked ? "on" : "off"));
})();
