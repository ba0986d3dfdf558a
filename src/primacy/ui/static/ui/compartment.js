// When the time of an open compartment has passed, what stood on the page is covered; what was typed can still be kept.
(() => {
  const frame = document.querySelector("[data-closes]");
  if (!frame) return;
  setTimeout(() => {
    const typed = frame.querySelector("#typed");
    if (!typed) return location.replace("/compartments/");
    const told = frame.querySelector("[data-closed]");
    const keep = typed.querySelector("button:not([name])").cloneNode(true);
    keep.setAttribute("form", "typed");
    frame.querySelector("[data-covered]").hidden = true;
    frame.querySelector(".watermark").remove();
    told.hidden = false;
    told.append(" ", keep);
    told.focus();
  }, Number(frame.dataset.closes) * 1000);
})();
