"use strict";
// The console of the sandbox. It reads the ledger and the journal, and everything it does is a call of the control API
// below /sandbox. Whatever comes from there is shown as text, never as HTML.

const $ = (id) => document.getElementById(id);
// Where the sandbox listens for other machines too, its address ends with #token=….
const token = new URLSearchParams(location.hash.slice(1)).get("token");
const headers = token ? { Authorization: `Bearer ${token}` } : {};

let ledger = { payments: [], refunds: [], notifications: [] };
let journal = [];
let selected = null;
let atWallet = null;

async function call(path, method = "GET", body) {
  const answer = await fetch(`/sandbox/${path}`, {
    method,
    headers: body === undefined ? headers : { ...headers, "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const json = await answer.json();
  if (!answer.ok) throw new Error(json.error ?? `HTTP ${answer.status}`);
  return json;
}

// What went wrong with a button stays until the next one; that the gateway does not answer, until it does.
const troubles = { button: null, gateway: null };

function trouble(of, error) {
  troubles[of] = error;
  const texts = Object.values(troubles).filter(Boolean);
  $("trouble").textContent = texts.map((error) => error.message).join("; ");
  $("trouble").hidden = texts.length === 0;
}

// What a button does, with its error shown instead of lost.
const doing = (work) => async (event) => {
  event?.preventDefault();
  try {
    await work(event);
    await refresh();
    trouble("button", null);
  } catch (error) {
    trouble("button", error);
  }
};

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text ?? "";
  if (className) made.className = className;
  return made;
}

// Only what is different: what is drawn anew loses the focus of the keyboard, and text that is selected.
function fill(parent, children) {
  const drawn = [...parent.childNodes];
  const equal = drawn.length === children.length && drawn.every((node, at) => node.isEqualNode(children[at]));
  if (!equal) parent.replaceChildren(...children);
}

function button(text, title, work) {
  const made = element("button", text);
  made.type = "button";
  made.title = title;
  made.addEventListener("click", doing(work));
  return made;
}

const time = (ms) => (ms === null ? "–" : new Date(ms).toISOString().slice(0, 23).replace("T", " "));
const clock = (ms) => time(ms).slice(11);
const tone = (state) =>
  ({ succeeded: "good", processing: "open", failed: "bad", cancelled: "bad", closed: "bad" })[state] ?? "";

// Minor units as the currency writes them: the sandbox says how many digits it has.
function price(value, row) {
  const digits = row.digits ?? 0;
  const text = value.padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  return `${digits ? `${whole}.${text.slice(-digits)}` : whole} ${row.currency}`;
}

const orNone = (lines) => (lines.length ? lines : [element("li", "none")]);

const same = (one, other) =>
  one && other && one.protocol === other.protocol && one.payment_request_id === other.payment_request_id;

function showPayments() {
  const newestFirst = [...ledger.payments].sort((one, other) => other.placed_ms - one.placed_ms);
  const rows = newestFirst.map((payment) => {
    const row = element("tr");
    row.dataset.id = payment.payment_request_id;
    row.tabIndex = 0;
    row.setAttribute("aria-selected", String(same(payment, selected)));
    row.append(
      element("td", payment.payment_request_id),
      element("td", payment.protocol),
      element("td", price(payment.amount, payment)),
      element("td", payment.code ? `${payment.state}: ${payment.code}` : payment.state, tone(payment.state)),
      element("td", price(payment.net, payment)),
      element("td", time(payment.placed_ms)),
    );
    const select = () => {
      selected = payment;
      show();
    };
    row.addEventListener("click", select);
    row.addEventListener("keydown", (event) => event.key === "Enter" && select());
    return row;
  });
  fill($("payments").tBodies[0], rows);
  $("payments").hidden = rows.length === 0;
  $("no-payments").hidden = rows.length > 0;
}

function entryLine(entry, withId) {
  const line = element("li");
  const what = [entry.what, entry.result, entry.fault && `fault ${entry.fault}`].filter(Boolean).join("  ");
  const id = withId && entry.payment_request_id ? `${entry.payment_request_id}  ` : "";
  const protocol = withId && entry.protocol ? `${entry.protocol}  ` : "";
  line.textContent = `${clock(entry.at_ms)}  ${protocol}${id}${what}`;
  return line;
}

function attemptLine(attempt, number) {
  const answer = attempt.answer;
  const said = answer
    ? `HTTP ${answer.http_status}, ${answer.accepted ? "accepted" : "not accepted"}, signature ${answer.signature}`
    : "nothing came back";
  return element("li", `${clock(attempt.at_ms)}  attempt ${number + 1}: ${said}`, answer?.accepted ? "good" : "bad");
}

function notificationLine(notification) {
  const state = notification.refused
    ? `not sent: ${notification.refused}`
    : notification.acknowledged_ms === null
      ? "not acknowledged"
      : "acknowledged";
  const line = element("li", `${notification.type} to ${notification.url}: ${state}`);
  const attempts = element("ul");
  attempts.append(...notification.attempts.map(attemptLine));
  line.append(attempts);
  return line;
}

function showPayment() {
  const payment = ledger.payments.find((payment) => same(payment, selected));
  $("payment").hidden = !payment;
  if (!payment) return;
  $("payment-title").textContent = `${payment.payment_request_id} (${payment.scenario.replaceAll("_", " ")})`;
  const act = (does) => () => call(`customers/${encodeURIComponent(selected.payment_request_id)}`, "POST", { does });
  const acts = [
    button("The customer pays", "The wallet pays this payment now", act("pay")),
    button("The customer refuses", "The wallet refuses this payment now", act("fail")),
  ];
  if (payment.scenario === "order_code") acts.unshift(button("The customer scans", "Only scans the code", act("scan")));
  fill($("payment-customer"), payment.state === "processing" ? acts : []);
  const facts = [
    ["State", payment.code ? `${payment.state}: ${payment.code}` : payment.state],
    ["Captured", price(payment.captured, payment)],
    ["Given back by cancel", price(payment.reversed, payment)],
    ["Given back by refund", price(payment.refunded, payment)],
    ["Kept by the merchant", price(payment.net, payment)],
    ["Payment id", payment.payment_id],
    ["Requests", `${payment.pays} pay, ${payment.inquiries} inquiry, ${payment.cancels} cancel`],
    ["Expires", time(payment.expires_ms)],
    ["Cancel until", time(payment.cancel_until_ms)],
    ...payment.notes.map((note) => ["Note", note]),
  ];
  const pair = ([name, value]) => [element("dt", name), element("dd", value)];
  fill($("payment-ledger"), facts.flatMap(pair));
  const ofPayment = journal.filter((entry) => same(entry, payment));
  fill($("timeline"), ofPayment.map((entry) => entryLine(entry, false)));
  const refund = (refund) =>
    element("li", `${refund.refund_request_id}: ${price(refund.amount, refund)}, ${refund.code ?? refund.state}`);
  fill($("refunds"), orNone(ledger.refunds.filter((one) => same(one, payment)).map(refund)));
  const notifications = ledger.notifications.filter((one) => same(one, payment));
  fill($("notifications"), orNone(notifications.map(notificationLine)));
}

function showWallet() {
  const payment = ledger.payments.find((payment) => same(payment, atWallet));
  $("wallet-payment").hidden = !payment;
  if (!payment) return;
  $("wallet-amount").textContent = price(payment.amount, payment);
  $("wallet-id").textContent = `${payment.payment_request_id}: ${payment.state}`;
  $("wallet-pay").disabled = $("wallet-refuse").disabled = payment.state !== "processing";
}

function show() {
  showPayments();
  showPayment();
  showWallet();
  const newestFirst = journal.slice(-200).reverse();
  fill($("journal"), newestFirst.map((entry) => entryLine(entry, true)));
}

const newest = () => journal.at(-1)?.number ?? 0;

async function refresh() {
  const [now, news, faults] = await Promise.all([call("clock"), call(`journal?after=${newest()}`), call("faults")]);
  // A payment can expire without a request, so the ledger is read even if nothing was noted.
  ledger = await call("ledger");
  $("now").textContent = time(now.now_ms);
  $("speed").textContent = now.speed === 0 ? "stopped" : `${now.speed}×`;
  const waiting = faults.filter((fault) => fault.waits > 0).map((fault) => `${fault.fault} (${fault.waits}×)`);
  $("fault-message").textContent = waiting.length ? `Waiting to strike: ${waiting.join(", ")}` : "None waits to strike.";
  // After a restart the gateway counts from the beginning again.
  if (news.newest < newest()) journal = [];
  // A button and the timer can have asked at once.
  journal = [...journal, ...news.entries.filter((entry) => entry.number > newest())].slice(-5000);
  show();
}

// The customer's wallet: the code is the address of the wallet's page, or the number at its end.
async function openCode(text) {
  const paymentId = text.trim().split("/").pop().split("?")[0];
  await refresh();
  const payment = ledger.payments.find((payment) => payment.payment_id === paymentId);
  $("wallet-message").textContent = payment ? "" : "There is no such payment.";
  atWallet = selected = payment ?? null;
  if (payment) await call(`customers/${encodeURIComponent(payment.payment_request_id)}`, "POST", { does: "scan" });
}

async function scan() {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const view = $("viewfinder");
  try {
    view.srcObject = stream;
    view.hidden = false;
    await view.play();
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    for (let tries = 0; tries < 300; tries += 1) {
      const [found] = await detector.detect(view);
      if (found) {
        $("scanned").value = found.rawValue;
        return await openCode(found.rawValue);
      }
      await new Promise((done) => setTimeout(done, 100));
    }
    $("wallet-message").textContent = "No code was seen.";
  } finally {
    stream.getTracks().forEach((track) => track.stop());
    view.hidden = true;
  }
}

function walletActs(does) {
  return doing(async () => {
    if (atWallet) await call(`customers/${encodeURIComponent(atWallet.payment_request_id)}`, "POST", { does });
  });
}

async function begin() {
  for (const made of document.querySelectorAll("[data-speed]")) {
    made.addEventListener("click", doing(() => call("clock", "POST", { speed: Number(made.dataset.speed) })));
  }
  for (const made of document.querySelectorAll("[data-advance]")) {
    made.addEventListener("click", doing(() => call("clock", "POST", { advance_ms: Number(made.dataset.advance) })));
  }
  $("wallet").addEventListener("submit", doing(() => openCode($("scanned").value)));
  $("wallet-pay").addEventListener("click", walletActs("pay"));
  $("wallet-refuse").addEventListener("click", walletActs("fail"));
  // Only some browsers read codes by themselves, and cameras only where the page is trusted.
  $("camera").hidden = !("BarcodeDetector" in window && navigator.mediaDevices);
  $("camera").addEventListener("click", doing(scan));
  $("plan").addEventListener(
    "submit",
    doing(async () => {
      await call("customers/default", "POST", { plan: $("plan-text").value });
      $("plan-message").textContent = `set: ${$("plan-text").value}`;
    }),
  );
  $("copy").addEventListener("click", doing(() => navigator.clipboard.writeText($("code").textContent)));
  $("fault-clear").addEventListener(
    "click",
    doing(() => call("faults", "DELETE")),
  );

  const [behaviours, faults] = await Promise.all([call("behaviours"), call("faults")]);
  $("behaviours").append(
    ...behaviours.map((behaviour) =>
      button(behaviour.name, behaviour.description, async () => {
        const made = await call(`codes?behaviour=${encodeURIComponent(behaviour.name)}`);
        $("code").textContent = made.code;
        $("code-what").textContent = behaviour.description;
        $("code-line").hidden = false;
      }),
    ),
  );
  $("faults").append(
    ...faults.map((fault) =>
      button(fault.fault, fault.description, () => {
        const wish = { fault: fault.fault, times: Number($("fault-times").value) };
        if ($("fault-operation").value) wish.operation = $("fault-operation").value;
        return call("faults", "POST", wish);
      }),
    ),
  );
}

async function live() {
  try {
    await refresh();
    trouble("gateway", null);
  } catch (error) {
    trouble("gateway", error);
  }
  setTimeout(live, 500);
}

begin().then(live, (error) => trouble("gateway", error));
