/** The catalogue of the invented trading firm: lighting, hardware and interiors. 10 categories × 4 families × 3 sizes = 120 products. */

export const roots = ['照明 Lighting', '五金 Hardware', '家居 Interiors']

/**
 * Per category: name, parent, code, tax code, unit, then its families: Chinese name, English name, price of the first size in CNY,
 * how much dearer each further size is, and the sizes.
 */
export const categories = [
  { name: '室内灯具 Indoor lamps', parent: roots[0], code: 'IL', tax: 'VAT13', unit: 'pcs', families: [
    ['吸顶灯', 'Ceiling light', 168, 1.45, ['24 W', '36 W', '48 W']],
    ['餐厅吊灯', 'Dining pendant', 259, 1.4, ['单头', '三头', '五头']],
    ['护眼台灯', 'Desk lamp', 139, 1.35, ['8 W', '12 W', '15 W']],
    ['壁灯', 'Wall light', 98, 1.3, ['6 W', '10 W', '14 W']]] },
  { name: '光源 Bulbs and tubes', parent: roots[0], code: 'BT', tax: 'VAT13', unit: 'pcs', families: [
    ['LED 球泡', 'LED bulb', 6.8, 1.4, ['5 W', '9 W', '12 W']],
    ['LED 灯管', 'LED tube', 14.5, 1.5, ['0.6 m', '0.9 m', '1.2 m']],
    ['LED 射灯光源', 'LED spot', 11.2, 1.35, ['3 W', '5 W', '7 W']],
    ['低压灯带', 'LED strip', 58, 1.6, ['5 m', '10 m', '20 m']]] },
  { name: '商业照明 Commercial lighting', parent: roots[0], code: 'CL', tax: 'VAT13', unit: 'pcs', families: [
    ['轨道射灯', 'Track light', 86, 1.3, ['20 W', '30 W', '40 W']],
    ['筒灯', 'Downlight', 32, 1.35, ['7 W', '12 W', '18 W']],
    ['面板灯', 'Panel light', 112, 1.4, ['300×600', '600×600', '600×1200']],
    ['工矿灯', 'High bay light', 298, 1.5, ['100 W', '150 W', '200 W']]] },
  { name: '户外照明 Outdoor lighting', parent: roots[0], code: 'OL', tax: 'VAT13', unit: 'pcs', families: [
    ['投光灯', 'Floodlight', 128, 1.6, ['30 W', '50 W', '100 W']],
    ['庭院灯', 'Garden light', 215, 1.4, ['0.8 m', '2.5 m', '3.5 m']],
    ['太阳能路灯', 'Solar street light', 480, 1.45, ['40 W', '60 W', '80 W']],
    ['地埋灯', 'Inground light', 76, 1.35, ['3 W', '6 W', '9 W']]] },
  { name: '门窗五金 Door and window fittings', parent: roots[1], code: 'DW', tax: 'VAT13', unit: 'set', families: [
    ['室内门锁', 'Door lock', 128, 1.35, ['标准型', '静音型', '磁吸型']],
    ['智能门锁', 'Smart lock', 899, 1.3, ['指纹款', '人脸款', '猫眼款']],
    ['不锈钢合页', 'Steel hinge', 18.5, 1.3, ['4 寸', '5 寸', '6 寸']],
    ['平开窗执手', 'Window handle', 26, 1.25, ['单点', '两点', '带锁']]] },
  { name: '家具五金 Cabinet fittings', parent: roots[1], code: 'CF', tax: 'VAT13', unit: 'set', families: [
    ['缓冲铰链', 'Soft-close hinge', 7.6, 1.2, ['直臂', '中弯', '大弯']],
    ['三节滑轨', 'Drawer slide', 23.8, 1.25, ['300 mm', '400 mm', '500 mm']],
    ['铝合金拉手', 'Aluminium handle', 9.9, 1.35, ['96 mm', '128 mm', '192 mm']],
    ['厨房拉篮', 'Pull-out basket', 318, 1.3, ['300 柜', '400 柜', '600 柜']]] },
  { name: '紧固件 Fasteners', parent: roots[1], code: 'FA', tax: 'VAT13', unit: 'pcs', families: [
    ['自攻螺丝', 'Self-tapping screw', 0.0385, 1.4, ['4×20', '4×30', '4×40']],
    ['膨胀螺栓', 'Expansion bolt', 0.62, 1.45, ['M6', 'M8', 'M10']],
    ['六角螺母', 'Hex nut', 0.058, 1.6, ['M6', 'M8', 'M10']],
    ['家具连接件', 'Furniture connector', 0.385, 1.25, ['15 mm', '18 mm', '25 mm']]] },
  { name: '窗帘布艺 Curtains and fabrics', parent: roots[2], code: 'CU', tax: 'VAT13', unit: 'm', families: [
    ['遮光窗帘布', 'Blackout fabric', 68, 1.3, ['基础款', '棉麻款', '提花款']],
    ['纱帘', 'Sheer fabric', 39, 1.3, ['素色', '竹节', '绣花']],
    ['窗帘轨道', 'Curtain rail', 29, 1.4, ['直轨', '弯轨', '静音轨']],
    ['电动窗帘导轨', 'Motorised rail', 196, 1.25, ['标准型', '长轨型', '重载型']]] },
  { name: '家居套装 Room sets', parent: roots[2], code: 'RS', tax: 'VAT13', unit: 'set', set: true, families: [
    ['客厅照明套装', 'Living room light set', 680, 1.5, ['小户型', '标准', '大户型']],
    ['卧室照明套装', 'Bedroom light set', 460, 1.4, ['小户型', '标准', '大户型']],
    ['橱柜五金套装', 'Kitchen fittings set', 520, 1.4, ['小厨房', '标准', '大厨房']],
    ['全屋窗帘套装', 'Whole-home curtain set', 2680, 1.45, ['两居', '三居', '四居']]] },
  { name: '服务 Services', parent: roots[2], code: 'SV', tax: 'VAT6', unit: 'h', service: true, families: [
    ['照明设计', 'Lighting design', 320, 1.5, ['基础', '深化', '全案']],
    ['上门安装', 'On-site installation', 120, 1.3, ['普通', '高空', '夜间']],
    ['上门测量', 'On-site measuring', 80, 1.3, ['市区', '郊区', '外地']],
    ['设备保养', 'Maintenance visit', 150, 1.4, ['一级', '二级', '三级']]] },
]

