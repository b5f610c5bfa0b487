import type { RequestView, TargetView } from '../../../contract.ts'
import { fullTime } from '../../../ui/format.ts'
import { Button, Notice, Panel } from '../../../ui/index.ts'
import { type Asked, useAsked } from '../../feed/index.ts'
import { Attempts } from './attempts.tsx'
import { Conversation } from './conversation.tsx'
import { Decision } from './decision.tsx'
import styles from './drawer.module.css'
import { Found } from './found.tsx'
import { Identifiers } from './identifiers.tsx'
import { Numbers } from './numbers.tsx'
import { TakenOut } from './taken-out.tsx'
import { Verdict } from './verdict.tsx'
import { Watched } from './watched.tsx'

interface DrawerProps {
  readonly id: string
  readonly targets: readonly TargetView[]
  /** Neighbours in the list, null at its ends. */
  readonly newer: string | null
  readonly older: string | null
  readonly onOpen: (id: string) => void
  readonly onClose: () => void
  readonly onSession: (session: string) => void
}

/** One request whole: where it went, why, what was found, tried, counted and paid. */
export const Drawer = ({ id, targets, newer, older, onOpen, onClose, onSession }: DrawerProps) => {
  const asked = useAsked<RequestView>(`/api/requests/${encodeURIComponent(id)}`)
  const go = (to: string | null) => () => {
    if (to !== null) onOpen(to)
  }
  return (
    <Panel
      name={`Request ${id}`}
      onClose={onClose}
      head={
        <>
          <div className={styles['steps']}>
            <Button onClick={go(newer)} disabled={newer === null}>
              ↑ Newer
            </Button>
            <Button onClick={go(older)} disabled={older === null}>
              ↓ Older
            </Button>
            <code className={styles['id']}>{id}</code>
          </div>
          {asked.value !== null && <Verdict view={asked.value} />}
        </>
      }
    >
      <Body asked={asked} targets={targets} onOpen={onOpen} onSession={onSession} />
    </Panel>
  )
}

const Body = ({
  asked,
  targets,
  onOpen,
  onSession,
}: Pick<DrawerProps, 'targets' | 'onOpen' | 'onSession'> & { readonly asked: Asked<RequestView> }) => {
  if (asked.value === null) {
    return (
      <div className={styles['section']}>
        {asked.failure === null ? (
          <p role="status">Loading …</p>
        ) : (
          <Notice bad title={asked.failure.message} text={asked.failure.next} />
        )}
      </div>
    )
  }
  const { record, session } = asked.value
  return (
    <>
      <Found record={record} />
      <Decision record={record} targets={targets} />
      <TakenOut record={record} />
      <Attempts record={record} />
      <Watched record={record} />
      <Numbers record={record} />
      {session.length > 1 && (
        <Conversation
          turns={session}
          current={record.id}
          name={record.session ?? ''}
          onOpen={onOpen}
          onAll={onSession}
        />
      )}
      <Identifiers record={record} time={fullTime(record.time)} />
    </>
  )
}
