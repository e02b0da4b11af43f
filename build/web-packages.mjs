// Installs the npm packages of package-lock.json when they are missing or stale, then copies into the
// shared layout the few files that the pages really use. Run by WebPackages.targets; may be run by hand.
// Usage: node build/web-packages.mjs <root> <target folder, e.g. src/BuildingBlocks/wwwroot/lib>
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const [root, target] = process.argv.slice(2).map(p => path.resolve(p));
const modules = path.join(root, 'node_modules');
const lockFile = path.join(root, '.web-packages.lock');

const time = file => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const installed = () => time(path.join(modules, '.package-lock.json')) >= time(path.join(root, 'package-lock.json'))
  && fs.existsSync(path.join(modules, '.package-lock.json'));
const alive = pid => { try { process.kill(pid, 0); return true; } catch (e) { return e.code === 'EPERM'; } };

/** Two builds at once: the second waits for the first, then finds the work done. A dead owner's lock is taken over. */
function lock() {
  for (let tries = 0; ; tries++) {
    try { fs.writeFileSync(lockFile, String(process.pid), { flag: 'wx' }); return; }
    catch (e) { if (e.code !== 'EEXIST') throw e; }
    let owner = NaN;
    try { owner = Number(fs.readFileSync(lockFile, 'utf8')); } catch { continue; }
    if (owner && !alive(owner)) { fs.rmSync(lockFile, { force: true }); continue; }
    if (tries > 3000) fail('another build has been installing the npm packages for ten minutes; if none is running, delete ' + lockFile);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

function fail(message) { console.error('error WEB0002: ' + message); process.exit(1); }

function copy(from, to) {
  const file = path.join(target, to);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  write(file, fs.readFileSync(path.join(modules, from)));
}

/** Written aside and renamed, so that no reader ever sees half a file. */
function write(file, content) {
  fs.writeFileSync(file + '.tmp', content);
  fs.renameSync(file + '.tmp', file);
}

/**
 * The design system's stylesheet without the components that citizens' pages do not use: a rule stays when every
 * class in its selector is one of `kept`. Nothing is rewritten, so what stays looks exactly as in the back office.
 */
function reduced(css, kept) {
  const classes = /\.(-?[_a-zA-Z](?:[\w-]|\\.)*)/g;
  const stays = selector => [...selector.replace(/\[[^\]]*\]/g, '').matchAll(classes)].every(c => kept.test(c[1]));
  let i = 0;
  const block = () => {
    let out = '', start = i;
    while (i < css.length && css[i] !== '}') {
      const c = css[i];
      if (c === '"' || c === "'") { skipString(c); continue; }
      if (c === '/' && css[i + 1] === '*') { i = css.indexOf('*/', i) + 2; start = i; continue; }
      if (c === ';') { out += css.slice(start, ++i); start = i; continue; }
      if (c !== '{') { i++; continue; }
      const head = css.slice(start, i).trim();
      i++;
      if (/^@(media|supports)/.test(head)) {
        const inner = block();
        if (inner) out += head + '{' + inner + '}';
      } else {
        const body = raw();
        if (head.startsWith('@')) { if (/^@keyframes (spinner|progress)/.test(head)) out += head + '{' + body + '}'; }
        else {
          const selectors = split(head).filter(stays);
          if (selectors.length) out += selectors.join(',') + '{' + body + '}';
        }
      }
      i++;
      start = i;
    }
    return out + (css.slice(start, i).trim());
  };
  const skipString = quote => { for (i++; css[i] !== quote; i++) if (css[i] === '\\') i++; i++; };
  const raw = () => {
    const from = i;
    for (let depth = 0; ; i++) {
      if (css[i] === '"' || css[i] === "'") { skipString(css[i]); i--; continue; }
      if (css[i] === '{') depth++;
      if (css[i] === '}' && depth-- === 0) return css.slice(from, i);
    }
  };
  const split = head => {
    const parts = [];
    let depth = 0, from = 0;
    for (let k = 0; k < head.length; k++) {
      if (head[k] === '(' || head[k] === '[') depth++;
      if (head[k] === ')' || head[k] === ']') depth--;
      if (head[k] === ',' && depth === 0) { parts.push(head.slice(from, k)); from = k + 1; }
    }
    return [...parts, head.slice(from)];
  };
  return block();
}

// What citizens' pages may use of the design system; anything else needs the back office's layout.
const ofCitizens = new RegExp('^(?:'
  + 'container(?:-fluid|-xl|-xxl)?|row|col(?:-(?:sm|md|lg|xl))?(?:-(?:auto|\\d+))?|g[xy]?-\\d|'
  + 'd-(?:(?:sm|md|lg|print)-)?(?:none|block|inline-block|flex|inline)|flex-(?:column|wrap|grow-1)|(?:align-items|justify-content)-(?:center|start|end|between)|'
  + '[mp][tbsexy]?-(?:[0-5]|auto)|w-100|text-(?:center|end|start|muted|break|nowrap|secondary|danger|success)|fw-(?:bold|semibold|normal)|'
  + 'visually-hidden(?:-focusable)?|skiplinks|lead|small|h[1-6]|list-unstyled|list-inline(?:-item)?|'
  + 'btn|btn-(?:primary|secondary|outline-primary|outline-secondary|danger|outline-danger|link|sm|lg|xs)|disabled|active|'
  + 'alert|alert-.*|badge|form-(?:group|control|check|text|label|select)|is-invalid|invalid-feedback|input-group(?:-text)?|'
  + 'table|table-responsive|card|card-(?:body|title|text|header)|callout.*|steppers.*|icon|icon-(?:sm|xs|lg|primary|white|secondary)|'
  + 'it-header-(?:slim|center).*|it-footer.*|it-brand-.*|it-small-header|it-right-zone|navbar-brand|breadcrumb.*|link-list.*|list-item|progress|progress-bar'
  + ')$');

if (!root || !target) fail('usage: node build/web-packages.mjs <root> <target folder>');
lock();
try {
  if (!installed()) {
    const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
    if (npm.error) fail('npm could not be started (' + npm.error.message + '). It comes with Node.js 20 or later.');
    if (npm.status !== 0) fail('npm ci ended with code ' + npm.status + '; the lines above say why. It needs a registry configured in .npmrc, or a filled npm cache.');
  }
  const css = 'bootstrap-italia/dist/css/bootstrap-italia.min.css';
  copy('bootstrap-italia/dist/js/bootstrap-italia.bundle.min.js', 'bootstrap-italia/bootstrap-italia.bundle.min.js');
  copy('htmx.org/dist/htmx.min.js', 'htmx/htmx.min.js');
  // Reads QR codes in pictures for the browsers that cannot; fetched by the one page that needs it, when it does.
  copy('jsqr/dist/jsQR.js', 'jsqr/jsQR.js');
  for (const weight of ['regular', '600', '700'])
    copy(`bootstrap-italia/dist/fonts/Titillium_Web/titillium-web-v10-latin-ext_latin-${weight}.woff2`, `fonts/titillium-web-v10-${weight}.woff2`);
  // The source map is not served: its reference would only make a 404 in the browser's tools.
  // The video player's icon font comes as a data: address, which the pages' content security policy refuses.
  const text = fs.readFileSync(path.join(modules, css), 'utf8').replace(/^\uFEFF/, '').replace(/\/\*# sourceMappingURL=.*?\*\/\s*$/, '')
    .replace(/@font-face\s*\{[^}]*data:application\/font[^}]*\}/g, '');
  write(path.join(target, 'bootstrap-italia/bootstrap-italia.min.css'), text);
  write(path.join(target, 'bootstrap-italia/citizens.min.css'), reduced(text, ofCitizens));
} finally {
  fs.rmSync(lockFile, { force: true });
}
