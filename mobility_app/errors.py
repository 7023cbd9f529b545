"""What we can explain to the user. Any other exception is a bug."""


class UserError(Exception):
    """A clear sentence (what happened, to which record) and a hint (what to do), both already in her language."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class Stopped(UserError):
    """She stopped the work: whatever it had begun is taken back."""
