/**
 * Bedrock Converse, as Amazon's service speaks it to us; no client does. Bodies are written for the maker of the
 * model that the target names, and answers are read whole or from the binary event stream. Nobody imports it but
 * the room's own index.
 */
import { CausewayError, type UpstreamWire } from '../../domain/index.ts'
import { reader } from './reader.ts'
import { write } from './write.ts'

export const bedrockConverse: UpstreamWire = {
  name: 'bedrock-converse',
  write,
  reader,
  // A colon in the id of a model has to be encoded, and so has a slash in the ARN of a profile.
  path: ({ operation, stream }, model) => {
    if (operation === 'chat')
      return `/model/${encodeURIComponent(model)}/${stream ? 'converse-stream' : 'converse'}`
    throw new CausewayError('cannot_translate', `Bedrock Converse has no operation "${operation}".`)
  },
}
