/** The name of an upload, made fit to be stored and shown: it is a label, never a place. */

const mostCharacters = 120
/** Control, format and half characters: invisible, or able to turn a name around (`exe.pdf` written backwards). */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** `C:\tmp\..\合同.pdf` → `合同.pdf`; nothing left → `file`. */
export function cleanFileName(given: string): string {
  const last = given.normalize('NFC').replace(unseen, '').split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .trim()
  const named = /^\.*$/.test(plain) ? 'file' : plain
  return shorten(named)
}

/** Keeps the ending, which people read. */
function shorten(name: string): string {
  const characters = [...name]
  if (characters.length <= mostCharacters) return name
  const ending = /\.[^.\s]{1,10}$/u.exec(name)?.[0] ?? ''
  return `${characters.slice(0, mostCharacters - [...ending].length).join('')}${ending}`
}

/** `report.final.PDF` → `pdf`; none → empty. */
export function endingOf(name: string): string {
  return /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
}
