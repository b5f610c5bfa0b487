import { useEffect, useRef } from 'react'
import type { RequestSummary } from '../../contract.ts'
import type { Picture } from './geometry.ts'
import styles from './shores.module.css'

const MOST = 16
const VOYAGE = 1100

/** The path a settled request took through the picture; null where it went nowhere. */
const courseOf = (row: RequestSummary, picture: Picture): string | null => {
  if (row.outcome === 'refused') return picture.hook?.path ?? null
  return picture.bands.find((band) => band.key === `${row.side} ${row.target}`)?.path ?? null
}

/** A mark sets out for each request that has just settled. Drawn outside of React: they come and go by themselves. */
export const Boats = ({
  picture,
  arrived,
}: {
  readonly picture: Picture
  readonly arrived: readonly RequestSummary[]
}) => {
  const group = useRef<SVGGElement>(null)
  const latest = useRef(picture)
  latest.current = picture
  useEffect(() => {
    const fleet = group.current
    const still = globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches
    if (fleet === null || still || document.hidden) return
    for (const [i, row] of arrived.slice(0, MOST).entries()) {
      const course = courseOf(row, latest.current)
      if (course === null || fleet.childElementCount >= MOST * 2) continue
      const boat = document.createElementNS('http://www.w3.org/2000/svg', 'circle')
      boat.setAttribute('r', '4')
      boat.setAttribute('class', styles['boat'] ?? '')
      boat.style.offsetPath = `path("${course}")`
      fleet.append(boat)
      const voyage = boat.animate(
        [
          { offsetDistance: '0%', opacity: 0 },
          { opacity: 1, offset: 0.15 },
          { opacity: 1, offset: 0.85 },
          { offsetDistance: '100%', opacity: 0 },
        ],
        { duration: VOYAGE, delay: i * 45, easing: 'ease-in-out', fill: 'both' },
      )
      voyage.onfinish = () => boat.remove()
    }
  }, [arrived])
  return <g ref={group} />
}
