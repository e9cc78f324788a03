"""GOV.UK components drawn by the macros of govuk-frontend-jinja (the markup of govuk-frontend 6.3.0)."""

import functools

import jinja2
from django.utils.safestring import SafeString, mark_safe

PACKAGE = "govuk_frontend_jinja"


@functools.cache
def _environment() -> jinja2.Environment:
    loader = jinja2.PrefixLoader({PACKAGE: jinja2.PackageLoader(PACKAGE)})
    return jinja2.Environment(loader=loader, autoescape=True)


@functools.cache
def _macro(name: str):
    module = _environment().get_template(f"{PACKAGE}/components/{name}/macro.html").module
    return getattr(module, "govuk" + "".join(part.capitalize() for part in name.split("-")))


def component(name: str, options: dict) -> SafeString:
    """Draw the component `name` ("date-input"). Options are those of its documentation; text is escaped, `html` is not.

    Raises jinja2.TemplateNotFound for a component that does not exist.
    """
    return mark_safe(str(_macro(name)(options)).strip())  # noqa: S308 - the macros escape every text