/** English words for sizes that are named in Chinese. */
export const sizeWords = {
  单头: 'single', 三头: 'three heads', 五头: 'five heads', 标准型: 'standard', 静音型: 'silent', 磁吸型: 'magnetic', 指纹款: 'fingerprint', 人脸款: 'face', 猫眼款: 'with viewer',
  '4 寸': '4 in', '5 寸': '5 in', '6 寸': '6 in', 单点: 'one point', 两点: 'two points', 带锁: 'lockable', 直臂: 'straight', 中弯: 'half overlay', 大弯: 'inset', '300 柜': '300 cabinet',
  '400 柜': '400 cabinet', '600 柜': '600 cabinet', 基础款: 'plain', 棉麻款: 'linen', 提花款: 'jacquard', 素色: 'plain', 竹节: 'slub', 绣花: 'embroidered', 直轨: 'straight', 弯轨: 'curved',
  静音轨: 'silent', 长轨型: 'long', 重载型: 'heavy duty', 小户型: 'small', 标准: 'standard', 大户型: 'large', 小厨房: 'small', 大厨房: 'large', 两居: 'two rooms', 三居: 'three rooms', 四居: 'four rooms',
  基础: 'basic', 深化: 'detailed', 全案: 'complete', 普通: 'regular', 高空: 'at height', 夜间: 'at night', 市区: 'city', 郊区: 'suburb', 外地: 'out of town', 一级: 'level 1', 二级: 'level 2', 三级: 'level 3',
}
