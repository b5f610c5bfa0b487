/**
 * Guard: what an answer may not carry out.
 *
 * It promises that of an answer it watches nothing goes on that it has not looked at together with what stood
 * before it: a value that arrives in pieces is seen whole. What it finds is marked in the record, masked in the
 * text, or stops the answer, as the configuration says for its kind; links and images to hosts that are not on
 * the list likewise, since a client that fetches them carries out whatever their address says.
 *
 * It looks with the eyes it is handed (`find`) and holds no text beyond the answer's end. At most 8,192
 * characters are held back; usually a hundred.
 *
 * Imports domain and lib. Only the gateway wraps answers with it.
 */
export { createGuard, type GuardOptions } from './guard.ts'
