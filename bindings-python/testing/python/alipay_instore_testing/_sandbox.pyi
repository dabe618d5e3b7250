from os import PathLike
from typing import final

__all__ = ["Sandbox"]

@final
class Sandbox:
    def __new__(
        cls,
        folder: str | PathLike[str],
        *,
        listen: str = "127.0.0.1:0",
        tls: bool = False,
        speed: int = 1,
        now: int | None = None,
        client_id: str | None = None,
    ) -> Sandbox: ...
    @property
    def base_url(self) -> str: ...
    def now(self) -> int: ...
    def advance(self, milliseconds: int) -> None: ...
    def stop(self) -> None: ...
