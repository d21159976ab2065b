/** What opportunities, leads and activities speak of: the range of the invented firm in few words, priced in CNY. The catalogue of `sales` goes into detail. */
export const goods = [
  ['Ceiling light', '吸顶灯', 168, 'lamps'],
  ['Dining pendant', '餐厅吊灯', 259, 'lamps'],
  ['Track light', '轨道射灯', 86, 'commercial'],
  ['Panel light', '面板灯', 112, 'commercial'],
  ['High bay light', '工矿灯', 298, 'commercial'],
  ['LED tube', 'LED 灯管', 14.5, 'lamps'],
  ['Floodlight', '投光灯', 128, 'outdoor'],
  ['Garden light', '庭院灯', 215, 'outdoor'],
  ['Solar street light', '太阳能路灯', 480, 'outdoor'],
  ['Smart lock', '智能门锁', 899, 'hardware'],
  ['Soft-close hinge', '缓冲铰链', 7.6, 'hardware'],
  ['Drawer slide', '三节滑轨', 23.8, 'hardware'],
  ['Pull-out basket', '厨房拉篮', 318, 'hardware'],
  ['Blackout fabric', '遮光窗帘布', 68, 'interiors'],
  ['Motorised curtain rail', '电动窗帘导轨', 196, 'interiors'],
  ['Kitchen fittings set', '橱柜五金套装', 520, 'interiors'],
  ['Lighting design, hour', '照明设计（小时）', 320, 'service'],
  ['On-site installation, hour', '上门安装（小时）', 120, 'service'],
  ['Maintenance visit, hour', '设备保养（小时）', 150, 'service'],
].map(([en, zh, price, family]) => ({ en, zh, price, family }))

/** What can be shown, tried and replaced: no services. */
export const devices = goods.filter(({ family }) => family !== 'service')

export const families = {
  lamps: ['Indoor lamps', '室内灯具'],
  commercial: ['Commercial lighting', '商业照明'],
  outdoor: ['Outdoor lighting', '户外照明'],
  hardware: ['Hardware', '五金'],
  interiors: ['Interiors', '家居布艺'],
  service: ['Services', '服务'],
}
