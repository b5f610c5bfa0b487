/*
 * Names that nobody we know of has, in the sound of a language: a beginning and an ending make a word. Some
 * letters before the ending make more of them where a conversation needs many. They are rare on purpose: a
 * stand-in that an answer uses for another reason would be taken for one of ours.
 */

/** What a word is made of. */
export interface Maker {
  readonly beginnings: readonly string[]
  readonly endings: readonly string[]
  /** Put between the two once the plain pairs are used up. */
  readonly joints: readonly string[]
}

export interface Culture {
  readonly f: Maker
  readonly m: Maker
  /** Where the gender is not known. */
  readonly n: Maker
  readonly family: Maker
  readonly place: Maker
}

const words = (text: string): readonly string[] => text.split(' ')

const maker = (beginnings: string, endings: string, joints: string): Maker => ({
  beginnings: words(beginnings),
  endings: words(endings),
  joints: words(joints),
})

const NORTH_PLACE = maker(
  'Alder Brun Calm Dorn Esk Fahl Gram Hask Ilm Jork Kest Lunk Morn Nesk Ock Plon Quell Rusk Sorv Tarn Ulm Vesk Wold Yarn',
  'holt mere ving stedt worth beck loh gard brink fells',
  'er en el in an',
)
const SOUTH_PLACE = maker(
  'Alv Bels Corv Drav Elm Fros Garv Istr Lovr Malv Norv Orv Palv Quer Rosv Salv Tolv Urv Valm Zorv',
  'agno eras ieto one ales ossa urre anza ilhe ente',
  'al er in or av',
)
const EAST_PLACE = maker(
  'Brod Chrast Dobr Gost Jaw Krasn Lubn Mokr Nowosk Ostrow Prze Radz Sosn Trzeb Wroc Zbor Zimn Brzez Kamn Lip',
  'ewo owina ostaw iska ynka owiec aniec',
  'al er in ow ik',
)

const ENGLISH: Culture = {
  f: maker(
    'Bel Cor Del Elv Fen Gwen Hes Isol Jor Kel Lav Mer Nev Or Per Quin Ros Syl Thal Ul Ver Wil Yol Zel Aud Tam',
    'inette oria aline ithea andra wenna odine elith ivra essane',
    'el am ir on av',
  ),
  m: maker(
    'Ald Bram Cas Dar Ed Fen Gar Hal Is Jas Kes Lor Mor Nor Os Per Quent Rod Sel Thad Ul Ver Wen Yor Zan Tob',
    'ricson wen merick orin ander ivan ethan osric elmar udric',
    'el am ir on av',
  ),
  n: maker(
    'Arl Bry Cael Dev Ember Fal Har Jas Kerr Lind Mar Nol Perr Quil Rob Sorr Tern Val Wynd Yar',
    'ley ren wyn lin rowe den',
    'el am ir on av',
  ),
  family: maker(
    'Alder Brac Calder Dunver Eller Farn Gar Hask Ingle Kest Lorrim Marl Nether Ock Pemb Quar Ravens Sel Thorn Ullen Wal Yarrow Zeal Tilver Morr Hest Carn Bram Wistan Ferrin',
    'wicke bourne erby stow combe thorpe leigh mere shaw garth holm ingham',
    'er en el in ar',
  ),
  place: NORTH_PLACE,
}

