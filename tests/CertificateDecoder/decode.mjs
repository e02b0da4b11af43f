// Reads certificates with implementations that are not ours. In: a JSON array of { text, key } on standard input, key as a JWK.
// Out: an array of what each says, signature checked; of one that does not verify, { error }.
import { inflateSync } from 'node:zlib';
import base45 from 'base45';
import cbor from 'cbor';
import cose from 'cose-js';

const bytes = text => Buffer.from(text, 'base64url');
const plain = value => value instanceof Map ? Object.fromEntries([...value].map(([k, v]) => [k, plain(v)]))
  : Buffer.isBuffer(value) ? value.toString('base64') : Array.isArray(value) ? value.map(plain)
  : value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)])) : value;

const decode = async ({ text, key }) => {
  try {
    if (!text.startsWith('HC1:')) throw new Error('no HC1:');
    const signed = inflateSync(base45.decode(text.slice(4)));
    const [header] = cbor.decodeFirstSync(signed).value;
    const verifier = { key: key.kty === 'EC' ? { x: bytes(key.x), y: bytes(key.y) } : { n: bytes(key.n), e: bytes(key.e) } };
    const claims = cbor.decodeFirstSync(await cose.sign.verify(signed, verifier));
    return {
      header: plain(cbor.decodeFirstSync(header)), issuer: claims.get(1), issuedAt: claims.get(6), expiresAt: claims.get(4),
      dcc: plain(claims.get(-260).get(1)),
    };
  } catch (failure) {
    return { error: String(failure.message ?? failure) };
  }
};

let input = '';
for await (const chunk of process.stdin) input += chunk;
console.log(JSON.stringify(await Promise.all(JSON.parse(input).map(decode))));
