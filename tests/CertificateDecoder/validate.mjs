// Looks at what we hand out with implementations that are not ours. In: a JSON array on standard input, of { resource }, FHIR R4, and { card, keys }, a JWS and a
// key set. Out: an array of { errors } and, of a card, what it holds.
import { inflateRawSync } from 'node:zlib';
import { Fhir } from 'fhir/fhir.js';
import { compactVerify, createLocalJWKSet, calculateJwkThumbprint } from 'jose';

const fhir = new Fhir();
const errors = resource => fhir.validate(resource, { errorOnUnexpected: true }).messages
  .filter(m => m.severity === 'error').map(m => `${m.resourceId} ${m.location}: ${m.message}`);

const look = async ({ resource, card, keys }) => {
  try {
    if (resource) return { errors: errors(resource) };
    const { payload, protectedHeader: header } = await compactVerify(card, createLocalJWKSet(keys));
    const content = JSON.parse(inflateRawSync(payload));
    const thumbprint = await calculateJwkThumbprint(keys.keys[0]);
    return { header, content, errors: [...errors(content.vc.credentialSubject.fhirBundle), ...(thumbprint === header.kid ? [] : ['kid is not the thumbprint of the key'])] };
  } catch (failure) {
    return { errors: [String(failure.message ?? failure)] };
  }
};

let input = '';
for await (const chunk of process.stdin) input += chunk;
console.log(JSON.stringify(await Promise.all(JSON.parse(input).map(look))));
