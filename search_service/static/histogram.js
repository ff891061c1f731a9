"use strict";

// Sweeping over bars of the histogram takes the days from the first to the last of them. Without this script each bar
// is a link to its own year or month.

for (const svg of document.querySelectorAll("[data-sweep]")) {
  const bars = [...svg.querySelectorAll("g")];
  let from = null;
  let to = null;

  const barAt = (event) => {
    const { left, width } = svg.getBoundingClientRect();
    const place = Math.floor(((event.clientX - left) / width) * bars.length);
    return bars[Math.max(0, Math.min(place, bars.length - 1))];
  };
  const swept = () => {
    const places = [bars.indexOf(from), bars.indexOf(to)].sort((a, b) => a - b);
    return from ? bars.slice(places[0], places[1] + 1) : [];
  };
  const show = () => {
    for (const bar of bars) bar.classList.toggle("swept", swept().includes(bar));
  };

  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = to = barAt(event);
    show();
  });
  window.addEventListener("pointermove", (event) => {
    if (!from) return;
    to = barAt(event);
    show();
  });
  window.addEventListener("pointercancel", () => {
    from = to = null;
    show();
  });
  window.addEventListener("pointerup", () => {
    const chosen = swept();
    from = to = null;
    if (chosen.length < 2) {
      show();
      return;
    }
    const address = new URL(location.href);
    for (const name of ["cursor", "page", "year", "month"]) address.searchParams.delete(name);
    address.searchParams.set("issued_from", chosen[0].dataset.first);
    address.searchParams.set("issued_to", chosen[chosen.length - 1].dataset.last);
    // The click on the bar where the button goes up would follow its link.
    window.addEventListener("click", (event) => event.preventDefault(), { capture: true, once: true });
    location.assign(address);
  });
}
