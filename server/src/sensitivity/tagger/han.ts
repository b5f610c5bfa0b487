import type { Span } from './decode.ts'
import { HAN, SORTS } from './letters.ts'

/* Names in Han characters: a family name of a short list, then one or two characters, where something says so. */

const FAMILIES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾简毕文米游丛储巩仇匡宁寇桂楼滕楚沙牟仲车隋鞠佟佘单卜谷邸卞柏晏肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤殷翁俞柯尤施葛倪聂齐洪焦耿祝岳祁庞柴舒鲁温阮管冉戚章詹娄辛梅项苗纪齐包乔颜盛卓蓝冷甘康伍路靳凌霍鲍牛申闵岑裴' +
  '張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧葉蘇魏呂盧鐘譚陸賈韋鄒範閻龍陶賀顧龔萬錢嚴湯葛聶齊莊簡賴塗'
const PAIRS = '欧阳|司马|上官|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|东方|司徒|歐陽|諸葛'.split('|')
/** Words that begin like a name. */
const WORDS = new Set(
  '文化|文件|文字|文章|文学|文本|文明|游戏|游客|游泳|车辆|车站|车间|单独|单个|单词|谷歌|宁静|宁可|仲裁|沙漠|沙发|米饭|楼上|楼下|简体|简洁|简化|简易|简要|毕业|毕竟|高中|高级|高度|高兴|高速|高考|高等|高端|高效|高质|高新|马上|马路|马克|马来|王国|王子|王后|王朝|黄金|黄色|黄河|金融|金额|金属|金牌|方法|方式|方面|方便|方案|方向|白天|白色|白酒|江南|江苏|江西|江山|石头|石油|石家|田野|田园|龙头|史上|史料|武器|武汉|武术|万元|万一|万分|万象|万里|万物|万能|任何|任务|任意|何时|何种|何处|何况|余额|余下|于是|于此|严格|严重|严肃|程序|程度|程式|成本|温度|温柔|温暖|康复|路线|路上|路由|管理|管道|管制|包括|包含|包装|包裹|向上|向量|向前|项目|项链|章节|章程|康熙|洪水|施工|施行|毛病|毛巾|钟头|钟表|夏天|夏季|夏日|秦朝|唐朝|宋朝|汉朝|明朝|周末|周围|周期|周年|周一|周二|周三|周四|周五|周六|周日|许多|许可|许诺|曾经|曾在|范围|范例|叶子|林业|林地|孔子|孟子|孙子|苏州|苏联|苏打|郑州|徐州|杭州|贺卡|顾客|顾问|陶瓷|钱包|钱币|雷达|雷雨|沈阳|汤圆|邮件|邮箱|杜绝|董事|牛奶|牛肉|申请|申报|祝福|祝你|祝贺|齐全|乔木|颜色|盛大|卓越|蓝色|冷静|冷水|甘肃|伍|梅花|梁山|安全|安排|平台|平均|时间|丁香|尤其|辛苦|纪念|纪录|纪律|单位|解释|解决|强调|简单|简介|简历|簡單|依赖|全部|全国|高血压|高尿酸|黄疸|石膏'.split(
    '|',
  ),
)
const BEFORE =
  '患者|客户|客戶|姓名|名字|我叫|我是|名叫|叫做|联系人|聯絡人|员工|員工|同事|经理|医生|老师|学生|租户|租客|申请人|收款人|付款人|收件人|寄件人|持卡人|户名|开户人|被保险人|投保人|原告|被告|证人|甲方|乙方|负责人|病人|儿子|女儿|丈夫|妻子|母亲|父亲|朋友|邻居|老板|司机|护士|候选人|应聘者|亲爱的|尊敬的|您好|你好|给|致|由|请|和|与|跟|找|问|告诉|通知|联系|发给|写信给|转账给'.split(
    '|',
  )
const AFTER =
  '先生|女士|小姐|老师|医生|教授|经理|同学|博士|律师|护士|主任|总监|太太|阿姨|叔叔|师傅|工程师|さん|様|さま|氏|くん|ちゃん|先輩'.split(
    '|',
  )
