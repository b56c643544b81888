// The draft of a form is sent on its own while somebody types; passwords and files never go with it.
"use strict";
document.addEventListener("htmx:configRequest", (event) => {
  if (!event.target.matches("[data-draft]")) return;
  for (const control of event.target.closest("form").querySelectorAll('[type="password"], [type="file"]')) {
    delete event.detail.parameters[control.name];
  }
});
