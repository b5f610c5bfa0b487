/*
 * Where the family name ends in a name of East Asia that is written without a blank. Family names of two or more
 * characters in Chinese and Korean are few and known; in Japanese two are the rule, and those of one and of three
 * are known by list. Sources: the Hundred Family Surnames; lists of common Japanese and Korean family names.
 */
const list = (text: string): ReadonlySet<string> => new Set(text.split(' '))

const CHINESE = list(
  '欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 令狐 慕容 长孙 長孫 宇文 司徒 夏侯 端木 申屠 澹台 澹臺 公冶 宗政 濮阳 濮陽 淳于 单于 單于 太叔 仲孙 仲孫 轩辕 軒轅 钟离 鍾離 鲜于 鮮于 闾丘 閭丘 亓官 司寇 子车 颛孙 巫马 公西 漆雕 乐正 樂正 公良 拓跋 拓拔 夹谷 宰父 谷梁 榖梁 百里 呼延 东郭 東郭 南门 南門 羊舌 微生 梁丘 左丘 东门 東門 西门 西門 南宫 南宮 第五 万俟 闻人 聞人 赫连 赫連 公羊 独孤 獨孤 完颜 完顏 叶赫 纳兰 納蘭',
)
/** Family names although their first character is one too. */
const KOREAN = list('남궁 제갈 사공 독고 서문 동방')
/** Of these the first character is the likelier family name, unless the given name is told by the length. */
const KOREAN_LONG = list('선우 황보')

const JAPANESE_THREE = list(
  '佐々木 長谷川 五十嵐 久保田 大久保 小野寺 小笠原 佐久間 宇佐美 日比野 曽我部 阿久津 加賀谷 加賀美 大河内 大河原 大和田 大曽根 小早川 小山田 小野田 小野塚 小久保 小宮山 小松原 小松崎 小田切 小田島 小田原 木之下 木ノ下 一ノ瀬 二ノ宮 八重樫 八木沢 八木澤 八木原 千代田 仲宗根 仲村渠 喜屋武 我那覇 具志堅 渡嘉敷 東海林 東恩納 伊集院 伊良部 伊地知 宇都宮 宇田川 加治木 日下部 美濃部 海老原 海老名 海老沢 海老澤 竹之内 竹ノ内 西園寺 徳大寺 綾小路 四方田 長谷部 長谷山 佐久本 佐久川 早乙女 波多野 羽多野 御手洗 御子柴 神宮寺 真栄田 名嘉真 奈良岡 奈良原 野々村 野々山 野々宮 野々口 和久井 与那嶺 与那覇 多和田 多々良 田部井 田名部 田野倉 田之上 高見沢 高見澤 中曽根 長曽根 生田目 波照間 能登谷 日野原 藤ヶ谷 三田村 水之江 山之内 山ノ内 山野井 矢田部 屋比久 利根川 安次嶺 阿比留 五十川 井之上 井ノ上 池之上 大多和 大矢知 木佐貫 久保寺 久保木 小鳥遊 塩ノ谷 塩野谷 千々和 多賀谷 津久井 土佐林 比留間 諸見里 新垣内 西之園 南雲寺 猪ノ口 猪之口 江ノ本 尾之上 河ノ上 神ノ田 木ノ内 木之内 堀之内 堀ノ内 宮之原 森ノ宮 丸ノ内 馬ノ上 八ツ橋 三ツ木 三ツ井 四ツ谷 五ノ井 六角田 七ツ森',
)
const JAPANESE_ONE = list(
  '林 森 原 岡 関 東 南 北 西 辻 星 泉 菅 岸 堀 谷 島 嶋 浜 濱 沢 澤 峰 畑 秦 柳 桂 榊 楠 梶 堤 牧 榎 栗 滝 瀧 轟 乾 巽 張 王 李 陳 朴 崔 湊 源 橘 脇 窪 仲 伴 佃 城 奥 庄 角 門 館 丹 旭 港 溝 椿 塙 塚 畠 梁 葛 筒 簗 趙 鄭 迫 錦 鏡 縣 黄 蛭 畔 鎌',
)
/** Of two characters although the first is a family name and the second often begins a given one. */
const JAPANESE_TWO = list(
  '西郷 仲里 南里 西里 島津 城間 奥間 森重 西重 森安 岡安 森友 西園 南園 森實 森実 星加 泉水 谷繁 丹羽 丹治 丹下 源五 東海 南雲 東雲 畑中 橘高 菅家 林家 関家 堀家 角谷 門真 館林 鎌倉 鎌形 黄瀬 葛西 葛城 葛原 椿原 栗栖 王子 王丸 李家 張本 城所 城戸 奥貫 奥平 奥薗 森薗 中薗 西薗 前薗 北郷 東郷 南郷 本郷 桂木 沢村 沢登 浜名 浜辺 星名 泉名 西名 仲摩 仲真 仲本 脇坂 脇阪 脇屋 伴野 伴場 佃井 溝呂 迫丸 錦織 錦戸 鏡味 旭堂',
)
/** What the second character of a family name often is, and the first of a given name seldom. */
const JAPANESE_SECOND =
  /[田本川山野村井木藤崎﨑島嶋原口内沢澤谷上下中岡橋林森尾瀬部石松浦坂阪津塚池屋場宮水倉越沼条條方脇見江戸根葉間辺邊邉岸杉郷雲賀岩袋栖寺垣城馬羽形地居宅守代淵渕波泊合庭堂台泉滝濱浜園関畑窪宗納司渡名荷喰邸鳥藪柳竹生坪住高道門元出尻永戶]/

const japaneseLength = (name: string): number => {
  const [first = '', second = ''] = name
  if (JAPANESE_THREE.has(name.slice(0, 3))) return 3
  if (name.length <= 1) return name.length
  return JAPANESE_ONE.has(first) && !JAPANESE_SECOND.test(second) && !JAPANESE_TWO.has(first + second) ? 1 : 2
}

/** How many characters of a name without blanks are the family's. */
export const familyLength = (name: string, japanese: boolean): number => {
  if (japanese) return japaneseLength(name)
  const two = name.slice(0, 2)
  if (CHINESE.has(two)) return 2
  if (KOREAN.has(two) && name.length > 2) return 2
  return KOREAN_LONG.has(two) && name.length > 3 ? 2 : 1
}
