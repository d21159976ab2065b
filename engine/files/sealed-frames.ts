/** Bytes in frames that nobody can alter, reorder or cut unseen: AES-256-GCM where there is a key, a chain of SHA-256 where there is none. */
import { createCipheriv, createDecipheriv, createHash, createHmac, scryptSync, timingSafeEqual } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** Plain bytes of one frame, at most. */
export const frameBytes = 1 << 20
/** Sealed bytes of one frame, at most; a length beyond it is no length. */
export const mostSealed = frameBytes + (frameBytes >> 3)

export interface FrameSeal {
  seal(plain: Buffer): Buffer
  /** null: altered, cut, or in another place than it was written to. */
  open(sealed: Buffer): Buffer | null
}

/** One side writes or reads its frames in order; `head` is what stands before them and is sealed with the first. */
export function frameSeal(key: Buffer | null, head: Buffer): FrameSeal {
  return key === null ? digestSeal(head) : cipherSeal(key, head)
}

/** 256 bits from the secret for this one file. */
export function deriveKey(secret: string, salt: Buffer): Buffer {
  return scryptSync(secret, salt, 32, { N: 1 << 15, r: 8, p: 1, maxmem: 1 << 26 })
}

/** Tells another key from an altered file; says nothing of the key. */
export function keyCheck(key: Buffer): string {
  return createHmac('sha256', key).update('formloom backup key').digest('hex').slice(0, 16)
}

export function isSameCheck(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const tagBytes = 16

/** The key is used for one file, so the number of the frame is a nonce that never comes twice. */
function cipherSeal(key: Buffer, head: Buffer): FrameSeal {
  let frame = 0
  const nonce = () => {
    const bytes = Buffer.alloc(12)
    bytes.writeBigUInt64BE(BigInt(frame++), 4)
    return bytes
  }
  return {
    seal(plain) {
      const cipher = createCipheriv('aes-256-gcm', key, nonce()).setAAD(head)
      return Buffer.concat([cipher.update(deflateRawSync(plain, { level: 1 })), cipher.final(), cipher.getAuthTag()])
    },
    open(sealed) {
      if (sealed.length < tagBytes) return null
      const decipher = createDecipheriv('aes-256-gcm', key, nonce(), { authTagLength: tagBytes }).setAAD(head)
      decipher.setAuthTag(sealed.subarray(-tagBytes))
      return inflated(() => Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()]))
    },
  }
}

const hashBytes = 32

function digestSeal(head: Buffer): FrameSeal {
  let last = createHash('sha256').update(head).digest()
  const next = (bytes: Buffer) => {
    last = createHash('sha256').update(last).update(bytes).digest()
    return last
  }
  return {
    seal(plain) {
      const bytes = deflateRawSync(plain, { level: 1 })
      return Buffer.concat([bytes, next(bytes)])
    },
    open(sealed) {
      const bytes = sealed.subarray(0, -hashBytes)
      if (sealed.length < hashBytes || !next(bytes).equals(sealed.subarray(-hashBytes))) return null
      return inflated(() => bytes)
    },
  }
}

/** What does not open throws in the libraries below: it was altered. */
function inflated(open: () => Buffer): Buffer | null {
  try {
    return inflateRawSync(open(), { maxOutputLength: frameBytes })
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}
