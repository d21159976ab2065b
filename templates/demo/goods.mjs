/** What the demo company sells: goods and services for warehouses and workshops, priced in CNY. Modules of later packs may read it from `shared.goods`. */
export const goods = [
  ['Handheld scanner', '手持扫描终端', 1880, 'scanning'], ['Industrial tablet', '工业平板电脑', 6200, 'scanning'],
  ['Fixed code reader', '固定式读码器', 9800, 'scanning'], ['Label printer', '标签打印机', 2950, 'labelling'],
  ['Print-and-apply unit', '打印贴标一体机', 28600, 'labelling'], ['RFID reader', 'RFID 读写器', 4300, 'rfid'],
  ['RFID gate', 'RFID 通道门', 18500, 'rfid'], ['Temperature logger', '温湿度记录仪', 680, 'sensors'],
  ['Vibration sensor', '振动传感器', 1250, 'sensors'], ['Edge gateway', '边缘网关', 3600, 'sensors'],
  ['Smart shelf', '智能货架', 12800, 'storage'], ['Packing station', '打包工作站', 21500, 'storage'],
  ['Warehouse software licence', '仓储软件许可', 36000, 'software'], ['Annual maintenance', '年度维保', 8800, 'service'],
  ['Installation on site, day', '现场安装（人天）', 1800, 'service'], ['Training, day', '培训（人天）', 1500, 'service'],
].map(([en, zh, price, family]) => ({ en, zh, price, family }))

/** What can be shown, tried and replaced: no services. */
export const devices = goods.filter(({ family }) => family !== 'service')

export const families = {
  scanning: ['Scanning', '扫码设备'], labelling: ['Labelling', '标签打印'], rfid: ['RFID', 'RFID'], sensors: ['Sensors', '传感监测'],
  storage: ['Storage', '仓储设备'], software: ['Software', '软件'], service: ['Services', '服务'],
}
