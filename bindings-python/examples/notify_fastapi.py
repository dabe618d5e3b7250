"""The notify URL in FastAPI: the raw body, verified, stored, and only then acknowledged."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response

import alipay_instore as ai

PATH = "/alipay/notify"


def create_app(merchant: ai.Merchant, client: ai.AsyncClient) -> FastAPI:
    app = FastAPI()

    @app.post(PATH)
    async def notify(request: Request) -> Response:
        # The bytes as they arrived: a body that was parsed and printed again no longer fits its signature.
        body = await request.body()
        try:
            notification = merchant.verify_notification(path=PATH, headers=request.headers.items(), body=body)
            await client.notified(notification)
            answer = merchant.acknowledge(PATH)
        except ai.AlipayError as error:
            answer = ai.Acknowledgement.refuse(error)
        return Response(answer.body, answer.status, answer.headers)

    return app
