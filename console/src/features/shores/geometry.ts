import type { Bank } from '../sides/index.ts'

/*
 * The picture is a flow diagram about a pier: every request arrives at the gateway in the middle of the
 * water and leaves it for one bank or the other, in a band as wide as its share; refused ones make a hook
 * and come back. Lengths in CSS pixels, x to the right, y downwards.
 */

/** Where a band ends: `y` is the middle of its row on the bank. */
export interface Landing {
  readonly key: string
  readonly bank: Bank
  readonly requests: number
  readonly y: number
}

export interface Scene {
  readonly width: number
  readonly height: number
  readonly landings: readonly Landing[]
  readonly refused: number
}

export interface Band {
  readonly key: string
  readonly bank: Bank
  /** SVG path of the middle line, from the gateway to the bank. */
  readonly path: string
  readonly thickness: number
}

export interface Picture {
  readonly gateway: {
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
  }
  readonly bands: readonly Band[]
  /** The hook of the refused, and where its arrow head points; null where none was. */
  readonly hook: {
    readonly path: string
    readonly thickness: number
    readonly tip: readonly [number, number]
  } | null
}

const WIDEST = 42
const THINNEST = 2
const GAP = 3
const GATEWAY_WIDTH = 26
const GATEWAY_PADDING = 12
const HOOK_GAP = 22

/** Pixels per request, so that the widest band is 42 px and all bands of a face fit between top and bottom. */
const scaleOf = ({ landings, refused, height }: Scene): number => {
  const most = Math.max(refused, ...landings.map((landing) => landing.requests))
  if (most === 0) return 0
  const face = (bank: Bank, more: number): number =>
    more + landings.reduce((sum, landing) => (landing.bank === bank ? sum + landing.requests : sum), 0)
  const room = Math.max(40, height - 2 * GATEWAY_PADDING - landings.length * (GAP + THINNEST) - 2 * HOOK_GAP)
  return Math.min(WIDEST / most, room / Math.max(face('home', 0), face('far', 2 * refused)))
}

const thicknessOf = (requests: number, scale: number): number =>
  requests === 0 ? 0 : Math.max(THINNEST, requests * scale)

const stack = (landings: readonly Landing[], scale: number) => {
  const flowing = landings.filter((landing) => landing.requests > 0).sort((a, b) => a.y - b.y)
  const sizes = flowing.map((landing) => thicknessOf(landing.requests, scale))
  const height = sizes.reduce((sum, size) => sum + size, 0) + GAP * Math.max(0, sizes.length - 1)
  return { flowing, sizes, height }
}

const round = (number: number): number => Math.round(number * 10) / 10

export const draw = (scene: Scene): Picture => {
  const scale = scaleOf(scene)
  const middle = scene.width / 2
  const home = stack(
    scene.landings.filter((landing) => landing.bank === 'home'),
    scale,
  )
  const far = stack(
    scene.landings.filter((landing) => landing.bank === 'far'),
    scale,
  )
  const hookSize = thicknessOf(scene.refused, scale)
  const farHeight = far.height + (hookSize === 0 ? 0 : HOOK_GAP + 2 * hookSize + HOOK_GAP)
  const height = Math.max(72, home.height, farHeight) + 2 * GATEWAY_PADDING
  const top = Math.max(0, (scene.height - height) / 2)
  const gateway = {
    x: round(middle - GATEWAY_WIDTH / 2),
    y: round(top),
    width: GATEWAY_WIDTH,
    height: round(height),
  }
  const start = (inner: number): number => top + (height - inner) / 2
  const hookTop = start(farHeight) + far.height + (far.height === 0 ? 0 : HOOK_GAP)
  return {
    gateway,
    bands: [
      ...bandsOf(home, start(home.height), gateway.x, 0, 'home'),
      ...bandsOf(far, start(farHeight), gateway.x + GATEWAY_WIDTH, scene.width, 'far'),
    ],
    hook: hookSize === 0 ? null : hookOf(gateway.x + GATEWAY_WIDTH, hookTop, hookSize, scene.width),
  }
}

const bandsOf = (
  { flowing, sizes }: ReturnType<typeof stack>,
  top: number,
  from: number,
  to: number,
  bank: Bank,
): readonly Band[] => {
  let edge = top
  return flowing.map((landing, index) => {
    const thickness = sizes[index] ?? 0
    const y = edge + thickness / 2
    edge += thickness + GAP
    const bend = from + (to - from) * 0.5
    const path = `M${round(from)} ${round(y)}C${round(bend)} ${round(y)} ${round(bend)} ${round(landing.y)} ${round(to)} ${round(landing.y)}`
    return { key: landing.key, bank, path, thickness: round(thickness) }
  })
}

/** Out over the water, a half circle down, and back to the gateway. */
const hookOf = (x: number, top: number, size: number, width: number): Picture['hook'] => {
  const reach = Math.min(52, Math.max(12, (width - x) * 0.26))
  const radius = (size + HOOK_GAP) / 2
  const y = top + size / 2
  const back = y + 2 * radius
  const path = `M${round(x)} ${round(y)}H${round(x + reach)}A${round(radius)} ${round(radius)} 0 0 1 ${round(x + reach)} ${round(back)}H${round(x + 9)}`
  return { path, thickness: round(size), tip: [round(x + 2), round(back)] }
}
