// Puts a name that was chosen into the comment, in place of what was typed of it. Without this script one types it in full.
(() => {
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("button[data-name]");
    if (!chosen) return;
    const text = chosen.closest(".field").querySelector("textarea");
    text.value = text.value.replace(/@[\w@.+-]*$/, `@${chosen.dataset.name} `);
    chosen.closest("ul").remove();
    text.focus();
  });
})();
