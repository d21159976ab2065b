/** What an extension may add to in a field that exists: table columns, choice options, link targets. */
export const amendable: readonly string[] = ['name', 'fields', 'options', 'forms', 'to']
