"""What docs/python.md says of gevent and Celery, in processes of their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

import alipay_instore as ai
from alipay_instore.testing import Gateway

from .conftest import Script
from .test_readme import block

CODES = """
    def code_of(name):
        return next(row["code"] for row in json.load(open(folder + "/codes.json")) if row["name"] == name)
"""


@pytest.fixture(autouse=True)
def codes(gateway: Gateway) -> None:
    (gateway.folder / "codes.json").write_text(json.dumps(gateway.behaviours()))


def test_gevent(script: Script) -> None:
    done = script("from gevent import monkey\nmonkey.patch_all()\n" + textwrap.dedent(CODES) + block("import gevent") + textwrap.dedent("""
        ticks = []
        def tick():
            while True:
                ticks.append(1)
                gevent.sleep(0.001)
        with make(store=ai.MemoryStore()) as client:
            ticking = gevent.spawn(tick)
            paying = [gevent.spawn(pay, pay_request(code=code_of("paid_after_inquiries"))) for _ in range(3)]
            gevent.joinall(paying, raise_error=True)
            print([greenlet.value.outcome.value for greenlet in paying], len(ticks) > 10)
            ticking.kill()
    """))
    assert done.stdout == "['succeeded', 'succeeded', 'succeeded'] True\n", done.stderr


TASKS = """
    import json
    from celery import Celery
    import alipay_instore as ai
    from alipay_instore.testing import FastClock, pay_request

    folder = {folder!r}
    settings = json.load(open(folder + "/sandbox.json"))
    places = {{"data_folder_in": {work!r} + "/queue", "data_folder_out": {work!r} + "/queue", "processed_folder": {work!r} + "/done", "store_processed": True}}
    app = Celery("tasks", broker="filesystem://", broker_connection_retry_on_startup=True)
    app.conf.broker_transport_options = places
    # Made before the pool forks.
    client = ai.Client(
        ai.Merchant.from_file(folder + "/sandbox.json"), store=ai.FileStore({work!r} + "/payments"),
        clock=FastClock(settings["clock_origin_ms"], settings["speed"]), notify_url_configured=True,
    )

    @app.task
    def pay(payment_request_id, code):
        result = client.pay(pay_request(payment_request_id=payment_request_id, code=code))
        with open({work!r} + "/results", "a") as results:
            results.write(f"{{payment_request_id}} {{result.outcome.value}}\\n")
"""


def test_celery(gateway: Gateway, tmp_path: Path) -> None:
    """Tasks that are delivered twice, in a pool that was forked from a process that has a client."""
    (tmp_path / "tasks.py").write_text(textwrap.dedent(TASKS.format(folder=str(gateway.folder), work=str(tmp_path))))
    for name in ("queue", "done"):
        (tmp_path / name).mkdir()
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    code = next(row["code"] for row in gateway.behaviours() if row["name"] == "paid_after_inquiries")
    sales = [f"CELERY-{number}" for number in range(3)]
    send = f"import tasks\nfor id in {sales!r} * 2: tasks.pay.delay(id, {code!r})"
    subprocess.run([sys.executable, "-c", send], cwd=tmp_path, env=environment, check=True, timeout=60)
    with open(tmp_path / "log", "w") as log:
        worker = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "tasks", "worker", "--pool", "prefork", "--concurrency", "2", "--loglevel", "warning"],
            cwd=tmp_path, env=environment, stdout=log, stderr=log,
        )
    try:
        results = tmp_path / "results"
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and worker.poll() is None:
            if results.exists() and len(results.read_text().splitlines()) == 6:
                break
            time.sleep(0.1)
        said = sorted(results.read_text().splitlines()) if results.exists() else []
        assert said == sorted(f"{id} succeeded" for id in sales * 2), (tmp_path / "log").read_text()
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(30)
    for id in sales:
        row = gateway.payment(id)
        assert row is not None and row["state"] == "succeeded" and row["net"] == "1999"
    with ai.Client(gateway.merchant(), store=ai.FileStore(tmp_path / "payments"), clock=gateway.clock, claims=False) as client:
        assert all(client.status(id).succeeded for id in sales)
