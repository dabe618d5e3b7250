import { refused } from '../../../lib/refused'
import { till } from '../../../lib/till'

export const runtime = 'nodejs'

/** How a sale stands; the page asks until `outcome` is there. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  try {
    return Response.json(await till().status((await params).id))
  } catch (error) {
    return refused(error)
  }
}
