import { standsAlone } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import { isVin, isVinForm } from '../numbers/index.ts'

const LENGTH = 17
/** Makers of North America, where the check digit is the law: first signs 1 to 5, serial in digits. */
const AMERICAN = /^[1-5][A-Z0-9]{10,12}\d{4,6}$/

/** Vehicle identification numbers (ISO 3779): with the check digit by themselves, else behind a word. */
export const vehicle: Detector = {
  name: 'vehicle',
  detect: (reading) => {
    const { text, tokens } = reading
    const hits: Hit[] = []
    for (let i = 0; i < tokens.length; i += 2) {
      const start = tokens[i] ?? 0
      const end = tokens[i + 1] ?? 0
      if (end - start !== LENGTH) continue
      const value = text.slice(start, end)
      if (!isVinForm(value) || !standsAlone(text, start, end)) continue
      const announced = reading.near('vin', start, end, 40, 12)
      const checked = isVin(value)
      if (!announced && !(checked && AMERICAN.test(value))) continue
      const reason = `a vehicle identification number by ${checked ? 'its form and check digit' : 'the word beside it'}`
      hits.push({
        kind: 'identity',
        type: 'VEHICLE_ID',
        sub: 'VIN',
        start,
        end,
        confidence: announced ? 0.9 : 0.7,
        reason,
      })
    }
    return hits
  },
}
