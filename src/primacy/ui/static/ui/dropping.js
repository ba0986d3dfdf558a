// A file can be dropped on the form, and one sees how far it is. Without this script the form does the same, more plainly.
(() => {
  for (const form of document.querySelectorAll("form[data-drop]")) {
    const input = document.getElementById(form.dataset.drop);
    const bar = form.querySelector("progress");
    const over = (on) => (event) => { event.preventDefault(); form.classList.toggle("over", on); };
    form.addEventListener("dragover", over(true));
    form.addEventListener("dragleave", over(false));
    form.addEventListener("drop", (event) => {
      over(false)(event);
      if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    });
    form.addEventListener("submit", (event) => {
      if (!window.XMLHttpRequest || !form.reportValidity()) return;
      event.preventDefault();
      form.querySelector("button").disabled = true;
      bar.hidden = false;
      const asked = new XMLHttpRequest();
      asked.open("POST", form.action);
      asked.upload.addEventListener("progress", (sent) => { if (sent.lengthComputable) bar.value = (100 * sent.loaded) / sent.total; });
      asked.upload.addEventListener("load", () => bar.removeAttribute("value"));
      asked.addEventListener("loadend", () => location.reload());
      asked.send(new FormData(form));
    });
  }
})();
