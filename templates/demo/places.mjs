/** Places of the demo data: real cities, invented streets; each with its region (country/province/city), dialling code and sales territory. */

const china = `
北京市 北京市 10 华北 1000 朝阳区 海淀区 丰台区
天津市 天津市 22 华北 3000 滨海新区 南开区 西青区
河北省 石家庄市 311 华北 0500 长安区 裕华区 桥西区
山东省 青岛市 532 华东 2660 市北区 城阳区 黄岛区
山东省 济南市 531 华东 2500 历下区 高新区 槐荫区
上海市 上海市 21 华东 2000 浦东新区 闵行区 嘉定区
江苏省 苏州市 512 华东 2150 工业园区 虎丘区 吴中区
江苏省 南京市 25 华东 2100 江宁区 建邺区 栖霞区
江苏省 无锡市 510 华东 2140 新吴区 滨湖区 惠山区
浙江省 杭州市 571 华东 3100 滨江区 余杭区 萧山区
浙江省 宁波市 574 华东 3150 鄞州区 北仑区 镇海区
福建省 厦门市 592 华南 3610 集美区 湖里区 海沧区
广东省 深圳市 755 华南 5180 南山区 宝安区 龙岗区
广东省 广州市 20 华南 5100 黄埔区 番禺区 天河区
广东省 东莞市 769 华南 5230 松山湖 长安镇 虎门镇
湖北省 武汉市 27 华中 4300 东湖高新区 江夏区 汉阳区
湖南省 长沙市 731 华中 4100 岳麓区 雨花区 望城区
河南省 郑州市 371 华中 4500 金水区 中原区 二七区
重庆市 重庆市 23 西南 4000 渝北区 九龙坡区 江北区
四川省 成都市 28 西南 6100 武侯区 双流区 青羊区
陕西省 西安市 29 西北 7100 雁塔区 未央区 长安区
辽宁省 沈阳市 24 东北 1100 浑南区 铁西区 和平区
辽宁省 大连市 411 东北 1160 甘井子区 沙河口区 金州区`
  .trim()
  .split('\n')
  .map((line) => {
    const [province, city, area, territory, postcode, ...districts] = line.split(' ')
    return {
      country: 'CN',
      currency: 'CNY',
      region: `中国/${province}/${city}`,
      province,
      city,
      area,
      territory,
      postcode,
      districts,
    }
  })

const abroad = `
DE EUR Germany/Hamburg Hamburg 40 Europe 20457 Hafenkamp Speicherweg Ziegelhof
DE EUR Germany/Baden-Württemberg Stuttgart 711 Europe 70565 Werkstraße Mühlenring Am_Gleispark
DE EUR Germany/Bavaria Augsburg 821 Europe 86153 Spinnereiweg Lechkanal Fabrikstraße
GB GBP United_Kingdom/England Leeds 20 Europe LS11_5QN Millbrook_Road Foundry_Lane Canal_Wharf
GB GBP United_Kingdom/England Bristol 20 Europe BS2_0XJ Harbour_Row Cooperage_Street Temple_Yard
FR EUR France/Auvergne-Rhône-Alpes Lyon 1 Europe 69007 rue_des_Teinturiers quai_de_la_Soierie allée_des_Forges
FR EUR France/Hauts-de-France Lille 1 Europe 59000 rue_du_Métier avenue_des_Filatures place_du_Canal
NL EUR Netherlands/South_Holland Rotterdam 10 Europe 3011_AD Havenkade Pakhuisweg Scheepsmakerslaan
NL EUR Netherlands/North_Brabant Eindhoven 40 Europe 5611_BV Lampenstraat Techniekweg Weversplein
IT EUR Italy/Lombardy Bergamo 35 Europe 24122 via_dei_Telai via_della_Filanda viale_Officine
US USD United_States/Ohio Columbus 614 North_America 43215 Canal_Mill_Road Foundry_Avenue Buckeye_Park_Drive
US USD United_States/Texas Austin 512 North_America 78701 Limestone_Trail Cedar_Loop Depot_Street
US USD United_States/California San_Jose 408 North_America 95110 Orchard_Tech_Way Almond_Court Pioneer_Parkway
CA USD Canada/Ontario Hamilton 905 North_America L8P_1A1 Steelyard_Street Escarpment_Road Harbourfront_Lane
JP JPY Japan/Aichi Nagoya 52 Asia-Pacific 450-0002 Kikai-dori Orimono-cho Minato-machi
JP JPY Japan/Osaka Osaka 6 Asia-Pacific 530-0001 Kawabata-cho Ito-machi Kogyo-dori
KR USD South_Korea/Incheon Incheon 32 Asia-Pacific 21984 Songdo-gongdan-ro Hangman-daero Gigye-ro
SG USD Singapore/Central Singapore 6 Asia-Pacific 048580 Loom_Crescent Tuas_Weave_Road Kallang_Works_Avenue
HK HKD Hong_Kong_SAR/Kowloon Hong_Kong 2 Asia-Pacific 999077 Shuttle_Road Kwun_Tong_Works_Street Spindle_Lane
AU USD Australia/Victoria Geelong 3 Asia-Pacific 3220 Woolstore_Road Corio_Works_Drive Moorabool_Yard`
  .trim()
  .split('\n')
  .map((line) => {
    const [country, currency, region, city, area, territory, postcode, ...streets] = line
      .split(' ')
      .map((word) => word.replaceAll('_', ' '))
    return { country, currency, region: `${region}/${city}`, city, area, territory, postcode, streets }
  })

