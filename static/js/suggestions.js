// Offers below a search field what somebody may mean who types: the combobox with a list of ARIA's
// authoring practices. Enter on none of them searches, as it does without this script. What is typed
// is asked of this site alone, without cookies, and kept nowhere.
"use strict";

{
  const SHORTEST = 2;
  const PAUSE = 180;

  for (const form of document.querySelectorAll("form[data-suggestions]")) {
    offer(form, form.querySelector("[type=search]"));
  }

  function offer(form, field) {
    const box = form.appendChild(document.createElement("div"));
    box.className = "suggestions";
    box.hidden = true;
    const said = form.appendChild(document.createElement("p"));
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    const known = new Map();
    let timer, asking, options = [], chosen = -1;

    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");

    function close() {
      clearTimeout(timer);
      asking?.abort();
      box.hidden = true;
      choose(-1);
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-controls");
      said.textContent = "";
    }

    function show(html) {
      box.innerHTML = html;
      options = [...box.querySelectorAll("[role=option]")];
      chosen = -1;
      field.removeAttribute("aria-activedescendant");
      if (!options.length || document.activeElement !== field) {
        close();
        return;
      }
      const list = box.querySelector("[role=listbox]");
      list.id = `${field.id}-suggestions`;
      options.forEach((option, number) => {
        option.id = `${list.id}-${number}`;
        option.setAttribute("aria-selected", "false");
      });
      box.hidden = false;
      field.setAttribute("aria-expanded", "true");
      field.setAttribute("aria-controls", list.id);
      said.textContent = list.dataset.said;
    }

    // -1 is the field itself.
    function choose(number) {
      options[chosen]?.setAttribute("aria-selected", "false");
      chosen = number;
      const option = options[chosen];
      if (option) {
        option.setAttribute("aria-selected", "true");
        // The first of a kind comes into sight with what it is a kind of.
        if (option.previousElementSibling?.matches(".suggestions__kind")) {
          option.previousElementSibling.scrollIntoView({ block: "nearest" });
        }
        option.scrollIntoView({ block: "nearest" });
        field.setAttribute("aria-activedescendant", option.id);
      } else {
        field.removeAttribute("aria-activedescendant");
      }
    }

    async function ask() {
      asking?.abort();
      const typed = field.value.trimStart();
      if (typed.trim().length < SHORTEST) {
        close();
        return;
      }
      if (!known.has(typed)) {
        asking = new AbortController();
        const address = `${form.dataset.suggestions}?${new URLSearchParams({ q: typed })}`;
        try {
          const answer = await fetch(address, { signal: asking.signal, credentials: "omit" });
          if (!answer.ok) {
            return;
          }
          known.set(typed, await answer.text());
        } catch {
          // Typed on meanwhile, or no network: the form works without.
          return;
        }
      }
      if (field.value.trimStart() === typed) {
        show(known.get(typed));
      }
    }

    field.addEventListener("input", (event) => {
      clearTimeout(timer);
      if (!event.isComposing) {
        timer = setTimeout(ask, PAUSE);
      }
    });
    field.addEventListener("compositionend", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });

    field.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey) {
        return;
      }
      const isOpen = !box.hidden;
      if (event.key === "Escape" && isOpen) {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && isOpen && chosen >= 0) {
        event.preventDefault();
        options[chosen].click();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!isOpen) {
          ask();
          return;
        }
        // Through the field and round, -1 to the last.
        const step = event.key === "ArrowDown" ? 1 : -1;
        const places = options.length + 1;
        choose(((chosen + 1 + step + places) % places) - 1);
      } else if (event.key === "Tab") {
        close();
      } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
        choose(-1);
      }
    });

    // A press on the list leaves the field its focus, so that the list stays for the click.
    box.addEventListener("mousedown", (event) => event.preventDefault());
    field.addEventListener("blur", close);
    form.addEventListener("submit", close);
    // Back from another page, which browsers may show as it was left.
    addEventListener("pagehide", close);
  }
}
