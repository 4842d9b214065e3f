"""Rules about forms: they must work without JavaScript and be understood when heard."""

from __future__ import annotations

from collections.abc import Iterator

from .document import Document, Element
from .registry import Finding, at, page_rule

UNSEEN = frozenset({"hidden", "submit", "button", "reset", "image"})
PERSONAL = frozenset({"name", "email", "tel", "phone", "cpf", "message"})


@page_rule(
    "forms/no-action",
    "error",
    why="A form without an action sends nothing when JavaScript fails.",
    remedy="Give the form the address that takes it (forms.action in site.yaml).",
)
def no_action(document: Document) -> Iterator[Finding]:
    for form in document.all("form"):
        if not form.get("action") and form.get("method").lower() != "dialog":
            yield at(document, form, "the form has no action")


@page_rule(
    "forms/get",
    "error",
    why="A form sent with GET puts the visitor's name and phone into addresses, histories and logs.",
    remedy='Use method="post".',
)
def sent_with_get(document: Document) -> Iterator[Finding]:
    for form in document.all("form"):
        if form.get("method").lower() in ("", "get") and any(_is_personal(field) for field in _fields(document, form)):
            yield at(document, form, "personal fields are sent with GET", form.get("action"))


@page_rule(
    "forms/no-label",
    "error",
    why="A field without a label cannot be filled in by who does not see it.",
    remedy="Write a label for the field; a placeholder is none.",
)
def no_label(document: Document) -> Iterator[Finding]:
    labelled = {label.get("for") for label in document.all("label") if label.text}
    for field in document.all("input", "select", "textarea"):
        if field.get("type").lower() in UNSEEN or "hidden" in field.attrs:
            continue
        named = field.get("aria-label") or field.get("aria-labelledby") or field.get("title")
        if not named and field.get("id") not in labelled - {""} and not _in_label(field):
            yield at(document, field, "the field has no label", field.get("name"))


@page_rule(
    "forms/unnamed-button",
    "error",
    why="A button without words cannot be understood when heard.",
    remedy="Write what the button does, or an aria-label.",
)
def unnamed_button(document: Document) -> Iterator[Finding]:
    for button in document.all("button"):
        if not (button.text or button.get("aria-label") or button.get("aria-labelledby") or button.get("title")):
            yield at(document, button, "the button has no words")


def _fields(document: Document, form: Element) -> Iterator[Element]:
    return (field for field in document.all("input", "select", "textarea") if form in field.ancestors())


def _is_personal(field: Element) -> bool:
    return field.get("type").lower() in ("email", "tel") or field.get("name").lower() in PERSONAL


def _in_label(field: Element) -> bool:
    return any(ancestor.tag == "label" and ancestor.text for ancestor in field.ancestors())
