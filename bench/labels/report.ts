import {
  byType,
  type Case,
  type Counts,
  categories,
  confusions,
  DIRECT,
  f2,
  falseAlarms,
  HARD,
  micro,
  missed,
  noticed,
  percent,
  precision,
  recall,
  type Share,
} from './score.ts'
import type { Half } from './split.ts'

const number = (value: number | null): string => (value === null ? '–' : value.toFixed(2))

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [
    `| ${head.join(' | ')} |`,
    `|${head.map((_, at) => (at === 0 ? '---' : '---:')).join('|')}|`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n')

type Halves = Readonly<Record<Half, readonly Case[]>>

const headline = (halves: Halves): string => {
  const row = (name: string, value: (cases: readonly Case[]) => string): readonly string[] => [
    name,
    value(halves.test),
    value(halves.train),
  ]
  const share = (name: string, of: (cases: readonly Case[]) => Share): readonly string[] =>
    row(name, (cases) => percent(of(cases)))
  return table(
    ['', 'test half', 'train half'],
    [
      row('texts', (cases) => String(cases.length)),
      share('texts with an identifier, a name or an address that were noticed', (cases) =>
        noticed(cases, DIRECT),
      ),
      share('texts with a number issued by somebody or a secret that were noticed', (cases) =>
        noticed(cases, HARD),
      ),
      share('characters of direct identifiers in no finding', missed),
      share('false alarms on texts without anything', falseAlarms),
      row('F2 over all types', (cases) => number(f2(micro(cases)))),
    ],
  )
}

const countsRow = (name: string, test: Counts | undefined, train: Counts | undefined): readonly string[] => [
  name,
  String(test?.gold ?? 0),
  test === undefined ? '–' : number(precision(test)),
  test === undefined ? '–' : number(recall(test)),
  test === undefined ? '–' : number(f2(test)),
  train === undefined ? '–' : number(f2(train)),
]

const types = (halves: Halves): string => {
  const test = byType(halves.test)
  const train = byType(halves.train)
  const names = [...new Set([...test.keys(), ...train.keys()])].sort()
  return table(
    ['type', 'in the test half', 'precision', 'recall', 'F2', 'F2, train half'],
    names.map((name) => countsRow(name, test.get(name), train.get(name))),
  )
}

const groups = (
  cases: readonly Case[],
  keyOf: (one: Case) => string,
): ReadonlyMap<string, readonly Case[]> => {
  const found = new Map<string, Case[]>()
  for (const one of cases) {
    const list = found.get(keyOf(one))
    if (list === undefined) found.set(keyOf(one), [one])
    else list.push(one)
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}

const grouped = (cases: readonly Case[], what: string, keyOf: (one: Case) => string): string =>
  table(
    [what, 'texts', 'F2', 'persons, F2', 'addresses, F2', 'noticed', 'characters missed', 'false alarms'],
    [...groups(cases, keyOf)].map(([key, list]) => {
      const counts = byType(list)
      const of = (type: string): string => {
        const one = counts.get(type)
        return one === undefined || one.gold === 0 ? '–' : number(f2(one))
      }
      return [
        key,
        String(list.length),
        number(f2(micro(list))),
        of('PERSON'),
        of('ADDRESS'),
        percent(noticed(list, DIRECT)),
        percent(missed(list)),
        percent(falseAlarms(list)),
      ]
    }),
  )

const evasions = (cases: readonly Case[]): string =>
  table(
    ['hidden by', 'texts', 'noticed'],
    [
      ...groups(
        cases.filter(({ file }) => file.includes('evasion')),
        ({ gold }) => gold.kind ?? '',
      ),
    ].map(([kind, list]) => [kind, String(list.length), percent(noticed(list, HARD))]),
  )

const documents = (halves: Halves): string => {
  const train = categories(halves.train)
  return table(
    [
      'category',
      'texts',
      'recall',
      'false alarms',
      'as texts of each template',
      'train half: recall',
      'false alarms',
    ],
    categories(halves.test).map(({ category, recall: share, falseAlarms: alarms, byTemplate }, at) => [
      category,
      String(share.of),
      percent(share),
      percent(alarms),
      byTemplate.length === 0 ? '–' : byTemplate.join(', '),
      train[at] === undefined ? '–' : percent(train[at].recall),
      train[at] === undefined ? '–' : percent(train[at].falseAlarms),
    ]),
  )
}

const mistaken = (cases: readonly Case[]): string =>
  table(
    ['it is', 'taken for', 'times'],
    confusions(cases)
      .slice(0, 40)
      .map(({ gold, found, count }) => [gold, found, String(count)]),
  )

const INTRODUCTION = `What the detectors find in labelled texts, made by \`npm run bench:labels\`. The texts are split in two halves by the
template they were made from, so that no template is on both sides; detectors were developed with the train half in
view, and the figures that count are those of the test half. Most texts are synthetic, so real traffic will do worse,
above all on names and addresses. A finding is right when at least half of its characters lie in a value of its type,
and a value is found when at least half of it lies in findings of its type. F2 counts recall four times as much as
precision. Nobody read the texts of the test half; its figures in sum were looked at along the way. The corpus does not
say where titles, nationalities and ages are labelled throughout, so their precision, and with it F2, cannot be told.`

/** The report as Markdown. `more`: further chapters, by their title. */
export const reportOf = (halves: Halves, more: readonly (readonly [string, string])[]): string =>
  [
    '# Detection, measured',
    INTRODUCTION,
    '## In short',
    headline(halves),
    '## By type',
    types(halves),
    '## By language, test half',
    grouped(halves.test, 'language', ({ gold }) => gold.language),
    '## By source, test half',
    grouped(halves.test, 'source', ({ file }) => file.replace('.jsonl', '')),
    '## Hidden values, test half',
    evasions(halves.test),
    '## Whole texts',
    'False alarms are counted over sources in which the category occurs and those that are labelled throughout.',
    documents(halves),
    '## Mistakes, test half',
    'The most frequent ones; `nothing` on the left is a finding where nothing is labelled, on the right a miss.',
    mistaken(halves.test),
    ...more.flatMap(([title, text]) => [`## ${title}`, text]),
    '',
  ].join('\n\n')
