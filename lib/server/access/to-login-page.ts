import { escapeHtml } from '#lib/view/format/escape-html.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { MARK } from '#lib/view/shell/icons.ts';
import {
  accent,
  bg,
  healthy,
  lineStrong,
  muted,
  onFill,
  surface,
  text,
  unhealthy,
} from '#lib/view/shell/palette.ts';

/** What the page that asks for the password has to say. */
export interface LoginPage {
  nonce: string;
  /** Where the form is sent. */
  action: string;
  /** Where to go on to afterwards. */
  next: string;
  problem: string | null;
}

const COLOURS = {
  bg,
  surface,
  line: lineStrong,
  text,
  muted,
  accent,
  on: onFill,
  bad: unhealthy,
  good: healthy,
};

const toColours = (theme: 'dark' | 'light') =>
  Object.entries(COLOURS)
    .map(([name, colour]) => `--${name}: ${colour[theme]};`)
    .join(' ');

const STYLE = `
:root { color-scheme: light dark; ${toColours('light')} }
@media (prefers-color-scheme: dark) { :root { ${toColours('dark')} } }
* { box-sizing: border-box; margin: 0; }
body { min-height: 100dvh; display: grid; place-items: center; padding: 24px; background: var(--bg); color: var(--text); font: 15px/1.5 system-ui, "Liberation Sans", sans-serif; }
main { width: min(360px, 100%); display: grid; gap: 20px; padding: 28px; background: var(--surface); border: 1px solid var(--line); border-radius: 12px; }
h1 { display: flex; align-items: center; gap: 10px; font-size: 18px; }
form { display: grid; gap: 14px; }
label { display: grid; gap: 6px; color: var(--muted); }
input { font: inherit; color: var(--text); background: var(--bg); border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; }
button, .button { font: inherit; text-align: center; text-decoration: none; font-weight: 600; color: var(--on); background: var(--accent); border: 0; border-radius: 8px; padding: 10px 12px; cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.problem { color: var(--bad); }`;

/** A page without scripts, and without a word of the swarm. */
export function toLoginPage({ nonce, action, next, problem }: LoginPage): string {
  return toPage(
    nonce,
    `<form method="post" action="${escapeHtml(action)}">
<input type="hidden" name="next" value="${escapeHtml(next)}">
<input hidden name="username" autocomplete="username" value="swarm-vitals">
<label>Password <input type="password" name="password" autocomplete="current-password" required autofocus${problem === null ? '' : ' aria-invalid="true" aria-describedby="problem"'}></label>
${problem === null ? '' : `<p class="problem" id="problem" role="alert">${escapeHtml(problem)}</p>`}
<button>Sign in</button>
</form>`,
  );
}

/** What the page has to say to whoever signs in, or out, at a provider. */
export interface ProviderPage {
  nonce: string;
  text: string;
  isProblem: boolean;
  /** Where to go from here: first what most want. */
  links: { href: string; text: string }[];
  /** What the tab says; left out: that it is about signing in. */
  title?: string;
  /** Where a form that signs out is sent; left out or `null`: there is none. */
  signOutPath?: string | null;
  /** Where it goes by itself, and when: a browser takes no redirect away from here as the answer to a form. */
  goesOn: { href: string; inSeconds: number } | null;
}

/** The same without a password to type. */
export function toProviderPage(page: ProviderPage): string {
  const { nonce, text, isProblem, links, goesOn, title, signOutPath = null } = page;
  const signOut =
    signOutPath === null
      ? ''
      : `\n<form method="post" action="${escapeHtml(signOutPath)}"><button>Sign out</button></form>`;
  return toPage(
    nonce,
    `<p${isProblem ? ' class="problem" role="alert"' : ''}>${escapeHtml(text)}</p>
${links.map(({ href, text: label }) => `<a class="button" href="${escapeHtml(href)}">${escapeHtml(label)}</a>`).join('\n')}${signOut}`,
    goesOn === null
      ? ''
      : `<meta http-equiv="refresh" content="${goesOn.inSeconds};url=${escapeHtml(goesOn.href)}">\n`,
    title,
  );
}

function toPage(nonce: string, content: string, head = '', title = 'Sign in'): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" type="image/svg+xml" href="${escapeHtml(toPath('/icon.svg'))}">
${head}<title>${escapeHtml(title)} · Swarm Vitals</title>
<style nonce="${escapeHtml(nonce)}">${STYLE}</style>
</head>
<body>
<main>
<h1><svg width="22" height="22" viewBox="${MARK.viewBox}" aria-hidden="true"><path d="${MARK.path}" fill="none" stroke="var(--good)" stroke-width="${MARK.width}" stroke-linecap="round" stroke-linejoin="round"/></svg>Swarm Vitals</h1>
${content}
</main>
</body>
</html>
`;
}
