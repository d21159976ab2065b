/** Where one is in the import. */
import { useText } from '../strings/use-text.ts'
import type { ImportStep } from './use-import.ts'

const steps = ['file', 'map', 'done'] as const

export function ImportSteps({ at }: { readonly at: ImportStep }) {
  const t = useText()
  const now = at === 'write' ? 'done' : at === 'check' ? 'map' : at
  return (
    <ol className="fl-steps" aria-label={t('import_steps')}>
      {steps.map((step, index) => (
        <li key={step} aria-current={step === now ? 'step' : undefined}>
          {index + 1} {t(`import_step_${step}`)}
        </li>
      ))}
    </ol>
  )
}
