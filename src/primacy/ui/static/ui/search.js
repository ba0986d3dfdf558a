// The key "/" goes to the search box, or to the page that has one, save while somebody types. The help page has the
// switch for keys.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]") || localStorage.getItem("primacy-help-key") === "off") return;
  const box = document.querySelector("main input[type=search]#q");
  const link = document.querySelector("a[data-search]");
  if (!box && !link) return;
  event.preventDefault();
  if (box) { box.focus(); box.select(); }
  else location.assign(link.href);
});
