"use strict";
// Saves each text of a report by itself a moment after typing stops. Without this script the Save button does it all.
window.addEventListener("load", () => {
  const form = document.getElementById("texts");
  if (!form) return;
  const PAUSE = 2500;
  const RETRY = 8000;
  const say = form.dataset;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const areas = [...form.querySelectorAll("textarea:not([readonly])")];
  let last = areas[0];

  for (const area of areas) {
    const name = area.name.replace("text.", "");
    const line = document.getElementById(`state.${name}`);
    const revision = form.elements[`revision.${name}`];
    // What could not be saved outlives a reload of this window, and nothing else.
    const shelf = `report-text:${say.period}:${name}`;
    let stored = area.value;
    let timer = 0;
    let sending = false;
    let conflict = false;

    const tell = (words, fault = false) => {
      line.textContent = words;
      line.parentElement.classList.toggle("text-state--fault", fault);
      area.setAttribute("aria-invalid", String(fault));
    };
    const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };
    const keep = () => {
      try {
        if (area.value === stored) sessionStorage.removeItem(shelf);
        else sessionStorage.setItem(shelf, JSON.stringify([area.value, revision.value]));
      } catch { /* a full or forbidden shelf: the warning before leaving remains */ }
    };

    const linkHistory = (address) => {
      if (line.parentElement.querySelector("a")) return;
      const link = document.createElement("a");
      link.href = address;
      link.textContent = say.history;
      line.parentElement.append(" ", link);
    };

    async function save() {
      if (sending || conflict || area.value === stored) return;
      sending = true;
      const sent = area.value;
      tell(say.saving);
      const body = new FormData();
      for (const [key, value] of [["period", say.period], ["part", area.dataset.part], ["language", area.dataset.language], ["text", sent], ["revision", revision.value]]) body.append(key, value);
      for (const box of form.querySelectorAll("[name^='confirm.']:checked")) body.append(box.name, "1");
      try {
        const answer = await fetch(say.save, { method: "POST", body, headers: { "X-CSRFToken": token }, credentials: "same-origin" });
        const type = answer.headers.get("Content-Type") ?? "";
        const told = type.includes("json") ? await answer.json() : {};
        if (answer.ok && told.revision) {
          stored = sent;
          revision.value = told.revision;
          linkHistory(told.history);
          tell(area.value === stored ? say.saved : say.typing);
        } else if (answer.status === 409) {
          conflict = true;
          tell(say.conflict, true);
        } else if (told.detail) {
          tell(told.detail, true);
        } else {
          tell(say.offline, true);
          later(RETRY);
        }
      } catch {
        tell(say.offline, true);
        later(RETRY);
      } finally {
        sending = false;
        keep();
        if (area.value !== sent) later(PAUSE);
      }
    }

    area.addEventListener("focus", () => { last = area; });
    area.addEventListener("input", () => {
      keep();
      if (!conflict) tell(say.typing);
      later(PAUSE);
    });
    area.addEventListener("blur", () => later(0));
    area.unsaved = () => area.value !== stored;
    area.again = () => { if (area.value !== stored) later(0); };

    try {
      const kept = JSON.parse(sessionStorage.getItem(shelf) ?? "null");
      if (kept && kept[0] !== stored) {
        area.value = kept[0];
        revision.value = kept[1];
        tell(say.kept, true);
        later(PAUSE);
      }
    } catch { /* nothing kept */ }
  }

  for (const box of form.querySelectorAll("[name^='confirm.']")) {
    box.addEventListener("change", () => areas.forEach((area) => area.again()));
  }
  let leaving = false;
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && areas.some((area) => area.unsaved())) event.preventDefault();
  });

  // A figure is placed where the cursor stood last.
  for (const button of document.querySelectorAll("[data-insert]")) {
    button.addEventListener("click", () => {
      if (!last) return;
      last.focus();
      last.setRangeText(button.dataset.insert, last.selectionStart, last.selectionEnd, "end");
      last.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  document.getElementById("figure-search")?.addEventListener("input", (event) => {
    const asked = event.target.value.toLowerCase();
    for (const row of document.querySelectorAll("#figures li")) row.hidden = !row.textContent.toLowerCase().includes(asked);
  });
});
