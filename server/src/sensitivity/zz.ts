import { inspect } from './index.ts'

console.log(
  inspect(
    'Contact jane.doe@acme.io, card 4111 1111 1111 1111, IBAN DE89 3704 0044 0532 0130 00, steuer-id 36 574 261 809, SSN 536-22-1234; z: 536‌-22‌-1234 SmFuZSBEb2UgamFuZUBhY21lLmlv',
  ),
)
