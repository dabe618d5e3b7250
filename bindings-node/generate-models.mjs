// Writes models.d.cts from the declarations of the core, so that both have the same fields.
//
//     node generate-models.mjs            writes the file
//     node generate-models.mjs --check    only says whether it is up to date
import { readFileSync, writeFileSync } from 'node:fs'

const api = new URL('../core/src/api/', import.meta.url)
const target = new URL('./models.d.cts', import.meta.url)
const sources = [
  'result.rs', 'pay/china.rs', 'pay/env.rs', 'pay/merchant.rs', 'pay/order.rs', 'pay/forms.rs', 'pay/request.rs',
  'pay/response.rs', 'inquiry.rs', 'cancel.rs', 'refund.rs', 'notification.rs',
]
/** What a caller may write; whatever is read back is text. */
const scalars = {
  String: 'string', bool: 'boolean | string', u64: 'number | bigint | string', Amount: 'AmountInput',
  StatedAmount: 'StatedAmount', Time: 'string | Date', Currency: 'string', PaymentCode: 'PaymentCode | string',
  PaymentRequestId: 'string', DecimalText: 'string', ExtendInfo: 'ExtendMembers | string',
}
/** What the gateway answers: scalars are kept as text. */
const answered = {
  ...scalars, bool: 'string', u64: 'string', Amount: 'StatedAmount', Time: 'string', PaymentCode: 'string',
}
const answers = new Set(['PaymentResult', 'PspCustomerInfo', 'SettlementQuote'])
/** A result inside a message has the members of any result. */
const renamed = { Merchant: 'OrderMerchant', Notification: 'NotificationBody' }

const text = (lines) =>
  lines.split('\n').map((line) => line.trim().replace(/^\/\/\/ ?/, '')).join('\n').split('```')[0]
    .replace(/\[`?(?:[\w:()]*::)?([\w()]+)`?\](?:\([^)]*\))?/g, '$1').trim()

const comment = (lines, indent) => {
  const said = text(lines).split('\n')
  if (said.length === 1) return `${indent}/** ${said[0]} */\n`
  return `${indent}/**\n${said.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`
}

const words = new Map()
const models = []
for (const source of sources) {
  const rust = readFileSync(new URL(source, api), 'utf8')
  for (const [block] of rust.matchAll(/^(?:model|words)! \{$[\s\S]*?^\}$/gm)) {
    if (block.startsWith('words')) {
      for (const found of block.matchAll(/((?: {4}\/\/\/[^\n]*\n)+) {4}pub enum (\w+) \{\n([\s\S]*?)\n {4}\}/g)) {
        words.set(found[2], { doc: found[1], list: [...found[3].matchAll(/= "([^"]+)"/g)].map((word) => word[1]) })
      }
      continue
    }
    for (const found of block.matchAll(/((?: {4}\/\/\/[^\n]*\n)+) {4}pub struct (\w+) \{\n([\s\S]*?)\n {4}\}/g)) {
      const fields = [...found[3].matchAll(/((?: {8}\/\/\/[^\n]*\n)+) {8}\w+: (\[?\w+\]?) = "(\w+)" \{([^}]*)\}/g)]
      models.push({ doc: found[1], name: found[2], fields })
    }
  }
}
words.set('Scenario', { doc: '/// How customer and merchant find each other.', list: ['PaymentCode', 'OrderCode', 'EntryCode'] })

const known = new Set(models.map((model) => model.name))
const response = (name) => answers.has(name) || name.endsWith('Response') || ['Transaction', 'Notification', 'RefundNotification', 'ApiResult'].includes(name)

function type(rust, model) {
  const many = rust.startsWith('[')
  const name = rust.replace(/[[\]]/g, '')
  const inner = words.has(name)
    ? `${name} | (string & {})`
    : name === 'PaymentResult' ? 'ApiResult | string' : known.has(name) ? (renamed[name] ?? name) : (response(model) ? answered : scalars)[name]

  if (inner === undefined) throw new Error(`no type for ${name}`)
  return many ? `Array<${inner}>` : inner
}

let out = `// Written by generate-models.mjs from the declarations of the core; do not edit.
//
// The requests and answers of the payment APIs under the names of the documents. What is required in which protocol,
// the lengths and the forms are checked when a request is used; an error names the member.
import type { Amount, PaymentCode } from './index.cjs'

/** An amount to be sent: minor units as text or bigint. A \`number\` is refused. */
export type AmountInput = Amount | { currency: string; value: string | bigint }

/** An amount as a message states it: minor units as text. */
export interface StatedAmount {
  currency?: string
  value?: string
}
`
for (const [name, { doc, list }] of words) {
  out += `\n${comment(doc, '')}export type ${name} = ${list.map((word) => `'${word}'`).join(' | ')}\n`
}
for (const { doc, name, fields } of models) {
  out += `\n${comment(doc, '')}export interface ${renamed[name] ?? name} {\n`
  for (const [, said, rust, json] of fields) out += `${comment(said, '  ')}  ${json}?: ${type(rust, name)}\n`
  out += `  /** Members that the documents do not list are sent, and read, as they stand. */\n  [member: string]: unknown\n}\n`
}

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== out) {
    console.error('models.d.cts is out of date: run node generate-models.mjs')
    process.exit(1)
  }
} else {
  writeFileSync(target, out)
}
