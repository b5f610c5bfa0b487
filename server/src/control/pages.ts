import type { Fault } from '../domain/index.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as HTML text or attribute value. */
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c)

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Causeway</title>
<link rel="stylesheet" href="/plain.css">
<link rel="icon" href="data:,">
</head>
<body>
<main>
<p class="name">Causeway</p>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`

/** Where to find the token, and a field for it. Shown to whoever comes without a session; `path` is where they go on. */
export const tokenPage = (wrong: boolean, path: string): string =>
  page(
    'This console asks for its token',
    `${wrong ? '<p role="alert" class="wrong">That was not the token of this installation.</p>' : ''}
<p>It was printed in the terminal by <code>causeway up</code>, together with this address. It also stands in
the file <code>console-token</code> in the data folder (<code>.causeway</code> unless you chose another).</p>
<form method="post" action="/session">
<label for="token">Token</label>
<input type="hidden" name="page" value="${escapeHtml(path)}">
<input id="token" name="token" type="password" autocomplete="off" required autofocus>
<button>Open the console</button>
</form>`,
  )

/** Shown while the console's files are not there; the API works all the same. */
export const unbuiltPage = (folder: string): string =>
  page(
    'The console has not been built yet',
    `<p>The server is running and the API answers, but <code>${escapeHtml(folder)}</code> holds no console.</p>
<p>From a checkout, run <code>npm run build</code>, then load this page again.</p>`,
  )

export const faultPage = (fault: Fault): string =>
  page(fault.message, `<p>${escapeHtml(fault.next)}</p><p><small>${fault.code}</small></p>`)

/** The one style sheet that is served without a session. */
export const PLAIN_CSS = `:root{color-scheme:light dark;font:16px/1.55 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;
background:light-dark(#eef3f4,#0d1518);color:light-dark(#16242a,#dfe8ea)}
main{max-width:31rem;padding:2rem;margin:1rem;border-radius:12px;
background:light-dark(#fff,#152126);border:1px solid light-dark(#d5dfe1,#26363c)}
.name{margin:0;font-weight:600;color:light-dark(#0b6e63,#56c0b0)}
h1{font-size:1.3rem;line-height:1.3;margin:.3rem 0 1rem;overflow-wrap:anywhere}
code{font-size:.92em;overflow-wrap:anywhere}
form{display:grid;gap:.4rem;margin-top:1.4rem}
label{font-weight:600;font-size:.9rem}
input,button{font:inherit;padding:.55rem .7rem;border-radius:8px;border:1px solid light-dark(#a9b9bd,#44575e)}
button{margin-top:.5rem;border:0;background:light-dark(#0b6e63,#56c0b0);color:light-dark(#fff,#06221e);
font-weight:600;cursor:pointer}
.wrong{color:light-dark(#a4262c,#ff9b9b)}
`
