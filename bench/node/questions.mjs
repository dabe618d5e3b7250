// Questions on the input, one a line: `WHAT SECONDS`; an answer is one line of JSON.
import process from 'node:process'
import { createInterface } from 'node:readline'

/** Answers each line until the input ends. */
export async function answerEach(measures) {
  process.stdout.write('{"ready":true}\n')
  for await (const line of createInterface({ input: process.stdin })) {
    const [what, seconds] = line.split(' ')
    let answer
    try {
      answer = await measures[what](Number(seconds))
    } catch (error) {
      answer = { error: String(error) }
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`)
  }
}

/** Nanoseconds of processor time since some time; what other processes do does not count in it. */
export function processor() {
  const { user, system } = process.cpuUsage()
  return (user + system) * 1e3
}

/** Nanoseconds of processor time that a call takes. */
export const timed = (call) => (seconds) => {
  let calls = 0
  let batch = 1
  const begun = processor()
  for (;;) {
    for (let i = 0; i < batch; i += 1) call()
    calls += batch
    const taken = processor() - begun
    if (taken >= seconds * 1e9) return { ns: taken / calls }
    // The clock is read about a hundred times.
    batch = Math.max(1, Math.floor((seconds * 1e9) / 100 / (Math.max(taken, 1) / calls)))
    batch = Math.min(batch, 1 << 16)
  }
}
