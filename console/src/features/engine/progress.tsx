import type { EngineView } from '../../contract.ts'
import { bytes, duration } from '../../ui/format.ts'
import { Meter, Notice } from '../../ui/index.ts'
import styles from './engine.module.css'

const TITLES: Readonly<Record<EngineView['phase'], string | null>> = {
  absent: null,
  declined: null,
  ready: null,
  choosing: 'Choosing an open model for this machine',
  weights: 'Fetching an open model for your own shore',
  runtime: 'Fetching the runtime for this machine',
  verifying: 'Checking what was fetched',
  starting: 'Starting the model',
  failed: 'The built-in model could not be set up',
}

/** Shown while something is under way or wrong, and gone when the engine answers. */
export const EngineProgress = ({ engine }: { readonly engine: EngineView }) => {
  const title = TITLES[engine.phase]
  if (title === null) return null
  if (engine.phase === 'failed') return <Notice bad title={title} text={engine.message} />
  const { total } = engine
  const done = engine.bytes
  const part = done === null || total === null || total === 0 ? null : Math.min(1, done / total)
  return (
    <section className={styles['engine']} aria-label="Engine set-up">
      <p>
        <strong>{title}</strong>{' '}
        {engine.model !== null && <span className={styles['soft']}>{engine.model}</span>}
      </p>
      <Meter name={title} part={part} />
      <p className={styles['numbers']}>
        <span>{engine.message}</span>
        <span>
          {done !== null && `${bytes(done)}${total === null ? '' : ` of ${bytes(total)}`}`}
          {engine.rate !== null && `, ${bytes(engine.rate)}/s`}
          {timeLeft(engine)}
        </span>
      </p>
    </section>
  )
}

const timeLeft = ({ bytes: done, total, rate }: EngineView): string => {
  if (done === null || total === null || rate === null || rate <= 0) return ''
  const milliseconds = (Math.max(0, total - done) / rate) * 1000
  return `, ${duration(Math.max(1000, Math.round(milliseconds / 1000) * 1000)).replace(/\.\d+ s/, ' s')} left`
}
