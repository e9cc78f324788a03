"""Forms of the register. They read and check; the verbs in `actions` do the work."""
