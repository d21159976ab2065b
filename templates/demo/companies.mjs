/** Invented company names with a matching web domain and tax number, by country and industry. */
import { latin } from './people.mjs'

const heads =
  '岚lan 栎li 砚yan 朔shuo 澍shu 汀ting 翎ling 珩heng 葳wei 屿yu 臻zhen 沄yun 颢hao 湛zhan 苒ran 峤qiao 穗sui 霁ji 铄shuo 淳chun'.split(
    ' ',
  )
const tails =
  '桥qiao 禾he 舟zhou 川chuan 原yuan 拓tuo 泽ze 程cheng 维wei 科ke 诺nuo 达da 森sen 启qi 麦mai 图tu 衡heng 锦jin 越yue 棠tang'.split(
    ' ',
  )

/** industry → [Chinese suffixes, English words, German words, other words]. */
const trades = {
  machinery: [
    ['精密机械', '自动化设备', '数控机床', '传动科技'],
    ['Machine Works', 'Drives', 'Tooling'],
    ['Maschinenbau', 'Antriebstechnik'],
  ],
  electronics: [
    ['电子', '微电子', '光电科技', '电子元件'],
    ['Electronics', 'Circuits', 'Photonics'],
    ['Elektronik', 'Sensorik'],
  ],
  automotive: [
    ['汽车零部件', '汽车电子', '车用材料'],
    ['Auto Parts', 'Mobility', 'Axles'],
    ['Fahrzeugteile', 'Achstechnik'],
  ],
  chemicals: [
    ['新材料', '化工', '涂料'],
    ['Coatings', 'Polymers', 'Materials'],
    ['Chemie', 'Lacke'],
  ],
  food: [
    ['食品', '饮料', '生物食品'],
    ['Foods', 'Beverages', 'Dairy'],
    ['Lebensmittel', 'Getränke'],
  ],
  textile: [
    ['纺织', '服饰', '家纺'],
    ['Textiles', 'Apparel', 'Weavers'],
    ['Textil', 'Webwaren'],
  ],
  medical: [
    ['医疗器械', '医学影像', '生物医疗'],
    ['Medical', 'Diagnostics', 'Instruments'],
    ['Medizintechnik', 'Labortechnik'],
  ],
  energy: [
    ['新能源', '电力设备', '储能科技'],
    ['Energy', 'Power Systems', 'Storage'],
    ['Energietechnik', 'Speicher'],
  ],
  construction: [
    ['建设工程', '装配建筑', '智能楼宇'],
    ['Builders', 'Structures', 'Facades'],
    ['Bau', 'Stahlbau'],
  ],
  logistics: [
    ['供应链', '物流', '冷链物流'],
    ['Logistics', 'Freight', 'Warehousing'],
    ['Logistik', 'Spedition'],
  ],
  hospitality: [
    ['酒店管理', '餐饮管理', '文旅'],
    ['Hotels', 'Inns', 'Hospitality'],
    ['Hotelbetriebe', 'Gastronomie'],
  ],
  real_estate: [
    ['置业', '物业服务', '园区运营'],
    ['Properties', 'Estates', 'Living'],
    ['Wohnbau', 'Immobilien'],
  ],
  retail: [
    ['商贸', '贸易', '建材', '家居连锁'],
    ['Trading', 'Stores', 'Wholesale'],
    ['Handel', 'Großhandel'],
  ],
  software: [
    ['信息技术', '软件', '云计算'],
    ['Software', 'Systems', 'Data'],
    ['Software', 'Systeme'],
  ],
  education: [
    ['教育科技', '实验仪器', '科教设备'],
    ['Learning', 'Laboratories', 'Research'],
    ['Bildung', 'Labor'],
  ],
}

/** Those who build, furnish and resell buy most. */
const shares = { construction: 22, retail: 22, hospitality: 12, real_estate: 9 }
export const industryShares = Object.keys(trades).map((industry) => [industry, shares[industry] ?? 4])

