// Pays with this notify URL and waits until the gateway has its acknowledgement.
import assert from 'node:assert/strict'
import { Amount, PayRequest } from 'alipay-instore'

/**
 * @param {import('alipay-instore-testing').Sandbox} gateway
 * @param {import('alipay-instore').Client} client
 * @param {string} notifyUrl
 */
export async function payAndWaitForNotification(gateway, client, notifyUrl) {
  const request = PayRequest.forPaymentCode({
    amount: Amount.fromMajor('4.50', 'USD'),
    paymentCode: '281006029000000000000001',
    paymentNotifyUrl: notifyUrl,
    order: {
      orderDescription: 'Coffee',
      merchant: {
        referenceMerchantId: 'M1',
        merchantMCC: '5814',
        merchantName: 'Coffee House',
        store: { referenceStoreId: 'S1', storeName: 'Harbour', storeMCC: '5814' },
      },
      env: { storeTerminalId: 'TILL7' },
    },
  })
  assert.equal((await client.pay(request)).outcome, 'succeeded')
  for (let tries = 0; tries < 200; tries += 1) {
    const { notifications } = await gateway.ledger()
    const found = notifications.find((row) => row['payment_request_id'] === request.paymentRequestId)
    if (found?.['acknowledged_ms']) {
      console.log('paid, notified and acknowledged')
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  assert.fail('the notification was not acknowledged')
}
