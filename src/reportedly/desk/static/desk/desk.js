/* Progressive help for the desk's pages: keys, the link between a text and its claims, the day slider. All works without it. */
"use strict";

const isTyping = (target) => target.closest("input:not([type=range]), textarea, select, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && isTyping(event.target)) { event.target.blur(); return; }
  if (isTyping(event.target)) return;
  if (event.key === "/") {
    const box = document.querySelector("[data-search]");
    if (box) { event.preventDefault(); box.focus(); box.select(); }
    return;
  }
  const control = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!control || event.repeat) return;
  event.preventDefault();
  if (control.matches("[data-opens]")) {
    const part = document.getElementById(control.dataset.opens);
    part.hidden = false;
    part.querySelector("input:not([type=hidden]), select, textarea").focus();
  } else control.click();
});

document.addEventListener("click", (event) => {
  const control = event.target.closest("[data-opens]");
  if (!control) return;
  event.preventDefault();
  const part = document.getElementById(control.dataset.opens);
  part.hidden = !part.hidden;
  if (!part.hidden) part.querySelector("input:not([type=hidden]), select, textarea").focus();
});

/* A word to correct puts its field and value into the form beside it. */
document.addEventListener("click", (event) => {
  const word = event.target.closest("[data-fix]");
  if (!word) return;
  const form = document.getElementById("fix");
  if (!form) return;
  event.preventDefault();
  form.hidden = false;
  const field = form.querySelector("[name=field]"), value = form.querySelector("[name=value]");
  field.value = [...field.options].some((option) => option.value === word.dataset.fix) ? word.dataset.fix : "note";
  value.value = word.dataset.value || "";
  offer(form);
  value.focus();
  value.select();
});

/* The field chosen for a correction offers its values. */
const offer = (form) => {
  const list = `values-${form.querySelector("[name=field]").value}`;
  form.querySelector("[name=value]").setAttribute("list", document.getElementById(list) ? list : "");
};
document.addEventListener("input", (event) => {
  const form = event.target.matches("#fix [name=field]") ? event.target.closest("form") : null;
  if (form) offer(form);
});

const light = (claim, on) => {
  document.querySelectorAll("mark[data-claims]").forEach((mark) => {
    if (mark.dataset.claims.split(" ").includes(claim)) mark.classList.toggle("lit", on);
  });
};
for (const [kind, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(kind, (event) => {
    const card = event.target.closest && event.target.closest("[data-claim]");
    if (card) light(card.dataset.claim, on);
  });
}

document.addEventListener("input", (event) => {
  const slider = event.target.closest("[data-first-day]");
  if (!slider) return;
  const day = new Date(`${slider.dataset.firstDay}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + Number(slider.value));
  const field = document.getElementById(slider.dataset.sets);
  field.value = day.toISOString().slice(0, 10);
});

/* The map is moved by dragging it and by the wheel with a control key; the server draws the new section. Buttons do the same. */
const showSection = (frame, west, south, east, north) => {
  const clip = (value, most) => Math.max(-most, Math.min(most, value)).toFixed(2);
  const address = new URL(window.location.href);
  address.searchParams.set("box", [clip(west, 180), clip(south, 90), clip(east, 180), clip(north, 90)].join(","));
  address.searchParams.delete("page");
  address.hash = "";
  htmx.ajax("GET", address.pathname + address.search, { target: "#found", swap: "outerHTML" })
    .then(() => history.replaceState(history.state, "", address));
};
let drag = null;
document.addEventListener("pointerdown", (event) => {
  const frame = event.target.closest(".pan");
  if (!frame || event.button !== 0 || event.pointerType === "touch" || event.target.closest("a")) return;
  drag = { frame, x: event.clientX, y: event.clientY };
  event.preventDefault();
});
document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  drag.frame.classList.add("moving");
  drag.frame.firstElementChild.style.translate = `${event.clientX - drag.x}px ${event.clientY - drag.y}px`;
});
document.addEventListener("pointerup", (event) => {
  if (!drag) return;
  const { frame, x, y } = drag;
  drag = null;
  if (Math.hypot(event.clientX - x, event.clientY - y) < 5) { frame.firstElementChild.style.translate = ""; return; }
  const [west, south, east, north] = frame.dataset.box.split(",").map(Number);
  const right = (x - event.clientX) / frame.clientWidth * (east - west), up = (event.clientY - y) / frame.clientHeight * (north - south);
  showSection(frame, west + right, south + up, east + right, north + up);
});
document.addEventListener("wheel", (event) => {
  const frame = event.target.closest(".pan");
  if (!frame || !event.ctrlKey || frame.dataset.busy) return;
  event.preventDefault();
  frame.dataset.busy = "1";
  const [west, south, east, north] = frame.dataset.box.split(",").map(Number), edge = frame.getBoundingClientRect();
  const x = (event.clientX - edge.left) / edge.width, y = 1 - (event.clientY - edge.top) / edge.height, factor = event.deltaY > 0 ? 1.6 : 0.625;
  const wide = (east - west) * factor, tall = (north - south) * factor, lon = west + x * (east - west), lat = south + y * (north - south);
  showSection(frame, lon - x * wide, lat - y * tall, lon + (1 - x) * wide, lat + (1 - y) * tall);
}, { passive: false });

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto]");
  if (form) form.requestSubmit();
});

document.addEventListener("htmx:afterSwap", (event) => {
  const heading = event.target.querySelector ? event.target.querySelector("[data-focus]") : null;
  if (heading) heading.focus({ preventScroll: true });
});
document.body.dataset.ready = "1";
