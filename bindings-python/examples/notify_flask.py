"""The notify URL in Flask: the raw body, verified, stored, and only then acknowledged.

The client's merchant has the notify URL as the gateway knows it (`ALIPAY_INSTORE_NOTIFY_URL`). `PATH` is where this application
listens, which a proxy in front of it may change; nothing is verified over it.
"""

from __future__ import annotations

from flask import Flask, Response, request

import alipay_instore as ai

PATH = "/alipay/notify"


def create_app(client: ai.Client) -> Flask:
    app = Flask(__name__)

    @app.post(PATH)
    def notify() -> Response:
        # The bytes as they arrived: a body that was parsed and printed again no longer fits its signature.
        answer = client.handle_notification(request.headers.items(), request.get_data(cache=False))
        return Response(answer.body, answer.status, answer.headers)

    return app
