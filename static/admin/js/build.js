/* The page to build a pathway, made quicker: parts are added, moved and counted without asking the
   server, and resources are offered while somebody types. Without it the page's own buttons do the
   same, since each of them saves or shows the page again.

   The order of the parts is the order of the hidden fields that stand in them, so moving a part in
   the page is all there is to moving it. */

"use strict";

{
  const form = document.getElementById("build");
  const say = form.dataset;
  const live = form.querySelector("[data-said]");

  const part = (node) => node.closest("[data-part]");
  const steps = (list) => Array.from(list.children).filter((one) => one.matches("li"));
  const stages = () => Array.from(form.querySelectorAll("[data-part=stage]"));
  const stageOf = (node) => node.closest("[data-part=stage]");
  const titleOf = (step) => step.querySelector("[data-title]").textContent.trim();

  // Minutes, as the server counts them

  const spoken = (minutes) => {
    const hours = Math.floor(minutes / 60);
    const text = !hours ? say.min : minutes % 60 ? say.hours : say.hoursAlone;
    return text.replace("{h}", hours).replace("{m}", minutes % 60);
  };

  const minutesOf = (step) => {
    const typed = step.querySelector("input.build-minutes[name$='-minutes'][name^='step-']").value.trim();
    if (/^[1-9]\d{0,5}$/.test(typed)) return Number(typed);
    return step.dataset.ownMinutes ? Number(step.dataset.ownMinutes) : null;
  };

  const counts = (step) => !step.hasAttribute("data-marked") && !step.closest("[data-part=stage][data-marked]");

  const countStage = (stage) => {
    let core = 0;
    let optional = 0;
    for (const place of steps(stage.querySelector("[data-steps]"))) {
      if (place.matches("[data-set]")) {
        const ways = steps(place.querySelector("[data-ways]")).filter(counts).map(minutesOf);
        const known = ways.filter((one) => one !== null);
        core += known.length ? Math.min(...known) : 0;
      } else if (counts(place)) {
        const minutes = minutesOf(place) || 0;
        if (place.querySelector("[data-optional]").checked) optional += minutes;
        else core += minutes;
      }
    }
    return [core, optional];
  };

  const count = () => {
    let core = 0;
    let optional = 0;
    for (const stage of stages()) {
      const [own, more] = countStage(stage);
      stage.querySelector("[data-stage-minutes]").textContent = own ? spoken(own) : "";
      core += own;
      optional += more;
    }
    form.querySelector("[data-sum]").textContent = spoken(core);
    form.querySelector("[data-sum-optional]").textContent = spoken(optional);
  };

  // The line that a folded step is

  const tell = (step) => {
    const own = step.querySelector("[name$='-title'][name^='step-']").value.trim();
    const chosen = step.querySelector("[data-find][name$='-resource'], [data-find][name$='-pathway']");
    step.querySelector("[data-title]").textContent = own || (chosen && chosen.value.trim()) || say.untitled;
    const minutes = minutesOf(step);
    step.querySelector("[data-minutes]").textContent = minutes ? spoken(minutes) : say.noMinutes;
    const isWay = Boolean(step.closest("[data-ways]"));
    const isOptional = step.querySelector("[data-optional]").checked;
    const requirement = isWay ? say.choose : isOptional ? say.optional : say.core;
    step.querySelector("[data-requirement]").textContent = requirement;
    step.toggleAttribute("data-marked", step.querySelector("[data-delete]").checked);
    const name = titleOf(step);
    for (const [way, label] of Object.entries({ up: "↑", down: "↓" })) {
      const button = step.querySelector(`:scope > .build-moves [id^='${way}-']`);
      if (button && button.textContent.trim() === label) {
        const said = button.getAttribute("aria-label");
        button.setAttribute("aria-label", said.slice(0, said.indexOf(":") + 1) + " " + name);
      }
    }
  };

  const tellStage = (stage) => {
    const title = stage.querySelector("[name$='-title'][name^='stage-']").value.trim();
    stage.querySelector("[data-stage-name]").textContent = title || say.untitledStage;
    const mark = stage.querySelector("[data-delete=stage]");
    stage.toggleAttribute("data-marked", mark.checked);
  };

  const tellAll = () => {
    for (const stage of stages()) tellStage(stage);
    for (const step of form.querySelectorAll("[data-part=step]")) tell(step);
    count();
  };

  // What is not saved yet

  let isDirty = say.unsaved === "yes";
  let isSending = false;
  const dirty = () => {
    isDirty = true;
  };
  window.addEventListener("beforeunload", (event) => {
    if (isDirty && !isSending) event.preventDefault();
  });
  form.addEventListener("submit", () => {
    isSending = true;
  });
  // A page that comes back by the browser's own button can be left again.
  window.addEventListener("pageshow", () => {
    isSending = false;
  });

  // Moving

  const dissolve = (set) => {
    const ways = steps(set.querySelector("[data-ways]"));
    if (ways.length === 1) set.before(ways[0]);
    if (ways.length < 2) set.remove();
  };

  const leave = (step, where) => {
    const set = step.closest("[data-set]");
    if (!set) return;
    set[where](step);
    dissolve(set);
  };

  const neighbour = (stage, by) => stages()[stages().indexOf(stage) + by];

  const moves = {
    up(step) {
      const before = step.previousElementSibling;
      if (before && before.matches("li")) before.before(step);
      else if (step.closest("[data-set]") && step.matches("[data-part=step]")) leave(step, "before");
      else if (neighbour(stageOf(step), -1)) neighbour(stageOf(step), -1).querySelector("[data-steps]").append(step);
    },
    down(step) {
      const after = step.nextElementSibling;
      if (after && after.matches("li")) after.after(step);
      else if (step.closest("[data-set]") && step.matches("[data-part=step]")) leave(step, "after");
      else if (neighbour(stageOf(step), 1)) neighbour(stageOf(step), 1).querySelector("[data-steps]").prepend(step);
    },
    join(step) {
      const above = step.previousElementSibling;
      if (!above) return;
      asSet(above).querySelector("[data-ways]").append(step);
    },
    leave(step) {
      leave(step, "after");
    },
    to(step) {
      const chosen = step.querySelector("[data-stages]").value.replace("stage-", "");
      const stage = stages().find((one) => one.dataset.key === chosen);
      if (!stage) return;
      const set = step.closest("[data-set]");
      stage.querySelector("[data-steps]").append(step);
      if (set) dissolve(set);
    },
  };

  const asSet = (step) => {
    if (step.matches("[data-set]")) return step;
    const set = copyOf("set");
    step.before(set);
    set.querySelector("[data-ways]").append(step);
    return set;
  };

  const announce = (step) => {
    const stage = stageOf(step);
    const all = Array.from(stage.querySelectorAll("[data-part=step]"));
    live.textContent = say.moved
      .replace("{step}", titleOf(step))
      .replace("{n}", all.indexOf(step) + 1)
      .replace("{all}", all.length)
      .replace("{stage}", stage.querySelector("[data-stage-name]").textContent.trim());
  };

  const fillStages = (select) => {
    select.replaceChildren(
      ...stages().map((stage) => {
        const name = stage.querySelector("[data-stage-name]").textContent.trim();
        return new Option(name.slice(0, 60), `stage-${stage.dataset.key}`);
      }),
    );
  };

  // Adding

  let number = 0;
  const newKey = () => {
    number += 1;
    return `new${Date.now().toString(36)}${Math.random().toString(36).slice(2, 12)}x${number}`;
  };

  const copyOf = (kind) => {
    const source = document.querySelector(`template[data-new=${kind}]`);
    const holder = document.createElement("ol");
    holder.innerHTML = source.innerHTML.replaceAll("newtemplate", newKey());
    return holder.firstElementChild;
  };

  const begin = (step) => {
    const fold = step.querySelector("details");
    fold.open = true;
    fold.querySelector("input:not([type=hidden]), textarea").focus();
  };

  const add = {
    stage() {
      const stage = copyOf("stage");
      form.querySelector("[data-stages-list]").append(stage);
      stage.querySelector("input:not([type=hidden])").focus();
    },
    add(button, kind, where) {
      const step = copyOf(kind);
      const stage = stages().find((one) => `stage-${one.dataset.key}` === where);
      stage.querySelector("[data-steps]").append(step);
      begin(step);
    },
    way(button, kind) {
      const beside = part(button);
      const set = asSet(beside.closest("[data-set]") || beside);
      const step = copyOf(kind);
      set.querySelector("[data-ways]").append(step);
      begin(step);
    },
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=do]");
    if (!button) return;
    const [verb, ...rest] = button.value.split(" ");
    if (add[verb]) {
      event.preventDefault();
      add[verb](button, ...rest);
    } else if (verb === "set-up" || verb === "set-down") {
      event.preventDefault();
      moves[verb.slice(4)](button.closest("[data-set]"));
      button.focus();
    } else if (moves[verb]) {
      event.preventDefault();
      const moved = part(button);
      if (moved.matches("[data-part=stage]")) {
        const other = neighbour(moved, verb === "up" ? -1 : 1);
        if (other) other[verb === "up" ? "before" : "after"](moved);
      } else {
        moves[verb](moved);
        announce(moved);
      }
      button.focus();
    } else return;
    dirty();
    tellAll();
  });

  form.addEventListener("input", (event) => {
    dirty();
    const own = part(event.target);
    if (own && own.matches("[data-part=step]")) tell(own);
    if (own && own.matches("[data-part=stage]")) tellStage(own);
    count();
  });
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-stages]") && !event.target.dataset.isFilled) {
      fillStages(event.target);
    }
  });

  // Dragging: by pointer, so that a finger and a pen can too

  let dragged = null;

  const placeAt = (x, y) => {
    const under = document.elementFromPoint(x, y);
    if (!under || !form.contains(under)) return;
    const over = under.closest("[data-part=step]");
    if (over && over !== dragged) {
      const box = over.getBoundingClientRect();
      over[y < box.top + box.height / 2 ? "before" : "after"](dragged);
      return;
    }
    const list = under.closest("[data-part=stage]");
    if (!list || over) return;
    const target = under.closest("[data-ways]") || list.querySelector("[data-steps]");
    if (!target.contains(dragged)) target.append(dragged);
  };

  form.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button > 0) return;
    event.preventDefault();
    dragged = part(grip);
    dragged.dataset.from = "";
    grip.setPointerCapture(event.pointerId);
    dragged.classList.add("is-dragged");
    document.body.classList.add("is-dragging");
  });
  form.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    // The dragged row itself is no place to fall on.
    dragged.style.setProperty("pointer-events", "none");
    placeAt(event.clientX, event.clientY);
    const edge = 60;
    if (event.clientY < edge) window.scrollBy(0, -12);
    if (event.clientY > window.innerHeight - edge) window.scrollBy(0, 12);
  });
  const drop = () => {
    if (!dragged) return;
    dragged.style.removeProperty("pointer-events");
    dragged.classList.remove("is-dragged");
    document.body.classList.remove("is-dragging");
    for (const set of form.querySelectorAll("[data-set]")) dissolve(set);
    announce(dragged);
    dragged = null;
    dirty();
    tellAll();
  };
  form.addEventListener("pointerup", drop);
  form.addEventListener("pointercancel", drop);

  const showGrips = (root) => {
    for (const grip of root.querySelectorAll("[data-grip]")) grip.hidden = false;
  };
  showGrips(form);
  for (const template of document.querySelectorAll("template[data-new]")) showGrips(template.content);

  // Finding by typing: a combobox as the ARIA practices describe it, over a field that also works
  // by itself

  let found = null;

  const close = () => {
    if (!found) return;
    found.field.setAttribute("aria-expanded", "false");
    found.field.removeAttribute("aria-activedescendant");
    found.box.remove();
    found = null;
  };

  const rowField = (field) => form.elements.namedItem(`${field.name}_row`);

  const choose = (option) => {
    const { field } = found;
    field.value = option.dataset.text;
    rowField(field).value = option.dataset.id;
    const step = part(field);
    if (field.name.endsWith("-resource") || field.name.endsWith("-pathway")) {
      if (option.dataset.minutes) step.dataset.ownMinutes = option.dataset.minutes;
      else delete step.dataset.ownMinutes;
    }
    close();
    dirty();
    tell(step);
    count();
  };

  const mark = (by) => {
    const options = Array.from(found.list.children);
    const now = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const next = options[(now + by + options.length + (now < 0 && by < 0 ? 1 : 0)) % options.length];
    for (const one of options) one.setAttribute("aria-selected", String(one === next));
    if (!next) return;
    found.field.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  };

  const show = (field, results) => {
    close();
    const text = results.length ? say.found.replace("{n}", results.length) : say.foundNone;
    live.textContent = text;
    if (!results.length) return;
    const box = document.createElement("div");
    box.className = "build-found";
    const list = document.createElement("ul");
    list.id = `${field.id}-found`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", text);
    results.forEach((one, at) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${at}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      Object.assign(option.dataset, { id: one.id, text: one.text, minutes: one.minutes || "" });
      option.append(one.text);
      if (one.what) {
        const small = document.createElement("small");
        small.textContent = one.what;
        option.append(small);
      }
      // Before the field loses the focus.
      option.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        choose(option);
      });
      list.append(option);
    });
    box.append(list);
    field.after(box);
    field.setAttribute("aria-expanded", "true");
    field.setAttribute("aria-controls", list.id);
    found = { field, box, list };
  };

  const dress = (field) => {
    if (field.getAttribute("role") === "combobox") return;
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
  };

  let waiting = 0;
  let asked = 0;
  const ask = (field) => {
    clearTimeout(waiting);
    const q = field.value.trim();
    if (q.length < 2) {
      close();
      return;
    }
    waiting = setTimeout(async () => {
      asked += 1;
      const mine = asked;
      const query = new URLSearchParams({ kind: field.dataset.find, q });
      const answer = await fetch(`${say.find}?${query}`, { headers: { Accept: "application/json" } });
      // Signed out, or a later word was quicker: saving finds it all the same.
      if (!answer.ok || answer.redirected || mine !== asked || document.activeElement !== field) return;
      show(field, (await answer.json()).results);
    }, 200);
  };

  form.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-find]")) dress(event.target);
  });
  form.addEventListener("focusout", (event) => {
    if (found && event.target === found.field) close();
  });
  form.addEventListener("input", (event) => {
    if (!event.target.matches("input[data-find]:not([type=hidden])")) return;
    rowField(event.target).value = "";
    ask(event.target);
  });
  form.addEventListener("keydown", (event) => {
    if (!event.target.matches("input")) return;
    const { key } = event;
    if (!found || event.target !== found.field) return;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      mark(key === "ArrowDown" ? 1 : -1);
    } else if (key === "Escape") {
      event.preventDefault();
      close();
    } else if (key === "Enter") {
      const option = found.list.querySelector("[aria-selected=true]");
      event.preventDefault();
      if (option) choose(option);
    }
  });

  // A link to something in a folded step unfolds it.

  const unfold = () => {
    const goal = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = goal && goal.closest("details");
    if (!fold) return;
    fold.open = true;
    goal.scrollIntoView();
    if (goal.matches("summary, button")) goal.focus();
  };
  window.addEventListener("hashchange", unfold);
  unfold();

  tellAll();
}
