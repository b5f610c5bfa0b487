/**
 * The list of everything that looks. A detector is one file here that exports one `Detector`; adding one is
 * a file and a line. Order does not matter: findings are merged by certainty and place.
 */
import type { Detector } from '../detector.ts'
import { address } from './address.ts'
import { age } from './age.ts'
import { announced } from './announced.ts'
import { assignment } from './assignment.ts'
import { birth } from './birth.ts'
import { card } from './card.ts'
import { column } from './column.ts'
import { contract } from './contract.ts'
import { credential } from './credential.ts'
import { date } from './date.ts'
import { drawn } from './drawn.ts'
import { email } from './email.ts'
import { financial } from './financial.ts'
import { glued } from './glued.ts'
import { iban } from './iban.ts'
import { identity } from './identity.ts'
import { keyFile } from './key-file.ts'
import { login } from './login.ts'
import { marker } from './marker.ts'
import { medical } from './medical.ts'
import { network } from './network.ts'
import { password } from './password.ts'
import { person } from './person.ts'
import { phone } from './phone.ts'
import { pin } from './pin.ts'
import { postal } from './postal.ts'
import { qualified } from './qualified.ts'
import { sourceCode } from './source-code.ts'
import { token } from './token.ts'
import { url } from './url.ts'
import { vehicle } from './vehicle.ts'
import { wallet } from './wallet.ts'
import { wrapping } from './wrapping.ts'

export const DETECTORS: readonly Detector[] = [
  token,
  url,
  credential,
  keyFile,
  wrapping,
  date,
  assignment,
  drawn,
  password,
  login,
  pin,
  email,
  phone,
  postal,
  card,
  iban,
  identity,
  glued,
  announced,
  qualified,
  column,
  network,
  wallet,
  vehicle,
  birth,
  person,
  address,
  age,
  contract,
  financial,
  medical,
  sourceCode,
  marker,
]
