/** The way of the states as people expect it. */
import { describe, expect, it } from 'vitest'
import type { LifecycleDefinition } from '#definitions/definition.ts'
import { mainPath } from './state-path.tsx'

const order: LifecycleDefinition = {
  kind: 'lifecycle',
  name: 'order',
  form: 'order',
  initial: 'draft',
  states: [
    { name: 'draft', color: 'gray' },
    { name: 'submitted', color: 'blue' },
    { name: 'on_hold', color: 'amber' },
    { name: 'closed', color: 'green' },
    { name: 'cancelled', color: 'red' },
  ],
  transitions: [
    { name: 'submit', from: ['draft'], to: 'submitted' },
    { name: 'hold', from: ['submitted'], to: 'on_hold' },
    { name: 'release', from: ['on_hold'], to: 'submitted' },
    { name: 'close', from: ['submitted'], to: 'closed' },
    { name: 'cancel', from: ['draft', 'submitted'], to: 'cancelled' },
  ],
}

describe('path of states', () => {
  it('goes straight to the good end, past pauses and refusals', () => {
    expect(mainPath(order, 'submitted').map((state) => state.name)).toEqual(['draft', 'submitted', 'closed'])
  })

  it('shows a state beside the way after the first one', () => {
    expect(mainPath(order, 'cancelled').map((state) => state.name)).toEqual(['draft', 'cancelled'])
  })
})
