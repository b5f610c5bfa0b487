import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const CHROMIUM = process.env['CAUSEWAY_CHROMIUM'] ?? '/usr/bin/chromium'

export const chromiumIsHere = existsSync(CHROMIUM)

/** The system's browser, told to stay off the network. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
