import { type ReactNode, useLayoutEffect, useRef } from 'react'
import styles from './panel.module.css'

/**
 * A modal drawer on the right, the whole screen on a small one. The browser's own dialog keeps the focus
 * inside, closes on Escape and gives the focus back to whatever had it.
 */
export const Panel = ({
  name,
  head,
  children,
  onClose,
}: {
  readonly name: string
  /** Stays in sight over the scrolling content. */
  readonly head: ReactNode
  readonly children: ReactNode
  readonly onClose: () => void
}) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const start = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = dialog.current
    if (element !== null && !element.open) element.showModal()
    start.current?.focus()
    return () => element?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the drawer does what Escape does.
    <dialog
      ref={dialog}
      className={styles['panel']}
      aria-label={name}
      onClose={() => {
        if (dialog.current?.open === false) onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      <div className={styles['head']}>
        <div ref={start} tabIndex={-1} className={styles['head-content']}>
          {head}
        </div>
        <button type="button" className={styles['close']} onClick={onClose} aria-label="Close">
          ✕
        </button>
      </div>
      <div className={styles['body']}>{children}</div>
    </dialog>
  )
}
