import { till } from '../../lib/till'

export const runtime = 'nodejs'

/** The notify URL. The signature is over the bytes, so the body is taken as bytes and not as text. */
export async function POST(request: Request): Promise<Response> {
  const body = new Uint8Array(await request.arrayBuffer())
  const answer = await till().handleNotification(request.headers.entries(), body)
  if (answer.error) console.error('refused:', answer.error)
  return new Response(answer.body, { status: answer.status, headers: answer.headers })
}
