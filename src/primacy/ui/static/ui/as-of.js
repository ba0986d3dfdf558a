// The list of days becomes a slider, oldest first in the direction of reading; the form stays as it is. A day has one
// place on it, and a second one only while another assessment of that day is shown.
for (const form of document.querySelectorAll("form[data-slider]")) {
  const list = form.querySelector("select");
  for (const older of list.querySelectorAll("option[data-older]:not(:checked)")) older.remove();
  const last = list.options.length - 1;
  if (last < 1) continue;
  const slider = document.createElement("input");
  const shown = document.createElement("output");
  Object.assign(slider, { type: "range", min: 0, max: last, step: 1, value: last - list.selectedIndex, id: list.id });
  const tell = () => {
    list.selectedIndex = last - Number(slider.value);
    shown.value = list.options[list.selectedIndex].text;
    slider.setAttribute("aria-valuetext", shown.value);
  };
  slider.addEventListener("input", tell);
  slider.addEventListener("change", () => form.requestSubmit());
  list.removeAttribute("id");
  list.hidden = true;
  form.querySelector("button").hidden = true;
  list.before(slider, shown);
  tell();
}
