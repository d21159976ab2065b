/** The id of a field's control on the page: what labels, problems and jumps point at. */
export function fieldDomId(key: string): string {
  return `field-${key.replaceAll('/', '-')}`
}

/** Brings the field into view and puts the focus on its control. */
export function focusField(key: string): void {
  const [field = '', row] = key.split('/')
  const control =
    document.getElementById(fieldDomId(key)) ?? document.querySelector<HTMLElement>(`[data-cell="${CSS.escape(key)}"]`)
  const place = control ?? document.querySelector<HTMLElement>(`[data-field="${CSS.escape(row ? field : key)}"]`)
  place?.scrollIntoView({ block: 'center' })
  const target = control ?? place?.querySelector<HTMLElement>('input, select, textarea, button, [tabindex]')
  target?.focus()
}
