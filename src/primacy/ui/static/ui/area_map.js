// Makes the large map movable where there is a script; without one the server's own drawing stays.
(function () {
  "use strict";
  const card = document.querySelector("[data-outlines]");
  if (!card || !window.L) return;
  fetch(card.dataset.outlines, { credentials: "same-origin" })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then(show)
    .catch(() => {}); // the drawing is still there

  function show(areas) {
    const place = document.createElement("div");
    place.className = "movable";
    place.setAttribute("role", "region");
    place.setAttribute("aria-label", card.dataset.name);
    const drawing = card.querySelector("svg.map");
    drawing.before(place);
    const map = L.map(place, { zoomSnap: 0.25, attributionControl: false, zoomControl: false, scrollWheelZoom: false });
    L.control.zoom({ zoomInTitle: card.dataset.zoomIn, zoomOutTitle: card.dataset.zoomOut }).addTo(map);
    const few = areas.features.length <= 40;
    const layer = L.geoJSON(areas, { style: style, onEachFeature: (area, shape) => named(area, shape, few) }).addTo(map);
    map.fitBounds(layer.getBounds(), { padding: [8, 8] });
    map.setMaxBounds(layer.getBounds().pad(0.5));
    card.classList.add("moved");
  }

  function style(area) {
    const { filling, disputed } = area.properties;
    const hatched = filling === "unknown" || filling === "status-insufficient-evidence";
    const plain = { weight: 1.2, color: "var(--card)", fillOpacity: 0.72, className: filling + (disputed ? " disputed" : "") };
    return hatched ? { ...plain, fillColor: "url(#hatch-map)", color: "var(--soft)" } : plain;
  }

  function named(area, shape, few) {
    const { name, words } = area.properties;
    shape.bindPopup(plain(words ? name + ": " + words : name));
    if (few) shape.bindTooltip(plain(name), { permanent: true, direction: "center", className: "area-name" });
    else shape.bindTooltip(plain(name), { sticky: true });
  }

  function plain(words) { // as text: a name from a file is never markup
    const text = document.createElement("span");
    text.textContent = words;
    return text;
  }
})();
