// Shows buttons for passkeys where the browser knows them, and says so where one fails. What a
// passkey does is in mfa/js/webauthn.js, of django-allauth.
"use strict";

// Browsers refuse passkeys to bare addresses such as 127.0.0.1.
const isBare = /^[\d.]+$|^\[/.test(location.hostname);
const canUse = Boolean(window.isSecureContext && window.PublicKeyCredential) && !isBare;

for (const button of document.querySelectorAll("[data-passkey]")) {
  button.hidden = !canUse;
}
for (const note of document.querySelectorAll("[data-no-passkey]")) {
  note.hidden = canUse;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const place of document.querySelectorAll("[data-passkey-failed]")) {
    // Emptied first, so that the same words are read out again.
    place.textContent = "";
    requestAnimationFrame(() => {
      place.textContent = place.dataset.says;
    });
  }
});
