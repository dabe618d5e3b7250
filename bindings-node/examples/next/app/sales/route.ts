import { Amount } from 'alipay-instore'
import { refused } from '../../lib/refused'
import { till } from '../../lib/till'

export const runtime = 'nodejs'

/** Begins a sale. The id is the page's, so that the same request again is the same sale. */
export async function POST(request: Request): Promise<Response> {
  const { id, code, price } = await request.json()
  try {
    const amount = Amount.fromMajor(price, 'USD')
    const begun = await till().payCode(code, amount, 'Two coffees', { paymentRequestId: id, waitMs: 0 })
    return Response.json(begun, { status: 202 })
  } catch (error) {
    return refused(error)
  }
}
