import { AlipayError } from 'alipay-instore'

/** An error of the package is an answer, as JSON; anything else is a defect of the program. */
export function refused(error: unknown): Response {
  if (!(error instanceof AlipayError)) throw error
  return Response.json(error, { status: error.code === 'request.unknown_payment' ? 404 : 400 })
}
