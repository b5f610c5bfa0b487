import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FIXTURE_TOKEN, type FixtureControl, startFixtureControl } from '../../server/test/fixture/control.ts'
import { explainSnapshot, fixtureExplain } from '../../server/test/fixture/explain.ts'
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

  const openTry = async (options: Parameters<Browser['newContext']>[0] = {}) => {
    const server = await startFixtureControl({
      consoleFolder: folder,
      snapshot: () => explainSnapshot,
      explain: fixtureExplain,
    })
    const opened = await open(server, options)
    await opened.page.goto(`${server.url}/try`)
    await opened.page.getByText('live', { exact: true }).waitFor()
    return { ...opened, server }
  }

  test('a text is tried by keyboard, shown with its findings, and is in no address', async () => {
    const { page, context, watch, server } = await openTry()
    const urls: string[] = []
    page.on('request', (request) => urls.push(request.url()))
    await page.getByLabel('Text of a message').fill('Write to ada.lovelace@lindenpost.net, please')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: 'Where it may go' }).waitFor()
    expect(await page.locator('mark').allTextContents()).toEqual(['finding 1ada.lovelace@lindenpost.net'])
    expect(await page.getByText('only under pseudonyms').count()).toBe(2)
    expect(
      await page.getByRole('status').filter({ hasText: 'confidential: contact, 1 finding.' }).count(),
    ).toBe(1)
    expect(
      await page.getByText('Further readers (second-look) were not asked', { exact: false }).count(),
    ).toBe(1)
    expect(urls.length).toBeGreaterThan(0)
    expect([...urls, page.url()].join(' ')).not.toContain('lovelace')
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(
      'ada',
    )
    await page.getByLabel('Text of a message').fill('Write to nobody')
    await page.getByText('The text above has changed since', { exact: false }).waitFor()
    await clean(page, watch)
    await context.close()
    await server.close()
  })

  test('an example, a route and a raised level: the choices stand in the address and outlive a reload', async () => {
    const { page, context, watch, server } = await openTry()
    await page.getByRole('button', { name: 'Nothing in it' }).click()
    await page.getByText('nothing found that has a floor').waitFor()
    await page.getByLabel('Model').selectOption('away')
    await page.getByLabel('Raise to').selectOption('restricted')
    expect(page.url()).toBe(`${server.url}/try?model=away&level=restricted`)
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByText('A client would get policy_denied').waitFor()
    await page.reload()
    await page.getByText('live', { exact: true }).waitFor()
    expect(await page.getByLabel('Model').inputValue()).toBe('away')
    expect(await page.getByLabel('Text of a message').inputValue()).toBe('')
    await page.getByRole('link', { name: 'Requests' }).click()
    await page.getByRole('heading', { name: 'The road is open.' }).waitFor()
    await page.goBack()
    expect(await page.getByLabel('Raise to').inputValue()).toBe('restricted')
    await clean(page, watch)
    await context.close()
    await server.close()
  })

  test('what cannot be tried is said: a use that is none, a text that is too long, a session that ended', async () => {
    const { page, context, server } = await openTry()
    await page.goto(`${server.url}/try?use=nosuch`)
    const field = page.getByLabel('Text of a message')
    await field.fill('hello')
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByRole('alert').filter({ hasText: 'There is no use named "nosuch"' }).waitFor()
    await page.getByLabel('Use').selectOption('')
    await field.fill('€'.repeat(400_000))
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByRole('alert').filter({ hasText: 'larger than 1 MB' }).waitFor()
    await context.clearCookies()
    await field.fill('hello')
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByRole('alert').filter({ hasText: 'needs a session or the token' }).waitFor()
    await page.goto(`${server.url}/try`)
    await page.getByLabel('Token').fill(FIXTURE_TOKEN)
    await page.keyboard.press('Enter')
    await page.getByLabel('Text of a message').waitFor()
    expect(page.url()).toBe(`${server.url}/try`)
    await context.close()
    await server.close()
  })

  test('markup in a tried text stays text, and nothing is wider than a telephone', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, context, watch, server } = await openTry({
        viewport: { width: 390, height: 844 },
        colorScheme,
      })
      const nasty = `<img src=x onerror="window.hit=1"> ada@lindenpost.net ${'x'.repeat(500)} <script>window.hit=1</script>`
      await page.getByLabel('Text of a message').fill(nasty)
      await page.getByRole('button', { name: 'Try it' }).click()
      await page.getByRole('heading', { name: 'Where it may go' }).waitFor()
      expect(await page.locator('mark').count()).toBeGreaterThan(0)
      expect(await page.evaluate(() => Reflect.get(window, 'hit'))).toBeUndefined()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
      await clean(page, watch)
      await context.close()
      await server.close()
    }
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
