/* Filters and sliders of the page for editors. Without this script all is shown. */
"use strict";
(() => {
  const form = document.querySelector("form.filters");
  const findings = [...document.querySelectorAll("article.finding")];
  const changes = [...document.querySelectorAll("article.change")];
  const keys = ["code", "language", "report", "product"];
  document.documentElement.classList.add("js");

  /* What a filter is told: {severity: Set, code: "", ...}; a finding without a value has "-". */
  const asked = () => ({
    severity: new Set([...form.querySelectorAll("[name=severity]:checked")].map((box) => box.value)),
    ...Object.fromEntries(keys.map((key) => [key, form.elements[key].value])),
  });
  const value = (one, key) => one.dataset[key] || "-";
  const fits = (one, filter, but) =>
    (but === "severity" || !one.dataset.severity || filter.severity.has(one.dataset.severity)) &&
    keys.every((key) => key === but || !(key in one.dataset) || !filter[key] || value(one, key) === filter[key]);

  function apply() {
    const filter = asked();
    const shown = new Set();
    for (const one of findings) {
      one.hidden = !fits(one, filter);
      if (!one.hidden) shown.add(one.id);
    }
    for (const one of changes) one.hidden = !fits(one, filter);
    for (const one of document.querySelectorAll("[data-for]"))
      one.toggleAttribute("hidden", !shown.has(one.dataset.for));
    for (const one of document.querySelectorAll("article.sheet")) one.hidden = !one.querySelector("li:not([hidden])");
    for (const one of document.querySelectorAll("section.file, section.changes, section.pages")) {
      const left = one.querySelectorAll("article:not([hidden])").length;
      one.hidden = left === 0;
      const link = document.querySelector(`nav a[href="#${one.id}"]`);
      if (link) link.parentElement.hidden = one.hidden;
      const count = link && link.querySelector(".count");
      if (count) count.textContent = left;
    }
    document.querySelector(".unmatched").hidden = shown.size > 0;
    tell(filter, shown.size);
  }

  /* Say how many are shown, and beside each choice how many there are under the other filters. */
  function tell(filter, count) {
    const status = form.querySelector(".status");
    const words = status.dataset.shown.replace("{shown}", count).replace("{all}", findings.length);
    if (status.textContent !== words) status.textContent = words;
    for (const key of keys) {
      const there = findings.filter((one) => fits(one, filter, key));
      for (const option of form.elements[key].options)
        if (option.value) {
          const some = there.filter((one) => value(one, key) === option.value).length;
          option.textContent = `${option.dataset.words} (${some})`;
        }
    }
    form.querySelector(".reset").disabled = count === findings.length;
  }

  /* The state of the filters is in the address: it can be kept, and sent to someone else. */
  function write() {
    const filter = asked();
    const state = new URLSearchParams();
    const boxes = form.querySelectorAll("[name=severity]");
    if (filter.severity.size < boxes.length) state.set("severity", [...filter.severity].join(","));
    for (const key of keys) if (filter[key]) state.set(key, filter[key]);
    const path = location.href.split("#")[0];
    const words = String(state).replaceAll("%2C", ",");
    history.replaceState(null, "", words ? `${path}#${words}` : path);
  }
  function read() {
    const hash = location.hash.slice(1);
    if (hash && !hash.includes("=")) return;
    const state = new URLSearchParams(hash);
    const grave = state.has("severity") ? state.get("severity").split(",") : null;
    for (const box of form.querySelectorAll("[name=severity]"))
      box.checked = !grave || grave.includes(box.value);
    for (const key of keys) {
      form.elements[key].value = state.get(key) || "";
      if (form.elements[key].selectedIndex < 0) form.elements[key].value = "";
    }
  }

  if (form) {
    form.hidden = false;
    form.addEventListener("change", () => { apply(); write(); });
    form.addEventListener("submit", (event) => event.preventDefault());
    const toggle = form.querySelector(".toggle");
    toggle.addEventListener("click", () => {
      const open = form.classList.toggle("open");
      toggle.setAttribute("aria-expanded", open);
    });
    form.querySelector(".reset").addEventListener("click", () => {
      form.reset();
      apply();
      write();
      form.querySelector("[name=severity]").focus();
    });
    window.addEventListener("hashchange", () => { read(); apply(); });
    read();
    apply();
  }

  /* Links within the page leave the filters in the address alone. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const aim = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!aim || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    aim.scrollIntoView();
    if (!aim.hasAttribute("tabindex")) aim.tabIndex = -1;
    aim.focus({ preventScroll: true });
  });

  for (const slider of document.querySelectorAll(".slider")) {
    const control = slider.querySelector("input");
    const stack = slider.parentElement.querySelector(".stack");
    const move = () => {
      stack.style.setProperty("--share", `${control.value}%`);
      control.setAttribute("aria-valuetext", control.dataset.share.replace("{share}", control.value));
    };
    control.addEventListener("input", move);
    slider.hidden = false;
    stack.classList.add("laid");
    move();
  }

  /* On a small screen the findings come first, the contents when they are asked for. */
  const contents = document.querySelector("nav details");
  if (contents && matchMedia("(max-width: 44rem)").matches) contents.open = false;

  /* On paper nothing can be opened: what stands closed is printed open. */
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("main details:not([open])")];
    for (const one of closed) one.open = true;
  });
  window.addEventListener("afterprint", () => { for (const one of closed) one.open = false; });
})();
