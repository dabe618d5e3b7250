'use strict'
// Requests as objects whose members are the documents' own names, and the JSON that is made of them.

const native = require('./library.cjs')
const { call } = require('./errors.cjs')
const { flag, json, object, optionalText, options, text, time, whole, wrong } = require('./arguments.cjs')
const { PaymentCode } = require('./codes.cjs')
const { Amount, amountOf, refuseFloat } = require('./money.cjs')
const { merchantHandle } = require('./merchant.cjs')

/** Amounts become minor units, payment codes are exposed, since the gateway must read them. */
function converted(made, original, path, holder) {
  if (original instanceof PaymentCode) return original.expose()
  if (typeof original === 'bigint') return original.toString()
  if (typeof original === 'number' && path.endsWith('value') && 'currency' in holder) refuseFloat(original, path)
  return made
}

/** The JSON of any body. */
function bodyJson(body, name) {
  return json(object(body, name), 'request.invalid', converted)
}

/** The JSON of a request of the documents: what an object of it holds under `extra` is sent beside its other members. */
function requestJson(request, name) {
  return json(object(request, name), 'request.invalid', (made, original, path, holder) => {
    const value = converted(made, original, path, holder)
    if (typeof value !== 'object' || value?.extra === undefined || Array.isArray(value)) return value
    const { extra, ...known } = value
    const others = Object.entries(object(extra, path ? `${path}.extra` : 'extra'))
    return { ...known, ...Object.fromEntries(others.filter(([member]) => known[member] === undefined)) }
  })
}

function newPaymentRequestId(input) {
  const { terminal = '', now } = options(input, 'newPaymentRequestId', ['terminal', 'now'])
  const checked = [text(terminal, 'terminal'), time(now, 'now')]
  return call(() => native.newPaymentRequestId(...checked))
}

function inScenario(scenario, input, method) {
  const { paymentRequestId, amount, order, ...rest } = object(input, 'input')
  if (amount !== undefined && !(amount instanceof Amount)) throw wrong('amount', 'an Amount', amount)
  return {
    ...rest,
    paymentRequestId: paymentRequestId ?? newPaymentRequestId({ terminal: order?.env?.storeTerminalId ?? '' }),
    paymentAmount: amount,
    paymentFactor: { ...rest.paymentFactor, inStorePaymentScenario: scenario },
    paymentMethod: { ...rest.paymentMethod, ...method },
    order,
  }
}

/** The three ways to begin a request to pay. */
const PayRequest = Object.freeze({
  forPaymentCode: (stated) => {
    const { paymentCode, ...input } = object(stated, 'input')
    const code = paymentCode instanceof PaymentCode ? paymentCode : new PaymentCode(text(paymentCode, 'paymentCode', 'code.not_digits'))
    return inScenario('PaymentCode', input, { paymentMethodId: code })
  },
  forOrderCode: (input) => inScenario('OrderCode', input, {}),
  forEntryCode: (input) => inScenario('EntryCode', input, {}),
})

/** What the check of a request has to know beside it. */
function checkInput({ wallet, notifyUrlConfigured }) {
  return {
    wallet: optionalText(wallet, 'wallet'),
    notifyUrlConfigured: flag(notifyUrlConfigured, 'notifyUrlConfigured'),
  }
}

/** Checks a request as `pay` does. */
function checkRequest(input) {
  const { merchant, request, now, ...rest } = options(input, 'checkRequest')
  const checked = [merchantHandle(merchant), requestJson(request, 'request'), checkInput(rest), time(now, 'now')]
  return JSON.parse(call(() => native.checkPay(...checked)))
}

function walletMinimum(wallet) {
  const checked = text(wallet, 'wallet')
  const least = call(() => native.walletMinimum(checked))
  return least ? amountOf(least) : null
}

function list(value, name, read) {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw wrong(name, 'an array', value)
  return value.map((one, index) => read(one, `${name}[${index}]`))
}

/** The members of objects in a list, which are all texts. */
const texts = (...members) => (one, name) => {
  const found = options(one, name, members)
  return Object.fromEntries(members.map((member) => [member, text(found[member], `${name}.${member}`)]))
}

function goods(one, name) {
  const { sku, quantity } = options(one, name, ['sku', 'quantity'])
  return { sku: text(sku, `${name}.sku`), quantity: whole(quantity, `${name}.quantity`, 0, Number.MAX_SAFE_INTEGER) ?? 0 }
}

const CHINA = ['hotels', 'flights', 'admissionNoticeUrls', 'goods', 'totalQuantity', 'other']

function chinaExtraTransInfo(input) {
  const order = options(input, 'chinaExtraTransInfo', CHINA)
  const checked = {
    hotels: list(order.hotels, 'hotels', texts('name', 'checkin', 'checkout')),
    flights: list(order.flights, 'flights', texts('number', 'departure')),
    admissionNoticeUrls: list(order.admissionNoticeUrls, 'admissionNoticeUrls', (url, name) => text(url, name)),
    goods: list(order.goods, 'goods', goods),
    totalQuantity: whole(order.totalQuantity, 'totalQuantity', 0, Number.MAX_SAFE_INTEGER),
    other: flag(order.other, 'other') ?? false,
  }
  return JSON.parse(call(() => native.chinaExtraTransInfo(checked)))
}

module.exports = {
  PayRequest, bodyJson, checkInput, checkRequest, chinaExtraTransInfo, newPaymentRequestId, requestJson, walletMinimum,
}
