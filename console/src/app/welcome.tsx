import type { StatusView } from '../contract.ts'
import { CodeBlock } from '../ui/index.ts'
import styles from './app.module.css'

/** Before the first request: how to make one. */
export const Welcome = ({ status }: { readonly status: StatusView }) => (
  <section className={styles['welcome']} aria-labelledby="welcome-title">
    <h2 id="welcome-title">Send the first request</h2>
    {status.example === null ? (
      <p>
        Point any OpenAI or Anthropic client at <code>{status.gatewayUrl}</code>. It will show up here as it
        settles.
      </p>
    ) : (
      <>
        <p>
          The key was printed in the terminal at the first start. Any OpenAI or Anthropic client works the
          same way: change its base URL to <code>{status.gatewayUrl}</code>.
        </p>
        <CodeBlock code={status.example} />
        <p className={styles['soft']}>It will show up here as it settles, with where it went and why.</p>
      </>
    )}
  </section>
)
