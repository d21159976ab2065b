/** The place of a stream as its client holds it: sealed anew each time, so that two of them tell nothing of what lies between. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const validMs = 5 * 60_000
const nonceBytes = 12
const tagBytes = 16
const bodyBytes = 12

export class Cursors {
  /** Of this process: after a restart, or on another node, one starts anew. */
  readonly #key = randomBytes(32)

  seal(owner: string, place: number, now: number): string {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(owner))
    const body = Buffer.alloc(bodyBytes)
    body.writeUIntBE(place, 0, 6)
    body.writeUIntBE(now, 6, 6)
    return Buffer.concat([nonce, cipher.update(body), cipher.final(), cipher.getAuthTag()]).toString('base64url')
  }

  /** null: not ours, not of this owner, or too old. */
  open(owner: string, text: string, now: number): number | null {
    const bytes = Buffer.from(text, 'base64url')
    if (bytes.length !== nonceBytes + bodyBytes + tagBytes) return null
    try {
      const cipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, nonceBytes))
      cipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(nonceBytes + bodyBytes))
      const body = Buffer.concat([cipher.update(bytes.subarray(nonceBytes, nonceBytes + bodyBytes)), cipher.final()])
      return now - body.readUIntBE(6, 6) > validMs ? null : body.readUIntBE(0, 6)
    } catch {
      return null // The tag does not fit: whatever the client sent is no place.
    }
  }
}
