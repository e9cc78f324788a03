"""The watch for undefined template variables sees what a page would leave out in silence."""

from django.template import Context, engines

from tests import undefined


def shown(words, **context):
    return engines["django"].engine.from_string(words).render(Context(context))


def test_a_variable_that_nobody_gave_is_written_down(monkeypatch):
    seen = undefined.watch(monkeypatch)
    assert shown("{{ tittle }}, {{ paper.title }}", paper={"title": "Reserves"}) == ", Reserves"
    assert [each.split(" in ")[0] for each in seen] == ["tittle"]


def test_asking_whether_there_is_a_variable_is_no_mistake(monkeypatch):
    seen = undefined.watch(monkeypatch)
    assert shown("{% if tittle %}yes{% else %}no{% endif %}{{ empty }}", empty="") == "no"
    assert seen == []
