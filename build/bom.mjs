// A bill of materials (CycloneDX 1.5) of what the host ships: NuGet's packages as restored, npm's as locked.
//   node build/bom.mjs [FILE]
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const read = path => JSON.parse(readFileSync(join(root, path), 'utf8'));
const hex = base64 => Buffer.from(base64, 'base64').toString('hex');

const nuget = Object.entries(read('src/Host/obj/project.assets.json').libraries)
  .filter(([, library]) => library.type === 'package')
  .map(([id, library]) => {
    const [name, version] = id.split('/');
    return { type: 'library', name, version, purl: `pkg:nuget/${name}@${version}`, hashes: [{ alg: 'SHA-512', content: hex(library.sha512) }] };
  });
const npm = Object.entries(read('package-lock.json').packages)
  .filter(([path, entry]) => path && !entry.dev)
  .map(([path, entry]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return {
      type: 'library', name, version: entry.version, purl: `pkg:npm/${name.replace('@', '%40')}@${entry.version}`,
      ...(entry.license && { licenses: [{ expression: entry.license }] }),
      ...(entry.integrity?.startsWith('sha512-') && { hashes: [{ alg: 'SHA-512', content: hex(entry.integrity.slice('sha512-'.length)) }] }),
    };
  });

const components = [...nuget, ...npm].map(c => ({ 'bom-ref': c.purl, ...c })).sort((a, b) => (a.purl < b.purl ? -1 : 1));
// The same packages make the same file: no date, and a serial number of what is in it.
const sum = createHash('sha256').update(JSON.stringify(components)).digest('hex');
const serial = `${sum.slice(0, 8)}-${sum.slice(8, 12)}-5${sum.slice(13, 16)}-8${sum.slice(17, 20)}-${sum.slice(20, 32)}`;
const bom = { bomFormat: 'CycloneDX', specVersion: '1.5', serialNumber: `urn:uuid:${serial}`, version: 1, metadata: { component: { type: 'application', name: 'platform', 'bom-ref': 'platform' } }, components };
const file = process.argv[2];
if (file) writeFileSync(file, JSON.stringify(bom, null, 2) + '\n');
else console.log(JSON.stringify(bom, null, 2));
console.error(`${nuget.length} NuGet packages, ${npm.length} npm packages`);
