import { isImei } from './checks.ts'
import { device, type Numbering } from './numbering.ts'

/** Numbers that are the same everywhere. A vehicle's has too many printed forms for a trie; see detectors/vehicle.ts. */
export const WORLDWIDE: readonly Numbering[] = [
  device(
    'IMEI',
    'telephone device number (IMEI)',
    'imei|imei number|imei no|imei-nummer|numéro imei|numero imei|número imei|imei番号|imei号',
    { own: ['000000000000000', '00-000000-000000-0', '000000-00-000000-0', '00 000000 000000 0'] },
    isImei,
  ),
]
