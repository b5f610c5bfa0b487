import { byLuhn, isAny, isEgyptian, isSaudi, isSnils } from './checks.ts'
import { library } from './library.ts'
import { health, type Numbering, national, nationalForm, passportForm, tax } from './numbering.ts'

const unp = library('by/unp')
const hp = library('il/hp')
const israeliId = library('il/idnr')
const idno = library('md/idno')
const inn = library('ru/inn')
const kimlik = library('tr/tckimlik')
const vkn = library('tr/vkn')
const edrpou = library('ua/edrpou')
const rntrc = library('ua/rntrc')

/** Eastern Europe, Türkiye, the Near East. */
export const EAST: readonly Numbering[] = [
  national(
    'TR_KIMLIK',
    'Turkish identity number',
    'tc kimlik|t.c. kimlik|kimlik no|kimlik numarası|tckn|tc kimlik no|tc no|t.c. no|kimlik numaram|kimlik numarasi|t.c. kimlik no|tc kimlik numarası|tc:|tc kimlik numaram',
    { any: ['00000000000', '000 000 000 00', '000 00 000 000'] },
    kimlik,
  ),
  tax(
    'TR_VKN',
    'Turkish tax number',
    'vkn|vergi no|vergi kimlik|vergi numarası|vergi kimlik no|vergi kimlik numarası|vergi dairesi|vergi numaram',
    { any: ['0000000000', '000 000 0000'] },
    vkn,
  ),
  tax(
    'RU_INN',
    'Russian tax number',
    'инн|идентификационный номер налогоплательщика|номер инн|inn|инн:',
    { any: ['000000000000', '0000000000'] },
    inn,
  ),
  health(
    'RU_SNILS',
    'Russian pension number',
    'снилс|страховой номер|снилс:|snils|пенсионное страхование',
    { any: ['000-000-000 00', '000-000-000-00', '000 000 000 00'], own: ['00000000000'] },
    isSnils,
  ),
  passportForm(
    'RU_PASSPORT',
    'Russian passport',
    'паспорт|паспорта|паспортные данные|серия|номер паспорта|паспорт серия|паспортом|паспорт рф|серия и номер паспорта|серия паспорта',
    { own: ['00 00 000000', '0000 000000', '0000000000', '0000 A 000000'] },
    isAny,
  ),
  tax(
    'UA_RNTRC',
    'Ukrainian tax number',
    'рнокпп|іпн|ипн|ідентифікаційний код|ідентифікаційний номер|податковий номер|рнокпп:|інн',
    { any: ['0000000000'] },
    rntrc,
  ),
  nationalForm(
    'UA_UNZR',
    'Ukrainian register number',
    'унзр|номер запису в реєстрі|запис №|унікальний номер запису',
    { any: ['00000000-00000'] },
    (printed) => /^(?:19|20)/.test(printed),
  ),
  tax(
    'UA_EDRPOU',
    'Ukrainian company number',
    'єдрпоу|код єдрпоу|едрпоу|edrpou',
    { own: ['00000000'] },
    edrpou,
  ),
  passportForm(
    'UA_PASSPORT',
    'Ukrainian identity card',
    'паспорт|id-картка|паспорта|id-картки|номер паспорта|документ №|паспортні дані',
    { own: ['000000000'] },
    isAny,
  ),
  tax('BY_UNP', 'Belarusian tax number', 'унп|unp|учётный номер плательщика', { own: ['000000000'] }, unp),
  national('MD_IDNP', 'Moldovan personal number', 'idnp|idno|cod personal', { any: ['0000000000000'] }, idno),
  national(
    'IL_ID',
    'Israeli identity number',
    'תעודת זהות|מספר זהות|ת.ז.|ת"ז|ת״ז|תעודת הזהות|תז|teudat zehut|ת.ז|israeli id',
    { any: ['000000000', '00000000-0', '0-0000000-0'] },
    israeliId,
  ),
  tax(
    'IL_HP',
    'Israeli company number',
    'ח.פ.|ח"פ|ח״פ|עוסק מורשה|חפ',
    { own: ['000000000', '00-000000-0'] },
    hp,
  ),
  national(
    'SA_ID',
    'Saudi identity number',
    'رقم الهوية|الهوية الوطنية|هوية مقيم|iqama|رقم الإقامة|السجل المدني|saudi id|الإقامة',
    { any: ['0000000000'] },
    isSaudi,
  ),
  national(
    'AE_ID',
    'Emirates identity number',
    'emirates id|الهوية الإماراتية|رقم الهوية|بطاقة الهوية|eid',
    { alone: ['000-0000-0000000-0'], any: ['000000000000000'] },
    (printed) => printed.startsWith('784') && byLuhn(printed),
  ),
  national(
    'EG_ID',
    'Egyptian national number',
    'الرقم القومي|رقم البطاقة|الرقم القومى|بطاقة الرقم القومي|رقم قومي|بطاقة شخصية',
    { any: ['00000000000000', '0 000000 00 00000'] },
    isEgyptian,
  ),
  nationalForm(
    'MA_CIN',
    'Moroccan identity number',
    'cin|cnie|رقم البطاقة الوطنية|البطاقة الوطنية|carte nationale',
    { own: ['A000000', 'AA000000', 'A00000', 'AA00000'] },
    isAny,
  ),
]
