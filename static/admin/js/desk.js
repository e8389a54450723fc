/* Names what is found by typing: select2 puts fields of its own, which have no label, in the place
   of the form's. */

"use strict";

{
  const nameOf = (select) => {
    const label = select.getAttribute("aria-label");
    return label || Array.from(select.labels, (one) => one.textContent.trim()).join(" ");
  };

  const nameAll = () => {
    for (const select of document.querySelectorAll("select.admin-autocomplete")) {
      const shown = select.nextElementSibling;
      if (!shown || !shown.matches(".select2")) continue;
      const parts = ".select2-selection, .select2-selection__rendered, .select2-search__field";
      for (const part of shown.querySelectorAll(parts)) part.setAttribute("aria-label", nameOf(select));
    }
  };

  const nameSearch = (event) => {
    const field = document.querySelector(".select2-container--open .select2-search__field");
    if (field) field.setAttribute("aria-label", nameOf(event.target));
  };

  window.addEventListener("load", () => {
    // After whatever else waits for the page.
    window.django.jQuery(nameAll);
    window.django.jQuery(document).on("select2:open", nameSearch);
  });
  document.addEventListener("formset:added", () => setTimeout(nameAll));
}
