/** Demo data of the pack `base`: companies, exchange rates, the team tree, the executive. */
import { day } from './random.mjs'

export const company = '澜织家居贸易有限公司'
const domain = 'demo.formloom.example'

/** A user as `user.csv` holds it; login and mail address are one. */
export function user([login, name, locale, role, team, manager, skills]) {
  const address = (local) => (local === undefined ? undefined : `${local}@${domain}`)
  return {
    login: address(login),
    name,
    email: address(login),
    locale,
    roles: [role],
    team,
    manager: address(manager),
    company,
    skills,
  }
}

const teams = [
  { name: 'Head office' },
  { name: 'Sales', parent: 'Head office' },
  { name: 'Domestic', parent: 'Sales' },
  { name: 'Export', parent: 'Sales' },
  { name: 'Service', parent: 'Head office' },
]

/** What one unit bought of CNY, about a year ago and now. */
const rates = { USD: [7.21, 7.11], EUR: [7.68, 8.22], GBP: [9.18, 9.46], JPY: [0.0472, 0.0465], HKD: [0.926, 0.914] }

function exchangeRates(random) {
  return Object.entries(rates).flatMap(([code, [first, last]]) =>
    Array.from({ length: 13 }, (_, month) => {
      const middle = first + ((last - first) * month) / 12
      const rate = middle * (1 + (random.next() - 0.5) * 0.012)
      return {
        from_currency: code,
        to_currency: 'CNY',
        valid_from: day(Math.round((month - 12) * 30.44)),
        rate: rate.toFixed(code === 'JPY' ? 6 : 4),
      }
    }),
  )
}

export function make(random, shared) {
  const executive = user(['chen.guohua', '陈国华', 'zh-CN', 'executive', 'Head office', undefined, undefined])
  shared.company = company
  shared.users = [executive]
  shared.rates = Object.fromEntries(Object.entries(rates).map(([code, [, last]]) => [code, last]))
  return [
    {
      form: 'company',
      key: 'name',
      rows: [
        { name: company, base_currency: 'CNY', fiscal_start: 1, tax_rounding: 'line' },
        {
          name: 'Lanzhi Trading (Hong Kong) Limited',
          base_currency: 'HKD',
          fiscal_start: 4,
          tax_rounding: 'line',
          parent: company,
        },
      ],
    },
    { form: 'exchange_rate', rows: exchangeRates(random) },
    { form: 'team', key: 'name', rows: teams },
    { form: 'user', key: 'login', rows: [executive] },
  ]
}
