/** Bounded work at run time: nested aggregates burn one unit per row, and a spent tank refuses the evaluation. */
import { Refusal } from '#base/problems.ts'

/** Rows that one evaluation may visit, nested visits counted. */
export const fuelOfEvaluation = 2_000_000

let fuel = fuelOfEvaluation

export function refuel(): void {
  fuel = fuelOfEvaluation
}

export function burn(rows: number): void {
  fuel -= rows
  if (fuel < 0)
    throw new Refusal('record-invalid', {
      issues: [{ pointer: '', code: 'too-costly', params: { limit: fuelOfEvaluation } }],
    })
}
