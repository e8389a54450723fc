// Looks through the values of a long filter while somebody types, as its button does without this
// script: the same server answers, for the same address.
"use strict";

{
  const PAUSE_OF_TYPING = 180;

  for (const field of document.querySelectorAll("[data-values]")) {
    lookThrough(field);
  }

  function lookThrough(field) {
    const place = field.closest("details").querySelector(".facets__values");
    // Read out; what it tells stands above the values for those who see.
    const said = place.parentElement.appendChild(document.createElement("p"));
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    let timer, asking;

    async function ask() {
      asking?.abort();
      asking = new AbortController();
      const asked = new URLSearchParams(new FormData(field.form));
      try {
        const address = `${field.dataset.values}?${asked}`;
        const answer = await fetch(address, { signal: asking.signal, credentials: "omit" });
        if (answer.ok) {
          place.innerHTML = await answer.text();
          said.textContent = place.querySelector(".facets__said")?.textContent ?? "";
        }
      } catch {
        // Typed on meanwhile, or no network: the button is there.
      }
    }

    field.addEventListener("input", (event) => {
      clearTimeout(timer);
      if (!event.isComposing) {
        timer = setTimeout(ask, PAUSE_OF_TYPING);
      }
    });
    // The form's own button would lead to the top of the page.
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) {
        event.preventDefault();
        field.form.requestSubmit(field.nextElementSibling);
      }
    });
  }

  // Fields in which nothing stands say nothing in the address.
  document.querySelector("#search")?.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) {
      if (!value) {
        formData.delete(name);
      }
    }
  });
}
