
"use strict";
(() => {
  const text = document.getElementById("text");
  const told = document.getElementById("told");
  const items = document.getElementById("told-items");
  const marks = [...text.querySelectorAll("a")];
  const stops = marks.filter((mark) => mark.tabIndex === 0);
  let held = null;

  // Where each text node begins, in UTF-16 units, to turn offsets into ranges.
  const nodes = [];
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  for (let at = 0; walker.nextNode(); at += walker.currentNode.length) nodes.push([at, walker.currentNode]);
  const place = (offset, ends) => {
    const found = nodes.findLast(([at]) => (ends ? at < offset : at <= offset));
    return [found[1], offset - found[0]];
  };
  const highlight = (name, spans) => {
    if (!window.CSS || !CSS.highlights) return;
    const ranges = spans.filter(Boolean).map((span) => {
      const [start, end] = span.split(" ").map(Number);
      const range = new Range();
      range.setStart(...place(start, false));
      range.setEnd(...place(end, true));
      return range;
    });
    CSS.highlights.set(name, new Highlight(...ranges));
  };

  const element = (name, ...children) => {
    const made = document.createElement(name);
    made.append(...children);
    return made;
  };
  const copied = (node) => [...node.childNodes].map((child) => child.cloneNode(true));
  const card = (row) => {
    const heads = row.closest("table").tHead.rows[0].cells;
    const list = element("dl");
    [...row.cells].slice(1).forEach((cell, at) => list.append(element("dt", ...copied(heads[at + 1])), element("dd", ...copied(cell))));
    const link = element("a", "↓ #" + row.id);
    link.href = "#" + row.id;
    link.addEventListener("click", () => { row.hidden = false; });  // the filter may have hidden it
    const more = element("p", link);
    more.className = "more";
    return element("article", element("h3", row.cells[0].textContent), list, more);
  };

  const show = (mark) => {
    const keys = mark ? mark.dataset.of.split(" ") : [];
    const rows = keys.map((key) => document.getElementById(key));
    items.replaceChildren(...rows.map(card));
    if (!mark) items.replaceChildren(document.getElementById("told-empty").content.cloneNode(true));
    told.classList.toggle("empty", !mark);
    told.classList.toggle("held", held !== null);
    for (const other of marks) other.classList.toggle("on", mark !== null && other.dataset.of.split(" ").includes(keys[0]));
    for (const row of document.querySelectorAll("tr.on")) row.classList.remove("on");
    for (const row of rows) row.classList.add("on");
    highlight("sentence", rows.map((row) => row.dataset.sentence));
    highlight("words", rows.map((row) => row.dataset.words));
  };
  const hold = (mark) => {
    held = mark;
    show(mark);
  };

  for (const mark of marks) mark.removeAttribute("title");  // the card tells it
  text.addEventListener("pointerover", (event) => {
    const mark = event.target.closest("a");
    if (mark && !held) show(mark);
  });
  text.addEventListener("focusin", (event) => {
    const mark = event.target.closest("a");
    if (mark && !(held && event.target === held)) hold(null), show(mark);
  });
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("a");
    if (mark) event.preventDefault();
    hold(mark === held ? null : mark);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hold(null);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = stops.indexOf(document.activeElement);
    if (step && at >= 0 && stops[at + step]) {
      event.preventDefault();
      stops[at + step].focus();
    }
  });
  const arrive = () => {
    const mark = document.getElementById(location.hash.slice(1));
    if (mark && marks.includes(mark)) hold(mark);
  };
  window.addEventListener("hashchange", arrive);

  const filter = document.getElementById("filter");
  const facts = document.getElementById("facts-table");
  if (facts) {
    filter.closest("p").hidden = false;
    const rows = [...facts.tBodies[0].rows].map((row) => [row, row.textContent.toLowerCase()]);
    filter.addEventListener("input", () => {
      const words = filter.value.toLowerCase().split(/\s+/);
      for (const [row, content] of rows) row.hidden = !words.every((word) => content.includes(word));
      const left = rows.filter(([row]) => !row.hidden).length;
      document.getElementById("left").textContent = filter.value.trim() ? `${left} / ${rows.length}` : "";
    });
  }
  told.hidden = false;
  show(null);
  arrive();
})();