const GERMAN: Culture = {
  f: maker(
    'Adel Bert Ditl Edel Frie Gis Hed Irm Jol Kun Leon Mecht Nort Ott Rad Sieg Til Ul Walp Wil Alb Gun Hil Ros Sol Tru',
    'runde hilde gart traut lindis wiga mute sinde berta leide',
    'e er in ol an',
  ),
  m: maker(
    'Adal Bert Diet Edel Frie Gis Had Irm Jol Kun Leut Mein Nort Ott Rad Sieg Thil Ul Wal Wini Alb Gun Hil Rut Sol Tan',
    'bold fried gar hart mund rad wart win olf helm',
    'e er in ol an',
  ),
  n: maker(
    'Aal Bent Deit Eik Folk Gerr Hauk Inke Jann Kerr Lenn Momm Nann Onn Reemt Sibb Tjard Uwk Wiard Zet',
    'ke jo ja ne sen',
    'e er in ol an',
  ),
  family: maker(
    'Ahren Bech Dorn Eber Falk Grev Hage Immen Jahren Kestr Lohm Marg Nied Oster Pahl Quast Rens Sielm Tann Uhl Vors Wern Zell Brink Holler Kapp Steg Wend Lind Harms',
    'icke ering loh stedt mann brook horst kamp egg ohr eling husen',
    'er en el in ar',
  ),
  place: NORTH_PLACE,
}

const FRENCH: Culture = {
  f: maker(
    'Adél Béran Clair Dorian Élod Flor Gervais Honor Isal Jacin Lauran Mahault Noél Ondin Philib Romar Sidon Théod Vival Yolan',
    'aude elle ine ette ise ange onne',
    'al er in or av',
  ),
  m: maker(
    'Adal Béran Célest Dorian Élod Flor Gervas Honor Isam Jacin Lauran Mathur Noél Ondin Philib Romar Sidon Théod Vival Yvain',
    'aud ien in el ard oin ant',
    'al er in or av',
  ),
  n: maker(
    'Alix Béryl Candé Doman Éden Floré Lorén Maël Noal Orian Sacha Val',
    'an el ien ène',
    'al er in or av',
  ),
  family: maker(
    'Aubr Beauch Cormer Delv Estr Fougr Garn Hurt Jauss Lavern Montg Nerv Orgev Pervench Querc Rouv Savar Tourn Vauc Ybr',
    'illac ière ou ignon ard euil estrel onnay aison audet',
    'al er in or av',
  ),
  place: SOUTH_PLACE,
}

const SPANISH: Culture = {
  f: maker(
    'Alb Bel Cand Dor Elv Flor Gris Herm Ismen Jov Leoc Mar Nerv Otil Perp Ros Sabel Tor Vis Zor',
    'inda elda ira enza olina aida urda',
    'al er in or av',
  ),
  m: maker(
    'Alb Bel Cand Dor Elv Flor Gris Herm Ismen Jov Leoc Mar Nerv Otil Perp Ros Sabel Tor Vis Zor',
    'indo eldo iro enzo olino aido urdo',
    'al er in or av',
  ),
  n: maker('Ariel Cruz Denis Elian Jael Noel Trin Val', 'ien en ar el', 'al er in or av'),
  family: maker(
    'Aldav Barr Castr Domenz Echav Fontan Garr Herr Izqu Jarv Larr Mendiv Navarr Orm Pedr Quint Rebol Salv Torr Urr Valdeb Zam',
    'erena azábal iondo unte eira alde uriaga obal edilla anera',
    'al er in or av',
  ),
  place: SOUTH_PLACE,
}

const ITALIAN: Culture = {
  ...SPANISH,
  family: maker(
    'Albar Bellom Cast Dorand Ermen Fallav Gherard Land Malvest Nard Orsen Palv Quar Rand Salvest Tard Vand Zambr',
    'egna inetti olesi ucchi ardini avalle oncelli igliesi',
    'al er in or av',
  ),
}

const PORTUGUESE: Culture = {
  ...SPANISH,
  family: maker(
    'Alcov Barr Carv Dorn Esteved Falc Gouv Jard Lour Mend Nov Outeir Pened Quint Ramalh Serp Tav Valad',
    'osinho eirinha anedo ulhosa agão intela oural',
    'al er in or av',
  ),
}

const DUTCH: Culture = {
  ...GERMAN,
  family: maker(
    'Aalber Bloem Dijk Eeken Graaf Haver Hoog Kerk Lind Meers Noor Oever Pols Roos Schel Terp Veen Wester Zand Broek',
    'stra kamp huize velder sema inga daal lager',
    'er en el in ar',
  ),
}

