/** Two initials or the family name on one of five tints, fixed per person. */
export interface AvatarProps {
  readonly id: string
  readonly name: string
  readonly size?: 'small' | 'large'
}

export function Avatar({ id, name, size = 'small' }: AvatarProps) {
  return (
    <span
      className={`fl-avatar ${size === 'large' ? 'large' : ''} c${tintOf(id)}`}
      role="img"
      aria-label={name}
      title={name}
    >
      {initialsOf(name)}
    </span>
  )
}

/** `Chen Jing` → `CJ`, `李伟` → `李`. */
export function initialsOf(name: string): string {
  const trimmed = name.trim()
  if (/^\p{Script=Han}/u.test(trimmed)) return [...trimmed][0] ?? '?'
  const parts = trimmed.split(/\s+/)
  const letters = [parts[0], parts.length > 1 ? parts[parts.length - 1] : undefined].map(
    (part) => [...(part ?? '')][0] ?? '',
  )
  return letters.join('').toUpperCase() || '?'
}

function tintOf(id: string): number {
  let sum = 0
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973
  return sum % 5
}
