/**
 * The script of the page; its hash stands in the page's policy. It makes no markup: it shows, hides and counts what is
 * there, and fills lists by text.
 */
export const SCRIPT = String.raw`"use strict";
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const id = (name) => document.getElementById(name);
  const open = (element) => {
    for (let at = element; at; at = at.parentElement) if (at.localName === "details") at.open = true;
  };
  const bar = id("filters");
  const source = id("data");
  let clear = () => {};

  if (bar && source) {
    const data = JSON.parse(source.textContent);
    const spots = all(".spot").map((element, index) => ({ element, row: data.rows[index] }));
    const groups = all(".group").map((element) => ({ element, spots: all(".spot", element), places: element.querySelector(".places") }));
    const crates = all("section.crate");
    const controls = Object.fromEntries(all("[data-by]", bar).map((each) => [each.dataset.by, each]));
    const texts = new Map();
    const total = data.rows.reduce((sum, row) => sum + row[6], 0);

    const used = { crate: 0, rule: 1, taxon: 2, state: 3, level: 4, host: 5 };
    for (const [name, column] of Object.entries(used)) {
      const counts = data[name].map(() => 0);
      for (const row of data.rows) for (const at of [row[column]].flat()) counts[at] += row[6];
      data[name].forEach((text, index) => {
        if (counts[index] > 0) controls[name].append(new Option(text + " (" + counts[index] + ")", index));
      });
      controls[name].parentElement.hidden = controls[name].options.length < 3 && name !== "host";
    }

    const textOf = (element) => {
      if (!texts.has(element)) {
        const group = element.closest(".group").querySelector("summary").cloneNode(true);
        for (const others of group.querySelectorAll(".symbols")) others.remove();
        texts.set(element, (group.textContent + " " + element.textContent).toLowerCase());
      }
      return texts.get(element);
    };
    const places = (count) => count + (count === 1 ? " line" : " lines");

    const apply = () => {
      const wanted = Object.keys(used).flatMap((name) => controls[name].value === "" ? [] : [[used[name], Number(controls[name].value)]]);
      const text = controls.text.value.trim().toLowerCase();
      let shown = 0;
      for (const { element, row } of spots) {
        const fits = wanted.every(([column, at]) => column === 2 || column === 5 ? row[column].includes(at) : row[column] === at);
        element.hidden = !fits || (text !== "" && !textOf(element).includes(text));
        if (!element.hidden) shown += row[6];
      }
      for (const { element, spots, places: label } of groups) {
        const count = spots.filter((spot) => !spot.hidden).length;
        element.hidden = count === 0;
        label.textContent = count === spots.length ? places(count) : count + " of " + places(spots.length);
      }
      for (const crate of crates) crate.hidden = !crate.querySelector(".group:not([hidden])");
      const all = shown === total;
      id("shown").textContent = all ? "All " + total + " results are shown." : shown + " of " + total + " results are shown.";
      id("reset").disabled = all && text === "" && wanted.length === 0;
    };
    clear = () => {
      for (const control of Object.values(controls)) control.value = "";
      apply();
    };

    bar.addEventListener("input", apply);
    id("reset").addEventListener("click", () => {
      clear();
      controls.host.focus();
    });
    id("unfold").addEventListener("click", () => groups.forEach(({ element }) => (element.open = !element.hidden)));
    id("fold").addEventListener("click", () => groups.forEach(({ element }) => (element.open = false)));
    apply();
    bar.hidden = false;
  }

  const arrive = () => {
    let target;
    try {
      target = id(decodeURIComponent(location.hash.slice(1)));
    } catch {}
    if (!target) return;
    if (target.hidden || target.closest("[hidden]")) clear();
    open(target);
    target.scrollIntoView();
    if (target.matches(".spot")) {
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
    }
  };
  addEventListener("hashchange", arrive);
  if (location.hash) arrive();
})();`;
