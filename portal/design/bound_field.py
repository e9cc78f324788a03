"""How a field looks follows from its widget. README.md beside this file lists the keys of `attrs` that are read."""

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.utils.html import format_html
from django.utils.safestring import SafeData, SafeString, mark_safe

from portal.design.components import component
from portal.design.fields import PARTS, GovDateInput

OURS = {
    "width",
    "prefix",
    "suffix",
    "maxcount",
    "maxwords",
    "rows",
    "cols",
    "heading",
    "label_size",
    "hints",
    "conditional",
    "inline",
    "small",
    "class",
    "hide_label",
    "id",
}
CHOOSES = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)
DEFAULT_REQUIRED = str(forms.Field.default_error_messages["required"])


def lower_first(text: str) -> str:
    """ "Paper date" → "paper date", "E-mail" → "e-mail"; an abbreviation keeps its capitals ("OPCC lead")."""
    first_word = text.split(" ", 1)[0]
    return text if any(letter.isupper() for letter in first_word[1:]) else text[:1].lower() + text[1:]


class GovBoundField(BoundField):
    @property
    def attrs(self) -> dict:
        return self.field.widget.attrs

    def first_id(self) -> str:
        """The id of the first control: where a link of the error summary goes."""
        return f"{self.auto_id}_day" if isinstance(self.field.widget, GovDateInput) else self.auto_id

    def sentences(self) -> list[str]:
        """The field's errors. "This field is required" is said as what to do: "Enter the title"."""
        found = self.form.errors.get(self.name)
        if not found:
            return []
        said = []
        for error in found.as_data():
            for message in error.messages:
                plain = error.code == "required" and message == DEFAULT_REQUIRED
                said.append(self._what_to_do() if plain else message)
        return said

    def _what_to_do(self) -> str:
        label, widget = str(self.label), self.field.widget
        if isinstance(widget, forms.CheckboxInput):
            return f"Confirm: {label}"
        verb = "Choose" if isinstance(widget, (*CHOOSES, forms.FileInput)) else "Enter"
        return f"Answer “{label}”" if label.endswith("?") else f"{verb} {lower_first(label)}"

    # The parts that most components share

    def _label_text(self) -> str:
        # A form that asks for nothing is a filter: there "(optional)" would only be noise.
        asks = getattr(self.form, "mark_optional", any(field.required for field in self.form.fields.values()))
        optional = asks and not self.field.required
        return f"{self.label} (optional)" if optional and self.label else str(self.label)

    def _label(self) -> dict:
        if self.attrs.get("hide_label"):
            return {"text": self._label_text(), "classes": "govuk-visually-hidden"}
        size = self.attrs.get("label_size") or ("l" if self.attrs.get("heading") else "field")
        return {
            "text": self._label_text(),
            "classes": f"govuk-label--{size}",
            "isPageHeading": bool(self.attrs.get("heading")),
        }

    def _legend(self) -> dict:
        size = self.attrs.get("label_size") or ("l" if self.attrs.get("heading") else "field")
        classes = "govuk-visually-hidden" if self.attrs.get("hide_label") else f"govuk-fieldset__legend--{size}"
        heading = bool(self.attrs.get("heading"))
        return {"legend": {"text": self._label_text(), "classes": classes, "isPageHeading": heading}}

    def _hint(self) -> dict | None:
        if not self.help_text:
            return None
        return {"html" if isinstance(self.help_text, SafeData) else "text": str(self.help_text)}

    def _said(self) -> dict:
        """Hint and error, as the components take them."""
        options = {"hint": self._hint(), "errorMessage": None}
        if sentences := self.sentences():
            options["errorMessage"] = {"text": " ".join(sentences)}
        return options

    def _other_attributes(self) -> dict:
        """What a page adds for itself (`data-…`, `hx-…`, `maxlength`), less what the components take by name."""
        taken = OURS | {"autocomplete", "inputmode", "spellcheck", "placeholder"}
        extra = {key: value for key, value in self.attrs.items() if key not in taken and value not in (None, False)}
        return {key: ("" if value is True else str(value)) for key, value in extra.items()}

    def _box(self) -> dict:
        return {"id": self.auto_id, "name": self.html_name, **self._said(), "label": self._label()}

    # One method for each kind of widget

    def as_field_group(self) -> SafeString:
        widget = self.field.widget
        if widget.is_hidden:
            return self.as_widget()
        for kind, draw in (
            (GovDateInput, self._date),
            (forms.CheckboxSelectMultiple, self._checkboxes),
            (forms.RadioSelect, self._radios),
            (forms.SelectMultiple, self._django_widget),
            (forms.Select, self._select),
            (forms.CheckboxInput, self._checkbox),
            (forms.FileInput, self._file),
            (forms.Textarea, self._textarea),
            (forms.PasswordInput, self._password),
            (forms.MultiWidget, self._django_widget),
            (Input, self._input),
        ):
            if isinstance(widget, kind):
                return draw()
        return self._django_widget()

    def _input(self) -> SafeString:
        widget, attrs = self.field.widget, self.attrs
        numeric = isinstance(widget, forms.NumberInput)
        whole = isinstance(self.field, forms.IntegerField)
        dated = isinstance(widget, (forms.DateInput, forms.TimeInput, forms.DateTimeInput))
        value = widget.format_value(self.value())
        classes = [f"govuk-input--width-{attrs['width']}"] if attrs.get("width") else []
        return component(
            "input",
            {
                **self._box(),
                "value": "" if value is None else str(value),
                "type": "text" if numeric or dated else widget.input_type,
                "inputmode": attrs.get("inputmode") or (("numeric" if whole else "decimal") if numeric else None),
                "autocomplete": attrs.get("autocomplete"),
                "spellcheck": False if numeric or widget.input_type in ("email", "url") else None,
                "prefix": {"text": attrs["prefix"]} if attrs.get("prefix") else None,
                "suffix": {"text": attrs["suffix"]} if attrs.get("suffix") else None,
                "classes": " ".join(classes + ([attrs["class"]] if attrs.get("class") else [])),
                "disabled": self.field.disabled,
                "attributes": {k: v for k, v in self._other_attributes().items() if k not in ("step", "min", "max")},
            },
        )

    def _password(self) -> SafeString:
        autocomplete = self.attrs.get("autocomplete") or "current-password"
        options = {**self._box(), "autocomplete": autocomplete, "attributes": self._other_attributes()}
        return component("password-input", options)

    def _textarea(self) -> SafeString:
        attrs = self.attrs
        options = {
            **self._box(),
            "value": self.value() or "",
            "rows": attrs.get("rows", 5),
            "classes": attrs.get("class", ""),
        }
        extra = {key: value for key, value in self._other_attributes().items() if key != "maxlength"}
        options |= {"attributes": extra, "disabled": self.field.disabled, "spellcheck": None}
        if words := attrs.get("maxwords"):
            return component("character-count", {**options, "maxwords": str(words)})
        if count := attrs.get("maxcount"):
            return component("character-count", {**options, "maxlength": str(count)})
        return component("textarea", options)

    def _select(self) -> SafeString:
        chosen = self.field.widget.format_value(self.value())
        groups = self.field.widget.optgroups(self.html_name, chosen)
        if any(name for name, _, _ in groups):
            return self._django_widget("govuk-select")  # the component has no groups
        items = [
            {"value": str(option["value"]), "text": self._choice(option), "selected": bool(option["selected"])}
            for _, options, _ in groups
            for option in options
        ]
        options = {"items": items, "classes": self.attrs.get("class", ""), "attributes": self._other_attributes()}
        return component("select", {**self._box(), **options, "disabled": self.field.disabled})

    def _choice(self, option: dict) -> str:
        """Words of a choice. Django's row of dashes for “nothing chosen” would be read out as dashes."""
        if option["value"] in (None, "") and set(str(option["label"])) == {"-"}:
            return "Choose" if self.field.required else "Not chosen"
        return str(option["label"])

    def _items(self) -> list[dict]:
        chosen = self.field.widget.format_value(self.value())
        hints, conditional = self.attrs.get("hints", {}), self.attrs.get("conditional", {})
        items = []
        for group, options, _ in self.field.widget.optgroups(self.html_name, chosen):
            if group:
                items.append({"divider": str(group)})
            for option in options:
                value = str(option["value"])
                item = {"value": value, "text": str(option["label"]), "checked": bool(option["selected"])}
                item["disabled"] = self.field.disabled or bool(option["attrs"].get("disabled"))
                if hint := hints.get(option["value"]) or hints.get(value):
                    item["hint"] = {"text": str(hint)}
                if name := conditional.get(option["value"]) or conditional.get(value):
                    item["conditional"] = {"html": self.form[name].as_field_group()}
                items.append(item)
        return items

    def _choices(self, name: str) -> SafeString:
        shape = [f"govuk-{name}--{size}" for size in ("inline", "small") if self.attrs.get(size)]
        options = {"idPrefix": self.auto_id, "name": self.html_name, "fieldset": self._legend(), **self._said()}
        return component(name, {**options, "items": self._items(), "classes": " ".join(shape)})

    def _radios(self) -> SafeString:
        return self._choices("radios")

    def _checkboxes(self) -> SafeString:
        return self._choices("checkboxes")

    def _checkbox(self) -> SafeString:
        checked = self.field.widget.check_test(self.value())
        item = {"value": "on", "text": str(self.label), "checked": checked, "disabled": self.field.disabled}
        item |= {"hint": self._hint(), "attributes": self._other_attributes()}
        error = self._said()["errorMessage"]
        options = {"idPrefix": self.auto_id, "name": self.html_name, "items": [item], "errorMessage": error}
        return component(
            "checkboxes", {**options, "classes": "govuk-checkboxes--small" if self.attrs.get("small") else ""}
        )

    def _date(self) -> SafeString:
        value = self.value()
        typed = value if isinstance(value, (list, tuple)) else self.field.widget.decompress(value)
        wrong = " govuk-input--error" if self.sentences() else ""
        items = [
            {
                "name": f"{self.html_name}_{part}",
                "id": f"{self.auto_id}_{part}",
                "label": part.capitalize(),
                "value": "" if box is None else str(box),
                "classes": f"govuk-input--width-{'4' if part == 'year' else '2'}{wrong}",
                # Months may be typed as words, so the boxes ask for text.
                "inputmode": None if part == "month" else "numeric",
            }
            for part, box in zip(PARTS, typed, strict=True)
        ]
        return component("date-input", {"id": self.auto_id, "fieldset": self._legend(), "items": items, **self._said()})

    def _file(self) -> SafeString:
        widget, attributes = self.field.widget, self._other_attributes()
        options = {
            **self._box(),
            "multiple": getattr(widget, "allow_multiple_selected", False),
            "attributes": attributes,
        }
        drawn = component("file-upload", {**options, "disabled": self.field.disabled})
        current = (
            self.initial if isinstance(widget, forms.ClearableFileInput) and widget.is_initial(self.initial) else None
        )
        if not current:
            return drawn
        note = format_html(
            '<p class="govuk-hint">Now: {}</p>', getattr(current, "name", str(current)).rsplit("/", 1)[-1]
        )
        if self.field.required:
            return drawn + note
        name = widget.clear_checkbox_name(self.html_name)
        item = {"value": "on", "text": "Remove this file"}
        box = {
            "idPrefix": widget.clear_checkbox_id(name),
            "name": name,
            "items": [item],
            "classes": "govuk-checkboxes--small",
        }
        return drawn + note + component("checkboxes", box)

    def _django_widget(self, css_class: str = "govuk-select app-select-multiple") -> SafeString:
        """A widget that has no component: Django's own control inside a GOV.UK form group."""
        said = self._said()
        parts = [component("label", {**self._label(), "for": self.auto_id})]
        described = []
        for key, name in (("hint", "hint"), ("errorMessage", "error")):
            if said[key]:
                described.append(f"{self.auto_id}-{name}")
                kind = "error-message" if name == "error" else "hint"
                parts.append(component(kind, {**said[key], "id": described[-1]}))
        css_class += " govuk-select--error" if said["errorMessage"] else ""
        attrs = {"class": css_class, "aria-describedby": " ".join(described) or None}
        parts.append(self.as_widget(attrs={key: value for key, value in attrs.items() if value}))
        wrong = " govuk-form-group--error" if said["errorMessage"] else ""
        return format_html('<div class="govuk-form-group{}">{}</div>', wrong, mark_safe("".join(parts)))  # noqa: S308