const LINKS = '：:是叫为為，, \n\t（("“'
const ENDS = '的是在说與和与及、跟已将因被住于於有给向从对想要把还也会能来去'

const AT = new Uint8Array(0x10000)
for (const letter of FAMILIES) AT[letter.charCodeAt(0)] = 1
for (const pair of PAIRS) AT[pair.charCodeAt(0)] = 1

/** Lists of words by a character of theirs, so that most places need one look. */
const byUnit = (
  words: readonly string[],
  unitOf: (word: string) => number,
): ReadonlyMap<number, readonly string[]> => {
  const lists = new Map<number, string[]>()
  for (const word of words) {
    const list = lists.get(unitOf(word))
    if (list === undefined) lists.set(unitOf(word), [word])
    else list.push(word)
  }
  return lists
}

const AFTER_BY_FIRST = byUnit(AFTER, (word) => word.charCodeAt(0))
const BEFORE_BY_LAST = byUnit(BEFORE, (word) => word.charCodeAt(word.length - 1))
const FIRSTS_OF_PAIRS = byUnit(PAIRS, (word) => word.charCodeAt(0))

const isTitle = (text: string, at: number): boolean =>
  AFTER_BY_FIRST.get(text.charCodeAt(at))?.some((word) => text.startsWith(word, at)) === true

const isHiragana = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at)
  return unit > 0x3040 && unit < 0x30a0
}

const isHan = (text: string, at: number): boolean => SORTS[text.charCodeAt(at)] === HAN

const isEnd = (text: string, at: number): boolean =>
  !isHan(text, at) || ENDS.includes(text.charAt(at)) || isTitle(text, at)

/** Whether a word that introduces somebody ends at `at`, or up to two linking characters ahead of it. */
const cueBefore = (text: string, at: number): boolean => {
  for (let end = at; end >= at - 2 && end > 0; end -= 1) {
    const words = BEFORE_BY_LAST.get(text.charCodeAt(end - 1))
    if (words?.some((word) => text.endsWith(word, end)) === true) return true
    if (!LINKS.includes(text.charAt(end - 1))) return false
  }
  return false
}

/** How long the name at `at` is, from how likely it ends there: two to four characters, or 0. */
const lengthAt = (text: string, at: number): number => {
  const pairs = FIRSTS_OF_PAIRS.get(text.charCodeAt(at))
  const family = pairs?.some((pair) => text.startsWith(pair, at)) === true ? 2 : 1
  for (const given of [2, 1]) {
    let whole = true
    for (let i = at; i < at + family + given; i += 1) whole &&= isHan(text, i)
    if (whole && isEnd(text, at + family + given)) return family + given
  }
  return 0
}

const nameAt = (text: string, at: number): Span | null => {
  const length = lengthAt(text, at)
  if (length === 0) return null
  if (WORDS.has(text.slice(at, at + 2)) || WORDS.has(text.slice(at, at + 3))) return null
  const end = at + length
  const cue = cueBefore(text, at)
  const title = isTitle(text, end)
  // Between syllables of Japanese stands a word more often than a name.
  const japanese = !title && (isHiragana(text, end) || isHiragana(text, at - 1))
  const alone = !japanese && !isHan(text, at - 1) && !isHan(text, end)
  if (!(cue || title || (alone && length === 3))) return null
  const margin = (cue ? 3 : 0) + (title ? 4 : 0) + (alone ? 1.5 : 0)
  return { type: 'PERSON', start: at, end, first: -1, last: -1, known: true, margin }
}

/** Persons written in Han characters, in order. */
export const hanNames = (text: string): readonly Span[] => {
  const out: Span[] = []
  for (let i = 0; i < text.length; i += 1) {
    if (AT[text.charCodeAt(i)] !== 1) continue
    const span = nameAt(text, i)
    if (span === null) continue
    out.push(span)
    i = span.end - 1
  }
  return out
}
