"use strict";
// Small helps on top of the stock admin; every page works without them.
window.addEventListener("load", () => {
  // 1. Typed but not saved: warn before leaving, and say so beside the workflow buttons.
  const form = document.querySelector("body.change-form #content-main > form[method=post]");
  if (form) {
    let sending = false;
    const touched = () => document.body.classList.add("unsaved");
    form.addEventListener("input", touched);
    form.addEventListener("change", touched);
    form.addEventListener("submit", () => { sending = true; });
    window.addEventListener("beforeunload", (event) => {
      if (!sending && document.body.classList.contains("unsaved")) event.preventDefault();
    });
  }

  // Escape folds an opened step and gives the focus back to its button.
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.querySelector(".move[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  // 2. Every cell knows the name of its column: phones show a row as a card, and fields in rows need a name.
  const nameCells = (table) => {
    const names = [...table.querySelectorAll("thead th")].map((th) => (th.querySelector(".text") ?? th).textContent.trim().replace(/\s+/g, " "));
    for (const row of table.querySelectorAll("tbody tr")) {
      [...row.cells].forEach((cell, i) => { cell.dataset.name = names[i] ?? ""; });
    }
  };

  // 3. Names for what the stock widgets leave without one (pickers, two-part dates, fields in rows, help signs).
  const nameFields = () => {
    document.querySelectorAll(".results table, .tabular table").forEach(nameCells);
    for (const field of document.querySelectorAll("#content :is(input:not([type=hidden]), select, textarea)")) {
      if (field.labels?.length || field.hasAttribute("aria-label")) continue;
      const label = field.closest("td")?.dataset.name || field.closest(".form-row")?.querySelector("label")?.textContent.trim();
      if (label) field.setAttribute("aria-label", label);
    }
    for (const picker of document.querySelectorAll("select.admin-autocomplete + .select2 [role=combobox], select.admin-autocomplete + .select2 [role=textbox]")) {
      const select = picker.closest(".select2").previousElementSibling;
      picker.setAttribute("aria-label", select.labels[0]?.textContent.trim() || select.getAttribute("aria-label") || "");
    }
    document.querySelectorAll("span.help-tooltip[aria-label]").forEach((sign) => sign.setAttribute("role", "img"));
    document.querySelectorAll(".tabular thead th:empty").forEach((th) => th.setAttribute("role", "presentation"));
  };
  // The pickers are built when jQuery is ready, which may be after the load event.
  (window.django?.jQuery ?? ((then) => then()))(nameFields);
  document.addEventListener("formset:added", () => setTimeout(nameFields));
});
