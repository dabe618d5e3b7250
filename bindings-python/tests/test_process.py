"""Ctrl-C, forks, and interpreters that end: a clear exception, never an abort, never a hang."""

from __future__ import annotations

import math
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from alipay_instore.testing import Gateway

from .conftest import Script

#: An exit by a signal is an abort.
CLEAN = (0, 1)


def test_ctrl_c_ends_the_waiting_and_not_the_payment(script: Script) -> None:
    # A shell that starts a job in the background has it ignore the signal; Python leaves that as it is.
    done = script("""
        signal.signal(signal.SIGINT, signal.default_int_handler)
        request = pay_request(code=FOREVER)
        with make() as client:
            threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
            begin = time.monotonic()
            try:
                client.pay(request)
            except KeyboardInterrupt:
                print("interrupted", time.monotonic() - begin < 1.5)
            print(client.status(request.payment_request_id).in_progress)
            print(client.cancel(request.payment_request_id).outcome)
    """)
    assert done.stdout.split() == ["interrupted", "True", "True", "cancelled"], done.stderr


def test_the_thread_that_imports_the_package_may_end() -> None:
    """A server may use the package only in the threads of requests, of which the first one loads it."""
    text = """
import threading

def use():
    import alipay_instore
    print(alipay_instore.Amount.from_major("19.99", "USD").value)

for _ in range(4):
    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
"""
    done = subprocess.run([sys.executable, "-X", "faulthandler", "-c", text], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout.split()) == (0, ["1999"] * 4), done.stderr


def test_ctrl_c_ends_a_worker(script: Script) -> None:
    done = script("""
        from tests.own_store import DictStore
        signal.signal(signal.SIGINT, signal.default_int_handler)
        own = DictStore()
        begin = time.monotonic()
        try:
            with make(store=own) as client:
                client.start(pay_request(code=FOREVER))
                threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
                client.run_worker()
        except KeyboardInterrupt:
            print("interrupted", time.monotonic() - begin < 3, len(own.owners))
    """)
    assert done.stdout.split() == ["interrupted", "True", "0"], done.stderr


def test_a_signal_handler_runs_while_a_payment_blocks(script: Script) -> None:
    done = script("""
        signal.signal(signal.SIGUSR1, lambda *_: print("handled"))
        with make() as client:
            threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGUSR1)).start()
            print(client.pay(pay_request(code="281006029000000000000002")).outcome)
    """)
    assert done.stdout.split() == ["handled", "succeeded"], done.stderr


def test_no_thread_before_the_first_call(script: Script) -> None:
    """Python 3.12 warns of a fork in a process with threads, and so does gunicorn's --preload."""
    done = script("""
        import asyncio
        threads = lambda: len(os.listdir("/proc/self/task"))
        own = ai.FileStore(folder + "/own")
        clients = [make(), make(store=ai.MemoryStore()), ai.AsyncClient(merchant, store=own, clock=clock)]
        # A store whose folder was tried lets go of its threads.
        for _ in range(200):
            if threads() == 1:
                break
            time.sleep(0.01)
        print(threads(), [client.gateway_time for client in clients])
        read, write = os.pipe()
        if os.fork() == 0:
            os.write(write, clients[0].pay(pay_request()).outcome.value.encode())
            os._exit(0)
        print(os.read(read, 100).decode(), os.wait()[1], threads())
        print(clients[0].pay(pay_request()).outcome.value, threads() > 1)
        try:
            make(proxy="gopher://x")
        except ai.AlipayError as error:
            print(error.code)
    """)
    assert done.stdout.splitlines() == ["1 [None, None, None]", "succeeded 0 1", "succeeded True", "transport.configuration"], done.stderr


def test_fork_after_use(script: Script) -> None:
    done = script("""
        def say(*words):
            # In one write: several processes share this output.
            os.write(1, (" ".join(map(str, words)) + "\\n").encode())

        client = make()
        shared = make(store=ai.MemoryStore())
        say(client.pay(pay_request()).outcome)
        before = shared.pay(pay_request())
        say(before.outcome)
        children = []
        for _ in range(3):
            child = os.fork()
            if child == 0:
                signal.alarm(20)
                say(client.pay(pay_request()).outcome)
                say(shared.pay(pay_request()).outcome)
                try:
                    shared.status(before.payment_request_id)
                except ai.RequestError as error:
                    say(error.code)
                client.close()
                sys.exit(0)
            children.append(child)
        assert all(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0 for child in children)
        say(client.pay(pay_request()).outcome)
    """)
    assert sorted(done.stdout.split()) == ["request.unknown_payment"] * 3 + ["succeeded"] * 9, done.stdout + done.stderr