const phone = {
  CN: (area, digits) => `+86${area}555${digits(5)}`,
  DE: (area, digits) => `+49${area}555${digits(4)}`,
  GB: (_, digits) => `+44207946${`0${digits(3)}`}`,
  FR: (_, digits) => `+3319900${digits(4)}`,
  NL: (area, digits) => `+31${area}555${digits(4)}`,
  IT: (area, digits) => `+390${area}555${digits(4)}`,
  US: (area, digits) => `+1${area}55501${digits(2)}`,
  CA: (area, digits) => `+1${area}55501${digits(2)}`,
  JP: (area, digits) => `+81${area}${area.length === 1 ? '5' : ''}555${digits(4)}`,
  KR: (area, digits) => `+82${area}555${digits(4)}`,
  SG: (_, digits) => `+656555${digits(4)}`,
  HK: (_, digits) => `+8522555${digits(4)}`,
  AU: (area, digits) => `+61${area}5550${digits(4)}`,
}

const roads = [
  '建设路',
  '科技路',
  '创新大道',
  '兴业路',
  '工业大道',
  '春晖路',
  '迎宾大道',
  '星桥路',
  '高新路',
  '织锦路',
  '云杉路',
  '和顺街',
]

export const places = { china, abroad, phone }

/** The territories: name → the one above it. Both languages in one name, since data is not translated. */
export const territoryNames = {
  华东: '华东 East China',
  华南: '华南 South China',
  华北: '华北 North China',
  华中: '华中 Central China',
  西南: '西南 Southwest China',
  西北: '西北 Northwest China',
  东北: '东北 Northeast China',
  Europe: '欧洲 Europe',
  'North America': '北美 North America',
  'Asia-Pacific': '亚太 Asia-Pacific',
}

/** A street and postcode in the place, written as people there write it. */
export function address(random, place) {
  const house = random.int(1, 288)
  if (place.country === 'CN') {
    const city = place.province === place.city ? place.city : place.province + place.city
    return {
      region: place.region,
      street: `${city}${random.pick(place.districts)}${random.pick(roads)}${house}号`,
      postcode: `${place.postcode}${String(random.int(0, 99)).padStart(2, '0')}`,
    }
  }
  const street = random.pick(place.streets)
  const after = ['DE', 'NL', 'IT'].includes(place.country)
  return {
    region: place.region,
    street: `${after ? `${street} ${house}` : `${house} ${street}`}, ${place.city}`,
    postcode: place.postcode,
  }
}
