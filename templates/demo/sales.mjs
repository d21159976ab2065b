/** Demo data of the pack `sales`: the catalogue with prices, the documents, and one customer's person with a door of their own. */
import { makeDocuments } from './orders.mjs'
import { makeCatalogue } from './products.mjs'

/** The first contact of the home buyer with the most orders signs in to the portal. */
function portalUsers(shared) {
  const count = (buyer) => shared.orders.filter((order) => order.buyer === buyer).length
  const [buyer] = shared.buyers.filter((one) => one.active && !one.abroad).sort((a, b) => count(b) - count(a))
  const contact = shared.contacts.find((one) => one.key === buyer.contact)
  const email = 'portal@demo.formloom.example'
  return [
    { login: email, name: contact.name, email, locale: 'zh-CN', roles: ['portal_customer'], contact: contact.key },
  ]
}

export function make(random, shared) {
  const catalogue = makeCatalogue(shared)
  const documents = makeDocuments(random, shared)
  return [...catalogue, ...documents, { form: 'user', key: 'login', rows: portalUsers(shared) }]
}
