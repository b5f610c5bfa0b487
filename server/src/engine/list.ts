import { CATALOGUE } from './catalogue.ts'
import { thisMachine } from './ensure.ts'
import { CONTEXTS, estimatedSpeed, fits, type Machine, memoryFor } from './fit.ts'
import { readShelf } from './shelf.ts'

/** One line of `engine list`: pulled, or to be had. */
export interface ListedModel {
  readonly name: string
  readonly title: string
  readonly pulled: boolean
  /** Bytes of the weights. */
  readonly bytes: number
  /** Bytes of memory at a context of 8192 tokens, an upper estimate. */
  readonly memory: number
  /** Rough tokens per second on this machine. */
  readonly speed: number
  readonly forWork: boolean
  /** False for a file the user brought. */
  readonly pinned: boolean
  readonly licence: string | null
  /** Where it came from, or where it can come from. */
  readonly sources: readonly string[]
  /** Null where it fits this machine, else the reason. */
  readonly unfit: string | null
}

/** What is pulled, then what could be pulled, best first. */
export const listModels = async (cache: string, machine: Machine = thisMachine()): Promise<ListedModel[]> => {
  const shelf = await readShelf(cache)
  const pulled = shelf.map((model): ListedModel => {
    const { name, title, bytes, forWork, pinned, licence, source } = model
    const size = { bytes, memory: memoryFor(model, CONTEXTS[0]), speed: estimatedSpeed(bytes, machine) }
    return { name, title, pulled: true, ...size, forWork, pinned, licence, sources: [source], unfit: null }
  })
  const rest = CATALOGUE.filter((entry) => !shelf.some((model) => model.name === entry.name))
  const others = rest.map((entry): ListedModel => {
    const { name, title, bytes, forWork, licence } = entry
    const size = { bytes, memory: memoryFor(entry, CONTEXTS[0]), speed: estimatedSpeed(bytes, machine) }
    const sources = [...(entry.hub === null ? [] : ['hub']), ...(entry.wheel === null ? [] : ['pip']), 'path']
    const verdict = fits(entry, machine)
    const unfit = verdict.fit ? null : verdict.reason
    return { name, title, pulled: false, ...size, forWork, pinned: true, licence, sources, unfit }
  })
  return [...pulled, ...others]
}
