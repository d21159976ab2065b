/** Counts what React renders while something happens: through the hook that its developer tools use, in the built product too. */
import type { Page } from 'playwright-core'

export interface Renders {
  /** How often anything was rendered. */
  readonly commits: number
  /** What was rendered inside a frame of the canvas, by the frame's label. */
  readonly onCanvas: readonly string[]
}

/** The page must have been made with `watchRenders`. */
export async function countRenders(page: Page, act: () => Promise<void>): Promise<Renders> {
  await page.evaluate(() => {
    const counter = (window as unknown as { formloomRenders?: { commits: number; onCanvas: string[] } }).formloomRenders
    if (counter) Object.assign(counter, { commits: 0, onCanvas: [] })
  })
  await act()
  return page.evaluate(
    () => (window as unknown as { formloomRenders: { commits: number; onCanvas: string[] } }).formloomRenders,
  )
}

/** Call before the first page is loaded. */
export async function watchRenders(page: Page): Promise<void> {
  await page.addInitScript(() => {
    interface Fiber {
      readonly tag: number
      readonly flags: number
      readonly stateNode: unknown
      readonly child: Fiber | null
      readonly sibling: Fiber | null
      readonly alternate: Fiber | null
    }
    const counter = { commits: 0, onCanvas: [] as string[] }
    const performedWork = 1
    const functions = [0, 1, 11, 14, 15]
    const hostOf = (fiber: Fiber | null): Element | null => {
      for (let at = fiber; at; at = at.child) if (at.stateNode instanceof Element) return at.stateNode
      return null
    }
    const note = (fiber: Fiber): void => {
      const frame = hostOf(fiber)?.closest('[data-node-type="item"], [data-node-type="section"]')
      if (frame) counter.onCanvas.push(frame.getAttribute('aria-label') ?? '')
    }
    const walk = (fiber: Fiber, before: Fiber | null): void => {
      if (functions.includes(fiber.tag) && (fiber.flags & performedWork) !== 0) note(fiber)
      if (before !== null && fiber.child === before.child) return
      for (let child = fiber.child; child; child = child.sibling) walk(child, child.alternate)
    }
    Object.assign(window, {
      formloomRenders: counter,
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        supportsFiber: true,
        renderers: new Map(),
        checkDCE: () => undefined,
        onCommitFiberUnmount: () => undefined,
        onPostCommitFiberRoot: () => undefined,
        inject: () => 1,
        onCommitFiberRoot(_id: number, root: { readonly current: Fiber }) {
          counter.commits += 1
          walk(root.current, root.current.alternate)
        },
      },
    })
  })
}
