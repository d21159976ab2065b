/** The knowledge base of the demo: topic, audience, language, category of product, title, summary, then the steps. */
const zh = `
install|customer|IL|吸顶灯安装步骤|从断电到通电测试的完整步骤|关闭总闸并验电|固定底座，膨胀螺栓不少于两颗|按火线、零线、地线接线|扣上灯罩，通电测试
install|customer|CL|轨道射灯的安装间距|按层高选择轨道间距和灯距|层高 3 米时灯距取 1.2 米|轨道距墙 0.6 至 0.8 米|先固定轨道，再装灯头
install|customer|OL|投光灯防水接线|户外接线的防水要求|使用 IP67 防水接头|接头离地不低于 0.3 米|接线后做一次淋水测试
install|customer|DW|智能门锁开孔尺寸|开孔前须核对的尺寸|确认门厚 38 至 110 毫米|按模板开孔，不得扩孔|装入锁体后先用机械钥匙试开
install|customer|CF|滑轨安装的常见误差|左右不平导致抽屉卡滞|两侧水平误差不超过 1 毫米|先装柜体侧，再装抽屉侧|装好后空推十次检查
install|customer|CU|电动窗帘导轨接线|电机与遥控器的接线和对码|确认电源为 220 V|按住设置键三秒进入对码|运行一次完整行程以记忆限位
use|customer|IL|台灯的亮度与色温选择|不同场景适合的亮度和色温|阅读选 4000 K、500 勒克斯以上|夜间降低亮度到三成|避免光源直射眼睛
use|customer|BT|灯带的裁剪与延长|可裁剪位置与最大长度|只在标记处裁剪|单端供电不超过 10 米|延长时两端同时供电
use|customer|DW|门锁电池更换|低电提示后的更换方法|提示后可再开门约 100 次|使用同一品牌的四节碱性电池|更换后指纹无须重录
use|customer|CU|窗帘布的清洗|不同面料的洗涤方式|遮光布用冷水手洗|纱帘装入洗衣袋轻柔洗|不可漂白，阴凉处晾干
use|customer|CF|铰链的日常调节|柜门不平时的三向调节|前螺丝调左右|后螺丝调前后|底座螺丝调上下
use|internal|FA|螺丝按箱与按颗的换算|开单时的数量换算|自攻螺丝每箱 500 颗|膨胀螺栓每箱 200 套|单据数量一律按颗填写
fault|customer|IL|灯具频闪的排查|先看调光器，再看驱动|确认没有接在旧式调光器上|换一个插座或回路再试|仍闪烁则提交工单并附驱动标签照片
fault|customer|BT|灯管不亮的排查|旧镇流器不兼容是常见原因|确认灯架已拆除镇流器|交换两端再试|测量两端电压是否为 220 V
fault|customer|OL|太阳能路灯亮灯时间短|多为遮挡或电池老化|检查太阳能板是否被树叶遮挡|清洁面板|电池满三年建议更换
fault|customer|DW|指纹识别率下降|清洁与重录的方法|用干布清洁识别面|同一手指录入两次|冬季手干时可录入拇指
fault|internal|IL|驱动电源批次问题处理|涉及批次与换货规则|核对驱动标签上的批次号|批次在清单内的直接换新|换货后登记保修件
fault|internal|CL|面板灯色差投诉处理|判定标准和应对|留样比对，色差不大于 5 级为合格|超出标准的整批更换|在工单中附比对照片
order|customer||如何查看订单进度|门户与客服两种方式|在门户“我的订单”中查看状态|状态为已提交表示备货中|预计交期变化会主动通知
order|customer||收货清点要点|签收前须核对的内容|核对箱数与送货单|外箱破损时拍照并在签收单注明|两天内可提交工单
order|customer||如何申请开票|开票资料与时效|提供抬头、税号和邮箱|发货后三个工作日内开出|电子发票发送到邮箱
order|internal||加急订单处理流程|谁批准，如何排产|销售填写原因并通知主管|仓库确认现货比例|分批发货须在订单备注中写明
order|internal||出口订单的单据清单|报关所需单据|合同、发票、装箱单|原产地证按客户要求办理|FOB 深圳，船期提前七天确认
policy|customer||质保政策|质保期限与范围|灯具两年，五金五年，电机三年|人为损坏不在质保范围内|凭序列号或订单号报修
policy|customer||退换货政策|条件与时限|到货七天内、未安装可退|定制产品不退不换|质量问题运费由我方承担
policy|internal||投诉分级与时限|按影响程度分级|影响营业的为紧急，一小时内响应|批量质量问题须通知质量主管|结案前须电话回访
policy|internal||补偿权限|各级可批准的补偿|客服可减免 200 元以内运费|主管可批准 2000 元以内换货|超出的由管理层批准
policy|internal||回访话术|结案后三天内回访|先确认问题是否解决|再问满意度与建议|不满意的转为投诉工单`

const en = `
install|customer|CL|Mounting track lights|Distances that work for most ceilings|Keep 0.6 to 0.8 m from the wall|Leave 1.2 m between lights at a 3 m ceiling|Fix the track first, then the heads
install|customer|OL|Waterproof wiring outdoors|What a connection outside needs|Use IP67 connectors|Stay 0.3 m above the ground|Test with water before closing
install|customer|DW|Fitting a smart lock|Sizes to check before drilling|The door is 38 to 110 mm thick|Follow the template exactly|Try the key before closing the door
use|customer|BT|Cutting LED strips|Where to cut and how long a run may be|Cut on the marks only|Feed no more than 10 m from one end|Feed both ends of a longer run
use|customer|CU|Washing curtains|Care by fabric|Wash blackout fabric by hand, cold|Put sheers in a laundry bag|Never bleach; dry in the shade
fault|customer|IL|When a light flickers|Check the dimmer before the driver|Make sure that no old dimmer is in the circuit|Try another circuit|Open a ticket with a photo of the driver label
fault|customer|OL|Solar light goes out early|Shade and age are the usual causes|Look for leaves above the panel|Clean the panel|Replace a battery after three years
order|customer||Following an order|What each state means|Submitted: we prepare the goods|On hold: we wait for something from you|Closed: everything has been delivered
order|customer||Checking a delivery|What to do before you sign|Count the boxes against the note|Photograph damage and note it when you sign|Open a ticket within two days
order|internal||Papers for export orders|What customs asks for|Contract, invoice, packing list|Certificate of origin if the customer asks|Confirm the vessel seven days ahead
policy|customer||Warranty|How long and what for|Lights two years, fittings five, motors three|Damage by misuse is not covered|Quote the serial or order number
policy|customer||Returns|When goods can come back|Within seven days and not installed|Made-to-order goods are excluded|We pay the freight when the fault is ours`

const parse = (text, language) =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [topic, audience, code, name, summary, ...steps] = line.split('|')
      return { topic, audience, code, name, summary, steps, language }
    })

export const articleTexts = [...parse(zh, 'zh-CN'), ...parse(en, 'en')]
