/** A workbook of a megabyte must not become gigabytes of objects: what is read as a tree is counted before it is read. */
import { deflateRawSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { Refusal } from '#base/problems.ts'
import type { ZipEntry } from './zip-limits.ts'
import { requireModestTrees } from './zip-trees.ts'

const head = 30

function verdict(parts: Readonly<Record<string, string>>): string {
  const chunks: Buffer[] = []
  const entries: ZipEntry[] = []
  let at = 0
  for (const [name, text] of Object.entries(parts)) {
    const packed = deflateRawSync(Buffer.from(text))
    entries.push({ name, at, method: 8, packed: packed.length, unpacked: Buffer.byteLength(text) })
    chunks.push(Buffer.alloc(head), packed)
    at += head + packed.length
  }
  try {
    requireModestTrees(Buffer.concat(chunks), entries)
    return 'read'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.problem.issues?.[0]?.code ?? ''
  }
}

const relation = (type: string, target: string) => `<Relationship Id="a" Type="http://x/${type}" Target="${target}"/>`
const tags = (count: number) => `<sst>${'<t/>'.repeat(count)}</sst>`

it('reads texts of a usual number, and sheets of any', () => {
  expect(verdict({ 'xl/sharedStrings.xml': tags(1_000_000), 'xl/worksheets/sheet1.xml': tags(5_000_000) })).toBe('read')
  expect(verdict({ 'xl/_rels/workbook.xml.rels': relation('worksheet', 'worksheets/sheet1.xml') })).toBe('read')
})

it('refuses too many tags or attributes in whatever becomes a tree, in all parts together', () => {
  expect(verdict({ 'xl/sharedStrings.xml': tags(4_100_000) })).toBe('archive-too-large')
  expect(verdict({ 'any/name': tags(2_100_000), 'xl/styles.xml': tags(2_100_000) })).toBe('archive-too-large')
  expect(verdict({ 'xl/styles.xml': `<a ${'b="" '.repeat(4_100_000)}/>` })).toBe('archive-too-large')
  expect(verdict({ 'xl/worksheets/../sharedStrings.xml': tags(4_100_000) })).toBe('archive-too-large')
})

it('refuses what passes a tree off as a sheet', () => {
  for (const relations of [
    relation('sharedStrings', 'worksheets/sheet2.xml'),
    relation('styles', '/xl/worksheets/sheet2.xml'),
    relation('sharedStrings', 'work&#115;heets/sheet2.xml'),
    '<Relationship Id="a>b" Type="http://x/sharedStrings" Target="worksheets/sheet2.xml"/>',
    `<Relationship Id='a Type="http://x/worksheet"' Type="http://x/sharedStrings" Target="worksheets/sheet2.xml"/>`,
    `<Relationship Id='/worksheet"' Type="http://x/sharedStrings" Target="worksheets/sheet2.xml"/>`,
  ])
    expect(verdict({ 'xl/_rels/workbook.xml.rels': relations }), relations).toBe('not-a-workbook')
})

it('takes a part that lies about its size for broken', () => {
  const packed = deflateRawSync(Buffer.alloc(1_000_000))
  const entry = { name: 'xl/styles.xml', at: 0, method: 8, packed: packed.length, unpacked: 70_000 }
  const bytes = Buffer.concat([Buffer.alloc(head), packed])
  expect(() => requireModestTrees(bytes, [entry])).toThrow(Refusal)
})
