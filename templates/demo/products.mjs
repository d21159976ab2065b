/** Demo products with prices: turns the catalogue into rows, and keeps what the documents need to know in `shared.products`. */
import { categories, roots, sizeWords } from './catalogue.mjs'
import { day } from './random.mjs'

/** The check digit of a 13-digit article number. */
function barcodeOf(serial) {
  const digits = `690${String(4200000 + serial).padStart(9, '0')}`
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

const decimals = (price) => (price < 2 ? 4 : 2)
const isFractional = (unit) => unit === 'm' || unit === 'h'

function variant(category, family, at) {
  const [zh, en, first, step, sizes] = category.families[family]
  const size = sizes[at]
  const price = Number((first * step ** at).toFixed(decimals(first)))
  return {
    sku: `${category.code}-${family + 1}0${at + 1}`,
    base: `${category.code}-${family + 1}01`,
    name: `${zh} ${size}`,
    english: `${en}, ${sizeWords[size] ?? size}`,
    size,
    category: category.name,
    code: category.code,
    tax: category.tax,
    unit: category.unit,
    price,
    first: at === 0,
    type: category.set ? 'set' : category.service ? 'service' : 'goods',
    fractional: isFractional(category.unit),
  }
}

export function products() {
  return categories.flatMap((category) =>
    category.families.flatMap((_, family) => [0, 1, 2].map((at) => variant(category, family, at))),
  )
}

/** What each family of sets is made of: categories and quantities. */
const setParts = [
  ['IL-101', 'IL-401', 'CL-201'],
  ['IL-101', 'IL-301', 'BT-101'],
  ['CF-101', 'CF-201', 'CF-301'],
  ['CU-101', 'CU-201', 'CU-301'],
]

function componentsOf(product) {
  if (product.type !== 'set') return undefined
  const [, family, , size] = product.sku.match(/-(\d)(0)(\d)/)
  return setParts[family - 1].map((sku, at) => ({ product: sku, quantity: (at + 1) * 2 * size }))
}

/** No longer sold. */
const ended = new Set(['BT-203', 'CL-401', 'DW-401', 'CF-403', 'IL-203'])

function productRow(product, serial) {
  return {
    sku: product.sku,
    name: product.name,
    category: product.category,
    type: product.type,
    unit: product.unit,
    tax_code: product.tax,
    list_price: product.price,
    variant_of: product.first ? undefined : product.base,
    barcode: product.type === 'service' ? undefined : barcodeOf(serial),
    description: product.english,
    active: !ended.has(product.sku),
    attributes: [{ name: '规格', value: product.size }],
    components: componentsOf(product),
  }
}

const colour = ['暖白 3000 K', '自然光 4000 K', '正白 6500 K']
const groups = [
  ['IL-101', '色温 Colour temperature', colour.map((name, at) => [name, at * 5])],
  ['CL-101', '色温 Colour temperature', colour.map((name, at) => [name, at * 3])],
  [
    'CL-301',
    '控制方式 Dimming',
    [
      ['不调光', 0],
      ['0–10 V 调光', 38],
      ['DALI 调光', 86],
    ],
  ],
  [
    'DW-201',
    '颜色 Colour',
    [
      ['曜石黑', 0],
      ['香槟金', 60],
    ],
  ],
  [
    'CU-401',
    '电机 Motor',
    [
      ['有线电机', 0],
      ['Wi-Fi 电机', 120],
      ['Zigbee 电机', 150],
    ],
  ],
  [
    'OL-201',
    '防护等级 Protection',
    [
      ['IP65', 0],
      ['IP67', 25],
    ],
  ],
]

const lists = [
  { name: '标准价目表', currency: 'CNY', valid_from: day(-730), description: '面向全部国内客户', active: true },
  {
    name: '经销商价目表',
    currency: 'CNY',
    valid_from: day(-365),
    valid_to: day(365),
    description: '经销商与连锁门店',
    active: true,
  },
  {
    name: '工程项目价目表',
    currency: 'CNY',
    valid_from: day(-180),
    valid_to: day(185),
    description: '工程项目，大批量',
    active: true,
  },
  { name: 'Export USD', currency: 'USD', valid_from: day(-365), description: 'FOB Shenzhen', active: true },
  { name: 'Export EUR', currency: 'EUR', valid_from: day(-365), description: 'FOB Shenzhen', active: true },
]

function rules(all, rates) {
  const since = day(-365)
  const goods = categories.filter((category) => !category.service)
  const dealer = goods.map((category, at) => ({
    price_list: lists[1].name,
    priority: 100,
    category: category.name,
    min_quantity: 0,
    valid_from: since,
    discount: 5 + (at % 4) * 2,
  }))
  const project = goods.flatMap((category) =>
    [
      [100, 8],
      [1000, 12],
    ].map(([from, discount]) => ({
      price_list: lists[2].name,
      priority: 90,
      category: category.name,
      min_quantity: from,
      valid_from: day(-180),
      discount,
    })),
  )
  const fixed = [
    [lists[3].name, 'USD'],
    [lists[4].name, 'EUR'],
  ].flatMap(([list, currency]) =>
    all
      .filter((product) => product.first && product.type === 'goods')
      .map((product) => ({
        price_list: list,
        priority: 50,
        product: product.sku,
        min_quantity: 0,
        valid_from: since,
        price: (product.price / rates[currency]).toFixed(4),
      })),
  )
  return [...dealer, ...project, ...fixed]
}

const conversions = [
  ['FA-101', 'box', 500],
  ['FA-102', 'box', 500],
  ['FA-103', 'box', 400],
  ['FA-201', 'box', 200],
  ['FA-301', 'box', 1000],
  ['BT-101', 'box', 100],
  ['BT-201', 'box', 25],
  ['CF-101', 'box', 200],
]

export function makeCatalogue(shared) {
  const all = products()
  shared.products = all.filter((product) => !ended.has(product.sku))
  return [
    {
      form: 'product_category',
      key: 'name',
      rows: [...roots.map((name) => ({ name })), ...categories.map(({ name, parent }) => ({ name, parent }))],
    },
    { form: 'product', key: 'sku', rows: all.map(productRow) },
    {
      form: 'unit_conversion',
      rows: conversions.map(([product, from, factor]) => ({
        product,
        from_unit: from,
        to_unit: all.find((one) => one.sku === product).unit,
        factor,
      })),
    },
    {
      form: 'option_group',
      key: 'product',
      rows: groups.map(([product, name, options]) => ({
        product,
        name,
        minimum: 1,
        maximum: 1,
        options: options.map(([label, delta]) => ({ name: label, price_delta: delta })),
      })),
    },
    { form: 'price_list', key: 'name', rows: lists },
    { form: 'price_rule', rows: rules(all, shared.rates) },
  ]
}
