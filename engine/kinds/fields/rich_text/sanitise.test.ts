import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText, readRich, safeHref, sanitise } from './sanitise.ts'

const kept =
  /^<\/?(?:p|strong|em|u|s|ul|ol|li|h2|h3|blockquote|code)>$|^<br>$|^<a href="(?:https?:\/\/|mailto:)[^"<>]*">$|^<\/a>$/i

describe('the rich text sanitiser', () => {
  it.each([
    ['<script>alert(1)</script>x', '<p>x</p>'],
    ['<scr<script>ipt>alert(1)</script>', '<p>&lt;scr</p>'],
    ['<img src=x onerror=alert(1)>x', '<p>x</p>'],
    ['<svg><script>1</script></svg>x', '<p>x</p>'],
    ['<p style="x" onclick=\'y\'>a</p>', '<p>a</p>'],
    ['<a href="JaVaScRiPt:alert(1)">x</a>', '<p>x</p>'],
    ['<a href="java\nscript:alert(1)">x</a>', '<p>x</p>'],
    ['<a href="&#106;avascript:alert(1)">x</a>', '<p>x</p>'],
    ['<a href="data:text/html,x">x</a>', '<p>x</p>'],
    ['<a href="//evil.example">x</a>', '<p>x</p>'],
    ['<a title="href=https://a" href=https://b.example/c>x</a>', '<p><a href="https://b.example/c">x</a></p>'],
    [
      '<a href=\'https://a.example/"onmouseover="1\'>x</a>',
      '<p><a href="https://a.example/&quot;onmouseover=&quot;1">x</a></p>',
    ],
    ['<a href="mailto:a@b.co">x</a>', '<p><a href="mailto:a@b.co">x</a></p>'],
    ['&lt;script&gt;alert(1)&lt;/script&gt;', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
    ['<!-- <b>no</b> -->a', '<p>a</p>'],
    ['<!-- open', ''],
    ['<style>p{}</style', ''],
    ['<b>a<i>b</b>c</i>', '<p><strong>a<em>b</em></strong>c</p>'],
    ['<p>a<p>b', '<p>a</p><p>b</p>'],
    ['<li>a</li>', '<p>a</p>'],
    ['<ul>loose<li>a</ul>', '<ul><li>loose</li><li>a</li></ul>'],
    ['<h1>t</h1><h5>u</h5>', '<h2>t</h2><h3>u</h3>'],
    ['<table><tr><td>cell</td></tr></table>', '<p>cell</p>'],
    ['a<br/>b', '<p>a<br>b</p>'],
    ['1 < 2 &amp; 3 > 2', '<p>1 &lt; 2 &amp; 3 &gt; 2</p>'],
    ['&copy; &#x41;&#66;', '<p>&amp;copy; AB</p>'],
    ['<ul></ul><p></p>', ''],
    ['<strong> </strong>', ''],
  ])('makes %j into %j', (input, output) => expect(sanitise(input)).toBe(output))

  const pieces = fc.constantFrom(
    '<p>',
    '</p>',
    '<b>',
    '</b>',
    '<i>',
    '</i>',
    '<ul>',
    '</ul>',
    '<ol>',
    '<li>',
    '</li>',
    '<blockquote>',
    '</blockquote>',
    '<h2>',
    '</h2>',
    '<a href="https://a.example?b=1&c=2">',
    '<a href=javascript:x>',
    '</a>',
    '<br>',
    '<code>',
    '</code>',
    '<script>',
    '</script>',
    '<!--',
    '-->',
    '<',
    '>',
    '"',
    "'",
    '&',
    '&amp;',
    '&lt;',
    ' ',
    '\n',
    'text',
    '中文',
    '<p onclick="',
    '</',
    '<style',
    '&#60;',
    '\u0000',
  )
  const soup = fc.array(fc.oneof(pieces, fc.string()), { maxLength: 40 }).map((parts) => parts.join(''))

  it('is idempotent: what it gives stays as it is', () => {
    fc.assert(
      fc.property(soup, (html) => {
        const once = sanitise(html)
        expect(sanitise(once)).toBe(once)
      }),
      { numRuns: 3000 },
    )
  })

  it('gives no element and no attribute but the listed ones', () => {
    fc.assert(
      fc.property(soup, (html) => {
        const output = sanitise(html)
        expect((output.match(/<[^>]*>/g) ?? []).every((tag) => kept.test(tag))).toBe(true)
        expect(output.replace(/<[^>]*>/g, '')).not.toMatch(/[<>]/)
      }),
      { numRuns: 3000 },
    )
  })

  it('takes time in proportion to its input', () => {
    for (const piece of ['<b>', '<!--', '<a href="', '<script', '<script>', '<ul><li>', '<', '&', '<p "', '</b>']) {
      const start = performance.now()
      sanitise(piece.repeat(50_000))
      expect(performance.now() - start, piece).toBeLessThan(2000)
    }
  })

  it('gives the words alone, one block per line', () => {
    expect(plainText(readRich('<h2>Head</h2><ul><li>a</li><li>b</li></ul><p>x<br>y</p>'))).toBe('Head\n• a\n• b\nx\ny')
  })

  it('knows a safe address from another', () => {
    expect(safeHref(' https://example.com ')).toBe('https://example.com')
    expect(safeHref('vbscript:x')).toBeNull()
    expect(safeHref('/path')).toBeNull()
  })
})
