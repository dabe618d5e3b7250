'use strict'
// alipay-instore: Alipay and Alipay+ in-store payments. What is exported is documented in index.d.cts.

const errors = require('./lib/errors.cjs')
const { SigningKey, VerifyingKey, generateKey } = require('./lib/keys.cjs')
const { qrPng, qrSvg, qrTerminal } = require('./lib/qr.cjs')
const { PaymentCode, ScannedLines } = require('./lib/codes.cjs')
const { Amount, Router, advice, walletOfPspId } = require('./lib/money.cjs')
const { PayRequest, checkRequest, chinaExtraTransInfo, newPaymentRequestId, walletMinimum } = require('./lib/requests.cjs')
const { readVerified } = require('./lib/reading.cjs')
const { Payment } = require('./lib/payment.cjs')
const { RefundLedger } = require('./lib/refund.cjs')
const { Merchant, Merchants, Notification } = require('./lib/merchant.cjs')
const { MemoryStore, FileStore, SqlStore } = require('./lib/store.cjs')
const { Client } = require('./lib/client.cjs')
const { measure } = require('./lib/metrics.cjs')

module.exports = {
  SigningKey,
  VerifyingKey,
  generateKey,
  qrPng,
  qrSvg,
  qrTerminal,
  Amount,
  PaymentCode,
  ScannedLines,
  Router,
  advice,
  walletOfPspId,
  PayRequest,
  newPaymentRequestId,
  checkRequest,
  walletMinimum,
  chinaExtraTransInfo,
  readVerified,
  Payment,
  RefundLedger,
  Merchant,
  Merchants,
  Notification,
  MemoryStore,
  FileStore,
  SqlStore,
  Client,
  measure,
  AlipayError: errors.AlipayError,
  KeyError: errors.KeyError,
  SignatureError: errors.SignatureError,
  CodeError: errors.CodeError,
  AmountError: errors.AmountError,
  ConfigurationError: errors.ConfigurationError,
  RequestError: errors.RequestError,
  MessageError: errors.MessageError,
  PaymentError: errors.PaymentError,
  StoreError: errors.StoreError,
  StoreConflict: errors.StoreConflict,
  StoreNotWritten: errors.StoreNotWritten,
  TransportError: errors.TransportError,
  InternalError: errors.InternalError,
  AbortError: errors.AbortError,
  version: require('./package.json').version,
  errorCatalogue: () => [...errors.catalogue.values()],
}

// Under a symbol, so that it is none of what is exported.
Object.defineProperty(module.exports, Symbol.for('alipay-instore.testing'), { value: require('./lib/for-testing.cjs') })
