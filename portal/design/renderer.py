"""FORM_RENDERER: a page writes `{{ form.title.as_field_group }}` and gets a GOV.UK component."""

from django.forms.renderers import DjangoTemplates
from django.template import loader

from portal.design.bound_field import GovBoundField


class GovRenderer(DjangoTemplates):
    bound_field_class = GovBoundField
    form_template_name = "components/form_fields.html"
    formset_template_name = "components/formset_fields.html"

    def get_template(self, template_name: str):
        # Our templates stand in the project's folder; Django's own widgets come from its form engine.
        if template_name.startswith("components/"):
            return loader.get_template(template_name)
        return super().get_template(template_name)
