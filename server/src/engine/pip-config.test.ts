import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parsePipConfig, readPipSettings } from './pip-config.ts'

const from = (environment: Record<string, string>, files: Record<string, string> = {}) =>
  readPipSettings({ environment, platform: 'linux', home: '/home/ada', read: (path) => files[path] ?? null })

describe('parsePipConfig', () => {
  test('sections, comments, both separators and values over several lines', () => {
    const text = [
      '# a comment',
      '[global]',
      'index-url = https://packages.example/simple',
      'extra_index_url:',
      '    https://a.example/simple',
      '    https://b.example/simple',
      '; another',
      '[download]',
      'no-index = true',
      'nonsense',
    ].join('\r\n')
    const values = parsePipConfig(text)
    assert.equal(values.get('global.index-url'), 'https://packages.example/simple')
    assert.equal(values.get('global.extra-index-url'), 'https://a.example/simple\nhttps://b.example/simple')
    assert.equal(values.get('download.no-index'), 'true')
    assert.equal(values.size, 3)
  })
})

describe('readPipSettings', () => {
  test('nothing configured is nothing assumed', () => {
    assert.deepEqual(from({}), {
      index: null,
      extraIndexes: [],
      findLinks: [],
      noIndex: false,
      certificates: null,
      proxy: null,
      trustedHosts: [],
    })
  })

  test('user over machine, the command over [global], the named file over both, the environment over all', () => {
    const files = {
      '/etc/pip.conf':
        '[global]\nindex-url = https://machine.example\nproxy = http://proxy.example:3128\ncert = /ca.pem',
      '/home/ada/.config/pip/pip.conf':
        '[global]\nindex-url = https://user.example\nfind-links = /wheels file:///more',
      '/named.conf':
        '[global]\nindex-url = https://named.example\n[download]\nindex-url = https://command.example',
    }
    assert.equal(from({}, files).index, 'https://user.example')
    assert.deepEqual(from({}, files).findLinks, ['/wheels', 'file:///more'])
    assert.equal(from({}, files).proxy, 'http://proxy.example:3128')
    assert.equal(from({}, files).certificates, '/ca.pem')
    assert.equal(from({ PIP_CONFIG_FILE: '/named.conf' }, files).index, 'https://command.example')
    const environment = { PIP_CONFIG_FILE: '/named.conf', PIP_INDEX_URL: 'https://env.example' }
    assert.equal(from(environment, files).index, 'https://env.example')
    assert.equal(from({ PIP_CONFIG_FILE: '/dev/null' }, files).index, null)
  })

  test('lists, switches and hosts', () => {
    const settings = from({
      PIP_EXTRA_INDEX_URL: 'https://a.example https://b.example',
      PIP_NO_INDEX: '1',
      PIP_TRUSTED_HOST: 'inner.example:8443 other',
    })
    assert.deepEqual(settings.extraIndexes, ['https://a.example', 'https://b.example'])
    assert.equal(settings.noIndex, true)
    assert.deepEqual(settings.trustedHosts, ['inner.example', 'other'])
  })

  test('each system has its own files', () => {
    const asked: string[] = []
    for (const platform of ['darwin', 'win32'] as const) {
      const read = (path: string): null => {
        asked.push(path)
        return null
      }
      readPipSettings({ environment: { APPDATA: '/roaming' }, platform, home: '/home/ada', read })
    }
    assert.ok(asked.includes('/Library/Application Support/pip/pip.conf'))
    assert.ok(asked.includes('/roaming/pip/pip.ini'))
  })
})
