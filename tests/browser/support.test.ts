/** The test support itself: a browser starts, renders Chinese with a real font, and is killed cleanly. */
import { expect, it } from 'vitest'
import { launchBrowser } from '#tests/support/browser.ts'

it('opens a page in a real browser and draws Chinese characters as different glyphs', async () => {
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 320, height: 120 } })
    const pictures = []
    for (const text of ['客户', '订单']) {
      await page.setContent(`<p style="font-size:48px">${text}</p>`)
      pictures.push(await page.locator('p').screenshot())
    }
    // A missing font draws the same box for every character.
    expect(pictures[0]?.equals(pictures[1] as Buffer)).toBe(false)
  } finally {
    await browser.close()
  }
})
