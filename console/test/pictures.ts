/*
 * Takes the console's pictures over made-up data: `node console/test/pictures.ts FOLDER`, after a build.
 * The data is a fixture and says so in the header.
 */
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import type { RuntimeView } from '../../server/src/control/contract.ts'
import { FIXTURE_TOKEN, type FixtureControl, startFixtureControl } from '../../server/test/fixture/control.ts'
import { explainSnapshot, fixtureExplain } from '../../server/test/fixture/explain.ts'
import { fixtureTraffic } from '../../server/test/fixture/traffic.ts'
import { launch } from './browser.ts'

const folder = resolve(process.argv[2] ?? '/tmp/pictures')
const consoleFolder = resolve(import.meta.dirname, '../dist')

const open = async (page: Page, control: FixtureControl): Promise<void> => {
  await page.goto(`${control.url}/?token=${FIXTURE_TOKEN}`)
  await page.getByText('live', { exact: true }).waitFor()
  await page.waitForTimeout(300)
}

const settingUp = (): RuntimeView => ({
  engine: {
    phase: 'weights',
    model: 'Qwen3-1.7B-Instruct-Q8',
    bytes: 812_000_000,
    total: 1_834_000_000,
    rate: 21_400_000,
    message: 'From the Hugging Face hub; the server already answers.',
  },
  trouble: null,
  gatewayUrl: 'http://127.0.0.1:4141',
  example: `curl http://127.0.0.1:4141/v1/chat/completions \\
  -H "Authorization: Bearer $CAUSEWAY_KEY" -H "Content-Type: application/json" \\
  -d '{"model":"auto","messages":[{"role":"user","content":"Hello from the other shore"}]}'`,
})

const TRIES = [
  ['try', 'A customer’s mail'],
  ['try-refused', 'A payment and a password'],
  ['try-nothing', 'Nothing in it'],
] as const

const full = await startFixtureControl({
  consoleFolder,
  snapshot: () => explainSnapshot,
  explain: fixtureExplain,
})
for (const record of fixtureTraffic(1284, Date.now())) full.ledger.add(record)
const empty = await startFixtureControl({ consoleFolder, status: settingUp })
const browser = await launch()
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [size, viewport] of [
      ['1440', { width: 1440, height: 1190 }],
      ['390', { width: 390, height: 1500 }],
    ] as const) {
      const page = await browser.newPage({ colorScheme, viewport })
      const take = (name: string) =>
        page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) })
      await open(page, full)
      await take('console')
      const crossed = full.ledger.row((record) => record.session !== null && record.side === 'own')
      await page.goto(`${full.url}/?request=${crossed?.record.id}`)
      await page.getByText('On the record').waitFor()
      await page.waitForTimeout(300)
      await take('drawer')
      await page.getByText('Conversation support').scrollIntoViewIfNeeded()
      await take('drawer-end')
      const crossing = full.ledger.row((record) => record.crossing != null && record.side === 'closed')
      await page.goto(`${full.url}/?request=${crossing?.record.id}`)
      await page.getByRole('heading', { name: 'With values taken out' }).scrollIntoViewIfNeeded()
      await page.waitForTimeout(300)
      await take('drawer-crossing')
      await page.goto(`${full.url}/try`)
      await page.getByText('live', { exact: true }).waitFor()
      await take('try-empty')
      for (const [name, example] of TRIES) {
        await page.goto(`${full.url}/try`)
        await page.getByRole('button', { name: example }).click()
        await page.getByText('Where it may go').waitFor()
        await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`), fullPage: true })
      }
      await open(page, empty)
      await take('empty')
      await page.close()
    }
  }
} finally {
  await browser.close()
  await full.close()
  await empty.close()
}
