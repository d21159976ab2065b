/** A process that makes small pictures: decoders run in WebAssembly, where a broken picture reaches nothing but itself. Plain JavaScript, so that it starts without a loader. */
import Vips from 'wasm-vips'

const vips = await Vips({ dynamicLibraries: [], print: () => undefined, printErr: () => undefined })
vips.concurrency(1)
vips.Cache.max(0)
vips.blockUntrusted(true)

process.on('message', ({ bytes, edge }) => {
  process.send({ made: small(bytes, edge) })
})
process.on('disconnect', () => process.exit(0))
process.send({ ready: true })

/** Turned as its camera was held, the first picture of several, without what the camera wrote beside it; null: no picture. */
function small(bytes, edge) {
  let picture
  try {
    picture = vips.Image.thumbnailBuffer(bytes, edge, { height: edge, size: 'down' })
    return picture.writeToBuffer('.webp', { Q: 75, keep: 'none' })
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) throw error
    return null
  } finally {
    picture?.delete()
  }
}
