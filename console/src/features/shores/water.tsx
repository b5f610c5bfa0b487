import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import type { RequestSummary, Side } from '../../contract.ts'
import { count } from '../../ui/format.ts'
import { SIDES, sideColour } from '../sides/index.ts'
import { Boats } from './boats.tsx'
import { draw, type Landing, type Picture } from './geometry.ts'
import styles from './shores.module.css'

interface WaterProps {
  readonly height: number
  readonly landings: readonly Landing[]
  readonly refused: number
  /** Landings of simulated targets, whose bands are striped. */
  readonly simulated: ReadonlySet<string>
  readonly arrived: readonly RequestSummary[]
  /** Stands over the gateway. */
  readonly children: ReactNode
}

/** The key of a landing starts with its side. */
const sideOfKey = (key: string): Side => SIDES.find((side) => key.startsWith(`${side} `)) ?? 'closed'

/** The picture between the lists, which say the same in words; so it is hidden from screen readers. */
export const Water = ({ height, landings, refused, simulated, arrived, children }: WaterProps) => {
  const frame = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = frame.current
    if (element === null) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const picture = width === 0 ? null : draw({ width, height, landings, refused })
  return (
    <div className={styles['middle']}>
      <p className={styles['arriving']}>{children}</p>
      <div ref={frame} className={styles['water']} style={{ blockSize: height }}>
        {picture !== null && (
          <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
            <Waves width={width} height={height} />
            <Flow picture={picture} simulated={simulated} />
            <Boats picture={picture} arrived={arrived} />
            <Gateway picture={picture} />
          </svg>
        )}
        {picture?.hook != null && (
          <p
            className={styles['turned']}
            style={{ insetBlockStart: picture.hook.tip[1] + picture.hook.thickness / 2 }}
          >
            {count(refused)} turned back
          </p>
        )}
      </div>
    </div>
  )
}

const Waves = ({ width, height }: { readonly width: number; readonly height: number }) => (
  <>
    <defs>
      <pattern id="waves" width="64" height="38" patternUnits="userSpaceOnUse">
        <path
          d="M6 10q5-4 10 0t10 0M38 29q5-4 10 0t10 0"
          fill="none"
          stroke="var(--water-line)"
          strokeWidth="1.3"
          strokeLinecap="round"
        />
      </pattern>
    </defs>
    <rect width={width} height={height} fill="url(#waves)" />
  </>
)

const Flow = ({
  picture,
  simulated,
}: {
  readonly picture: Picture
  readonly simulated: ReadonlySet<string>
}) => (
  <g fill="none">
    {picture.bands.map((band) => (
      <g key={band.key} strokeWidth={band.thickness}>
        <path d={band.path} stroke={sideColour(sideOfKey(band.key))} className={styles['band']} />
        {simulated.has(band.key) && <path d={band.path} className={styles['stripes']} />}
      </g>
    ))}
    {picture.hook !== null && (
      <>
        <path
          d={picture.hook.path}
          stroke="var(--refused)"
          strokeWidth={picture.hook.thickness}
          className={styles['hook']}
        />
        <path d={arrow(picture.hook)} fill="var(--refused)" />
      </>
    )}
  </g>
)

const arrow = ({ tip: [x, y], thickness }: NonNullable<Picture['hook']>): string => {
  const half = thickness / 2 + 4
  return `M${x} ${y}l10 ${-half}v${2 * half}z`
}

const Gateway = ({ picture: { gateway } }: { readonly picture: Picture }) => (
  <g>
    <rect
      x={gateway.x}
      y={gateway.y}
      width={gateway.width}
      height={gateway.height}
      rx="6"
      fill="var(--land)"
      stroke="var(--accent)"
      strokeWidth="2"
    />
    <path
      d={`M${gateway.x + gateway.width / 2} ${gateway.y + 10}V${gateway.y + gateway.height - 10}`}
      stroke="var(--accent)"
      strokeWidth="2"
      strokeDasharray="7 6"
    />
  </g>
)