const NORDIC: Culture = {
  f: maker(
    'Ald Berg Dag Eld Frid Gunn Hjord Ing Jor Kar Liv Magn Ragn Sig Solv Thor Tuv Ulv Vig Yngv',
    'hild borg veig dine frid lina rika',
    'e er in ol an',
  ),
  m: maker(
    'Ald Berg Dag Eld Frid Gunn Hjal Ing Jor Kol Liv Magn Ragn Sig Solv Thor Tuv Ulv Vig Yngv',
    'mar stein vald leif ulf grim brand',
    'e er in ol an',
  ),
  n: maker('Alv Eik Kim Liv Love Mika Robin Sol Tor Vanj', 'en ar in il', 'e er in ol an'),
  family: maker(
    'Alm Björk Dal Ek Fors Gran Hag Kvarn Lind Mos Nor Ox Rosen Sjö Tall Ulv Vass Åker Öst Gyll',
    'estrand hammar kvist löv sköld fjäll vret ander',
    'er en el in ar',
  ),
  place: NORTH_PLACE,
}

const SLAVIC: Culture = {
  f: maker(
    'Bogd Dobr Gost Jar Ludz Milos Nadz Rad Sob Strz Tom Wiel Wit Zb Zyg Chwal Drog Mśc Przem Święt',
    'omira osława isława ogniewa ochna',
    'im er in or el',
  ),
  m: maker(
    'Bogd Dobr Gost Jar Ludz Milos Nadz Rad Sob Strz Tom Wiel Wit Zb Zyg Chwal Drog Mśc Przem Święt',
    'omir osław imił ogniew ostryj',
    'im er in or el',
  ),
  n: maker('Sasz Wit Dobr Jar Rad', 'ik en il', 'im er in or el'),
  family: maker(
    'Brod Chrast Dobrz Gorz Jaw Krasn Lubrz Mokr Nowosk Ostrz Przew Radzim Sosn Trzeb Wron Zbor Zimn Brzez Kamn Lipn',
    'ewicz owiak oszyk ulec iński alik endra',
    'al er in ow ik',
  ),
  place: EAST_PLACE,
}

const TURKISH: Culture = {
  f: maker(
    'Ay Gül Nur Sel Tül Yaz Çağ Dil Esm İn Lal Mel Naz Öz Pür Rüy Sez Şen Yon Zer',
    'nisan bahar sever pınar deste çiçek',
    'a e i u',
  ),
  m: maker(
    'Al Bar Er Gök Kan Tim Yıl Bat Çağ Dor Ert Gün Kor Mer Ork Sun Tay Uğ Yav Tur',
    'tekin sungur doğdu alpay kutlu berkay',
    'a e i u',
  ),
  n: maker('Deniz Evr Güv Umur Yağ Özg', 'can er su', 'a e i u'),
  family: maker(
    'Akça Boz Çınar Demir Eğri Gök Kara Kızıl Oğuz Sarı Taş Tuna Uslu Yalı Yeşil Elma Kum Kor',
    'soylu dağlı kapan tepeli oymak vardar ırmak',
    'a e i u',
  ),
  place: SOUTH_PLACE,
}

const CYRILLIC: Culture = {
  f: maker(
    'Добр Гост Яр Велим Рад Свят Любом Мстис Борис Горис Златом Ратим',
    'омира ослава исвета имила',
    'ин ер ол ав',
  ),
  m: maker(
    'Добр Гост Яр Велим Рад Свят Любом Мстис Борис Горис Златом Ратим',
    'омир ослав игнев имил',
    'ин ер ол ав',
  ),
  n: maker('Саш Жен Вал Яр Рад', 'ик ил ен', 'ин ер ол ав'),
  family: maker(
    'Брод Верхол Гридн Дубр Ельн Жарк Зимн Калит Лозн Мокр Огар Пестр Ряб Сухор Тальн Уваж Хвощ Черн',
    'ухин алов евцов енков атин',
    'ин ер ол ав',
  ),
  place: maker(
    'Верхол Гридн Дубр Ельн Жарк Зимн Калит Лозн Мокр Огар Пестр Сухор',
    'инск евка овское ёвка',
    'ин ер ол ав',
  ),
}

