"""The event loop of an AsyncClient, for calls that wait on it and for coroutines that the library starts on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from . import _native
from ._errors import of_code

if TYPE_CHECKING:
    import asyncio

    from ._stores import InContext


class Loop:
    """One event loop, known from the first call on. It does not know the client, which can go while the loop stays."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._endings: _native.Endings | None = None

    def bind(self) -> asyncio.AbstractEventLoop:
        """The running loop, which has to be the same as before."""
        # Not at the top: it takes longer to import than everything else here, and a till has no use for it.
        import asyncio

        loop = asyncio.get_running_loop()
        if self._loop is not None and self._loop is not loop and not self._loop.is_closed():
            raise of_code(
                "config.invalid",
                "the client is used on another event loop than before",
                hint="make one AsyncClient for each event loop",
            )
        if self._endings is None or self._loop is not loop:
            self._loop, self._endings = loop, _native.Endings(loop.call_soon_threadsafe)
        return loop

    @property
    def is_bound(self) -> bool:
        """Whether it is known."""
        return self._loop is not None

    def tell(self, callback: Callable[..., object], *arguments: object) -> None:
        """Calls something on the loop, if there is one to call it, in the context of whoever tells it."""
        loop = self._loop
        if loop is None or loop.is_closed():
            return
        try:
            loop.call_soon_threadsafe(callback, *arguments)
        except RuntimeError:
            # It was closed at this moment.
            return

    def start(self, call: InContext, reply: _native.Reply) -> None:
        """Runs a coroutine in its context and replies with what it returns. Called on a thread of the library."""
        import asyncio

        async def run() -> None:
            try:
                value = await call.coroutine
            except BaseException as error:
                reply.raised(error)
                if not isinstance(error, Exception):
                    raise
            else:
                reply.returned(value)

        def begin() -> None:
            task = asyncio.get_running_loop().create_task(run())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        loop = self._loop
        try:
            if loop is None or loop.is_closed():
                raise RuntimeError("the event loop of the client is closed")
            # A task runs in a copy of the context in which it is made.
            loop.call_soon_threadsafe(begin, context=call.context)
        except RuntimeError:
            call.coroutine.close()
            raise

    async def run(self, start: Callable[[_native._Done], _native.Task]) -> str:
        """Waits for a call of the library. Cancelling ends the waiting."""
        loop = self.bind()
        ended: asyncio.Future[None] = loop.create_future()
        assert self._endings is not None

        def wake() -> None:
            if not ended.done():
                ended.set_result(None)

        task = start((self._endings, wake))
        try:
            await ended
        finally:
            task.abort()
        return task.result()

    async def settle(self) -> None:
        """Waits for the coroutines that were started."""
        import asyncio

        if self._tasks:
            await asyncio.wait(set(self._tasks))
