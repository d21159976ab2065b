/** Currencies: ISO 4217 digits, and amounts as people type them with a code or sign. */
import { readNumber } from './number-text.ts'

/** Codes of ISO 4217 whose minor unit is not two digits. */
const digitsByCode: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
}

/** Signs that name more than one currency fit each of them. */
const codesBySign: Readonly<Record<string, readonly string[]>> = {
  '¥': ['CNY', 'JPY'],
  元: ['CNY', 'TWD', 'HKD'],
  '€': ['EUR'],
  '£': ['GBP'],
  '₹': ['INR'],
  '₩': ['KRW'],
  '₽': ['RUB'],
  $: ['USD', 'AUD', 'CAD', 'HKD', 'MXN', 'NZD', 'SGD', 'TWD'],
  HK$: ['HKD'],
  US$: ['USD'],
  RMB: ['CNY'],
  人民币: ['CNY'],
}

let known: ReadonlySet<string> | undefined

/** True for the codes that the platform knows. */
export function isCurrencyCode(code: string): boolean {
  known ??= new Set(Intl.supportedValuesOf('currency'))
  return known.has(code)
}

/** Decimals of the minor unit; two where the currency is not known. */
export function currencyDigits(code: string | undefined): number {
  return code !== undefined && Object.hasOwn(digitsByCode, code) ? (digitsByCode[code] ?? 2) : 2
}

/** An amount with or without its currency → plain decimal text; `other-currency` when it names another one. */
export function readAmount(text: string, locale: string, currency: string | undefined): string | null {
  const typed = text.normalize('NFKC').trim()
  if (typed.length > 80) return null
  const match =
    /^([-(\u2212]?)\s*([^\d\s.,()\u2212-]*)\s*([-\u2212]?[\d.,'\u2019\s]*\d[.,]?)\s*([^\d\s.,()\u2212-]*)\s*(\)?)$/.exec(
      typed,
    )
  if (match === null) return null
  const [, open = '', before = '', digits = '', after = '', close = ''] = match
  const sign = before || after
  if ((before !== '' && after !== '') || (open === '(') !== (close === ')')) return null
  if (sign !== '' && !fitsSign(sign, currency)) return 'other-currency'
  const number = readNumber(`${open}${digits.trim()}${close}`, locale)
  return number === null ? null : number.replace(/^(-?)\./, '$10.')
}

function fitsSign(sign: string, currency: string | undefined): boolean {
  const name = sign.toUpperCase()
  if (currency === undefined) return false
  return name === currency || (Object.hasOwn(codesBySign, name) && (codesBySign[name]?.includes(currency) ?? false))
}
