import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMarkup, writeMarkup } from './markup.ts'
import { sanitise } from './sanitise.ts'

describe('the markup of rich text', () => {
  it.each([
    ['plain', '<p>plain</p>'],
    ['one\ntwo\n\nthree', '<p>one<br>two</p><p>three</p>'],
    [
      '**strong** __em__ ++u++ ~~s~~ `code`',
      '<p><strong>strong</strong> <em>em</em> <u>u</u> <s>s</s> <code>code</code></p>',
    ],
    ['**strong __both__**', '<p><strong>strong <em>both</em></strong></p>'],
    ['# Head\n## Sub', '<h2>Head</h2><h3>Sub</h3>'],
    ['- a\n- b\n  1. c\n  2. d', '<ul><li>a</li><li>b<ol><li>c</li><li>d</li></ol></li></ul>'],
    ['> quoted\n> - a', '<blockquote><p>quoted</p><ul><li>a</li></ul></blockquote>'],
    ['[site](https://example.com/a?b=1&c=2)', '<p><a href="https://example.com/a?b=1&amp;c=2">site</a></p>'],
    ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>'],
    ['2 * 3 * 4 < 5 & <script>', '<p>2 * 3 * 4 &lt; 5 &amp; &lt;script&gt;</p>'],
    ['\\**not strong\\**', '<p>**not strong**</p>'],
    ['a ** b', '<p>a ** b</p>'],
    ['', ''],
  ])('reads %j as %j', (markup, html) => expect(readMarkup(markup)).toBe(html))

  it.each([
    '<p>a * b__c** [d] \\ `e`</p>',
    '<p><em><strong>b</strong> a</em>+</p>',
    '<p>a<em>b</em>c_<u>_d</u></p>',
    '<p># no heading</p>',
    '<p>- no list</p>',
    '<p>1. no list</p>',
    '<p>&gt; no quote</p>',
    '<h2>Head</h2><p>One <strong>two</strong></p><ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><blockquote><p>q</p></blockquote>',
    '<p><a href="https://example.com/a%28b%29">x</a><br>next</p>',
    '<ol><li>one</li><li>two</li></ol>',
  ])('writes %j so that it is read back', (html) => expect(readMarkup(writeMarkup(html))).toBe(html))

  it('reads back what it wrote, for what it reads itself', () => {
    const piece = fc.constantFrom(
      '**',
      '__',
      '~~',
      '++',
      '*',
      '_',
      '`',
      '\\',
      'word',
      ' ',
      '[x](https://a.b)',
      '# ',
      '> ',
      '- ',
      '1. ',
      '\n',
      '\n\n',
      '  ',
    )
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 20 }).map((parts) => parts.join('')),
        (markup) => {
          const html = readMarkup(markup)
          expect(words(readMarkup(writeMarkup(html)))).toBe(words(html))
        },
      ),
      { numRuns: 3000 },
    )
  })

  it('gives canonical rich text for any markup', () => {
    const piece = fc.constantFrom(
      '*',
      '**',
      '_',
      '__',
      '~~',
      '`',
      '[',
      '](https://a.b)',
      '\\',
      '# ',
      '> ',
      '- ',
      '1. ',
      '  ',
      '\n',
      '\n\n',
      'word',
      '<b>',
      '&amp;',
    )
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }).map((parts) => parts.join('')),
        (markup) => {
          const html = readMarkup(markup)
          expect(sanitise(html)).toBe(html)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

/** The text without its elements and spaces: an edit may move a space, never lose a word. */
function words(html: string): string {
  return html.replace(/<[^>]*>/g, '').replace(/\s+/g, '')
}
