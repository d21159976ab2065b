/** Invented names of people, by country: Chinese names with their pinyin, others as written. */
import { places } from './places.mjs'

const families = pairs(
  '王 wang 李 li 张 zhang 刘 liu 陈 chen 杨 yang 赵 zhao 黄 huang 周 zhou 吴 wu 徐 xu 孙 sun 胡 hu 朱 zhu 高 gao 林 lin 何 he 郭 guo 马 ma 罗 luo 梁 liang 宋 song 郑 zheng 谢 xie 韩 han 唐 tang 冯 feng 董 dong 程 cheng 曹 cao 袁 yuan 邓 deng 许 xu 傅 fu 沈 shen 曾 zeng 彭 peng 吕 lv 苏 su 卢 lu 蒋 jiang 蔡 cai 贾 jia 丁 ding 魏 wei 薛 xue 叶 ye 阎 yan 余 yu 潘 pan',
)
const given = pairs(
  '建国 jianguo 志强 zhiqiang 海燕 haiyan 秀英 xiuying 晓明 xiaoming 丽华 lihua 文博 wenbo 佳怡 jiayi 子轩 zixuan 雨桐 yutong 立新 lixin 春梅 chunmei 国栋 guodong 慧敏 huimin 俊杰 junjie 思远 siyuan 婷婷 tingting 伟 wei 磊 lei 敏 min 静 jing 强 qiang 艳 yan 勇 yong 军 jun 杰 jie 娟 juan 涛 tao 超 chao 霞 xia 平 ping 刚 gang 莉 li 浩然 haoran 欣怡 xinyi 宏伟 hongwei 玉兰 yulan 振华 zhenhua 雪梅 xuemei 永刚 yonggang 一鸣 yiming 若溪 ruoxi 景行 jingxing 安琪 anqi',
)

const foreign = {
  DE: [
    'Jonas Katrin Stefan Anja Markus Birgit Henning Ulrike Tobias Silke',
    'Brandhuber Kesselring Vogtmann Lindacker Rohrbeck Steinhage Wiesner Pahlke Ostermann Gerlach',
  ],
  GB: [
    'Oliver Harriet Graham Fiona Callum Beatrice Simon Imogen Rupert Moira',
    'Ashworth Penhallow Thackeray Loxley Marchbank Whitlow Kerridge Dunmore Hallam Prewett',
  ],
  US: [
    'Marcus Denise Tyler Rachel Wade Carla Brent Janine Curtis Holly',
    'Delaney Hargrove Whitaker Sandoval Pruitt Lindqvist Mercer Tolliver Brannigan Okafor',
  ],
  FR: [
    'Mathieu Camille Bastien Hélène Florent Sylvie Aurélien Margaux Thibault Odile',
    'Delacourt Fontenay Rivoire Marchandeau Lestrade Beauvallet Garrigue Tessier Vauclin Pelletan',
  ],
  NL: [
    'Maarten Femke Joost Annelies Sander Marijke Ruben Ilse Wouter Hanneke',
    'Verhoeven Kuipers Terlinden Brouwer Hoekstra Vandermeer Zijlstra Postma Rietveld Dijkema',
  ],
  IT: [
    'Matteo Chiara Lorenzo Silvia Davide Francesca Paolo Elena Riccardo Giulia',
    'Bellandi Carminati Fossaro Montalbetti Ravelli Guarneri Zanoli Tordini Malaspina Perego',
  ],
  JP: [
    'Kenji Yuki Haruto Ayaka Takeshi Naomi Daichi Emi Ryo Sachiko',
    'Morishita Kurosawa Tanabe Hirano Okumura Shibata Nakagawa Ishikura Fujita Arakawa',
  ],
  SG: [
    'Wei Ming|Hui Ling|Jun Kai|Siew Lan|Raj|Priya|Aaron|Michelle|Faizal|Nurul',
    'Tan Lim Koh Ong Nair Menon Rahman Seah Goh Yeo',
  ],
  HK: [
    'Ka Ho|Wing Yan|Chi Keung|Mei Fong|Tsz Kin|Yuen Ting|Alan|Vivian|Kelvin|Joyce',
    'Chan Leung Cheung Lau Kwok Tsang Yip Mak Poon Fung',
  ],
  AU: [
    'Lachlan Kirsten Brodie Tamsin Angus Philippa Darcy Leonie Hamish Verity',
    'Carrington Mulholland Bexley Strachan Tully Redgrave Farquhar Ellery Nankivell Broome',
  ],
  CA: [
    'Étienne Meredith Logan Chantal Garrett Noelle Dylan Bridget Réjean Paige',
    'Tremblant MacAuley Bergeron Stavely Gauthier Kincaid Fairholm Lachance Rankine Doucette',
  ],
  KR: [
    'Min-jun Seo-yeon Ji-ho Ha-eun Dong-hyun Soo-jin Tae-yang Eun-ji Sang-woo Yoon-a',
    'Kim Park Choi Jung Kang Yoon Han Seo Moon Bae',
  ],
}

function pairs(text) {
  const words = text.split(' ')
  return Array.from({ length: words.length / 2 }, (_, index) => [words[index * 2], words[index * 2 + 1]])
}

const split = (text) => text.split(text.includes('|') ? '|' : ' ')

/** A letter-only form for mail addresses: `Hélène` → `helene`. */
export const latin = (text) =>
  text
    .normalize('NFD')
    .replace(/[^A-Za-z0-9]/g, '')
    .toLowerCase()

/** `{name, local}`: the name as written in the country, and the part of a mail address before the @. */
export function person(random, country) {
  if (country === 'CN') {
    const [family, familyLatin] = random.pick(families)
    const [first, firstLatin] = random.pick(given)
    return { name: family + first, local: `${firstLatin}.${familyLatin}` }
  }
  const [firsts, lasts] = foreign[country]
  const first = random.pick(split(firsts))
  const last = random.pick(split(lasts))
  return { name: `${first} ${last}`, local: `${latin(first)}.${latin(last)}` }
}

/** A number of a block that no subscriber has, or that is set aside for fiction where such a block exists. */
export function phone(random, place, mobile) {
  const digits = (count) => Array.from({ length: count }, () => random.int(0, 9)).join('')
  if (place.country === 'CN' && mobile) return `+86${random.pick(['138', '139', '150', '177', '186'])}0000${digits(4)}`
  return places.phone[place.country](place.area, digits)
}
