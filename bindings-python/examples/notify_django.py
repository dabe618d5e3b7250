"""The notify URL in Django: the raw body, verified, stored, and only then acknowledged.

A project has its settings and URLs elsewhere and takes `make_view` from here; `create_app` is all of it in one file.
The client's merchant has the notify URL as the gateway knows it (`ALIPAY_INSTORE_NOTIFY_URL`). `PATH` is where this application
listens, which a proxy in front of it may change; nothing is verified over it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

import alipay_instore as ai

PATH = "/alipay/notify"


def make_view(client: ai.Client) -> Callable[[HttpRequest], HttpResponse]:
    # The gateway has no CSRF token: its signature is what is checked.
    @csrf_exempt
    @require_POST
    def notify(request: HttpRequest) -> HttpResponse:
        # The bytes as they arrived: a body that was parsed and printed again no longer fits its signature.
        answer = client.handle_notification(request.headers.items(), request.body)
        return HttpResponse(answer.body, status=answer.status, headers=answer.headers)

    return notify


#: Django finds its URLs in a module, by this name.
urlpatterns: list[URLPattern] = []


def create_app(client: ai.Client) -> WSGIHandler:
    urlpatterns.append(path(PATH.lstrip("/"), make_view(client)))
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"])
    return get_wsgi_application()
