/*
 * Loaded before a peer that would listen on every interface: a benchmark is nobody else's business.
 */
import { Server } from 'node:net'

const listen = Server.prototype.listen
Server.prototype.listen = function (...given) {
  const [first, ...rest] = given
  if (typeof first === 'number')
    return listen.call(
      this,
      { port: first, host: '127.0.0.1' },
      ...rest.filter((one) => typeof one === 'function'),
    )
  if (typeof first === 'object' && first !== null && 'port' in first)
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...rest)
  return listen.apply(this, given)
}
