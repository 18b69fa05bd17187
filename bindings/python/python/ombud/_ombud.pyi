from collections.abc import Sequence
from typing import Literal, final

__version__: str

@final
class Finding:
    """What a rule objects to. It holds no raw value: the words are masked."""

    @property
    def rule(self) -> str: ...
    @property
    def slug(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def attributes(self) -> list[str]: ...
    @property
    def severity(self) -> Literal["note", "warning", "error"]: ...
    @property
    def confidence(self) -> Literal["low", "medium", "high"]: ...
    @property
    def start(self) -> int:
        """First character of the text."""
    @property
    def end(self) -> int:
        """One past the last character."""
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def place(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def channel(self) -> str: ...
    @property
    def masked(self) -> str: ...
    @property
    def evidence(self) -> list[str]: ...
    @property
    def message(self) -> str: ...
    @property
    def remedy(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def also(self) -> list[str]: ...
    @property
    def count(self) -> int: ...

@final
class Entity:
    """Personal data in a text, whatever the channel."""

    @property
    def kind(self) -> str: ...
    @property
    def attributes(self) -> list[str]: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def confidence(self) -> Literal["low", "medium", "high"]: ...
    @property
    def evidence(self) -> list[str]: ...

@final
class Scanner:
    """The rules of a pack, made once; threads may share it."""

    def __new__(
        cls,
        policy: str | None = None,
        *,
        config: str | None = None,
        sensitivity: Literal["normal", "high"] | None = None,
        lang: Literal["sv", "en"] = "sv",
    ) -> Scanner: ...
    def check(self, text: str, channel: str | None = None, *, format: str = "text") -> list[Finding]:
        """The findings in one draft, in order of place."""
    def check_many(
        self,
        texts: Sequence[str | None],
        channels: Sequence[str | None] | None = None,
        *,
        channel: str | None = None,
        format: str = "text",
    ) -> list[list[Finding]]:
        """The findings of many drafts, each judged by itself."""
    def detect(self, text: str, *, format: str = "text") -> list[Entity]:
        """The personal data in a text, whatever the channel, as `ombud detect` gives it."""
    def detect_many(self, texts: Sequence[str | None], *, format: str = "text") -> list[list[Entity]]:
        """The personal data in many texts, each read by itself."""
