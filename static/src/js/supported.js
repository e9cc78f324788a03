// Runs before the page is drawn, so that components which need JavaScript do not flash in their plain form.
document.body.classList.add("js-enabled", ...("noModule" in HTMLScriptElement.prototype ? ["govuk-frontend-supported"] : []));