const GREEK: Culture = {
  f: maker('Αρισ Δαμ Ευθ Θεοπ Κλεο Λυσ Μελ Νικ Πολυ Φαιδ', 'ήνη αρέτη ίστη οξένη ανθία', 'ιν ερ ολ αν'),
  m: maker('Αρισ Δαμ Ευθ Θεοπ Κλεο Λυσ Μελ Νικ Πολυ Φαιδ', 'όδημος άνδρος ίμαχος ένης', 'ιν ερ ολ αν'),
  n: maker('Αρισ Δαμ Ευθ Θεοπ', 'ίων άξις', 'ιν ερ ολ αν'),
  family: maker(
    'Βαρδ Γαλαν Δροσ Καλλ Λαμπρ Μαυρ Ξανθ Παλαι Ροδ Σταφ',
    'ινάκης ουλίδης όπουλος έλλης',
    'ιν ερ ολ αν',
  ),
  place: maker('Βαρδ Γαλαν Δροσ Καλλ Λαμπρ Μαυρ', 'ούπολη οχώρι ονήσι', 'ιν ερ ολ αν'),
}

const ARABIC: Culture = {
  f: maker('رزا سندا لينو هيفا جودا ميسا ريما تالو', 'نيه ريم دانة لين', 'ن ر ل'),
  m: maker('صهيب رائد غيث ليث نزار وضاح جسار براق', 'ان ون ين اوي', 'ن ر ل'),
  n: maker('نور ضياء وسام صباح', 'ان ين', 'ن ر ل'),
  family: maker('الحوط الجزار البرقوق السنجاب القرنفل الزعفر الريحان الصنوبر', 'يني اوي اني وري', 'ن ر ل'),
  place: maker('وادي رأس تل عين', 'الحوط الجزار القرنفل الصنوبر', 'ن ر ل'),
}

const HEBREW: Culture = {
  f: maker('אבי גלי דרו הדר טלי לירו נעו ספי רינ שקד', 'אלה נית לאור תמר', 'נ ר ל'),
  m: maker('אבי גלי דרו הדר טלי לירו נעו ספי רינ שקד', 'אור נתן רון דור', 'נ ר ל'),
  n: maker('גל טל ליר נוע', 'אל און', 'נ ר ל'),
  family: maker('אלמו ברקו גרנו דקלו חרמו כרמו לבנו סלעו', 'ניאל ביץ בסקי זהב', 'נ ר ל'),
  place: maker('גבע מעלה נווה רמת', 'אלון ברקן גרנית דקלים', 'נ ר ל'),
}

const DEVANAGARI: Culture = {
  f: maker('अनु चारु दिव्या इंदु जया कमला लता मधु नंदा प्रभा', 'मिता श्रीया लेखा वती', 'न र ल'),
  m: maker('अनु चारु दिव्य इंद्र जय कमल लव मधु नंद प्रभ', 'मित्र शेखर वर्धन केतु', 'न र ल'),
  n: maker('किरण आशा ज्योति चरण', 'जीत दीप', 'न र ल'),
  family: maker('खर बर्फ दीप गंध हरि कुंभ लोह मेघ नील शिल', 'कारिया वालकर पुरकर खेडकर', 'न र ल'),
  place: maker('हरि मेघ नील शिल कुंभ', 'गंज वाड़ी पुरा', 'न र ल'),
}

