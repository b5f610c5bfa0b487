/**
 * The list of everything that looks. A detector is one file here that exports one `Detector`; adding one is
 * a file and a line. Order does not matter: findings are merged by certainty and place.
 */
import type { Detector } from '../detector.ts'
import { address } from './address.ts'
import { announced } from './announced.ts'
import { assignment } from './assignment.ts'
import { birth } from './birth.ts'
import { card } from './card.ts'
import { contract } from './contract.ts'
import { credential } from './credential.ts'
import { email } from './email.ts'
import { financial } from './financial.ts'
import { iban } from './iban.ts'
import { identity } from './identity.ts'
import { marker } from './marker.ts'
import { medical } from './medical.ts'
import { network } from './network.ts'
import { password } from './password.ts'
import { person } from './person.ts'
import { phone } from './phone.ts'
import { sourceCode } from './source-code.ts'
import { token } from './token.ts'
import { wallet } from './wallet.ts'

export const DETECTORS: readonly Detector[] = [
  token,
  credential,
  assignment,
  password,
  email,
  phone,
  card,
  iban,
  identity,
  announced,
  network,
  wallet,
  birth,
  person,
  address,
  contract,
  financial,
  medical,
  sourceCode,
  marker,
]
