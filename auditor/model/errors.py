"""What is said to a user who made a mistake. Failures of the tool itself are ordinary exceptions."""


class AuditorError(Exception):
    """A mistake of the user's, with one sentence on what is wrong and a hint how to mend it.

    Raised anywhere, shown once by the command line without a traceback; exit code 2.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  hint: {self.hint}" if self.hint else self.message
