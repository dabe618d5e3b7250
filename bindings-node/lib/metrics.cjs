'use strict'
// Counters and a histogram for OpenTelemetry, from the steps that clients publish.

const diagnosticsChannel = require('node:diagnostics_channel')
const { wrong } = require('./arguments.cjs')

const CHANNEL = 'alipay-instore:step'
const LETTERS = ['S', 'F', 'U']

function measure(meter) {
  if (typeof meter?.createCounter !== 'function' || typeof meter.createHistogram !== 'function') {
    throw wrong('meter', 'a Meter of OpenTelemetry', meter)
  }
  const counter = (name, description) => meter.createCounter(`alipay_instore.${name}`, { description })
  const requests = counter('requests', 'Requests to the gateway')
  const duration = meter.createHistogram('alipay_instore.request.duration', {
    description: 'How long the gateway takes to answer',
    unit: 's',
  })
  const notifications = counter('notifications', 'Verified notifications that were taken in')
  const alerts = counter('alerts', 'Alerts that need a person')
  const concluded = {
    concluded: counter('payments', 'Payments that have their result'),
    refund_concluded: counter('refunds', 'Refunds that have their result'),
    reverse_concluded: counter('reverses', 'Reverses that have their result'),
  }
  const count = ({ step: { event } }) => {
    if (event.type === 'answered' || event.type === 'unanswered') {
      const letter = event.type === 'unanswered' ? 'none' : event.resultStatus
      // What the gateway says is no attribute as it is: each other text would be another series.
      const answer = letter === 'none' || LETTERS.includes(letter) ? letter : 'other'
      requests.add(1, { operation: event.operation, answer })
      duration.record(event.took / 1000, { operation: event.operation })
    } else if (event.type === 'notified') {
      notifications.add(1)
    } else if (event.type === 'alerted') {
      alerts.add(1, { kind: event.kind })
    } else {
      concluded[event.type]?.add(1, { outcome: event.outcome })
    }
  }
  diagnosticsChannel.subscribe(CHANNEL, count)
  return () => void diagnosticsChannel.unsubscribe(CHANNEL, count)
}

module.exports = { measure }
