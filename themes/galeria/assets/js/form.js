// Lead forms post by themselves. This says what is amiss beside each field, and sends only once.
function flaw(field, form) {
  const said = form.dataset;
  const { validity, name } = field;
  if (validity.valueMissing) return said.errorRequired;
  if (name === "email" && !validity.valid) return said.errorEmail;
  if (name === "phone" && field.value.trim()) return digits(field).length < 8 ? said.errorPhone : "";
  if (name === "phone" && !form.elements.email.value.trim()) return said.errorContact;
  return validity.valid ? "" : field.validationMessage;
}

const digits = (field) => field.value.replace(/\D/g, "");

function show(field, message) {
  const id = `${field.id}-error`;
  let note = document.getElementById(id);
  field.setAttribute("aria-invalid", String(Boolean(message)));
  if (!message) {
    field.removeAttribute("aria-describedby");
    note?.remove();
    return;
  }
  if (!note) {
    note = document.createElement("span");
    note.id = id;
    note.className = "field-error";
    field.closest("p").append(note);
  }
  field.setAttribute("aria-describedby", id);
  note.textContent = message;
}

function check(form) {
  const fields = [...form.querySelectorAll("input:not([type=hidden], [name=website]), textarea")];
  const wrong = fields.filter((field) => {
    const message = flaw(field, form);
    show(field, message);
    return message;
  });
  wrong[0]?.focus();
  return wrong.length === 0;
}

function recheck(event, form) {
  const fields = [event.target, form.elements.phone];
  for (const field of fields) {
    if (field?.getAttribute("aria-invalid") === "true") show(field, flaw(field, form));
  }
}

function send(event, form) {
  if (form.dataset.sent || !check(form)) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const button = form.querySelector("[type=submit]");
  button.setAttribute("aria-disabled", "true");
  button.dataset.label = button.textContent;
  button.textContent = form.dataset.sending;
}

function reopen(form) {
  const button = form.querySelector("[type=submit]");
  delete form.dataset.sent;
  button.removeAttribute("aria-disabled");
  if (button.dataset.label) button.textContent = button.dataset.label;
}

for (const form of document.querySelectorAll("form[data-lead]")) {
  form.noValidate = true;
  form.addEventListener("submit", (event) => send(event, form));
  form.addEventListener("input", (event) => recheck(event, form));
  // The back button brings the page back as it was left: sent.
  addEventListener("pageshow", (event) => event.persisted && reopen(form));
}
