/** What the oracle test uses of json-logic-js, which ships no types. */
declare module 'json-logic-js' {
  const jsonLogic: { apply(rule: unknown, data: unknown): unknown }
  export default jsonLogic
}
