/** The read path: the only functions that turn a plan into SQL. */
import type { Connection } from './connection.ts'
import type { AggregateAnswer, AggregatePlan, ListAnswer, ListPlan, Selection } from './query-plan.ts'

export declare function runList(db: Connection, plan: ListPlan): Promise<ListAnswer>
/** At most `cap`: a larger number is not counted to its end. */
export declare function runCount(db: Connection, selection: Selection, cap: number): Promise<number>
export declare function runAggregate(db: Connection, plan: AggregatePlan): Promise<AggregateAnswer>
