import { isAny, isCccd, isMyNumber, isNik, isNric, isRrn } from './checks.ts'
import { library } from './library.ts'
import {
  bankForm,
  healthForm,
  licenseForm,
  type Numbering,
  national,
  nationalForm,
  parted,
  spaced,
  tax,
  taxForm,
} from './numbering.ts'

const ric = library('cn/ric')
const uscc = library('cn/uscc')
const hkid = library('hk/hkid')
const npwp = library('id/npwp')
const aadhaar = library('in/aadhaar')
const epic = library('in/epic')
const gstin = library('in/gstin')
const pan = library('in/pan')
const corporateNumber = library('jp/cn')
const brn = library('kr/brn')
const nic = library('lk/nic')
const mykad = library('my/nric')
const cnic = library('pk/cnic')
const uen = library('sg/uen')
const thaiId = library('th/idnr')
const natid = library('tw/natid')
const ubn = library('tw/ubn')
const mst = library('vn/mst')

/** South, East and South-East Asia. */
export const ASIA: readonly Numbering[] = [
  national(
    'IN_AADHAAR',
    'Indian Aadhaar number',
    'aadhaar|aadhar|uidai|aadhaar number|aadhaar no|aadhar number|aadhar card|आधार|आधार संख्या|आधार नंबर|आधार कार्ड|uid',
    { any: spaced('0000 0000 0000', ' -.') },
    aadhaar,
  ),
  taxForm(
    'IN_PAN',
    'Indian PAN',
    'pan|pan card|pan number|pan no|permanent account number|पैन|पैन कार्ड|पैन नंबर|pan no.',
    { any: ['AAAAA0000A', 'AAAAA 0000 A', 'AAAAA-0000-A'] },
    (printed) => pan.validate(printed.replaceAll(/\W/g, '')).isValid,
  ),
  nationalForm(
    'IN_VOTER',
    'Indian voter number',
    'voter id|epic|voter card|epic number|voter id number|मतदाता|मतदाता पहचान',
    { any: ['AAA0000000', 'AAA/0000000'], own: ['AA/00/000/000000'] },
    (printed) => epic.validate(printed).isValid || printed.includes('/'),
  ),
  tax(
    'IN_GSTIN',
    'Indian GST number',
    'gst|gstin|gst number|gst no|जीएसटी',
    { alone: ['00AAAAA0000A0A0', '00AAAAA0000A0AA'] },
    gstin,
  ),
  licenseForm(
    'IN_LICENCE',
    'Indian driving licence',
    'driving licence|driving license|dl|dl no|dl number|licence no|ड्राइविंग लाइसेंस',
    {
      any: [
        'AA00 00000000000',
        'AA0000000000000',
        'AA-0000000000000',
        'AA-00-00000000000',
        'AA00-00000000000',
        'AA-00/0000/0000000',
        'AA00 0000 0000000',
        'AA-00 00000000000',
      ],
    },
    isAny,
  ),
  bankForm(
    'IN_IFSC',
    'Indian branch code',
    'ifsc|ifsc code|rtgs|neft',
    { own: ['AAAA0000000', 'AAAA00AAA00', 'AAAA0AAAAAA', 'AAAA0A00000', 'AAAA000000A', 'AAAA0AA0000'] },
    (printed) => printed.charAt(4) === '0',
  ),
  national(
    'PK_CNIC',
    'Pakistani identity number',
    'cnic|cnic no|nic|شناختی کارڈ|cnic number|nadra',
    { alone: ['00000-0000000-0'], any: ['0000000000000'] },
    cnic,
  ),
  national(
    'LK_NIC',
    'Sri Lankan identity number',
    'nic|nic no|nic number|national identity card|ජාතික හැඳුනුම්පත',
    { any: ['000000000A'], own: ['000000000000'] },
    nic,
  ),
  nationalForm(
    'BD_NID',
    'Bangladeshi identity number',
    'nid|nid no|nid number|জাতীয় পরিচয়পত্র',
    { own: ['0000000000', '0000000000000', '00000000000000000', '000 000 0000'] },
    isAny,
  ),
  nationalForm(
    'NP_CITIZENSHIP',
    'Nepali citizenship number',
    'citizenship|नागरिकता',
    { own: ['00-00-00-00000', '00-00-0000000'] },
    isAny,
  ),
  national(
    'CN_RIC',
    'Chinese resident identity number',
    '身份证|身份证号|身份证号码|公民身份|公民身份号码|居民身份证|证件号码|证件号|身分證|resident id',
    {
      alone: [
        '000000000000000000',
        '00000000000000000A',
        '000000 00000000 0000',
        '000000 00000000 000A',
        '000000-00000000-0000',
        '000000-00000000-000A',
      ],
    },
    ric,
  ),
  tax(
    'CN_USCC',
    'Chinese company number',
    'unified social credit|unified social credit code|social credit code|uscc|统一社会信用代码|社会信用代码|信用代码|纳税人识别号|税号',
    {
      any: [
        '00000000AA00000000',
        '00000000AAAAAAAAAA',
        '0'.repeat(18),
        '00000000AA0000000A',
        '00000000AA000A000A',
        '00000000AA00A00A00',
        '00000000AA0AAA0A0A',
      ],
    },
    uscc,
  ),
  national(
    'HK_ID',
    'Hong Kong identity number',
    'hkid|身份證|身份證號碼|香港身份證|hong kong id|hkid no|hong kong identity card|hkid number|身份證號',
    {
      alone: ['A000000(0)', 'A000000(A)', 'AA000000(0)', 'AA000000(A)', 'A000000 (0)', 'A000000 (A)'],
      own: ['A0000000', 'A000000A', 'AA0000000'],
    },
    hkid,
  ),
  national(
    'TW_ID',
    'Taiwanese identity number',
    '身分證|身分證字號|身份證字號|國民身分證|統一證號|居留證號|身分證號|身分證統一編號',
    { any: ['A000000000', 'AA00000000'] },
    natid,
  ),
  tax('TW_UBN', 'Taiwanese company number', '統一編號|統編|營業人統一編號', { own: ['00000000'] }, ubn),
  healthForm(
    'TW_NHI',
    'Taiwanese health card',
    '健保卡|健保卡號|全民健康保險',
    { own: ['000000000000', '0000 0000 0000'] },
    isAny,
  ),
  national(
    'JP_MY_NUMBER',
    'Japanese individual number',
    'マイナンバー|個人番号|マイナンバーカード|my number card|individual number|個人番号カード',
    { any: [...spaced('0000 0000 0000', ' -')] },
    isMyNumber,
  ),
  tax(
    'JP_CORPORATE',
    'Japanese corporate number',
    '法人番号|適格請求書|登録番号|インボイス番号',
    { any: ['0000000000000', 'A0000000000000'], own: ['0-0000-0000-0000'] },
    (printed) => corporateNumber.validate(printed.replace(/^T/, '')).isValid,
  ),
  healthForm(
    'JP_INSURANCE',
    'Japanese insurance number',
    '保険者番号|被保険者番号|健康保険証|保険証番号|被保険者証|保険証|被保険者記号',
    { own: ['00000000', '000000', '0000000', '00000000-000'] },
    isAny,
  ),
  licenseForm(
    'JP_LICENCE',
    'Japanese driving licence',
    '運転免許証|免許証番号|運転免許|運転免許証番号|免許証',
    { own: ['000000000000', '0000 0000 0000', '00-00-000000-00'] },
    isAny,
  ),
  nationalForm(
    'JP_RESIDENCE',
    'Japanese residence card',
    '在留カード|在留カード番号',
    { any: ['AA00000000AA'] },
    isAny,
  ),
  nationalForm(
    'JP_PENSION',
    'Japanese pension number',
    '基礎年金番号|年金番号|年金手帳',
    { own: ['0000-000000', '0000000000'] },
    isAny,
  ),
  nationalForm(
    'KR_RRN',
    'Korean resident number',
    '주민등록번호|주민번호|외국인등록번호|주민등록|resident registration number',
    { alone: ['000000-0000000'], any: ['0000000000000', '000000 0000000', '000000 - 0000000'] },
    isRrn,
  ),
  tax(
    'KR_BRN',
    'Korean company number',
    '사업자등록번호|사업자번호|사업자',
    { any: ['000-00-00000'], own: ['0000000000'] },
    brn,
  ),
  licenseForm(
    'KR_LICENCE',
    'Korean driving licence',
    '운전면허|운전면허번호|면허번호|운전면허증',
    { alone: ['00-00-000000-00'], own: ['000000000000', '00 00 000000 00'] },
    isAny,
  ),
  national(
    'TH_ID',
    'Thai identity number',
    'เลขประจำตัวประชาชน|เลขบัตรประชาชน|บัตรประชาชน|เลขบัตร|เลขบัตรประจำตัวประชาชน|เลขประจำตัว|เลขประจำตัวผู้เสียภาษี|บัตรประจำตัวประชาชน|เลขที่บัตร|เลข 13 หลัก|บัตร ปชช|thai id|citizen id',
    { alone: ['0-0000-00000-00-0', '0 0000 00000 00 0'], any: ['0000000000000'] },
    thaiId,
  ),
  nationalForm(
    'VN_CCCD',
    'Vietnamese identity number',
    'cccd|căn cước công dân|căn cước|cmnd|chứng minh nhân dân|số cccd|số căn cước|chứng minh thư',
    { any: ['000000000000', '000 000 000 000'], own: ['000000000'] },
    (printed) => printed.length === 9 || isCccd(printed),
  ),
  tax('VN_MST', 'Vietnamese tax number', 'mã số thuế|mst', { any: ['0000000000', '0000000000-000'] }, mst),
  nationalForm(
    'ID_NIK',
    'Indonesian identity number',
    'nik|nomor induk kependudukan|ktp|e-ktp|no. ktp|nomor ktp|no ktp|kartu tanda penduduk',
    {
      any: [
        '0000000000000000',
        ...parted('0000 0000 0000 0000', ' '),
        '000000 000000 0000',
        '000000-000000-0000',
      ],
    },
    isNik,
  ),
  tax(
    'ID_NPWP',
    'Indonesian tax number',
    'npwp|nomor pokok wajib pajak',
    { alone: ['00.000.000.0-000.000'], any: ['000000000000000'] },
    npwp,
  ),
  healthForm(
    'ID_BPJS',
    'Indonesian health number',
    'bpjs|bpjs kesehatan|nomor bpjs|no bpjs|no. bpjs|kartu bpjs',
    { own: ['0000000000000', '00000000000'] },
    isAny,
  ),
  national(
    'MY_NRIC',
    'Malaysian identity number',
    'nric|mykad|ic no|ic number|kad pengenalan|no. kad pengenalan|no. kp|no kp|no. ic|ic no.|mykad no|no kad pengenalan',
    { alone: ['000000-00-0000'], any: ['000000000000', '000000 00 0000'] },
    mykad,
  ),
  national(
    'SG_NRIC',
    'Singaporean identity number',
    'nric|fin|nric no|nric number|fin no|nric/fin|fin number|singpass|nric no.',
    { any: ['A0000000A'] },
    isNric,
  ),
  tax(
    'SG_UEN',
    'Singaporean company number',
    'uen|uen no|uen number|unique entity number|gst reg',
    { any: ['A00AA0000A'], own: ['000000000A', '00000000A'] },
    uen,
  ),
  nationalForm(
    'PH_PHILSYS',
    'Philippine identity number',
    'philsys|philid|psn|pcn|national id|philsys card number',
    { any: ['0000-0000-0000-0000', '0000-0000-0000'], own: ['0000000000000000', '000000000000'] },
    isAny,
  ),
  nationalForm(
    'PH_SSS',
    'Philippine social security number',
    'sss|sss number|sss no|umid|crn|gsis|sss no.',
    { own: ['00-0000000-0', '0000000000', '0000-0000000-0', '00000000000'] },
    isAny,
  ),
  healthForm(
    'PH_PHILHEALTH',
    'Philippine health number',
    'philhealth|philhealth number|philhealth no|pin no',
    { own: ['00-000000000-0', '000000000000'] },
    isAny,
  ),
  taxForm(
    'PH_TIN',
    'Philippine tax number',
    'tin|tin no|tin number|tin:|bir',
    { any: ['000-000-000-000', '000-000-000-00000'], own: ['000-000-000', '000000000', '000000000000'] },
    isAny,
  ),
]
