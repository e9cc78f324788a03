"""How references, arrays and dictionaries are written in a PDF."""


def ref(number):
    return b"%d 0 R" % number


def array(things):
    return b"[ " + b" ".join(things) + b" ]"


def dictionary(**facts):
    """A dictionary of ready texts."""
    return b"<< " + b" ".join(b"/%s %s" % (key.encode(), value) for key, value in facts.items()) + b" >>"