const HAN: Culture = {
  f: maker('沐 芷 汐 槿 婵 菀 苓 翎 璎 瑗 絮 苒', '棠 漪 婳 菡 蕴 瑶 蓁 霏', '芊 若'),
  m: maker('珩 暨 彧 晟 屹 翊 隽 骁 昶 琰 筠 弈', '衡 桓 峥 珏 庚 钧 溯 骞', '予 知'),
  n: maker('亦 予 之 言 昀 辰 苇 岑', '澄 珂 岚 樾 祁 蘅', '若 知'),
  family: maker(
    '臧 邰 郜 蔺 宓 逄 晏 阚 亓 佘 笪 逯 鄢 郤 缪 芮 亢 闵 郗 璩 廪 濮 牒 郏 郇 蒯 夔 隗 麴 逵',
    ' ',
    '阳 台 丘',
  ),
  place: maker('澹 蔚 芷 榆 槐 栎 汀 泠 沅 浔 漳 滁', '陵 泽 岭 溪 浦 台 畈', '安 宁'),
}

const JAPANESE: Culture = {
  f: maker('澪 紗 凪 咲 絢 雫 梓 鈴 蛍 椛', '乃 緒 葉 音 帆 羽', '千 美'),
  m: maker('颯 朔 蓮 湊 律 嶺 暁 楓 昴 凌', '之介 一郎 次朗 真 騎 悟', '太 伸'),
  n: maker('葵 楓 蒼 晶 渚', '希 月 季', '千 太'),
  family: maker('霧 楠 榎 椿 柊 葛 苫 蓑 鵜 鷺 楢 蕗 芹 樫', '瀬 沢 浦 崎 坂 津 窪 越', '見 野'),
  place: maker('霧 楠 榎 椿 柊 苫 鷺 楢', '瀬 浦 津 窪', '見 野'),
}

const KOREAN: Culture = {
  f: maker('다 라 루 새 솔 예 온 채 하 해', '봄 람 슬 린 별 윤', '나 리'),
  m: maker('강 건 도 무 범 석 율 찬 태 혁', '겸 률 산 솔 완 탁', '온 재'),
  n: maker('가 누 마 슬 이', '람 솔 온', '나 온'),
  family: maker('견 궉 빙 삼 앙 야 옹 탄 편 흥 뇌 돈 묘 궁 누 비', ' ', '선 남'),
  place: maker('가람 누리 다솔 마루 샛별', '골 벌 재', '온 한'),
}

const THAI: Culture = {
  f: maker('ปัณณ์ กฤต ชญา ณัฐ ธัญ พิชญ์ ลลิน วริศ สิริ อริส', 'รดา วดีย์ ธิดา นภัส ลักษณ์', 'ชา พร'),
  m: maker('ปัณณ์ กฤต ชยา ณัฐ ธัญ พิชญ์ ภคิน วริศ สิร อริย', 'วัฒน์ พงศ์ ธรณ์ เดชา ศักดิ์', 'ชัย ภูมิ'),
  n: maker('กวิน ธาร นที ภูมิ', 'ธร วัน', 'ชา พร'),
  family: maker(
    'เกษม ชลาศ ธารา นิลุบ บุษราค พนาว รัตน เลิศภ วงศา สุริย',
    'ดำรงกูล พิทักษ์ชน วรานนท์ ศิริวัลย์ อนันตชล',
    'ชัย วัฒ',
  ),
  place: maker('บางกร ดอนศร หนองธาร ท่าลลิน', 'วารี ภูผา สักงาม', 'ชัย วัฒ'),
}

/** By script, and for Latin by language. */
export const CULTURES = {
  en: ENGLISH,
  de: GERMAN,
  fr: FRENCH,
  es: SPANISH,
  it: ITALIAN,
  pt: PORTUGUESE,
  nl: DUTCH,
  sv: NORDIC,
  pl: SLAVIC,
  tr: TURKISH,
  ru: CYRILLIC,
  el: GREEK,
  ar: ARABIC,
  he: HEBREW,
  hi: DEVANAGARI,
  zh: HAN,
  ja: JAPANESE,
  ko: KOREAN,
  th: THAI,
} as const satisfies Readonly<Record<string, Culture>>

export type CultureName = keyof typeof CULTURES

/** How many words a maker gives without joints, and with one. */
export const roomOf = (made: Maker): { readonly plain: number; readonly joined: number } => {
  const plain = made.beginnings.length * made.endings.length
  return { plain, joined: plain * made.joints.length }
}
