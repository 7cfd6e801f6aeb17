"use strict";
(function () {
  const root = document.documentElement;
  const find = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const one = (id) => document.getElementById(id);

  // Colours: as the system has them, light, dark. Storage may be refused when the page is opened from a disk.
  const themes = { auto: ["◐ Auto", "as the system has them"], light: ["☀ Light", "light"], dark: ["☾ Dark", "dark"] };
  function paint(theme) {
    root.dataset.theme = theme;
    const [sign, word] = themes[theme][0].split(" ");
    const name = document.createElement("span");
    name.textContent = " " + word;
    one("theme").replaceChildren(sign, name);
    one("theme").setAttribute("aria-label", "Colours: " + themes[theme][1]);
  }
  let theme = "auto";
  try { theme = localStorage.getItem("auditor-theme") || "auto"; } catch (refused) { theme = "auto"; }
  paint(theme in themes ? theme : "auto");
  one("theme").addEventListener("click", function () {
    const names = Object.keys(themes);
    paint(names[(names.indexOf(root.dataset.theme) + 1) % names.length]);
    try { localStorage.setItem("auditor-theme", root.dataset.theme); } catch (refused) { return; }
  });

  // A link to a finding opens what it is folded into.
  function unfold() {
    const target = location.hash.length > 1 && one(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let box = target; box; box = box.parentElement) if (box.tagName === "DETAILS") box.open = true;
    target.hidden = false;
    target.scrollIntoView();
  }
  addEventListener("hashchange", unfold);

  // Print: everything open, then as it was.
  let folded = [];
  addEventListener("beforeprint", function () {
    folded = find("details:not([open])");
    folded.forEach((box) => { box.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((box) => { box.open = false; }));

  const form = one("filters");
  if (!form) { unfold(); return; }
  const cards = find("article.f");
  const groups = find("details.rule").map((box) => ({ box: box, cards: find("article.f", box), rest: find(".rest", box) }));
  const texts = new Map();
  const text = (card) => {
    if (!texts.has(card)) texts.set(card, card.textContent.toLowerCase());
    return texts.get(card);
  };

  function choices(select, names) {
    names.forEach(function (name) {
      const option = document.createElement("option");
      option.value = name;
      option.textContent = name;
      select.append(option);
    });
  }
  const folders = new Map();
  cards.forEach(function (card) {
    const parts = card.dataset.p.split("/").slice(0, -1);
    for (let depth = 1; depth <= Math.min(parts.length, 3); depth++) {
      const name = parts.slice(0, depth).join("/") + "/";
      folders.set(name, (folders.get(name) || 0) + 1);
    }
  });
  choices(one("rule"), groups.map((group) => group.box.dataset.rule).sort());
  choices(one("folder"), Array.from(folders.keys()).sort().slice(0, 300));

  function filter() {
    const wanted = one("q").value.trim().toLowerCase();
    const rule = one("rule").value;
    const folder = one("folder").value;
    const severities = new Set(find("[name=severity]:checked", form).map((box) => box.value));
    const all = find("[name=severity]", form).every((box) => box.checked);
    const suppressed = one("suppressed") && one("suppressed").checked;
    const narrow = Boolean(wanted || rule || folder || !all);
    let shown = 0;
    groups.forEach(function (group) {
      let here = 0;
      group.cards.forEach(function (card) {
        const fits = (all || severities.has(card.dataset.s)) && (suppressed || !card.classList.contains("off")) &&
          (!rule || rule === group.box.dataset.rule) && card.dataset.p.startsWith(folder) &&
          (!wanted || text(card).includes(wanted) || group.box.dataset.rule.includes(wanted));
        card.hidden = !fits;
        if (fits) here += 1;
      });
      group.box.hidden = here === 0;
      if (narrow && here && shown < 40) group.box.open = true;
      shown += here;
    });
    one("nothing").hidden = shown > 0;
    one("shown").textContent = "Showing " + shown.toLocaleString("en") + " of " + cards.length.toLocaleString("en");
  }
  let waiting = 0;
  form.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(filter, 80); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  one("open").addEventListener("click", () => groups.forEach((group) => { group.box.open = true; }));
  one("close").addEventListener("click", () => groups.forEach((group) => { group.box.open = false; }));
  addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    event.preventDefault();
    one("q").focus();
  });
  filter();
  unfold();
})();
