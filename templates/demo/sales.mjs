/** Demo data of the pack `sales`: the catalogue with prices, then the documents, then a customer's own person. */
import { makeDocuments } from './orders.mjs'
import { makeCatalogue } from './products.mjs'

export function make(random, shared) {
  return [...makeCatalogue(shared), ...makeDocuments(random, shared)]
}
