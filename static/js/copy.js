// Copies an address for whoever presses the button beside it, and says so. Without this script the
// button stays hidden, and the address is a link that can be selected.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  const part = button.parentElement;
  const said = part.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    // Emptied first, so that the same words are read out again.
    said.textContent = "";
    const done = await copy(button.dataset.copy, part.querySelector("a"));
    said.textContent = done ? said.dataset.done : said.dataset.failed;
  });
}

// Browsers lend their clipboard only to pages that came over HTTPS; elsewhere the address is
// selected, which the older way can copy, and so can the reader.
async function copy(address, link) {
  try {
    await navigator.clipboard.writeText(address);
    return true;
  } catch {
    getSelection().selectAllChildren(link);
    return document.execCommand("copy");
  }
}
