/** Small pictures of files: made when they are first asked for, kept beside the files, made once however many ask. */
import { buffer } from 'node:stream/consumers'
import type { FileFolder } from '#files/file-folder.ts'
import { isPicture, PictureMaker, usualMaker } from '#files/picture-maker.ts'
import type { StoredFile } from '#storage/file-store.ts'

/** So many files that give no picture are remembered. */
const mostHopeless = 10_000

export class Thumbnails {
  readonly #files: FileFolder
  readonly #maker = new PictureMaker()
  readonly #onTheWay = new Map<string, Promise<Buffer | null>>()
  readonly #hopeless = new Set<string>()

  constructor(files: FileFolder) {
    this.#files = files
  }

  /** null: it is no picture, or one that gives none. Whether the caller may see it was asked before. */
  async of({ id, type, size }: Pick<StoredFile, 'id' | 'type' | 'size'>): Promise<Buffer | null> {
    if (!isPicture(type) || size > usualMaker.mostBytes || this.#hopeless.has(id)) return null
    const known = this.#onTheWay.get(id)
    if (known) return known
    const made = this.#kept(id).finally(() => this.#onTheWay.delete(id))
    this.#onTheWay.set(id, made)
    return made
  }

  close(): Promise<void> {
    return this.#maker.close()
  }

  async #kept(id: string): Promise<Buffer | null> {
    const found = await this.#files.thumbnails.read(id)
    if (found) return found
    const made = await this.#maker.small(() => this.#bytesOf(id))
    if (made) await this.#files.thumbnails.write(id, made)
    else this.#giveUp(id)
    return made
  }

  async #bytesOf(id: string): Promise<Buffer> {
    const file = await this.#files.read(id)
    return file ? buffer(file.bytes) : Buffer.alloc(0)
  }

  #giveUp(id: string): void {
    if (this.#hopeless.size >= mostHopeless) this.#hopeless.clear()
    this.#hopeless.add(id)
  }
}
