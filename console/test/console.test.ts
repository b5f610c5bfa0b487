import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FIXTURE_TOKEN, type FixtureControl, startFixtureControl } from '../../server/test/fixture/control.ts'
import { fixtureTraffic } from '../../server/test/fixture/traffic.ts'
import { chromiumIsHere, launch } from './browser.ts'
import { buildConsole, compressedSize } from './built.ts'

const KILOBYTE = 1024
const records = fixtureTraffic(300, Date.now())

let folder = ''

beforeAll(async () => {
  folder = await buildConsole()
}, 60_000)

afterAll(() => rm(folder, { recursive: true }))

test('scripts and styles stay under 120 KB compressed', async () => {
  const { files, bytes } = await compressedSize(folder)
  expect(files).toBeGreaterThanOrEqual(3)
  expect(bytes).toBeLessThan(120 * KILOBYTE)
})

test('the built page holds no inline script or style, which the policy would refuse', async () => {
  const page = await readFile(join(folder, 'index.html'), 'utf8')
  expect(page).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|style="|https?:/i)
})

/** What a page of ours must never do, noted as it happens. */
interface Watch {
  readonly faults: string[]
  readonly elsewhere: string[]
}

describe.skipIf(!chromiumIsHere)('in the browser', () => {
  let browser: Browser
  let control: FixtureControl

  beforeAll(async () => {
    browser = await launch()
    control = await startFixtureControl({ consoleFolder: folder })
    for (const record of records) control.ledger.add(record)
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    await control?.close()
  })

  const open = async (
    server: FixtureControl,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<{ page: Page; context: BrowserContext; watch: Watch }> => {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    const watch: Watch = { faults: [], elsewhere: [] }
    page.on('pageerror', (error) => watch.faults.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') watch.faults.push(message.text())
    })
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !request.url().startsWith('data:'))
        watch.elsewhere.push(request.url())
    })
    await page.addInitScript(() => {
      Object.assign(window, { refusedByPolicy: [] as string[], shifted: 0 })
      document.addEventListener('securitypolicyviolation', (event) => {
        Reflect.get(window, 'refusedByPolicy').push(event.violatedDirective)
      })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          Object.assign(window, { shifted: Reflect.get(window, 'shifted') + Reflect.get(entry, 'value') })
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await page.goto(`${server.url}/?token=${FIXTURE_TOKEN}`)
    await page.getByText('live', { exact: true }).waitFor()
    return { page, context, watch }
  }

  const clean = async (page: Page, watch: Watch): Promise<void> => {
    expect(await page.evaluate(() => Reflect.get(window, 'refusedByPolicy'))).toEqual([])
    expect(watch).toEqual({ faults: [], elsewhere: [] })
  }

  test('the first screen says where requests went, and the token has left the address', async () => {
    const { page, context, watch } = await open(control)
    expect(page.url()).toBe(`${control.url}/`)
    await page.getByRole('heading', { level: 1, name: /Of 300 requests in the last 24 hours/ }).waitFor()
    expect(await page.getByText(/turned back/).count()).toBe(1)
    expect(await page.getByText('crossed home here').count()).toBe(1)
    expect(await page.getByText('simulated', { exact: true }).first().isVisible()).toBe(true)
    expect(await page.evaluate(() => Reflect.get(window, 'shifted'))).toBeLessThan(0.1)
    await clean(page, watch)
    await context.close()
  })

  test('markup in stored fields stays text, in the list and in the drawer', async () => {
    const nasty = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>'
    const server = await startFixtureControl({ consoleFolder: folder })
    const model = records.find((record) => record.outcome === 'refused' && record.findings.length > 0)
    if (model === undefined) throw new Error('no refused record with a finding')
    server.ledger.add({
      ...model,
      id: 'cw_nasty',
      model: nasty,
      use: nasty,
      key: nasty,
      session: nasty,
      message: nasty,
      path: nasty,
      findings: model.findings.map((finding) => ({ ...finding, masked: nasty, reason: nasty, path: nasty })),
      decision: model.decision && {
        ...model.decision,
        verdict: { permitted: [], refusals: [{ target: nasty, rule: nasty, reason: nasty, remedy: nasty }] },
      },
      attempts: records[0]?.attempts.map((attempt) => ({ ...attempt, target: nasty, message: nasty })) ?? [],
      dropped: [nasty],
    })
    server.ledger.add({ ...model, id: 'cw_nasty2', session: nasty, key: nasty })
    const { page, context, watch } = await open(server)
    await page.locator('[data-request=cw_nasty]').click()
    await page.getByRole('dialog').getByText('On the record').waitFor()
    expect(await page.getByText(nasty, { exact: false }).count()).toBeGreaterThan(8)
    expect(await page.locator('img:not([src="/mark.svg"])').count()).toBe(0)
    expect(await page.evaluate(() => Reflect.get(window, 'hit'))).toBeUndefined()
    await clean(page, watch)
    await context.close()
    await server.close()
  })

  test('a drawer opens by keyboard, keeps the focus, and gives it back on Escape', async () => {
    const { page, context, watch } = await open(control)
    const row = page.locator('[data-request]').nth(2)
    const id = await row.getAttribute('data-request')
    await row.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Where it was allowed to go').waitFor()
    expect(page.url()).toContain(`request=${id}`)
    const inside = () =>
      page.evaluate(() => document.querySelector('dialog')?.contains(document.activeElement))
    expect(await inside()).toBe(true)
    for (let i = 0; i < 4; i += 1) {
      await page.keyboard.press('Tab')
      expect(await inside()).toBe(true)
    }
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-request'))).toBe(id)
    await clean(page, watch)
    await context.close()
  })

  test('a request that settles appears by itself, and waits while the list is paused', async () => {
    const { page, context, watch } = await open(control)
    const [record] = records
    if (record === undefined) throw new Error('no record')
    control.ledger.add({ ...record, id: 'cw_live1', time: new Date().toISOString() })
    await page.locator('[data-request=cw_live1]').waitFor()
    await page.getByRole('button', { name: /Pause/ }).click()
    control.ledger.add({ ...record, id: 'cw_live2', time: new Date().toISOString() })
    await page.getByRole('button', { name: 'Show 1 new request' }).waitFor()
    expect(await page.locator('[data-request=cw_live2]').count()).toBe(0)
    await page.getByRole('button', { name: 'Show 1 new request' }).click()
    await page.locator('[data-request=cw_live2]').waitFor()
    await clean(page, watch)
    await context.close()
  })

  test('filters narrow the list down, stand in the address, and are undone', async () => {
    const { page, context, watch } = await open(control)
    const answered = page.locator('tbody tr').filter({ hasText: 'answered' })
    expect(await answered.count()).toBeGreaterThan(0)
    await page.getByLabel('Outcome').selectOption('refused')
    await page.waitForURL(/outcome=refused/)
    await expect.poll(() => answered.count()).toBe(0)
    expect(await page.getByText('nowhere').count()).toBeGreaterThan(0)
    await page.getByRole('searchbox').fill('no such thing')
    await page.getByText('Nothing fits these filters.').waitFor()
    await page.getByRole('button', { name: 'Show all' }).first().click()
    await answered.first().waitFor()
    await clean(page, watch)
    await context.close()
  })

  test('nothing is wider than a telephone, in both themes', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, context, watch } = await open(control, {
        viewport: { width: 390, height: 844 },
        colorScheme,
      })
      const widest = () => page.evaluate(() => document.documentElement.scrollWidth)
      expect(await widest()).toBeLessThanOrEqual(390)
      await page.locator('[data-request]').first().click()
      await page.getByText('On the record').waitFor()
      expect((await page.getByRole('dialog').boundingBox())?.width).toBeGreaterThanOrEqual(375)
      expect(
        await page.locator('dialog').evaluate((element) => element.scrollWidth - element.clientWidth),
      ).toBe(0)
      await clean(page, watch)
      await context.close()
    }
  })

  test('before the first request there is a command to try and the progress of the engine', async () => {
    const server = await startFixtureControl({
      consoleFolder: folder,
      status: () => ({
        engine: {
          phase: 'weights',
          model: 'a-model',
          bytes: 50_000_000,
          total: 200_000_000,
          rate: 10_000_000,
          message: 'under way',
        },
        trouble: 'The disk is full.',
        gatewayUrl: 'http://127.0.0.1:4141',
        example: 'curl example',
      }),
    })
    const { page, context, watch } = await open(server)
    await page.getByText('curl example').waitFor()
    expect(await page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25')
    await page.getByText('50.0 MB of 200 MB, 10.0 MB/s, 15 s left').waitFor()
    expect(await page.getByRole('alert').textContent()).toContain('The disk is full.')
    const [record] = records
    if (record === undefined) throw new Error('no record')
    server.ledger.add({ ...record, time: new Date().toISOString() })
    await page.getByRole('heading', { level: 1, name: /Of 1 request / }).waitFor()
    await clean(page, watch)
    await context.close()
    await server.close()
  })

  test('a session that has ended says so', async () => {
    const { page, context } = await open(control)
    await context.clearCookies()
    await page.getByLabel('Outcome').selectOption('failed')
    await page.getByRole('alert').waitFor()
    await page.reload()
    expect(await page.getByLabel('Token').isVisible()).toBe(true)
    await context.close()
  })
})
