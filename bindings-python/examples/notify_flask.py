"""The notify URL in Flask: the raw body, verified, stored, and only then acknowledged.

The merchant has the notify URL as the gateway knows it (`ALIPAY_INSTORE_NOTIFY_URL`). `PATH` is where this application
listens, which a proxy in front of it may change; nothing is verified over it.
"""

from __future__ import annotations

from flask import Flask, Response, request

import alipay_instore as ai

PATH = "/alipay/notify"


def create_app(merchant: ai.Merchant, client: ai.Client) -> Flask:
    app = Flask(__name__)

    @app.post(PATH)
    def notify() -> Response:
        # The bytes as they arrived: a body that was parsed and printed again no longer fits its signature.
        body = request.get_data(cache=False)
        try:
            notification = merchant.verify_notification(headers=request.headers.items(), body=body)
            client.notified(notification)
            answer = merchant.acknowledge(notification)
        except ai.AlipayError as error:
            answer = ai.Acknowledgement.refuse(error)
        return Response(answer.body, answer.status, answer.headers)

    return app
