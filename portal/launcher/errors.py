"""What stops the launcher, as a sentence that says what to do."""


class LauncherError(Exception):
    """The portal cannot be started. The message is one sentence or two for the person at the keyboard."""
