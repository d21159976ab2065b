/** Small pictures are made in a process of their own; what is no picture, or unfolds to too much, makes none and harms nothing. */
import { afterEach, expect, it, vi } from 'vitest'
import { greyPng } from '#tests/support/pictures.ts'
import { PictureMaker, thumbnailEdge, usualMaker } from './picture-maker.ts'
import { pictureSize } from './picture-size.ts'

// A process of its own starts slowly where many start at once.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const makers: PictureMaker[] = []
const open = (settings = {}) => {
  const maker = new PictureMaker({ ...usualMaker, patienceMs: 120_000, ...settings })
  makers.push(maker)
  return maker
}

afterEach(async () => {
  await Promise.all(makers.splice(0).map((maker) => maker.close()))
})

it('keeps the shape of a picture, never makes it larger, and starts one process for several', async () => {
  const maker = open()
  const [wide, tall, tiny] = await Promise.all(
    [greyPng(1200, 600), greyPng(300, 900), greyPng(20, 10)].map((each) => maker.small(async () => each)),
  )
  expect(wide && pictureSize(wide)).toEqual({ width: thumbnailEdge, height: thumbnailEdge / 2 })
  expect(tall && pictureSize(tall)?.height).toBe(thumbnailEdge)
  expect(tiny && pictureSize(tiny)).toEqual({ width: 20, height: 10 })
  expect(wide?.toString('latin1', 8, 12)).toBe('WEBP')
  expect(maker.started).toBe(1)
})

it('does not even start for what says that it is too large, or no picture at all', async () => {
  const maker = open({ mostBytes: 100_000 })
  const bomb = greyPng(10, 10, { width: 60_000, height: 60_000 })
  expect(await maker.small(async () => bomb)).toBeNull()
  expect(await maker.small(async () => Buffer.from('<svg/>'))).toBeNull()
  expect(await maker.small(async () => Buffer.concat([greyPng(10, 10), Buffer.alloc(100_000)]))).toBeNull()
  expect(maker.started).toBe(0)
})

it('says of a broken picture that there is none, and goes on with the next', async () => {
  const maker = open()
  const broken = greyPng(50, 50)
  broken.fill(0xff, 40)
  expect(await maker.small(async () => broken)).toBeNull()
  expect(await maker.small(async () => greyPng(64, 64))).not.toBeNull()
})

it('unfolds no more than the header said', async () => {
  const maker = open()
  const lie = greyPng(2_000, 2_000, { width: 16, height: 16 })
  const made = await maker.small(async () => lie)
  expect(made === null || pictureSize(made)?.width === 16).toBe(true)
})

it('gives up a picture that takes too long, ends its process, and goes on with the next', async () => {
  const hasty = open({ patienceMs: 0 })
  expect(await hasty.small(async () => greyPng(800, 800))).toBeNull()
  expect(await hasty.small(async () => greyPng(800, 800))).toBeNull()
  expect(hasty.started).toBe(2)
})

it('lets only so many wait', async () => {
  const maker = open({ mostWaiting: 1 })
  const first = maker.small(async () => greyPng(30, 30))
  await expect(maker.small(async () => greyPng(30, 30))).rejects.toMatchObject({ problem: { code: 'unavailable' } })
  expect(await first).not.toBeNull()
})

it('reads none before its turn, so that what waits takes no memory', async () => {
  const maker = open()
  let held = 0
  let most = 0
  const pictures = Array.from({ length: 5 }, () =>
    maker
      .small(async () => {
        held += 1
        most = Math.max(most, held)
        return greyPng(40, 40)
      })
      .then(() => {
        held -= 1
      }),
  )
  await Promise.all(pictures)
  expect(most).toBeLessThanOrEqual(2)
})