const roots = {
  DE: 'Brandhub Kesselring Rohrbeck Steinhage Lindach Vogtwerk Ostermoor Pahlke',
  GB: 'Penhallow Loxmere Ashcombe Kerrington Marchbank Whitlow Thackley Dunmoor',
  US: 'Hargrove Tollivan Ridgeline Sandhollow Whitaker Larkspur Bluestem Cinderbrook',
  FR: 'Rivoire Fontclair Beauvallet Lestrane Garrigue Vauclin Montfilet Delaforge',
  NL: 'Terlinden Zijlkamp Hoekveld Rietmeer Kuipwerk Noordhaak',
  IT: 'Ravelli Carminova Tordini Montalba Fossaro Zanoli',
  JP: 'Morishiro Tanahara Okukawa Hiranami Kurotetsu Shibakoma',
  SG: 'Kallanta Merbau Straitloom Senoko_Bay Tembusu',
  HK: 'Lion_Weave Harbour_Crest Kwai_Shing_Star Jadepoint Pearlgate',
  AU: 'Corio Woolmere Bexley_Range Tullamarra Eurekawood',
  CA: 'Tremblant Escarpment Fairholm Lachance Stavely',
  KR: 'Hansol_Bridge Daeryuk Songdowon Miraeho Haneulsan',
}
const legal = {
  DE: 'GmbH',
  GB: 'Ltd',
  US: 'Inc.',
  FR: 'SAS',
  NL: 'B.V.',
  IT: 'S.r.l.',
  JP: 'K.K.',
  SG: 'Pte. Ltd.',
  HK: 'Limited',
  AU: 'Pty Ltd',
  CA: 'Inc.',
  KR: 'Co., Ltd.',
}

function chineseName(random, place, industry, large) {
  const words = [random.pick(heads), random.pick(tails)]
  const brand = words.map((word) => word[0]).join('')
  const short = place.city.replace(/市$/, '')
  return {
    name: `${short}${brand}${random.pick(trades[industry][0])}${large ? '股份有限公司' : '有限公司'}`,
    domain: words.map((word) => word.slice(1)).join(''),
  }
}

function foreignName(random, place, industry) {
  const root = random.pick(roots[place.country].split(' ')).replaceAll('_', ' ')
  const word = random.pick(trades[industry][place.country === 'DE' ? 2 : 1])
  return { name: `${root} ${word} ${legal[place.country]}`, domain: latin(`${root}${word}`) }
}

/** `{name, domain}`; a name that `taken` holds is drawn again. */
export function companyName(random, { place, industry, large }, taken) {
  const make = place.country === 'CN' ? chineseName : foreignName
  for (;;) {
    const made = make(random, place, industry, large)
    if (taken.has(made.name) || taken.has(made.domain)) continue
    taken.add(made.name).add(made.domain)
    return { name: made.name, domain: `${made.domain}.example` }
  }
}

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const creditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** A unified social credit code with a right check character (GB 32100-2015) around an invented body. */
function creditCode(random) {
  const body = `91${random.int(110000, 659000)}${Array.from({ length: 9 }, () => random.pick([...creditAlphabet])).join('')}`
  const sum = [...body].reduce((total, char, index) => total + creditAlphabet.indexOf(char) * creditWeights[index], 0)
  return body + creditAlphabet[(31 - (sum % 31)) % 31]
}

const digits = (random, count) => Array.from({ length: count }, () => random.int(0, 9)).join('')
const prefixes = {
  DE: ['DE', 9],
  GB: ['GB', 9],
  FR: ['FR', 11],
  NL: ['NL', 9],
  IT: ['IT', 11],
  US: ['', 9],
  CA: ['', 9],
  JP: ['', 13],
  SG: ['2010', 5],
  HK: ['', 8],
  AU: ['', 11],
  KR: ['', 10],
}

export function taxNumber(random, country) {
  if (country === 'CN') return creditCode(random)
  const [prefix, count] = prefixes[country]
  return prefix + digits(random, count)
}
