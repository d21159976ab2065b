/** A refusal in words: what happened, and each thing that stands in the way with its place and what to do about it. */
import { pointerSegments } from '#base/json-pointer.ts'
import type { FieldProblem } from '#contract/wire-problem.ts'
import { ProblemError } from '../client/problem-error.ts'
import { Icon } from '../parts/icon.tsx'
import { useText } from '../strings/use-text.ts'
import { describeError } from './describe-error.ts'

const shownProblems = 20

export function ProblemNote({ error }: { readonly error: unknown }) {
  const t = useText()
  const problems = error instanceof ProblemError ? error.errors : []
  return (
    <div className="fl-note red" role="alert">
      <Icon name="alert-triangle" />
      <div className="fl-grow">
        <p>{describeError(error, t)}</p>
        {problems.length > 0 && (
          <ul className="fl-problems">
            {problems.slice(0, shownProblems).map((problem, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two problems may be alike, and none ever moves
              <ProblemLine key={index} problem={problem} />
            ))}
          </ul>
        )}
        {problems.length > shownProblems && (
          <p className="fl-12">{t('grid_more', { count: problems.length - shownProblems })}</p>
        )}
      </div>
    </div>
  )
}

function ProblemLine({ problem }: { readonly problem: FieldProblem }) {
  return (
    <li>
      <span className="place">{pointerSegments(problem.pointer).join(' › ')}</span>
      <span>{problem.message ?? problem.code}</span>
      {problem.hint && <span className="fl-ink-2">{problem.hint}</span>}
    </li>
  )
}
