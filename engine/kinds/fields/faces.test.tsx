import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { FieldDefinition } from '#definitions/definition.ts'
import type { KindSamples } from '../contract-suite.ts'
import type { InputProps } from '../field-faces.ts'
import { fieldFaces } from './catalogue.browser.ts'
import { fieldKinds } from './catalogue.ts'

const shelf = fileURLToPath(new URL('.', import.meta.url))
const titled = { id: '01900000-0000-7000-8000-000000000001', title: 'Anna Meier' }

async function samplesOf(name: string): Promise<KindSamples> {
  return (await import(`./${name}/samples.json`, { with: { type: 'json' } })).default as unknown as KindSamples
}

function inputProps(name: string, samples: KindSamples, more: Partial<InputProps> = {}): InputProps {
  return {
    field: { name: 'sample', type: name, ...samples.field } as FieldDefinition,
    label: 'The label',
    value: null,
    locale: 'en',
    zone: 'Asia/Shanghai',
    id: 'the-input',
    describedBy: 'the-help',
    invalid: true,
    required: true,
    onChange: () => {},
    ...more,
  }
}

describe('the faces of the field kinds', () => {
  it('exist for every folder of the shelf, and for nothing else', () => {
    const folders = readdirSync(shelf, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
    expect([...fieldFaces.keys()].sort()).toEqual(folders.sort())
  })

  for (const [name, faces] of fieldFaces) {
    const { Display, Input } = faces
    it(`${name} shows each sample in both languages, in records and in cells, and nothing for empty`, async () => {
      const samples = await samplesOf(name)
      for (const locale of ['en', 'zh-CN']) {
        for (const value of samples.values) {
          const props = inputProps(name, samples, { value, locale, display: titled })
          expect(renderToStaticMarkup(createElement(Display, props))).not.toBe('')
          expect(renderToStaticMarkup(createElement(Display, { ...props, dense: true }))).not.toBe('')
        }
        const { display: _left, ...empty } = inputProps(name, samples, { locale })
        expect(renderToStaticMarkup(createElement(Display, empty)).replace(/<[^>]*>/g, '')).toBe(
          name === 'table' ? fieldKinds.get(name)?.format([], empty.field, empty) : '',
        )
      }
    })
    if (Input !== undefined) {
      it(`${name} has an input with the id, the description and the state that it is given`, async () => {
        const samples = await samplesOf(name)
        for (const value of [null, ...samples.values]) {
          const html = renderToStaticMarkup(createElement(Input, inputProps(name, samples, { value, display: titled })))
          const control =
            name === 'any_link'
              ? /<input[^>]*id="the-input"[^>]*>/.exec(html)?.[0]
              : /<[a-z]+[^>]*id="the-input"[^>]*>/.exec(html)?.[0]
          expect(control, name).toBeDefined()
          expect(control).toContain('aria-describedby="the-help"')
          expect(control).toContain('aria-invalid="true"')
        }
      })
      it(`${name} has no control without a name besides the labelled one`, async () => {
        const samples = await samplesOf(name)
        const html = renderToStaticMarkup(
          createElement(Input, inputProps(name, samples, { value: samples.values.at(-1) ?? null, display: [titled] })),
        )
        const wrapped = html.replace(/<label[^>]*>.*?<\/label>/g, '')
        const controls = wrapped.match(/<(?:input|select|textarea|button)[^>]*>/g) ?? []
        for (const control of controls)
          expect(
            /id="the-input"|aria-label="[^"]+"/.test(control) ||
              (control.startsWith('<button') && !control.includes('fl-iconbutton')),
            control,
          ).toBe(true)
      })
      it(`${name} offers no way to change a value that is read only`, async () => {
        const samples = await samplesOf(name)
        const html = renderToStaticMarkup(
          createElement(
            Input,
            inputProps(name, samples, { value: samples.values[0] ?? null, readOnly: true, display: titled }),
          ),
        )
        const controls = html.match(/<(?:input|select|textarea)[^>]*>/g) ?? []
        for (const control of controls) expect(control).toMatch(/readonly|disabled/i)
      })
    }
  }

  it('show a link as it is read, and a dash where its title may not be seen', async () => {
    const Link = fieldFaces.get('link')?.Display
    if (Link === undefined) throw new Error('no face')
    const samples = await samplesOf('link')
    expect(renderToStaticMarkup(createElement(Link, inputProps('link', samples, { value: titled })))).toContain(
      'Anna Meier',
    )
    expect(renderToStaticMarkup(createElement(Link, inputProps('link', samples, { value: titled.id })))).toContain('–')
  })

  it('show rich text as elements, whatever the value holds', async () => {
    const Rich = fieldFaces.get('rich_text')?.Display
    if (Rich === undefined) throw new Error('no face')
    const html = renderToStaticMarkup(
      createElement(
        Rich,
        inputProps('rich_text', await samplesOf('rich_text'), {
          value: '<p onclick="x">a<script>alert(1)</script><img src=x onerror=y></p>',
        }),
      ),
    )
    expect(html).toBe('<div class="fl-rich"><p>a</p></div>')
  })

  it('leave out an archived option unless it is the value', async () => {
    const Choice = fieldFaces.get('choice')?.Input
    if (Choice === undefined) throw new Error('no face')
    const samples = await samplesOf('choice')
    expect(renderToStaticMarkup(createElement(Choice, inputProps('choice', samples)))).not.toContain('Old way')
    expect(renderToStaticMarkup(createElement(Choice, inputProps('choice', samples, { value: 'old' })))).toContain(
      'Old way',
    )
  })
})
