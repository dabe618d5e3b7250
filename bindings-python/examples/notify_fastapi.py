"""The notify URL in FastAPI: the raw body, verified, stored, and only then acknowledged.

The client's merchant has the notify URL as the gateway knows it (`ALIPAY_INSTORE_NOTIFY_URL`). `PATH` is where this application
listens, which a proxy in front of it may change; nothing is verified over it.
"""

from __future__ import annotations

from fastapi import FastAPI, Request, Response

import alipay_instore as ai

PATH = "/alipay/notify"


def create_app(client: ai.AsyncClient) -> FastAPI:
    app = FastAPI()

    @app.post(PATH)
    async def notify(request: Request) -> Response:
        # The bytes as they arrived: a body that was parsed and printed again no longer fits its signature.
        answer = await client.handle_notification(request.headers.items(), await request.body())
        return Response(answer.body, answer.status, answer.headers)

    return app
