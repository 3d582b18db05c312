"use strict";
// Minutes typed live: a few seconds after the last key they are saved through the API. The text stays in the box
// whatever happens; without this script the form's own button saves it.
window.addEventListener("load", () => {
  const boxes = [...document.querySelectorAll("textarea[data-autosave]")];
  const form = boxes[0]?.form;
  const token = form?.querySelector("[name=csrfmiddlewaretoken]")?.value;
  const revision = form?.querySelector("[name=read_revision]");
  if (!boxes.length || !token || !revision?.value) return;

  const PAUSE = 3000;
  const { autosave: address, tag, saved, saving, stale, failed, refused } = boxes[0].dataset;
  const kept = new Map(boxes.map((box) => [box, box.value]));
  let etag = `"${tag}${revision.value}"`;
  let timer = null;
  let busy = false;
  let stopped = false;
  let others = false;

  const line = document.createElement("p");
  line.className = "help autosave";
  line.setAttribute("role", "status");
  (boxes[0].closest(".form-row") ?? boxes[0].parentElement).append(line);
  const say = (text, wrong = false) => {
    line.textContent = text;
    line.classList.toggle("errornote", wrong);
  };

  const changed = () => boxes.filter((box) => box.value !== kept.get(box));
  const settle = () => {
    // Nothing else was typed on the page and everything is saved: leaving loses nothing.
    if (!others && !changed().length) document.body.classList.remove("unsaved");
  };
  const later = () => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(save, PAUSE);
  };
  const ask = (method, body) => fetch(address, {
    method,
    credentials: "same-origin",
    headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token, "If-Match": etag },
    body,
  });

  // Another row of the conference was written in another window: go on unless the minutes themselves differ.
  const catchUp = async () => {
    const answer = await fetch(address, { credentials: "same-origin", headers: { Accept: "application/json" } });
    if (!answer.ok) return false;
    const now = await answer.json();
    if (boxes.some((box) => (now[box.dataset.field] ?? "").trim() !== kept.get(box).trim())) return false;
    etag = answer.headers.get("ETag");
    revision.value = now.revision;
    return true;
  };

  async function save() {
    const mine = changed();
    if (busy || stopped || !mine.length) return;
    busy = true;
    say(saving);
    const sent = new Map(mine.map((box) => [box, box.value]));
    try {
      const body = JSON.stringify(Object.fromEntries(mine.map((box) => [box.dataset.field, box.value])));
      let answer = await ask("PATCH", body);
      if (answer.status === 412 && (await catchUp())) answer = await ask("PATCH", body);
      if (answer.ok) {
        const now = await answer.json();
        etag = answer.headers.get("ETag");
        revision.value = now.revision;
        sent.forEach((text, box) => kept.set(box, text));
        const at = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
        say(`${saved} ${at}`);
        settle();
      } else if (answer.status === 412) {
        stopped = true;
        say(stale, true);
      } else {
        const problem = await answer.json().catch(() => ({}));
        stopped = answer.status < 500;
        say(`${refused} ${problem.errors?.[0]?.detail ?? problem.detail ?? answer.status}`, true);
      }
    } catch {
      say(failed, true);
    }
    busy = false;
    if (changed().length) later();
  }

  form.addEventListener("input", (event) => {
    if (boxes.includes(event.target)) {
      // A refusal of what was typed before may be mended by what is typed now; a stale page is not.
      if (stopped && line.textContent !== stale) stopped = false;
      later();
    } else others = true;
  });
  form.addEventListener("change", (event) => { others ||= !boxes.includes(event.target); });
  form.addEventListener("submit", () => { clearTimeout(timer); stopped = true; });
});