def test_fork_in_mid_payment(script: Script) -> None:
    """Whatever the parent was doing at that moment, a lock of the store included."""
    done = script("""
        client = make()
        request = pay_request(code=FOREVER)
        payer = threading.Thread(target=client.pay, args=(request,))
        payer.start()
        for _ in range(8):
            time.sleep(0.04)
            child = os.fork()
            if child == 0:
                signal.alarm(30)
                # The parent drives the payment; the child pays its own.
                print(client.pay(pay_request()).outcome, flush=True)
                os._exit(0)
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        print(client.cancel(request.payment_request_id).outcome)
        payer.join()
    """)
    assert done.stdout.split() == ["succeeded"] * 8 + ["cancelled"], done.stdout + done.stderr


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_multiprocessing(script: Script, method: str) -> None:
    done = script(f"""
        import multiprocessing

        def work(_):
            with make() as client:
                return client.pay(pay_request()).outcome.value

        if __name__ == "__main__":
            print(make().pay(pay_request()).outcome)
            with multiprocessing.get_context({method!r}).Pool(2) as pool:
                print(*pool.map_async(work, range(4)).get(40))
    """)
    assert done.stdout.split() == ["succeeded"] * 5, done.stdout + done.stderr


def get(address: Path) -> bytes:
    """What a server at a Unix socket answers."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(20)
        connection.connect(str(address))
        connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    return answer.partition(b"\r\n\r\n")[2]


def test_gunicorn_with_preload(gateway: Gateway, tmp_path: Path) -> None:
    (tmp_path / "till.py").write_text(f"""
import json
import alipay_instore as ai
from alipay_instore.testing import FastClock, pay_request
folder = {str(gateway.folder)!r}
settings = json.load(open(folder + "/sandbox.json"))
client = ai.Client(ai.Merchant.from_file(folder + "/sandbox.json"), store=ai.FileStore({str(tmp_path / "store")!r}),
                   clock=FastClock(settings["clock_origin_ms"], settings["speed"]), notify_url_configured=True)
assert client.pay(pay_request()).succeeded

def app(environ, start_response):
    start_response("200 OK", [])
    return [client.pay(pay_request()).outcome.encode()]
""")
    address = tmp_path / "socket"
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--preload", "--workers", "2", "--bind", f"unix:{address}", "till:app"],
        cwd=tmp_path, stderr=subprocess.PIPE, text=True,
    )
    try:
        deadline = time.monotonic() + 30
        while not address.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        for _ in range(6):
            assert get(address) == b"succeeded"
    finally:
        server.terminate()
        _, log = server.communicate(timeout=30)
    assert "SIGABRT" not in log and "SIGSEGV" not in log and server.returncode == 0, log


ENDINGS = {
    "daemon thread": """
        threading.Thread(target=client.pay, args=(request,), daemon=True).start()
        time.sleep(0.3)
    """,
    "many daemon threads": """
        for _ in range(20):
            threading.Thread(target=client.pay, args=(pay_request(code=FOREVER),), daemon=True).start()
        time.sleep(0.3)
    """,
    "an exception while a thread pays": """
        threading.Thread(target=client.pay, args=(request,), daemon=True).start()
        time.sleep(0.3)
        raise SystemExit(1)
    """,
    "an event loop that was left": """
        import asyncio
        other = ai.AsyncClient(merchant, store=ai.MemoryStore(), clock=clock, notify_url_configured=True)
        loop = asyncio.new_event_loop()
        task = loop.create_task(other.pay(request))
        loop.run_until_complete(asyncio.sleep(0.3))
    """,
    "a client that was never closed": """
        client.pay(pay_request())
    """,
    "a worker": """
        threading.Thread(target=client.run_worker, daemon=True).start()
        client.start(request)
    """,
    "somebody who watches": """
        client.start(request)
        threading.Thread(target=lambda: list(client.watch(request.payment_request_id)), daemon=True).start()
        time.sleep(0.3)
    """,
    "an observer that never returns": """
        observed = make(on_step=lambda id, step: time.sleep(1000))
        observed.start(request)
        time.sleep(0.3)
    """,
    "a store that is slow": """
        class Slow(DictStore):
            def insert(self, *_): time.sleep(1.5)
        slow = make(store=Slow())
        threading.Thread(target=slow.pay, args=(request,), daemon=True).start()
        time.sleep(0.2)
    """,
    "a store that never returns": """
        class Stuck(DictStore):
            def insert(self, *_): time.sleep(1000)
        stuck = make(store=Stuck())
        threading.Thread(target=stuck.pay, args=(request,), daemon=True).start()
        time.sleep(0.2)
    """,
}


@pytest.mark.parametrize("name", ENDINGS)
def test_the_interpreter_ends_in_mid_payment(script: Script, name: str) -> None:
    begin = time.monotonic()
    done = script("from tests.own_store import DictStore\nclient = make()\nrequest = pay_request(code=FOREVER)\n" + _dedented(ENDINGS[name]), timeout=40)
    assert done.returncode in CLEAN, (done.returncode, done.stderr)
    assert "Fatal" not in done.stderr and "panicked" not in done.stderr, done.stderr
    assert time.monotonic() - begin < 20


def test_a_payment_that_outlived_its_interpreter(script: Script, gateway: Gateway, tmp_path: Path) -> None:
    done = script("""
        request = pay_request(code=FOREVER)
        print(request.payment_request_id, flush=True)
        threading.Thread(target=make().pay, args=(request,), daemon=True).start()
        time.sleep(0.3)
    """)
    identifier = done.stdout.strip()
    import alipay_instore as ai

    with gateway.client(store=ai.FileStore(tmp_path / "store")) as client:
        assert client.cancel(identifier).outcome == "cancelled"
    row = gateway.payment(identifier)
    assert row is not None and row["net"] == "0"


def test_a_call_after_the_end(script: Script) -> None:
    done = script("""
        import atexit
        from alipay_instore import _native
        client = make()
        client.pay(pay_request())
        _native.shutdown()
        try:
            client.pay(pay_request())
        except ai.TransportError as error:
            print(error.code)
    """)
    assert done.stdout.split() == ["client.closed"], done.stderr


def _dedented(text: str) -> str:
    import textwrap

    return textwrap.dedent(text)


@pytest.mark.parametrize("kind", ["FileStore", "SqlStore"])
def test_killed_in_mid_payment(gateway: Gateway, tmp_path: Path, kind: str) -> None:
    """kill -9 at any moment: the store alone is enough, and another process goes on with it."""
    import alipay_instore as ai

    place = str(tmp_path / "store") if kind == "FileStore" else f"sqlite://{tmp_path}/payments.db"
    if kind == "SqlStore":
        ai.SqlStore(place, migrate=True)
    text = f"""
