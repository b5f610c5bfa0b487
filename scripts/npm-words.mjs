/** What npm said, without the lines that worry for nothing, the help it adds and the path of its log; the first 15 lines of it. */
export const worthShowing = (output) =>
  output
    .split(/^npm error (?:Clean install a project|Usage:)/m)[0]
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !isHarmless(line))
    .slice(0, 15)

/* npm runs on the machine's own Node, older perhaps than the packages ask for; they run on ours. */
const isHarmless = (line) =>
  /EBADENGINE|npm (warn|WARN) |A complete log of this run|\.npm\/_logs/.test(line) ||
  /^npm error\s*$/.test(line)

const ADVICE = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|network (request|connectivity)/i,
    'The package registry cannot be reached. See that this machine is online, and behind a proxy that npm knows it (npm config set proxy …). Without a network, packages that npm has in its cache can be installed with: npm ci --offline',
  ],
  [
    /E401|E403|ENEEDAUTH|\b40[13] (Unauthorized|Forbidden)/,
    'The package registry refuses. See which one npm is set to (npm config get registry) and log in to it.',
  ],
  [
    /E404|ETARGET|ENOVERSIONS/,
    'The package registry that npm is set to lacks a package or version named above. See npm config get registry; a mirror may need to fetch it first.',
  ],
  [
    /EUSAGE|can only install packages when your package\.json and package-lock\.json/,
    'package.json and package-lock.json disagree. Run npm install, look at what changes in package-lock.json, and commit both.',
  ],
  [
    /EINTEGRITY/,
    'A package is not the one that the lock file pins. Run npm cache verify and try again; if it happens again, do not go on: somebody may have replaced it.',
  ],
  [/ENOSPC/, 'The disk is full: about 600 MB are needed.'],
  [
    /EACCES|EPERM|EROFS/,
    'This user may not write here. Give it rights to the checkout (and to npm’s cache, npm config get cache).',
  ],
  [
    /could not be started|ENOENT.*\bnpm\b/,
    'npm was not found. It comes with Node; see that it is in your PATH.',
  ],
]

/** What to do about it, one sentence or two. */
export const installAdvice = (output) =>
  ADVICE.find(([pattern]) => pattern.test(output))?.[1] ??
  'See what npm says above. Deleting node_modules and running the command again helps where an earlier run was cut short.'
