// A file can be dropped on the form, and one sees how far it is. Without this script the form does the same, more plainly.
(() => {
  const form_of = (event) => event.target.closest && event.target.closest("form[data-drop]");
  const over = (event, on) => {
    const form = form_of(event);
    if (!form) return;
    event.preventDefault();
    form.classList.toggle("over", on);
  };
  document.addEventListener("dragover", (event) => over(event, true));
  document.addEventListener("dragleave", (event) => over(event, false));
  document.addEventListener("drop", (event) => {
    over(event, false);
    const form = form_of(event);
    if (form && event.dataTransfer.files.length) document.getElementById(form.dataset.drop).files = event.dataTransfer.files;
  });
  document.addEventListener("submit", (event) => {
    const form = form_of(event);
    if (!form) return;
    event.preventDefault();
    const bar = form.querySelector("progress");
    const asked = new XMLHttpRequest();
    form.querySelector("button").disabled = true;
    bar.hidden = false;
    asked.open("POST", form.action);
    asked.upload.addEventListener("progress", (sent) => { if (sent.lengthComputable) bar.value = (100 * sent.loaded) / sent.total; });
    asked.upload.addEventListener("load", () => bar.removeAttribute("value"));  // it is looked at now, for who knows how long
    asked.addEventListener("loadend", () => {
      const fresh = new DOMParser().parseFromString(asked.responseText, "text/html").querySelector("main");
      if (!fresh) return form.submit();  // something is wrong: the browser shows what
      document.querySelector("main").replaceWith(fresh);
      if (window.htmx) window.htmx.process(fresh);
      const told = fresh.querySelector("[role=status], [role=alert]");
      if (told) told.scrollIntoView({ block: "center" });
    });
    asked.send(new FormData(form));
  });
})();