import json, sys
import alipay_instore as ai
from alipay_instore.testing import FastClock, pay_request
folder = {str(gateway.folder)!r}
settings = json.load(open(folder + "/sandbox.json"))
client = ai.Client(ai.Merchant.from_file(folder + "/sandbox.json"), store=ai.{kind}({place!r}),
                   clock=FastClock(settings["clock_origin_ms"], settings["speed"]), notify_url_configured=True,
                   owner_timeout=0.5, claims=False)
print("ready", flush=True)
while True:
    request = pay_request(code="281006029000000000000002")
    print(request.payment_request_id, flush=True)
    client.pay(request)
"""
    begun: list[str] = []
    for delay in (0.02, 0.1, 0.35):
        child = subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None and child.stdout.readline() == "ready\n"
        time.sleep(delay)
        child.send_signal(signal.SIGKILL)
        child.wait()
        begun += child.stdout.read().split()
        child.stdout.close()
    ended = 0
    with gateway.client(store=getattr(ai, kind)(place), owner_timeout=0.5) as client:
        for identifier in begun:
            row = gateway.payment(identifier)
            try:
                result = client.resume(identifier, wait=math.inf)
            except ai.RequestError as error:
                assert error.code == "request.unknown_payment" and row is None
                continue
            ended += 1
            row = gateway.payment(identifier)
            assert result.outcome and result.succeeded == (row is not None and row["net"] == "1999")
    assert ended


def test_u8_a_thousand_clients(script: Script) -> None:
    """Made and dropped, closed or not: their sockets and their memory come back."""
    done = script("""
        import gc
        def used():
            gc.collect()
            pages = int(open("/proc/self/statm").read().split()[1])
            return pages * os.sysconf("SC_PAGE_SIZE") >> 20, len(os.listdir("/proc/self/fd"))
        def some(number):
            for index in range(number):
                client = make(store=ai.MemoryStore(), claims=False)
                if index % 10 == 0:
                    assert client.pay(pay_request()).succeeded
                if index % 2 == 0:
                    client.close()
        some(250)
        before = used()
        some(1000)
        for _ in range(200):
            after = used()
            if after[1] <= before[1] + 5:
                break
            time.sleep(0.05)
        print(after[1] <= before[1] + 5, after[0] - before[0] < 30, before, after)
    """, timeout=240)
    assert done.stdout.startswith("True True "), done.stdout + done.stderr
