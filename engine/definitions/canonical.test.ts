import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '#base/json.ts'
import { sha256 } from '#base/sha256.ts'
import { canonicalText, hashDefinition } from './canonical.ts'
import type { Definition } from './definition.ts'

const order: Definition = {
  kind: 'form',
  name: 'order',
  label: { 'zh-CN': '订单', en: 'Order' },
  fields: [
    {
      type: 'choice',
      required: true,
      options: [{ label: 'A', value: 'a' }],
      label: 'Terms',
      name: 'terms',
      default: 'a',
    },
  ],
}

describe('the canonical form', () => {
  it('writes keys in the order of the schema, options of the kind after help, two spaces, a newline at the end', () => {
    expect(canonicalText(order)).toBe(`{
  "kind": "form",
  "name": "order",
  "label": {
    "en": "Order",
    "zh-CN": "订单"
  },
  "fields": [
    {
      "name": "terms",
      "type": "choice",
      "label": "Terms",
      "options": [
        {
          "value": "a",
          "label": "A"
        }
      ],
      "required": true,
      "default": "a"
    }
  ]
}
`)
  })

  it('is the same whatever the order of keys, and again when read back', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const shuffled = shuffle(order as unknown as Json, () => numbers.next().value ?? 0) as unknown as Definition
        expect(canonicalText(shuffled)).toBe(canonicalText(order))
        expect(canonicalText(JSON.parse(canonicalText(shuffled)))).toBe(canonicalText(order))
      }),
    )
  })

  it('is what the hash is over', () => {
    expect(hashDefinition(order)).toBe(sha256(canonicalText(order)))
    expect(hashDefinition({ ...order, name: 'other' } as Definition)).not.toBe(hashDefinition(order))
  })
})

function shuffle(value: Json, next: () => number): Json {
  if (Array.isArray(value)) return value.map((item: Json) => shuffle(item, next))
  if (typeof value !== 'object' || value === null) return value
  const keys = Object.keys(value)
    .map((key) => ({ key, rank: next() }))
    .sort((left, right) => left.rank - right.rank)
  return Object.fromEntries(keys.map(({ key }) => [key, shuffle((value as JsonObject)[key] ?? null, next)]))
}
