"""What an officer chooses before a register's report is drafted: the register says what, this form asks it."""

from django import forms

from boards import reports
from boards.drafting import context_for
from boards.models import AgendaItem


class ReportForm(forms.Form):
    """A choice for each option that the register offers for this meeting; often there is none, and the button is all."""

    mark_optional = False

    def __init__(self, *args, register: reports.Register, item: AgendaItem, **kwargs):
        super().__init__(*args, prefix=register.key, **kwargs)
        self.register = register
        for option in _options(register, item):
            self.fields[option.name] = forms.ChoiceField(
                label=option.label,
                choices=option.choices,
                help_text=option.help_text,
                required=option.choices[0][0] != "",
                initial=option.choices[0][0],
                error_messages={"invalid_choice": f"{option.label}: choose one from the list."},
            )

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen; what was left as it usually is, is not kept."""
        return {name: value for name, value in self.cleaned_data.items() if value}


def _options(register: reports.Register, item: AgendaItem) -> list[reports.Option]:
    if not isinstance(register, reports.OffersOptions):
        return []
    _, context = context_for(item.meeting, register.key, template=item.meeting.board.paper_template)
    return register.options(context)


def report_forms(item: AgendaItem, *, sent=None) -> list[ReportForm]:
    """A form for each register; the one that was sent holds what was sent."""
    wanted = (sent or {}).get("register")
    return [
        ReportForm(sent if register.key == wanted else None, register=register, item=item)
        for register in reports.registers()
    ]
