// The classes are those of index.cjs, so that `instanceof` holds across both kinds of modules.
import all from './index.cjs'

export const {
  SigningKey, VerifyingKey, generateKey, qrPng, qrSvg, qrTerminal, Amount, PaymentCode, ScannedLines, Router, advice, walletOfPspId, PayRequest,
  newPaymentRequestId, checkRequest, walletMinimum, chinaExtraTransInfo, readVerified, Payment, RefundLedger,
  Merchant, Merchants, Notification, MemoryStore, FileStore, SqlStore, Client, measure,
  AlipayError, KeyError, SignatureError, CodeError, AmountError, ConfigurationError, RequestError, MessageError,
  PaymentError, StoreError, StoreConflict, StoreNotWritten, TransportError, InternalError, AbortError, errorCatalogue, version,
} = all
