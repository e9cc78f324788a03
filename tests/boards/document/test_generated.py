"""Generated blocks follow their register; what an officer wrote or took over stays."""

from boards.document import build, generated, schema


def made(*blocks, title="Changes", role="body", key=None):
    gen = build.gen(key) if key else None
    return schema.normalise(build.doc(build.section(title, *blocks, role=role, gen=gen)))


def para(words, key=None, facts=None, taken=False):
    return build.para(words, gen=build.gen(key, facts, taken=taken) if key else None)


def words(document):
    return [
        "".join(node.get("text", "") for node in block.get("content", []))
        for section in document["content"]
        for block in section["content"][1:]
    ]


def test_a_generated_paragraph_follows_the_register_and_keeps_its_id():
    old, new = made(para("SR1.1 has changed.", "r:1")), made(para("SR1.1 has moved.", "r:1"))
    refreshed = generated.refresh(old, new)
    assert words(refreshed) == ["SR1.1 has moved."]
    assert refreshed["content"][0]["content"][1]["attrs"]["id"] == old["content"][0]["content"][1]["attrs"]["id"]


def test_what_is_new_stands_after_what_it_follows_and_what_is_gone_goes():
    old = made(para("One.", "r:1"), para("Mine."), para("Three.", "r:3"), para("Gone.", "r:9"))
    new = made(para("One.", "r:1"), para("Two.", "r:2"), para("Three.", "r:3"))
    assert words(generated.refresh(old, new)) == ["One.", "Two.", "Mine.", "Three."]


def test_a_block_taken_over_is_left_alone_and_found_when_its_facts_change():
    old = made(para("In my words.", "r:1", facts=[1], taken=True))
    new = made(para("In the register's words.", "r:1", facts=[2]))
    assert words(generated.refresh(old, new)) == ["In my words."]
    assert [key for _, key in generated.outdated(old, new)] == ["r:1"]


def test_a_block_taken_over_whose_facts_stand_is_not_found():
    old = made(para("In my words.", "r:1", facts=[1], taken=True))
    assert generated.outdated(old, made(para("Theirs.", "r:1", facts=[1]))) == []


def test_two_sections_of_one_role_are_not_mixed_up():
    def two(first, second):
        return schema.normalise(
            build.doc(
                build.section("Appendix one", para(first, "a:1"), role="appendix"),
                build.section("Appendix two", para(second, "b:1"), role="appendix"),
            )
        )

    assert words(generated.refresh(two("A", "B"), two("A new", "B new"))) == ["A new", "B new"]


def test_taking_over_marks_one_block():
    document = made(para("One.", "r:1"), para("Two.", "r:2"))
    name = document["content"][0]["content"][1]["attrs"]["id"]
    taken = [block["attrs"]["gen"]["taken"] for block in generated.keys(generated.take_over(document, name)).values()]
    assert taken == [True, False]


def test_bound_figures_show_what_they_are_now():
    document = schema.normalise(
        build.doc(build.section("Reserves", build.para("It is ", build.bound("finance", "x", "1"), ".")))
    )
    bound = generated.bind(document, {"finance": {"x": "2"}.get})
    assert bound["content"][0]["content"][1]["content"][1]["attrs"]["text"] == "2"


def test_a_bound_figure_nobody_knows_keeps_its_words():
    document = schema.normalise(build.doc(build.section("Reserves", build.para(build.bound("finance", "gone", "7")))))
    assert generated.bind(document, {"finance": lambda path: None}) == document
